"""The cells of a form as they are printed, many lines at a time.

`wording.say` looks at each cell anew; in a column the cells are of one kind and come
again and again, so that a column of a page is said in one or two calls.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.cells import Absent
from desktop.export import wording
from desktop.export.report import CellKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.export.report import FormTable
    from desktop.export.report import Row
    from desktop.export.report import Shape

REMEMBERED: Final = 1024
"""Cells a column remembers; one of names has no use for more."""


class ColumnWords(dict["Cell", str]):
    """The cells of one column in words, the last of them remembered.

    Not every cell is: 1, 1.0 and True are one key and may be three texts, so that
    numbers are remembered in columns of numbers, and truth elsewhere.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self._shape = shape
        self._whole = shape.kind is CellKind.INTEGER
        numbers: set[type] = {int, Decimal, Absent}
        self._safe = numbers if shape.numeric else {str, date, bool, Absent}

    def all(self, cells: Sequence[Cell]) -> Sequence[str]:
        """Say some cells of the column."""
        kinds = set(map(type, cells))
        if kinds == {str} or (self._whole and kinds == {int}):
            return list(map(str, cells))
        if kinds == {date}:
            return [cell.isoformat() for cell in cells if isinstance(cell, date)]
        if kinds <= self._safe:
            return [self[cell] for cell in cells]
        return [wording.say(cell, self._shape) for cell in cells]

    def __missing__(self, cell: Cell) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        self[cell] = said = wording.say(cell, self._shape)
        return said


class FormWords:
    """The lines of a form in words, its stub before its cells."""

    def __init__(self, form: FormTable, lines: Sequence[Row]) -> None:
        """Take the lines that are printed: the form's, and its totals."""
        self._form, self._lines = form, lines
        self._columns = [ColumnWords(column.shape) for column in form.columns]
        self._mixed = any(line.shape is not None for line in lines)

    def __call__(self, start: int, end: int) -> list[tuple[str, ...]]:
        """Say the lines from one to before another."""
        lines = self._lines[start:end]
        if self._mixed or not self._columns:
            return [self._line(line) for line in lines]
        stubs = zip(*[line.stub for line in lines], strict=True)
        cells = zip(*[line.cells for line in lines], strict=True)
        said = (w.all(some) for w, some in zip(self._columns, cells, strict=True))
        return list(zip(*stubs, *said, strict=True))

    def _line(self, line: Row) -> tuple[str, ...]:
        """Say a line whose cells are of its own kind."""
        form = self._form
        pairs = zip(line.cells, form.columns, strict=True)
        said = (wording.say(cell, form.shape(line, column)) for cell, column in pairs)
        return (*line.stub, *said)
