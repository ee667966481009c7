"""What the grid and its frozen columns share: a view of cells, painted by rows."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING
from typing import Final
from typing import cast

from PySide6.QtCore import QEvent
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemDelegate
from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QWidget

from desktop.ui.entry.cell_delegate import CellDelegate
from desktop.ui.entry.cell_steps import STEP
from desktop.ui.entry.group_header import GroupHeader
from desktop.ui.entry.row_numbers import RowNumbers
from desktop.ui.entry.sheet import Sheet
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.app.entry.finding import Found
    from desktop.ui.entry.roster_model import RosterModel
    from desktop.ui.workplace import Workplace

AHEAD_MS: Final = 20
"""How long after a painting the rows are drawn that may come into sight next."""


class CellView(QTableView):
    """What the grid and its frozen columns share."""

    stepped = Signal(int, int)
    """An editor closed and the person wants to go on, rows and columns away."""

    ended = Signal()
    """The person wanted to go on below the last row."""

    def __init__(
        self, roster: RosterModel, work: Workplace, parent: QWidget | None
    ) -> None:
        """Show a form's records."""
        super().__init__(parent)
        # Of Qt's own viewport Python would first learn what it is: by making the
        # classes of all widgets there are, which takes as long as painting the window.
        self.setViewport(QWidget())
        self.roster, self.look = roster, work.look
        self.staying = 1
        """How many columns stay at the left."""
        self.hits: Found | None = None
        """The cells with what is looked for, while somebody looks."""
        self.delegate = CellDelegate(work.say, work.look, self)
        self.setItemDelegate(self.delegate)
        self.head = GroupHeader(roster, work.look, self)
        self.setHorizontalHeader(self.head)
        self.setVerticalHeader(RowNumbers(work.look, self))
        self.setModel(roster)
        self._sheet = Sheet(self)
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(AHEAD_MS)
        self._ahead.timeout.connect(self._draw_ahead)
        # It leaves nothing out: nothing behind need be painted first.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        roster.modelAboutToBeReset.connect(self._keep_typed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.look.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        """Give rows the height that the letters need."""
        self.verticalHeader().setDefaultSectionSize(self.look.px(tokens.ROW_HEIGHT))

    @property
    def covered(self) -> int:
        """How much of the view lies under another one, from the left in pixels."""
        return 0

    def hits_in(self, row: int) -> tuple[int, ...]:
        """Give the columns of a row with what is looked for."""
        return () if self.hits is None else self.hits.columns(row)

    def viewportEvent(self, event: QEvent) -> bool:
        """Let boxes come and go without Qt laying out, and painting, the whole view."""
        if event.type() is QEvent.Type.LayoutRequest:
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the part that needs it; Qt would ask for each cell, five times."""
        self._sheet.paint(event.region())
        if not self._ahead.isActive():
            self._ahead.start()

    def _draw_ahead(self) -> None:
        self._sheet.draw_ahead()

    # --- Going about -------------------------------------------------------

    def shown_columns(self) -> list[int]:
        """Give the columns one sees, from left to right."""
        columns = range(self.roster.columnCount())
        return [column for column in columns if not self.isColumnHidden(column)]

    def choose(self, row: int, column: int) -> None:
        """Make a cell the current one, and show it; of a hidden column, its left."""
        while column > 0 and self.isColumnHidden(column):
            column -= 1
        index = self.roster.index(row, column)
        if index.isValid():
            select = QItemSelectionModel.SelectionFlag.ClearAndSelect
            moves = index != self.currentIndex() and self.isVisible()
            self.selectionModel().setCurrentIndex(index, select)
            if not moves:  # Qt shows where it moves to.
                self.scrollTo(index)

    def step(self, rows: int, columns: int) -> None:
        """Go some cells on; at an end, stay. Columns one does not see do not count."""
        now, last = self.currentIndex(), self.roster.rowCount() - 1
        if now.isValid() and (rows or columns):
            if rows > 0 and not columns and now.row() == last:
                self.ended.emit()
            column = now.column()
            if columns or self.isColumnHidden(column):
                there = self.shown_columns()
                place = bisect_left(there, column) + columns
                column = there[min(max(place, 0), len(there) - 1)]
            self.choose(min(max(now.row() + rows, 0), last), column)

    # --- Boxes ---------------------------------------------------------------

    def _keep_typed(self) -> None:
        """Take what stands in an open box, which a list read anew would close."""
        found = cast(
            "list[QWidget]", self.viewport().findChildren(QWidget, "cell.editor")
        )
        for box in found:
            if box.isVisible():
                self.commitData(box)

    def closeEditor(
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """Close a box and step on as it asked.

        A box that hides by itself leaves a hole, and Qt shifts no picture with a hole
        in it: all would be painted anew where the step scrolls.
        """
        step = editor.property(STEP)
        editor.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled)
        self.viewport().update(editor.geometry())
        super().closeEditor(editor, hint)
        if step is not None:
            rows, columns = step
            self.stepped.emit(int(rows), int(columns))
