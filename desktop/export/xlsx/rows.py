"""The lines of a form as the XML of a sheet, without an object for each cell.

openpyxl takes twenty seconds for a hundred thousand lines of thirty cells, nearly all
of it for objects that say the same again and again. Here each column remembers how a
value is written; what is left is putting texts together. The styles are openpyxl's:
the rest of the workbook is made by it.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from itertools import groupby
from math import ceil
from operator import attrgetter
from typing import IO
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.core.untouched import CARRIER
from desktop.export.report import CellKind
from desktop.export.xlsx.columns import ColumnCells
from desktop.export.xlsx.columns import widest_of
from desktop.export.xlsx.marked import put_marked
from desktop.export.xlsx.plan import written
from desktop.export.xlsx.style import LINE
from desktop.export.xlsx.style import SPARE
from desktop.export.xlsx.style import Look
from desktop.export.xlsx.style import display_width
from desktop.export.xlsx.style import display_widths
from desktop.export.xlsx.style import number_format

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.export.report import Row
    from desktop.export.report import Shape
    from desktop.export.xlsx.plan import SheetPlan

CHUNK: Final = 500
"""Lines put together before they are handed on."""
SLACK: Final = 2
"""How much wider a column is made than what stands in it."""
_Key: TypeAlias = "tuple[Shape | None, bool, bool]"
"""By what lines differ whose cells look differently: whether one is the last, too."""
_KIND: Final = attrgetter("shape", "heading")


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
        self._letters = [letter_of(place) for place in range(1, plan.width + 1)]
        keys = dict.fromkeys(key for _, key, _ in self._runs())
        self._columns = {key: self._made(*key) for key in keys}
        self._long = self._long_columns()

    @property
    def first(self) -> int:
        """Row of the first line."""
        return self._plan.data

    def chunks(self) -> Iterator[bytes]:
        """Write the lines, some at a time."""
        for first, key, lines in self._runs():
            yield self._alike(first, key, lines)

    def _runs(self) -> Iterator[tuple[int, _Key, Sequence[Row]]]:
        """Give lines that follow each other and whose cells look alike, with a row."""
        rows = self._plan.form.rows
        body = len(rows)
        if rows and self._plan.form.totals is None:
            body -= 1  # the last line ends the table
        for start in range(0, body, CHUNK):
            row = self.first + start
            some = rows[start : min(start + CHUNK, body)]
            for (shape, heading), run in groupby(some, key=_KIND):
                lines = list(run)
                yield row, (shape, heading, False), lines
                row += len(lines)
        for last in rows[body:]:
            yield self.first + body, (last.shape, last.heading, True), [last]

    def _alike(self, first: int, key: _Key, lines: Sequence[Row]) -> bytes:
        """Write lines whose columns are of one kind, from a row on."""
        cells: list[Sequence[Cell]] = [
            *zip(*[line.stub for line in lines], strict=True),
            *zip(*[line.cells for line in lines], strict=True),
        ]
        columns = zip(self._columns[key], cells, strict=True)
        batches = [column.all(values, first) for column, values in columns]
        between = self._between([how for how, _ in batches])
        values = zip(self._heights(cells), *[put for _, put in batches], strict=True)
        return b"".join(
            [
                (b"%d" % row).join(between) % each
                for row, each in enumerate(values, first)
            ]
        )

    def _between(self, ways: Sequence[bytes]) -> list[bytes]:
        """Give what stands between the row's number, wherever a line tells it.

        The % are for the height and the values; `ways` say how each is written.
        """
        starts = [f'<c r="{letter}'.encode() for letter in self._letters]
        heads = [b'"%b>', *ways]
        inner = [head + start for head, start in zip(heads, starts, strict=False)]
        return [b'<row r="', *inner, ways[-1] + b"</row>"]

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
            texts = [cell if isinstance(cell, str) else "" for cell in columns[place]]
            for row, wide in enumerate(display_widths(texts)):
                if wide * SPARE > width:
                    most[row] = max(ceil(wide * SPARE / width), most.get(row, 1))
        found = [b""] * len(columns[0])
        for row, lines in most.items():
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


def put_lines(saved: IO[bytes], target: IO[bytes], lines: Mapping[str, Lines]) -> None:
    """Copy a workbook, with lines put into the sheets of these parts, and mark it."""
    with zipfile.ZipFile(saved) as source:
        parts = (
            (name, _chunks(source.read(name), lines.get(name)))
            for name in source.namelist()
            if name != CARRIER
        )
        put_marked(target, parts, source.read(CARRIER))


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
