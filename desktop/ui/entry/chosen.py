"""What is chosen in a grid, taken from ranges: a list of 10,000 cells takes seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection
from PySide6.QtCore import QItemSelectionModel

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.entry.grid_view import GridView


@frozen
class Area:
    """A rectangle of cells; last row and column count."""

    top: int
    left: int
    bottom: int
    right: int

    def has(self, row: int, column: int) -> bool:
        """Tell whether a cell lies in it."""
        across = self.left <= column <= self.right
        return across and self.top <= row <= self.bottom


@frozen
class Chosen:
    """The rows and columns in which something is chosen, in the order one sees."""

    rows: Sequence[int]
    columns: tuple[int, ...]
    areas: tuple[Area, ...]

    @property
    def count(self) -> int:
        """Count the cells of the block around all that is chosen."""
        return len(self.rows) * len(self.columns)

    @property
    def whole(self) -> bool:
        """Whether every cell of the block is chosen."""
        wanted = frozenset(self.columns)
        cells = 0
        for area in self.areas:
            across = len(wanted.intersection(range(area.left, area.right + 1)))
            cells += across * (area.bottom - area.top + 1)
        return cells >= self.count

    def has(self, row: int, column: int) -> bool:
        """Tell whether a cell is chosen."""
        return any(area.has(row, column) for area in self.areas)


NOTHING = Chosen((), (), ())


def chosen_in(grid: GridView) -> Chosen:
    """Give what is chosen in a grid; columns that are not shown never are."""
    areas = tuple(
        Area(one.top(), one.left(), one.bottom(), one.right())
        for one in grid.selectionModel().selection().toList()
        if one.isValid()
    )
    columns = {column for area in areas for column in range(area.left, area.right + 1)}
    return Chosen(_rows(areas), in_sight(grid, columns), areas)


def is_single(grid: GridView) -> bool:
    """Tell whether no more than one cell is chosen; that is asked with every key."""
    chosen = grid.selectionModel().selection().toList()
    return not chosen or (
        len(chosen) == 1
        and chosen[0].top() == chosen[0].bottom()
        and chosen[0].left() == chosen[0].right()
    )


def _rows(areas: Sequence[Area]) -> Sequence[int]:
    """Give the rows of areas in order; 100,000 of one run cost nothing."""
    runs = {range(area.top, area.bottom + 1) for area in areas}
    if len(runs) == 1:
        return runs.pop()
    return tuple(sorted({row for run in runs for row in run}))


def in_sight(grid: GridView, columns: Sequence[int] | set[int]) -> tuple[int, ...]:
    """Give those of some columns that are shown, from left to right."""
    wanted = frozenset(columns)
    return tuple(each for each in grid.shown_columns() if each in wanted)


def columns_from(grid: GridView, column: int) -> tuple[int, ...]:
    """Give a column and all that are shown to its right."""
    return tuple(each for each in grid.shown_columns() if each >= column)


def choose_block(grid: GridView, rows: Sequence[int], columns: Sequence[int]) -> None:
    """Choose all cells of some neighbouring rows in some columns."""
    model, flag = grid.roster, QItemSelectionModel.SelectionFlag
    if rows and columns:
        first = model.index(rows[0], columns[0])
        picked = QItemSelection(first, model.index(rows[-1], columns[-1]))
        grid.selectionModel().select(picked, flag.ClearAndSelect)
