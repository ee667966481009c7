"""填报: the forms, the records of one in a grid or as a card, and the panel beside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QItemSelection
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QSplitter
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QWidget

from desktop.app.commands import COMMANDS
from desktop.app.commands import Need
from desktop.forms.model import Roster
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.entry.columns import is_locked
from desktop.ui.entry.commands import EntryCommands
from desktop.ui.entry.form_list import FormList
from desktop.ui.entry.grid_view import GridView
from desktop.ui.entry.nil_return import NilReturn
from desktop.ui.entry.roster_model import RosterModel
from desktop.ui.entry.side_panel import SidePanel
from desktop.ui.look import parts
from desktop.ui.look import tokens
from desktop.ui.rail import SHORTCUTS
from desktop.ui.rail import TITLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QHBoxLayout
    from PySide6.QtWidgets import QPushButton

    from desktop.ui.entry.card_view import CardView
    from desktop.ui.workplace import Workplace


NEEDS: Final[Mapping[str, frozenset[Need]]] = {
    command.id: command.needs for command in COMMANDS
}


class EntryPage(QWidget):
    """The page where figures are filled in."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Show the form the desk has before it."""
        super().__init__(parent)
        self.setObjectName("page")
        self.work = work
        self.grid: GridView | None = None
        self.model: RosterModel | None = None
        self.seek_last = False
        """Go to the last record when the list is there: one was added."""
        self._sought: Place | None = None
        self._title = parts.label("", "heading", wrap=False, name="entry.title")
        self._hint = parts.label("", "muted", wrap=False, name="entry.hint")
        self.search = QLineEdit()
        self._stack = QStackedWidget()
        self._card: CardView | None = None
        self.nil = NilReturn(work, self)
        self._nil_button = self._tool("record.nil", "nil")
        self._commands = EntryCommands(self)
        self._lay_out()
        work.desk.moved.connect(self._follow)
        work.desk.sought.connect(self._seek)
        work.desk.asked.connect(self._commands.run)
        work.desk.turned.connect(lambda _: self._say_needs())
        work.desk.leaving.connect(self.keep_layout)
        self.nil.changed.connect(self._say_nil)
        self._say_nil()
        self._open(work.desk.place.form)

    # --- Layout ------------------------------------------------------------

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setObjectName("entry.split")
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        for widget, width in (
            (FormList(self.work), tokens.FORMS_WIDTH),
            (self._middle(), 0),
            (SidePanel(self.work), tokens.SIDE_WIDTH),
        ):
            split.addWidget(widget)
            if width:
                widget.setMinimumWidth(width - 60)
                widget.setMaximumWidth(width + 200)
        split.setStretchFactor(1, 1)
        split.setSizes([tokens.FORMS_WIDTH, 900, tokens.SIDE_WIDTH])
        parts.column(self).addWidget(split)

    def _middle(self) -> QWidget:
        middle = QWidget()
        column = parts.column(middle)
        top = parts.row(self._title, self._hint, None)
        top.setContentsMargins(12, 9, 12, 3)
        column.addLayout(top)
        column.addLayout(self._tools())
        column.addWidget(self._stack, 1)
        self._stack.addWidget(QWidget())
        return middle

    def _tools(self) -> QHBoxLayout:
        say = self.work.say
        self.search.setObjectName("entry.find")
        self.search.setAccessibleName(say("Filter by name or unit"))
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(say("Filter by name or unit"))
        self.search.setMinimumWidth(130)
        self.search.setMaximumWidth(190)
        self.search.textChanged.connect(self._filter)
        tools = parts.row(
            self.search,
            None,
            self._tool("record.add", "add"),
            self._tool("record.remove", "remove"),
            self._tool("file.import", "import"),
            self._nil_button,
            self._tool("record.card", "card"),
        )
        tools.setContentsMargins(12, 3, 12, 8)
        return tools

    def _tool(self, command: str, icon: str) -> QPushButton:
        made = parts.button(
            self.work.say(TITLES[command]),
            lambda: self.work.desk.asked.emit(command),
            name=f"tool.{command}",
            icon=self.work.icons.icon(icon, tokens.ACCENT, 16),
        )
        made.setToolTip(f"{made.text()}（{_keys(command)}）")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        needs = NEEDS[command]
        self.work.desk.needs_changed.connect(
            lambda holds: made.setEnabled(needs <= holds)
        )
        made.setEnabled(needs <= self.work.desk.holds)
        return made

    # --- Following the desk ------------------------------------------------

    def _follow(self, place: Place) -> None:
        if self.model is None or place.form != self.model.form.id:
            self._open(place.form)
        self._say_needs()

    def _open(self, form: str) -> None:
        self._close_grid()
        model = RosterModel(self.work, form, self)
        grid = GridView(model, self.work.say, self)
        grid.setAccessibleName(model.form.title)
        self.model, self.grid = model, grid
        self._title.setText(model.form.title)
        self._hint.setText(model.form.legal.form_number if model.form.legal else "")
        old = self._stack.widget(0)
        self._stack.removeWidget(old)
        old.deleteLater()
        self._stack.insertWidget(0, grid)
        self._stack.setCurrentIndex(0)
        self.setFocusProxy(grid)
        grid.set_widths(self._remembered(form))
        grid.selectionModel().currentChanged.connect(self._current_changed)
        grid.selectionModel().selectionChanged.connect(self._selection_changed)
        model.listed.connect(self._listed)
        model.filled.connect(self.work.desk.pictured)
        if self._card is not None:
            self._card.open(model)
        self.search.clear()
        self._say_needs()

    def _close_grid(self) -> None:
        if self.grid is not None and self.model is not None:
            self.keep_layout()
            self.grid.selectionModel().blockSignals(True)
            self.model.deleteLater()

    def keep_layout(self) -> None:
        """Remember the widths of the columns."""
        if self.grid is not None and self.model is not None:
            part = f"columns.{self.work.pack.id}.{self.model.form.id}"
            text = json.dumps(self.grid.widths())
            if self.work.habits.now.layout.get(part) != text:
                self.work.habits.keep(self.work.habits.now.arranged(part, text))

    def _remembered(self, form: str) -> list[int]:
        part = f"columns.{self.work.pack.id}.{form}"
        try:
            widths = json.loads(self.work.habits.now.layout.get(part, "[]"))
        except ValueError:
            return []
        sound = isinstance(widths, list) and all(isinstance(n, int) for n in widths)
        return widths if sound else []

    def _listed(self) -> None:
        """Go to what was sought, stay with the record, or begin at the first cell."""
        grid, model = self.grid, self.model
        if grid is None or model is None:
            return
        place = self._sought or self.work.desk.place
        row = None if place.record is None else model.row_of(place.record)
        column = None if place.field is None else model.column_of(place.field)
        if self.seek_last and model.ids:
            row, column, self.seek_last = len(model.ids) - 1, 0, False
        elif row is None and model.ids:
            row = 0
        if row is not None:
            grid.choose(row, column or 0)
        self._sought = None
        self._say_needs()
        self._say_count()

    def _say_count(self) -> None:
        if self.model is not None:
            say = self.work.say
            count = len(self.model.ids)
            filled = say("{count} records", count=count)
            none = say("No records yet: add one, or import a table.")
            if self.nil.declared:
                none = say("Nil return: there is nothing to report this period.")
            self._hint.setText(filled if count or self.search.text() else none)

    def _say_nil(self) -> None:
        say, button = self.work.say, self._nil_button
        withdraw = say("Withdraw the nil return")
        button.setText(withdraw if self.nil.declared else say("Nil return"))
        button.setToolTip(f"{button.text()}（{_keys('record.nil')}）")
        self._say_count()

    def _seek(self, place: Place) -> None:
        """Show a place; a filter that would hide it is taken off."""
        self._sought = place
        if self.search.text():
            self.search.clear()
        elif self.model is not None and self.model.ids:
            self._listed()
        if self.grid is not None and self._stack.currentIndex() == 0:
            self.grid.setFocus()

    def _current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if self.model is not None and now.isValid():
            field = self.model.fields[now.column()].id
            record = self.model.ids[now.row()]
            self.work.desk.move(Place(self.model.form.id, record, field))

    def _selection_changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self._say_needs()

    def _filter(self, text: str) -> None:
        if self.model is not None:
            self.model.filter(text)

    def _say_needs(self) -> None:
        desk, form = self.work.desk, self.model.form if self.model else None
        desk.set_need(Need.GRID, holds=desk.page is Page.ENTRY)
        here = desk.place.record is not None
        desk.set_need(Need.CELL, holds=here and bool(self.model and self.model.ids))
        takes = form is not None and (isinstance(form, Roster) or not form.every_unit)
        desk.set_need(Need.ROSTER, holds=takes)

    # --- Card and grid -----------------------------------------------------

    def toggle_card(self) -> None:
        """Show the record as a card, or the grid again, at the same field."""
        if self._stack.currentIndex() == 0:
            card = self.card
            self._stack.setCurrentWidget(card)
            card.show_place(self.work.desk.place)
        elif self.grid is not None and self.model is not None:
            self._stack.setCurrentIndex(0)
            self._listed()
            self.grid.setFocus()

    @property
    def card(self) -> CardView:
        """The card; it is made when somebody first wants to see it."""
        if self._card is None:
            from desktop.ui.entry.card_view import CardView  # noqa: PLC0415 - the first window need not wait for it

            self._card = CardView(self.work)
            self._stack.addWidget(self._card)
            if self.model is not None:
                self._card.open(self.model)
        return self._card

    @property
    def on_card(self) -> bool:
        """Whether the card is before the person."""
        return self._stack.currentIndex() == 1

    def editable(self, column: int) -> bool:
        """Tell whether a column takes entries."""
        return self.model is not None and not is_locked(self.model.fields[column])


def _keys(command: str) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return QKeySequence(SHORTCUTS[command]).toString(native)
