"""A spreadsheet-like grid: the naming columns stay, keys work as in Excel and WPS."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from typing import cast
from typing import overload

from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QWidget

from desktop.ui.afterwards import afterwards
from desktop.ui.entry.cell_view import CellView
from desktop.ui.entry.columns import NAME_WIDTH
from desktop.ui.entry.columns import width_of
from desktop.ui.entry.row_numbers import NUMBERS_WIDTH

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Mapping

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtGui import QResizeEvent

    from desktop.app.entry.finding import Found
    from desktop.ui.entry.grid_keys import GridKeys
    from desktop.ui.entry.roster_model import RosterModel
    from desktop.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
Hint = QAbstractItemView.ScrollHint
Trigger = QAbstractItemView.EditTrigger


class GridView(CellView):
    """The grid of one form."""

    froze = Signal(object)
    """The view of the columns that stay is there."""

    _frozen: CellView | None = None
    """The columns that stay; until one scrolls they look no other than the rest."""

    def __init__(
        self, roster: RosterModel, work: Workplace, parent: QWidget | None
    ) -> None:
        """Show a form's records, the naming column frozen."""
        super().__init__(roster, work, parent)
        self.setObjectName("grid")
        self._work = work
        self._times = self.look.times
        self._keys: GridKeys | None = None
        self.arrange(1, ())
        self.set_widths({})
        self.stepped.connect(self._stepped)
        self.horizontalHeader().sectionResized.connect(self._resized)
        self.horizontalScrollBar().valueChanged.connect(self._freeze)
        self.look.changed.connect(self._grow)
        # Nothing shows through below the bar, so nothing behind is painted with it.
        below = cast("QWidget", self.verticalScrollBar().parentWidget())
        below.setBackgroundRole(QPalette.ColorRole.Base)
        below.setAutoFillBackground(True)
        self._grow()
        afterwards(self, self._freeze)

    @property
    def frozen(self) -> CellView:
        """The view of the columns that stay; the first picture does without it."""
        self._freeze()
        return cast("CellView", self._frozen)

    @property
    def covered(self) -> int:
        """How much lies under the frozen columns."""
        return 0 if self._frozen is None else self._frozen_width()

    def _stepped(self, rows: int, columns: int) -> None:
        self.keys.stepped(rows, columns)

    @property
    def keys(self) -> GridKeys:
        """What moves about by keys; it comes with the first key."""
        if self._keys is None:
            from desktop.ui.entry.grid_keys import GridKeys  # noqa: PLC0415 - the first window need not wait for it

            self._keys = GridKeys(self)
        return self._keys

    def _grow(self) -> None:
        """Let the columns grow with the letters."""
        self.verticalHeader().setFixedWidth(self.look.px(NUMBERS_WIDTH))
        if self._times != self.look.times:
            widths, self._times = self.widths(), self.look.times
            self.set_widths(widths)

    def _freeze(self) -> None:
        """Lay a view of the first columns over the grid's left edge, once."""
        if self._frozen is not None:
            return
        frozen = self._frozen = CellView(self.roster, self._work, self)
        frozen.setObjectName("frozen")
        frozen.hits = self.hits
        frozen.setSelectionModel(self.selectionModel())
        frozen.setFocusProxy(self)
        frozen.verticalHeader().hide()
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        frozen.setHorizontalScrollBarPolicy(policy)
        frozen.setVerticalScrollBarPolicy(policy)
        frozen.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        bar, theirs = self.verticalScrollBar(), frozen.verticalScrollBar()
        bar.valueChanged.connect(theirs.setValue)
        theirs.valueChanged.connect(bar.setValue)
        frozen.stepped.connect(self._stepped)
        self._arrange_frozen()
        self._place_frozen()
        self.viewport().stackUnder(frozen)
        frozen.setVisible(True)
        self.viewport().update()
        self.froze.emit(frozen)

    def show_hits(self, hits: Found | None) -> None:
        """Mark the cells with what is looked for; None where nothing is."""
        for view in (self, self._frozen):
            if view is not None and view.hits is not hits:
                view.hits = hits
                view.viewport().update()

    def arrange(self, staying: int, hidden: Collection[str]) -> None:
        """Let the first columns stay at the left, and fields not be seen."""
        self.staying = self.head.staying = staying
        for column, field in enumerate(self.roster.fields):
            self.setColumnHidden(column, column > 0 and field.id in hidden)
        self._arrange_frozen()

    def _arrange_frozen(self) -> None:
        """Let the view at the left have the columns that stay, as wide as here."""
        frozen = self._frozen
        if frozen is None:
            return
        frozen.staying = frozen.head.staying = self.staying
        for column in range(self.roster.columnCount()):
            unseen = self.isColumnHidden(column)
            frozen.setColumnHidden(column, unseen or column >= self.staying)
            if column < self.staying and not unseen:
                frozen.setColumnWidth(column, self.columnWidth(column))

    def set_widths(self, widths: Mapping[str, int]) -> None:
        """Set the widths of columns by field; where none is given, the first ones.

        They are widths for standard letters, and grow with the letters.
        """
        for column, field in enumerate(self.roster.fields):
            first = NAME_WIDTH if column == 0 else width_of(field)
            if not self.isColumnHidden(column):
                width = round(widths.get(field.id, first) * self._times)
                self.setColumnWidth(column, width)
        self._place_frozen()

    def widths(self) -> dict[str, int]:
        """Give the widths, as for standard letters, of the columns one sees."""
        return {
            self.roster.fields[column].id: round(self.columnWidth(column) / self._times)
            for column in self.shown_columns()
        }

    def chosen_rows(self) -> list[int]:
        """Give the rows that are chosen, wholly or in part."""
        found: set[int] = set()
        for part in self.selectionModel().selection().toList():
            found.update(range(part.top(), part.bottom() + 1))
        return sorted(found)

    @overload
    def edit(self, index: Index, /) -> None: ...

    @overload
    def edit(self, index: Index, trigger: Trigger, event: QEvent, /) -> bool: ...

    def edit(
        self, index: Index, trigger: Trigger | None = None, event: QEvent | None = None
    ) -> bool | None:
        """Edit a cell; a frozen column opens its box in the view one can see."""
        if trigger is None:
            return self.open_box(index)
        # Qt hands over no event where the current cell merely changed.
        given = cast("QEvent", event)
        begins = trigger is not Trigger.CurrentChanged and index.isValid()
        if begins and index.column() < self.staying:
            return self.frozen.edit(index, trigger, given)
        return super().edit(index, trigger, given)

    def open_box(self, index: Index) -> bool:
        """Open the box of a cell, as F2 does."""
        if index.isValid() and index.column() < self.staying:
            QTableView.edit(self.frozen, index)
        else:
            QTableView.edit(self, index)
        return True

    def scrollTo(self, index: Index, hint: Hint = Hint.EnsureVisible) -> None:
        """Show a cell beside the frozen columns, not under them."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if index.column() < self.staying:
            bar.setValue(before)
            return
        covered = self._frozen_width() - self.visualRect(index).left()
        if covered > 0:
            bar.setValue(bar.value() - covered)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Shift the picture beside the frozen columns.

        Qt shifts no picture that another view lies over: it would paint all anew with
        each row that comes into sight.
        """
        if self._frozen is None:
            super().scrollContentsBy(dx, dy)
            return
        super().scrollContentsBy(0, 0)  # It ends what would scroll back in a moment.
        self.horizontalHeader().setOffset(self.horizontalScrollBar().value())
        self.verticalHeader().setOffset(self.verticalScrollBar().value())
        self.scrollDirtyRegion(dx, dy)
        beside = self.viewport().rect().adjusted(self._frozen.width(), 0, 0, 0)
        self.viewport().scroll(dx, dy, beside)
        self.updateEditorGeometries()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Paint the ring darker."""
        with self._painting_only_the_ring():
            super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Paint the ring paler."""
        with self._painting_only_the_ring():
            super().focusOutEvent(event)

    @contextmanager
    def _painting_only_the_ring(self) -> Iterator[None]:
        """Keep Qt from painting all cells where the keys come or go: with each box."""
        silent = Qt.WidgetAttribute.WA_UpdatesDisabled
        views: tuple[QWidget, ...] = (self, self.viewport())
        if self._frozen is not None:
            views = (*views, self._frozen.viewport())
        free = [view for view in views if not view.testAttribute(silent)]
        for view in free:
            view.setAttribute(silent)
        try:
            yield
        finally:
            for view in free:
                view.setAttribute(silent, False)
        self.update(self.currentIndex())
        if self._frozen is not None:
            self._frozen.update(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move as in Excel and WPS; the rest is as Qt has it."""
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Let Chinese begin a box: that of a frozen column is in the other view.

        For a text that comes whole, without letters before it, Qt only opens the box.
        """
        view = self.frozen if self._in_frozen() else self
        editing = QAbstractItemView.State.EditingState
        begun = view.state() is editing
        QTableView.inputMethodEvent(view, event)
        box = QApplication.focusWidget()
        opened = view.state() is editing and not begun
        if opened and event.commitString() and box is not None:
            QCoreApplication.sendEvent(box, event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Tell the input method where its box is."""
        view = self._frozen if self._in_frozen() else None
        return QTableView.inputMethodQuery(view or self, query)

    def _in_frozen(self) -> bool:
        """Tell whether the current cell is in a column that stays."""
        return self.currentIndex().column() in range(self.staying)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the frozen columns at their place, and the current cell in sight."""
        super().resizeEvent(event)
        self._place_frozen()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def updateGeometries(self) -> None:
        """Keep the frozen columns at their place when the headers change."""
        super().updateGeometries()
        self._place_frozen()

    def _resized(self, column: int, _before: int, width: int) -> None:
        if self._frozen is not None and column < self.staying and width:
            self._frozen.setColumnWidth(column, width)
            self._place_frozen()

    def _frozen_width(self) -> int:
        return sum(self.columnWidth(column) for column in range(self.staying))

    def _place_frozen(self) -> None:
        frozen = self._frozen
        if frozen is None:
            return
        left = self.viewport().x()
        height = self.viewport().height() + self.horizontalHeader().height()
        width = self._frozen_width()
        frozen.setGeometry(left, self.frameWidth(), width + 2, height)
        frozen.verticalScrollBar().setValue(self.verticalScrollBar().value())
