"""The keys of the grid that are no commands: going about as in Excel and WPS."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QItemSelection
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt

from desktop.app.entry.finding import Where
from desktop.app.entry.finding import edge
from desktop.app.entry.finding import edge_in
from desktop.core.cells import BLANK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from desktop.core.findings import RecordId
    from desktop.ui.entry.cell_view import CellView

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS: Final = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_ARROWS: Final[Mapping[int, tuple[int, int]]] = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier


class GridKeys(QObject):
    """Moves through a grid by keys.

    Enter goes down, and after Tab back to the column where one began, so that a table
    is typed row by row without the mouse.
    """

    def __init__(self, grid: CellView) -> None:
        """Serve a grid."""
        super().__init__(grid)
        self._grid = grid
        self._begun: tuple[int, int, int] | None = None
        """The column where a run of tabs began; row and column it has come to."""

    def press(self, event: QKeyEvent) -> bool:
        """Answer a key; false leaves it to Qt."""
        key, held = event.key(), event.modifiers()
        control, shift = bool(held & _CONTROL), bool(held & _SHIFT)
        if held & _ALT:
            return False
        if key in _ENTER and not control:
            self.enter(back=shift)
        elif key in _TABS and not control:
            self.tab(back=shift or key == Qt.Key.Key_Backtab)
        elif key in _ARROWS and control:
            self._to_edge(*_ARROWS[key], extend=shift)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._to_end(end=key == Qt.Key.Key_End, whole=control, extend=shift)
        else:
            return False
        return True

    # --- Enter and Tab -------------------------------------------------------

    def stepped(self, rows: int, columns: int) -> None:
        """Go on after a box has closed, by Enter, Tab or an arrow."""
        if columns:
            self.tab(back=columns < 0)
        elif rows:
            self.enter(back=rows < 0)

    def enter(self, *, back: bool) -> None:
        """Go down, or up; behind a run of tabs to where it began."""
        column = self._run_from()
        self._begun = None
        rows, now = -1 if back else 1, self._grid.currentIndex()
        if column is None:
            self._grid.step(rows, 0)
        else:
            last = self._grid.roster.rowCount() - 1
            self._grid.choose(min(max(now.row() + rows, 0), last), column)

    def tab(self, *, back: bool) -> None:
        """Go right, or left; from the end of a row to the next one."""
        grid, now = self._grid, self._grid.currentIndex()
        if not now.isValid():
            return
        shown = grid.shown_columns()
        begun = self._run_from()
        place = shown.index(now.column()) + (-1 if back else 1)
        row = now.row()
        if not 0 <= place < len(shown):
            row += -1 if back else 1
            place %= len(shown)
        if 0 <= row < grid.roster.rowCount():
            column = now.column() if begun is None else begun
            grid.choose(row, shown[place])
            self._begun = (column, row, shown[place])

    def _run_from(self) -> int | None:
        """Give the column where the run of tabs began that led to this cell."""
        now = self._grid.currentIndex()
        if self._begun is None or self._begun[1:] != (now.row(), now.column()):
            return None
        return self._begun[0]

    # --- To the ends -----------------------------------------------------------

    def _to_end(self, *, end: bool, whole: bool, extend: bool) -> None:
        """Go to the first or last cell of the row, or of all."""
        grid, roster = self._grid, self._grid.roster
        shown = grid.shown_columns()
        now = grid.currentIndex()
        row = roster.rowCount() - 1 if end else 0
        if not whole:
            row = now.row() if now.isValid() else 0
        self._go(row, shown[-1] if end else shown[0], extend=extend)

    def _to_edge(self, rows: int, columns: int, *, extend: bool) -> None:
        """Go to where the data end or begin."""
        now = self._grid.currentIndex()
        if not now.isValid():
            return
        if columns:
            self._across(now.row(), now.column(), columns, extend=extend)
        else:
            self._down(now.row(), now.column(), rows, extend=extend)

    def _across(self, row: int, column: int, way: int, *, extend: bool) -> None:
        grid = self._grid
        shown = grid.shown_columns()
        place = shown.index(column)
        ahead = shown[place:] if way > 0 else shown[place::-1]
        steps = edge(self._filled(row, each) is not False for each in ahead)
        self._go(row, ahead[steps], extend=extend)

    def _down(self, row: int, column: int, way: int, *, extend: bool) -> None:
        """Look along the rows that have been read, and ask about those behind."""
        grid, last = self._grid, self._grid.roster.rowCount() - 1
        ahead = range(row, last + 1) if way > 0 else range(row, -1, -1)
        known: list[bool] = []
        for each in ahead:
            filled = self._filled(each, column)
            if filled is None:
                break
            known.append(filled)
        steps = edge(known) if known else 0
        if steps < len(known) - 1 or len(known) == len(ahead):
            self._go(ahead[steps], column, extend=extend)
            return
        roster, work = grid.roster, grid.roster.work
        ids, field = roster.ids, roster.fields[column]
        records: Sequence[RecordId] = ids[row:] if way > 0 else ids[: row + 1][::-1]
        where = Where(roster.form.id, work.period, records)

        def arrived(steps: int) -> None:
            if grid.roster.ids is ids:
                self._go(ahead[steps], column, extend=extend)

        asked = work.session.thread.start(lambda ledger: edge_in(ledger, where, field))
        work.bridge.when(asked.result, self, arrived)

    def _filled(self, row: int, column: int) -> bool | None:
        """Tell whether a cell holds anything; None where it has not been read."""
        roster = self._grid.roster
        record = roster.record_at(row)
        if record is None:
            return None
        return record.cell(roster.fields[column].id) is not BLANK

    def _go(self, row: int, column: int, *, extend: bool) -> None:
        """Make a cell the current one; extending, choose all from where one began."""
        grid = self._grid
        if not extend:
            grid.choose(row, column)
            return
        there, flag = grid.roster.index(row, column), QItemSelectionModel.SelectionFlag
        anchor = self._anchor()
        if not there.isValid() or anchor is None:
            return
        top, bottom = sorted((anchor[0], row))
        left, right = sorted((anchor[1], column))
        block = QItemSelection(
            grid.roster.index(top, left), grid.roster.index(bottom, right)
        )
        chooser = grid.selectionModel()
        chooser.setCurrentIndex(there, flag.NoUpdate)
        chooser.select(block, flag.ClearAndSelect)
        grid.scrollTo(there)

    def _anchor(self) -> tuple[int, int] | None:
        """Give the corner of what is chosen that lies opposite the current cell."""
        now = self._grid.currentIndex()
        if not now.isValid():
            return None
        for one in self._grid.selectionModel().selection().toList():
            if one.contains(now):
                row = one.bottom() if now.row() == one.top() else one.top()
                column = one.right() if now.column() == one.left() else one.left()
                return row, column
        return now.row(), now.column()

    # --- Whole rows and columns ------------------------------------------------

    def choose_columns(self) -> None:
        """Choose the whole columns in which something is chosen."""
        self._widen(QItemSelectionModel.SelectionFlag.Columns)

    def choose_rows(self) -> None:
        """Choose the whole rows in which something is chosen."""
        self._widen(QItemSelectionModel.SelectionFlag.Rows)

    def _widen(self, what: QItemSelectionModel.SelectionFlag) -> None:
        chooser = self._grid.selectionModel()
        flag = QItemSelectionModel.SelectionFlag
        chooser.select(chooser.selection(), flag.Select | what)
