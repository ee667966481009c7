"""Rows of a printed table: how high they are, and the operators that set them.

A row is set as one line of operators that goes from column to column; what a column
says of a text is worked out once and remembered while it is used. Most columns never
need a second line, which is known beforehand, so that few texts are broken at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias
from typing import TypeVar

from desktop.export.pdf.columns import PAD
from desktop.export.pdf.fonts import UNITS_PER_EM
from desktop.export.pdf.pen import SMALL
from desktop.export.report import Bar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from desktop.export.pdf.columns import Content
    from desktop.export.pdf.columns import Head
    from desktop.export.pdf.columns import Panel
    from desktop.export.pdf.fonts import Face
    from desktop.export.pdf.fonts import Fonts
    from desktop.export.pdf.glyphs import Codes

LINE: Final = 11.5
ONE_LINE: Final = LINE + 2 * PAD
REMEMBERED: Final = 1024
"""Texts a column remembers; one of names has no use for more."""

T = TypeVar("T")
Wide: TypeAlias = "AbstractSet[int]"


class _Memory(dict["Content", T]):
    """What was worked out for the texts of a column, the last of them."""

    def keep(self, content: Content, value: T) -> T:
        """Remember, and forget all when it is too much."""
        if len(self) >= REMEMBERED:
            self.clear()
        self[content] = value
        return value


class CellLines(_Memory[tuple[str, ...]]):
    """The texts of a column as lines of its width."""

    def __init__(self, fonts: Fonts, face: Face, width: float) -> None:
        super().__init__()
        self._fonts, self._face, self._width = fonts, face, width
        self._units = fonts.units(face).__getitem__

    def __missing__(self, content: Content) -> tuple[str, ...]:
        if isinstance(content, Bar):
            return self.keep(content, ("",))
        lines = self._fonts.lines(content, self._width, self._face, SMALL)
        return self.keep(content, lines)

    def shift(self, line: str, align: int) -> float:
        """Tell how far a line stands from the column's left, in 1/1000 of its size."""
        room = self._width * UNITS_PER_EM / SMALL - sum(map(self._units, line))
        return room * (align + 1) / 2


class CellCodes(_Memory[str]):
    """The operators that set the texts of a column, from the column before it on."""

    def __init__(
        self, lines: CellLines, codes: Codes, style: tuple[int, float], *, breaks: bool
    ) -> None:
        """Take how the cells stand, and how far it is from the column before."""
        super().__init__()
        self._align, step = style
        self._lines, self._codes = lines, codes
        self._step = f"{step:.2f} 0 Td"
        self._breaks = breaks

    def __missing__(self, content: Content) -> str:
        if isinstance(content, Bar) or not content:
            return self._step
        if self._breaks and len(lines := self._lines[content]) > 1:
            return self.keep(content, self._step + self._several(lines))
        return self.keep(content, self._step + self._line(content))

    def _line(self, line: str) -> str:
        shown = line.translate(self._codes)
        if self._align < 0:
            return f"<{shown}>Tj"
        return f"[{-self._lines.shift(line, self._align):.0f}]TJ<{shown}>Tj"

    def _several(self, lines: Sequence[str]) -> str:
        """Set lines about the row's middle; they are found as one text."""
        whole = "".join(lines).encode("utf-16-be", "replace").hex().upper()
        up = (len(lines) - 1) * LINE / 2
        shown = f" 0 {-LINE:g} Td".join(map(self._line, lines))
        mark = f"/Span <</ActualText <FEFF{whole}>>> BDC"
        return f" {mark} 0 {up:g} Td{shown} EMC 0 {up:g} Td"


class RowSetter:
    """Measures the rows of a panel in one face, and writes their operators."""

    def __init__(
        self, panel: Panel, heads: Sequence[Head], fonts: Fonts, face: Face, wide: Wide
    ) -> None:
        """Take the columns; `wide` are those whose texts may need several lines."""
        self.face = face
        self._panel, self._heads, self._wide = panel, heads, wide
        self._lines = [
            CellLines(fonts, face, width - 2 * PAD) for width in panel.widths
        ]
        pairs = zip(panel.columns, self._lines, strict=True)
        self._broken = [(column, lines) for column, lines in pairs if column in wide]
        self._codes: list[CellCodes] = []

    @property
    def even(self) -> bool:
        """Whether every row has one line."""
        return not self._broken

    def height(self, row: Sequence[Content]) -> float:
        """Measure a row."""
        counts = [len(lines[row[column]]) for column, lines in self._broken]
        return max(counts, default=1) * LINE + 2 * PAD

    def operators(
        self, rows: Sequence[Sequence[Content]], codes: Codes
    ) -> Iterator[str]:
        """Set rows column by column; each goes on from where a row begins.

        The font is chosen already.
        """
        if not self._codes:
            self._codes = list(self._coded(codes))
        cells = list(zip(*rows, strict=True))
        columns = (cells[place] for place in self._panel.columns)
        pairs = zip(self._codes, columns, strict=True)
        coded = (map(codes.__getitem__, some) for codes, some in pairs)
        return map(" ".join, zip(*coded, strict=True))

    def _coded(self, codes: Codes) -> Iterator[CellCodes]:
        edge = PAD
        before = 0.0
        panel = self._panel
        for column, width, lines in zip(
            panel.columns, panel.widths, self._lines, strict=True
        ):
            place = round(edge, 2)
            style = (self._heads[column].align, place - before)
            yield CellCodes(lines, codes, style, breaks=column in self._wide)
            before = place
            edge += width
