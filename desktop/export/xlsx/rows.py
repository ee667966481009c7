"""The lines of a form as the XML of a sheet, without an object for each cell.

openpyxl takes twenty seconds for a hundred thousand lines of thirty cells, nearly all
of it for objects that say the same again and again. Here each column remembers how a
value is written; what is left is putting texts together. The styles are openpyxl's:
the rest of the workbook is made by it.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from hashlib import sha256
from itertools import groupby
from math import ceil
from typing import IO
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.core.untouched import CARRIER
from desktop.core.untouched import marked
from desktop.export.report import CellKind
from desktop.export.steady_zip import SteadyZip
from desktop.export.xlsx.columns import ColumnCells
from desktop.export.xlsx.columns import widest_of
from desktop.export.xlsx.plan import written
from desktop.export.xlsx.style import LINE
from desktop.export.xlsx.style import SPARE
from desktop.export.xlsx.style import Look
from desktop.export.xlsx.style import display_width
from desktop.export.xlsx.style import number_format

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.export.report import Row
    from desktop.export.report import Shape
    from desktop.export.xlsx.plan import SheetPlan

CHUNK: Final = 500
"""Lines put together before they are handed on."""
LEVEL: Final = 1
"""How hard the lines are packed: thrice as fast as 6 for a fourth more bytes."""
SLACK: Final = 2
"""How much wider a column is made than what stands in it."""
_Key: TypeAlias = "tuple[Shape | None, bool, bool]"


def look_of(base: Look, shape: Shape) -> Look:
    """Give the looks of a cell of a kind."""
    align = "right" if shape.numeric else "left"
    wrap = shape.kind is CellKind.TEXT
    return replace(base, align=align, wrap=wrap, format=number_format(shape))


class Lines:
    """The lines of one sheet."""

    def __init__(
        self,
        plan: SheetPlan,
        widths: Sequence[float],
        style: Callable[[Look], int],
        changed: Callable[[str, str, str], None],
    ) -> None:
        """Take where they stand; `style` numbers looks, `changed` hears of texts.

        All looks are numbered here, before the workbook writes its list of them.
        """
        self._plan, self._widths, self._style = plan, widths, style
        self._changed = changed
        self._last = plan.below - 1
        self._letters = [letter_of(place) for place in range(1, plan.width + 1)]
        lines = enumerate(plan.form.rows, plan.data)
        keys = dict.fromkeys(self._key(row, line) for row, line in lines)
        self._columns = {key: self._made(*key) for key in keys}
        self._long = self._long_columns()
        # What stands between the row's number; the %b are its height and its cells.
        first, *others = (f'<c r="{letter}' for letter in self._letters)
        cells = (f"%b{other}" for other in others)
        pieces = ('<row r="', f'"%b>{first}', *cells, "%b</row>")
        self._between = [piece.encode() for piece in pieces]

    @property
    def first(self) -> int:
        """Row of the first line."""
        return self._plan.data

    def chunks(self) -> Iterator[bytes]:
        """Write the lines, some at a time."""
        lines = self._plan.form.rows
        for start in range(0, len(lines), CHUNK):
            some = list(enumerate(lines[start : start + CHUNK], self.first + start))
            alike = groupby(some, key=lambda pair: self._key(*pair))
            for key, run in alike:
                yield self._alike(key, list(run))

    def _alike(self, key: _Key, run: Sequence[tuple[int, Row]]) -> bytes:
        """Write lines that follow each other and whose columns are of one kind."""
        lines = [line for _, line in run]
        first, _ = run[0]
        cells: list[Sequence[Cell]] = [
            *zip(*[line.stub for line in lines], strict=True),
            *zip(*[line.cells for line in lines], strict=True),
        ]
        columns = zip(self._columns[key], cells, strict=True)
        written = [column.all(values, first) for column, values in columns]
        rows = zip(self._heights(cells), *written, strict=True)
        between = self._between
        return b"".join(
            [(b"%d" % row).join(between) % each for row, each in enumerate(rows, first)]
        )

    def _key(self, row: int, line: Row) -> _Key:
        """Tell lines apart whose cells look differently."""
        return line.shape, line.heading, row == self._last

    def _made(self, own: Shape | None, strong: bool, bottom: bool) -> list[ColumnCells]:  # noqa: FBT001 - the parts of a key
        form = self._plan.form
        base = Look(ruled=True, bottom=bottom, bold=strong)
        kinds: list[tuple[Shape | None, Look]] = []
        for place in range(len(form.stub)):
            align = "left" if place == form.wide_stub else "center"
            kinds.append((None, replace(base, align=align, format="@")))
        for column in form.columns:
            shape = own or column.shape
            kinds.append((shape, look_of(base, shape)))
        return [
            ColumnCells(shape, look, self._style, self._teller(letter))
            for letter, (shape, look) in zip(self._letters, kinds, strict=True)
        ]

    def _teller(self, letter: str) -> Callable[[str, str, int], None]:
        """Tell of a column's texts that could not be kept as they are."""
        return lambda text, kept, row: self._changed(text, kept, f"{letter}{row}")

    def _long_columns(self) -> list[tuple[int, float]]:
        """Give the columns whose texts may run over several lines, and their widths."""
        form = self._plan.form
        stub = len(form.stub)
        mixed = any(line.shape is not None for line in form.rows)
        return [
            (place, width)
            for place, width in enumerate(self._widths[stub:], stub)
            if (width - SLACK) * SPARE > width
            and (mixed or not form.columns[place - stub].shape.numeric)
        ]

    def _heights(self, columns: Sequence[Sequence[Cell]]) -> list[bytes]:
        """Make room for texts that run over several lines."""
        most = dict[int, int]()
        for place, width in self._long:
            certain = width / (2 * SPARE)  # so many characters fit, however wide
            for row, cell in enumerate(columns[place]):
                if isinstance(cell, str) and len(cell) > certain:
                    lines = ceil(display_width(cell) * SPARE / width)
                    most[row] = max(lines, most.get(row, 1))
        found = [b""] * len(columns[0])
        for row, lines in most.items():
            if lines > 1:
                found[row] = b' ht="%g" customHeight="1"' % (lines * LINE)
        return found


def widest(plan: SheetPlan) -> list[int]:
    """Measure what stands in each column, in half-width characters."""
    form = plan.form
    lines = (*form.rows, *((form.totals,) if form.totals else ()))
    if any(line.shape is not None for line in lines):
        return _widest_by_line(plan, lines)
    found = [0] * plan.width
    shapes = (*(None for _ in form.stub), *(column.shape for column in form.columns))
    for start in range(0, len(lines), CHUNK):
        some = lines[start : start + CHUNK]
        stubs = zip(*(line.stub for line in some), strict=True)
        cells = zip(*(line.cells for line in some), strict=True)
        for place, (values, shape) in enumerate(
            zip((*stubs, *cells), shapes, strict=True)
        ):
            found[place] = widest_of(values, shape, found[place])
    return found


def _widest_by_line(plan: SheetPlan, lines: Sequence[Row]) -> list[int]:
    form = plan.form
    found = [0] * plan.width
    for line in lines:
        cells = zip(line.cells, form.columns, strict=True)
        texts = (*line.stub, *(written(c, form.shape(line, k)) for c, k in cells))
        found = [
            max(pair) for pair in zip(found, map(display_width, texts), strict=True)
        ]
    return found


def letter_of(column: int) -> str:
    """Name a column as spreadsheets do."""
    from openpyxl.utils import get_column_letter

    letter: str = get_column_letter(column)
    return letter


# --- Into the archive -----------------------------------------------------------------


def put_lines(
    saved: IO[bytes], target: Path | IO[bytes], lines: Mapping[str, Lines]
) -> None:
    """Copy a workbook, with lines put into the sheets of these parts.

    Its properties come last, for they tell the digest of all other parts.
    """
    digests: dict[str, str] = {}
    with (
        zipfile.ZipFile(saved) as source,
        SteadyZip(target, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as made,
    ):
        for entry in source.infolist():
            name = entry.filename
            if name == CARRIER:
                continue
            found = sha256()
            with made.open(name, "w") as out:
                for chunk in _chunks(source.read(entry), lines.get(name)):
                    out.write(chunk)
                    found.update(chunk)
            digests[name] = found.hexdigest()
        made.writestr(CARRIER, marked(digests, source.read(CARRIER)))


def _chunks(part: bytes, lines: Lines | None) -> Iterator[bytes]:
    """Give a part; a sheet's XML with its lines where the rows below them begin."""
    if lines is None:
        yield part
        return
    place = _first_below(part, lines.first)
    yield part[:place]
    yield from lines.chunks()
    yield part[place:]


def _first_below(sheet: bytes, row: int) -> int:
    """Find where the first row at or after a row begins, or the rows end."""
    start = sheet.index(b"<sheetData")
    while (found := sheet.find(b'<row r="', start)) >= 0:
        end = sheet.index(b'"', found + 8)
        if int(sheet[found + 8 : end]) >= row:
            return found
        start = end
    return sheet.index(b"</sheetData>")
