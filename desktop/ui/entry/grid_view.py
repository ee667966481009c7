"""A spreadsheet-like grid: the naming column stays, keys work as in Excel and WPS."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import cast
from typing import overload

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemDelegate
from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QWidget

from desktop.ui.entry.cell_delegate import STEP
from desktop.ui.entry.cell_delegate import CellDelegate
from desktop.ui.entry.columns import NAME_WIDTH
from desktop.ui.entry.columns import width_of
from desktop.ui.entry.group_header import GroupHeader
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtGui import QResizeEvent

    from desktop.core.words import Words
    from desktop.ui.entry.roster_model import RosterModel

Index = QModelIndex | QPersistentModelIndex
Hint = QAbstractItemView.ScrollHint
Trigger = QAbstractItemView.EditTrigger
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellView(QTableView):
    """What the grid and its frozen column share."""

    stepped = Signal(int, int)
    """An editor closed and the person wants to go on, rows and columns away."""

    def __init__(self, roster: RosterModel, say: Words, parent: QWidget | None) -> None:
        """Show a form's records."""
        super().__init__(parent)
        self.roster = roster
        self.setItemDelegate(CellDelegate(say, self))
        self.setHorizontalHeader(GroupHeader(roster, self))
        self.setModel(roster)
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
        rows.setDefaultSectionSize(tokens.ROW_HEIGHT)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)

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
        """Close a box and step on as it asked."""
        step = editor.property(STEP)
        super().closeEditor(editor, hint)
        if step is not None:
            rows, columns = step
            self.stepped.emit(int(rows), int(columns))


class GridView(CellView):
    """The grid of one form."""

    def __init__(self, roster: RosterModel, say: Words, parent: QWidget | None) -> None:
        """Show a form's records, the naming column frozen."""
        super().__init__(roster, say, parent)
        self.setObjectName("grid")
        self.frozen = CellView(roster, say, self)
        self.frozen.setObjectName("frozen")
        self._freeze()
        self.set_widths([])
        self.stepped.connect(self.step)
        self.frozen.stepped.connect(self.step)
        self.verticalHeader().setFixedWidth(44)

    def _freeze(self) -> None:
        """Lay a view of the first column over the grid's left edge."""
        frozen = self.frozen
        frozen.setSelectionModel(self.selectionModel())
        frozen.setFocusProxy(self)
        frozen.verticalHeader().hide()
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        frozen.setHorizontalScrollBarPolicy(policy)
        frozen.setVerticalScrollBarPolicy(policy)
        for column in range(1, len(self.roster.fields)):
            frozen.setColumnHidden(column, True)
        frozen.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        bar, theirs = self.verticalScrollBar(), frozen.verticalScrollBar()
        bar.valueChanged.connect(theirs.setValue)
        theirs.valueChanged.connect(bar.setValue)
        self.horizontalHeader().sectionResized.connect(self._resized)
        self.viewport().stackUnder(frozen)

    def set_widths(self, widths: list[int]) -> None:
        """Set the widths of the columns; where none is given, the first ones."""
        for column, field in enumerate(self.roster.fields):
            first = NAME_WIDTH if column == 0 else width_of(field)
            known = column < len(widths) and widths[column] > 0
            self.setColumnWidth(column, widths[column] if known else first)
        self._resized(0, 0, self.columnWidth(0))

    def widths(self) -> list[int]:
        """Give the widths of the columns."""
        return [self.columnWidth(column) for column in range(len(self.roster.fields))]

    def choose(self, row: int, column: int) -> None:
        """Make a cell the current one, and show it."""
        index = self.roster.index(row, column)
        if index.isValid():
            select = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, select)
            self.scrollTo(index)

    def step(self, rows: int, columns: int) -> None:
        """Go some cells on; at an end, stay."""
        now = self.currentIndex()
        last_row, last_column = self.roster.rowCount(), self.roster.columnCount()
        if now.isValid() and (rows or columns):
            self.choose(
                min(max(now.row() + rows, 0), last_row - 1),
                min(max(now.column() + columns, 0), last_column - 1),
            )

    def chosen_rows(self) -> list[int]:
        """Give the rows that are chosen, wholly or in part."""
        found = {index.row() for index in self.selectionModel().selectedIndexes()}
        return sorted(found)

    @overload
    def edit(self, index: Index, /) -> None: ...

    @overload
    def edit(self, index: Index, trigger: Trigger, event: QEvent, /) -> bool: ...

    def edit(
        self, index: Index, trigger: Trigger | None = None, event: QEvent | None = None
    ) -> bool | None:
        """Edit a cell; the frozen column opens its box in the view one can see."""
        if trigger is None:
            return self.open_box(index)
        # Qt hands over no event where the current cell merely changed.
        given = cast("QEvent", event)
        if index.isValid() and index.column() == 0:
            return self.frozen.edit(index, trigger, given)
        return super().edit(index, trigger, given)

    def open_box(self, index: Index) -> bool:
        """Open the box of a cell, as F2 does."""
        if index.isValid() and index.column() == 0:
            QTableView.edit(self.frozen, index)
        else:
            QTableView.edit(self, index)
        return True

    def scrollTo(self, index: Index, hint: Hint = Hint.EnsureVisible) -> None:
        """Show a cell beside the frozen column, not under it."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if index.column() == 0:
            bar.setValue(before)
            return
        covered = self.columnWidth(0) - self.visualRect(index).left()
        if covered > 0:
            bar.setValue(bar.value() - covered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down with Enter and to the ends with Ctrl; the rest is as Qt has it."""
        key, control = event.key(), event.modifiers()
        with_control = bool(control & Qt.KeyboardModifier.ControlModifier)
        if key in _ENTER and not with_control:
            back = bool(control & Qt.KeyboardModifier.ShiftModifier)
            self.step(-1 if back else 1, 0)
        elif with_control and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            end = key == Qt.Key.Key_End
            self.choose(
                self.roster.rowCount() - 1 if end else 0,
                self.roster.columnCount() - 1 if end else 0,
            )
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the frozen column at its place, and the current cell in sight."""
        super().resizeEvent(event)
        self._place_frozen()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def updateGeometries(self) -> None:
        """Keep the frozen column at its place when the headers change."""
        super().updateGeometries()
        self._place_frozen()

    def _resized(self, column: int, _before: int, width: int) -> None:
        if column == 0:
            self.frozen.setColumnWidth(0, width)
            self._place_frozen()

    def _place_frozen(self) -> None:
        if not hasattr(self, "frozen"):
            return
        left = self.verticalHeader().width() + self.frameWidth()
        height = self.viewport().height() + self.horizontalHeader().height()
        self.frozen.setGeometry(
            left, self.frameWidth(), self.columnWidth(0) + 2, height
        )
        self.frozen.verticalScrollBar().setValue(self.verticalScrollBar().value())
