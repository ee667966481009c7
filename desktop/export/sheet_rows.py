"""The lines of a form as the XML of a sheet, without an object for each cell.

openpyxl takes twenty seconds for a hundred thousand lines of thirty cells, nearly all
of it for objects that say the same again and again. Here each column remembers how a
value is written; what is left is putting texts together. The styles are openpyxl's:
the rest of the workbook is made by it.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import IO
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never
from xml.sax.saxutils import escape

from desktop.export.report import CellKind
from desktop.export.xlsx_plan import escaped
from desktop.export.xlsx_plan import storable
from desktop.export.xlsx_plan import written
from desktop.export.xlsx_style import RISKY
from desktop.export.xlsx_style import Look
from desktop.export.xlsx_style import display_width
from desktop.export.xlsx_style import number_format
from desktop.export.xlsx_style import row_height

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.export.report import Row
    from desktop.export.report import Shape
    from desktop.export.xlsx_plan import SheetPlan
    from desktop.export.xlsx_plan import Written

CHUNK: Final = 500
"""Lines put together before they are handed on."""
REMEMBERED: Final = 4096
"""Values a column remembers; a column of names has no use for more."""
LEVEL: Final = 3
"""How hard the lines are packed: twice as fast as 6 for a tenth more bytes."""
_FIRST_DAY: Final = date(1899, 12, 30)
"""Day 0 of Excel's calendar, whose 29 February 1900 no report reaches."""


def look_of(base: Look, shape: Shape) -> Look:
    """Give the looks of a cell of a kind."""
    align = "right" if shape.numeric else "left"
    wrap = shape.kind is CellKind.TEXT
    return replace(base, align=align, wrap=wrap, format=number_format(shape))


class _Column(dict["Cell", str]):
    """How the values of one column are written: what follows the cell's place."""

    def __init__(
        self, lines: Lines, letter: str, shape: Shape | None, look: Look
    ) -> None:
        """Take the kind of the column; None is the stub, which is words."""
        super().__init__()
        self._lines, self._letter, self._shape = lines, letter, shape
        self._style = lines.style(look)
        self._quoted = lines.style(replace(look, quoted=True))

    def __missing__(self, cell: Cell) -> str:
        value: Written = str(cell) or None
        if self._shape is not None:
            value = written(cell, self._shape)
        tail, kept = self._tail(value)
        if kept and len(self) < REMEMBERED:
            self[cell] = tail
        return tail

    def _tail(self, value: Written) -> tuple[str, bool]:
        """Write a value; false where it was changed, which is told for each cell."""
        match value:
            case None:
                return f'" s="{self._style}"/>', True
            case str():
                return self._text(value)
            case date():
                days = (value - _FIRST_DAY).days
                return f'" s="{self._style}"><v>{days}</v></c>', True
            case int():
                return f'" s="{self._style}"><v>{value}</v></c>', True
            case Decimal():
                return f'" s="{self._style}"><v>{value:f}</v></c>', True
            case _:
                assert_never(value)

    def _text(self, text: str) -> tuple[str, bool]:
        kept = storable(text)
        style = self._quoted if kept.startswith(RISKY) else self._style
        if kept != text:
            self._lines.changed(text, kept, self._letter)
        words = escape(escaped(kept), {"\r": "&#13;"})
        inside = f'<is><t xml:space="preserve">{words}</t></is>'
        return f'" s="{style}" t="inlineStr">{inside}</c>', kept == text


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
        self._plan, self._widths, self.style = plan, widths, style
        self._changed = changed
        self._row = 0
        self._last = plan.below - 1
        self._letters = [letter_of(place) for place in range(1, plan.width + 1)]
        self._places = [f'<c r="{letter}' for letter in self._letters]
        lines = enumerate(plan.form.rows, plan.data)
        keys = dict.fromkeys(self._key(row, line) for row, line in lines)
        self._columns = {key: self._made(*key) for key in keys}
        self._long = self._long_columns()

    @property
    def first(self) -> int:
        """Row of the first line."""
        return self._plan.data

    def changed(self, text: str, kept: str, letter: str) -> None:
        """Tell of a text of the current row that could not be kept as it is."""
        self._changed(text, kept, f"{letter}{self._row}")

    def chunks(self) -> Iterator[bytes]:
        """Write the lines, some at a time."""
        lines = self._plan.form.rows
        for start in range(0, len(lines), CHUNK):
            some = enumerate(lines[start : start + CHUNK], self.first + start)
            yield "".join([self._line(row, line) for row, line in some]).encode()

    def _line(self, row: int, line: Row) -> str:
        self._row, number = row, str(row)
        columns = self._columns[self._key(row, line)]
        values = zip(self._places, columns, (*line.stub, *line.cells), strict=True)
        cells = [f"{place}{number}{column[cell]}" for place, column, cell in values]
        return f'<row r="{number}"{self._height(line)}>{"".join(cells)}</row>'

    def _key(self, row: int, line: Row) -> tuple[Shape | None, bool, bool]:
        """Tell lines apart whose cells look differently."""
        return line.shape, line.heading, row == self._last

    def _made(self, own: Shape | None, strong: bool, bottom: bool) -> list[_Column]:  # noqa: FBT001 - the parts of a key
        form = self._plan.form
        base = Look(ruled=True, bottom=bottom, bold=strong)
        kinds: list[tuple[Shape | None, Look]] = []
        for place in range(len(form.stub)):
            align = "left" if place == form.wide_stub else "center"
            kinds.append((None, replace(base, align=align, format="@")))
        for column in form.columns:
            shape = own or column.shape
            kinds.append((shape, look_of(base, shape)))
        pairs = zip(self._letters, kinds, strict=True)
        return [_Column(self, letter, shape, look) for letter, (shape, look) in pairs]

    def _long_columns(self) -> list[tuple[int, float]]:
        """Give the columns whose texts may run over several lines, and their widths."""
        form = self._plan.form
        own = enumerate(self._widths[len(form.stub) :])
        mixed = any(line.shape is not None for line in form.rows)
        return [
            (place, width)
            for place, width in own
            if mixed or not form.columns[place].shape.numeric
        ]

    def _height(self, line: Row) -> str:
        """Make room for texts that run over several lines."""
        cells = line.cells
        texts = (
            (cell, width)
            for place, width in self._long
            if isinstance(cell := cells[place], str)
        )
        found = row_height(texts)
        return "" if found is None else f' ht="{found:g}" customHeight="1"'


def widest(plan: SheetPlan) -> list[int]:
    """Measure what stands in each column, in half-width characters."""
    form = plan.form
    lines = (*form.rows, *((form.totals,) if form.totals else ()))
    if any(line.shape is not None for line in lines):
        return _widest_by_line(plan, lines)
    stubs = zip(*(line.stub for line in lines), strict=True)
    cells = zip(*(line.cells for line in lines), strict=True)
    found = [max(map(display_width, set(texts))) for texts in stubs]
    for column, values in zip(form.columns, cells, strict=True):
        shape = column.shape
        texts = {written(value, shape) for value in set(values)}
        found.append(max(map(display_width, texts)))
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
    """Copy a workbook, with lines put into the sheets of these parts."""
    with (
        zipfile.ZipFile(saved) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as made,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            with made.open(entry.filename, "w") as out:
                if entry.filename in lines:
                    _insert(content, lines[entry.filename], out)
                else:
                    out.write(content)


def _insert(sheet: bytes, lines: Lines, out: IO[bytes]) -> None:
    """Write a sheet's XML with its lines where the rows below them begin."""
    place = _first_below(sheet, lines.first)
    out.write(sheet[:place])
    for chunk in lines.chunks():
        out.write(chunk)
    out.write(sheet[place:])


def _first_below(sheet: bytes, row: int) -> int:
    """Find where the first row at or after a row begins, or the rows end."""
    start = sheet.index(b"<sheetData")
    while (found := sheet.find(b'<row r="', start)) >= 0:
        end = sheet.index(b'"', found + 8)
        if int(sheet[found + 8 : end]) >= row:
            return found
        start = end
    return sheet.index(b"</sheetData>")
