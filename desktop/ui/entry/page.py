"""填报: the forms, the records of one in a grid or as a card, and the panel beside."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QItemSelection
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QSignalBlocker
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QSplitter
from PySide6.QtWidgets import QWidget

from desktop.app.commands import COMMANDS
from desktop.app.commands import Need
from desktop.forms.model import Roster
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.entry.arranging import Arranging
from desktop.ui.entry.bench import Bench
from desktop.ui.entry.cell_commands import CellCommands
from desktop.ui.entry.commands import EntryCommands
from desktop.ui.entry.facility_commands import FacilityCommands
from desktop.ui.entry.form_list import FormList
from desktop.ui.entry.grid_view import GridView
from desktop.ui.entry.new_row import NewRow
from desktop.ui.entry.roster_model import RosterModel
from desktop.ui.entry.side_panel import SidePanel
from desktop.ui.look import parts
from desktop.ui.look import tokens
from desktop.ui.look.icons import of_accent
from desktop.ui.look.tool_row import Tool
from desktop.ui.look.tool_row import ToolRow
from desktop.ui.rail import SHORTCUTS
from desktop.ui.rail import TITLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QPushButton

    from desktop.ui.entry.empty_note import EmptyNote
    from desktop.ui.workplace import Workplace


NEEDS: Final[Mapping[str, frozenset[Need]]] = {
    command.id: command.needs for command in COMMANDS
}


MIDDLE: Final = 348
"""The grid's width is never less; the panels at either side give way first."""


class EntryPage(Bench):
    """The page where figures are filled in."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Show the form the desk has before it."""
        super().__init__(work, parent)
        self.setObjectName("page")
        self._sought: Place | None = None
        self._is_listed = False
        """Whether it is known which records there are."""
        self._empty: EmptyNote | None = None
        self._title = parts.label("", "heading", wrap=False, name="entry.title")
        self._nil_button = self._tool("record.nil", "nil")
        self._commands = EntryCommands(self)
        self._cells = CellCommands(self)
        self._arranging = Arranging(self)
        self._facilities = FacilityCommands(self)
        self._new_row = NewRow(self)
        self._lay_out()
        work.desk.moved.connect(self._follow)
        work.desk.sought.connect(self._seek)
        work.desk.asked.connect(self._commands.run)
        work.desk.turned.connect(lambda _: self._say_needs())
        self.nil.changed.connect(self._say_nil)
        self.displaced.connect(self._listed)
        self._say_nil()
        self._open(work.desk.place.form)

    # --- Layout ------------------------------------------------------------

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setObjectName("entry.split")
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        self._split = split
        for widget in (FormList(self.work), self._middle(), SidePanel(self.work)):
            split.addWidget(widget)
        split.setStretchFactor(1, 1)
        self.work.look.changed.connect(self._measure)
        self._measure()
        parts.column(self).addWidget(split)

    def _measure(self) -> None:
        """Give the panels at either side the room that the letters need."""
        look = self.work.look
        forms, side = look.px(tokens.FORMS_WIDTH), look.px(tokens.SIDE_WIDTH)
        for place, width in ((0, forms), (2, side)):
            self._split.widget(place).setMinimumWidth(width * 2 // 3)
            self._split.widget(place).setMaximumWidth(width + 200)
        self._split.widget(1).setMinimumWidth(look.px(MIDDLE))
        self._split.setSizes([forms, 900, side])

    def _middle(self) -> QWidget:
        column = self._column
        top = parts.row(self._title, self._hint, None)
        top.setContentsMargins(12, 9, 12, 3)
        column.addLayout(top)
        column.addWidget(self._tools())
        column.addWidget(self._stack, 1)
        column.addWidget(self._new_row)
        self._stack.addWidget(QWidget())
        return self.middle

    def _tools(self) -> ToolRow:
        say = self.work.say
        self.search.setObjectName("entry.find")
        self.search.setAccessibleName(say("Filter by name or unit"))
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(say("Filter by name or unit"))
        self.search.setMinimumWidth(130)
        self.search.setMaximumWidth(190)
        self.search.textChanged.connect(self._arranging.look_for)
        self._filters = Tool(
            say("Filter"),
            lambda: self._arranging.offer_filters(self._filters),
            name="tool.filter",
            icon=self.work.icons.icon("filter", of_accent),
        )
        self._filters.setToolTip(say("Filter, sort, choose columns"))
        tools = ToolRow(
            self.search,
            self._filters,
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
        made = Tool(
            self.work.say(TITLES[command]),
            lambda: self.work.desk.asked.emit(command),
            name=f"tool.{command}",
            icon=self.work.icons.icon(icon, of_accent),
        )
        made.setToolTip(f"{made.text()}（{_keys(command)}）")
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
        order = self._arranging.remembered(form).sort
        model = RosterModel(self.work, form, self, order)
        grid = GridView(model, self.work, self)
        grid.setAccessibleName(model.form.title)
        self.model, self.grid = model, grid
        self._is_listed, self._empty = False, None
        self._cells.attend(grid, model)
        self._title.setText(model.form.title)
        self._hint.setText(model.form.legal.form_number if model.form.legal else "")
        old = self._stack.widget(0)
        self._stack.removeWidget(old)
        old.deleteLater()
        self._stack.insertWidget(0, grid)
        self._stack.setCurrentIndex(0)
        self.setFocusProxy(grid)
        grid.selectionModel().currentChanged.connect(self._current_changed)
        grid.selectionModel().selectionChanged.connect(self._selection_changed)
        grid.ended.connect(self._new_row.begin)
        model.listed.connect(self._listed)
        model.filled.connect(self.work.desk.pictured)
        if self._card is not None:
            self._card.open(model)
        with QSignalBlocker(self.search):
            self.search.clear()
        self._arranging.attach(model, grid)
        self._say_needs()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the lines of find and replace away with Escape, also from the grid."""
        if event.key() != Qt.Key.Key_Escape or not self._commands.put_away():
            super().keyPressEvent(event)

    def _close_grid(self) -> None:
        if self.grid is not None and self.model is not None:
            self._arranging.keep()
            self.grid.selectionModel().blockSignals(True)
            self.model.deleteLater()

    def _listed(self) -> None:
        """Go to what was sought, stay with the record, or begin at the first cell."""
        grid, model = self.grid, self.model
        if grid is None or model is None:
            return
        place = self._sought or self.work.desk.place
        if self.seek_last and model.listing.narrows:
            # What was added now may be what a filter leaves out.
            self._arranging.show_all()
            return
        row = None if place.record is None else model.row_of(place.record)
        column = None if place.field is None else model.column_of(place.field)
        newest = model.ids.newest() if self.seek_last else None
        if newest is not None:
            row, column, self.seek_last = model.row_of(newest), 0, False
        elif row is None and model.ids:
            row = 0
        if row is not None:
            grid.choose(row, column or 0)
        self._commands.relisted()
        self._sought = None
        self._is_listed = True
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
            if self.model.listing.narrows:
                total = self.model.total
                filled = say("{count} shown of {total}", count=count, total=total)
            there = count or self.model.listing.narrows
            self._hint.setText(filled if there else none)
            if self._is_listed:
                self._say_why_empty(self.model)

    def _say_why_empty(self, model: RosterModel) -> None:
        """Say in the middle of an empty grid what to do next."""
        if self.grid is None or (model.ids and self._empty is None):
            return
        from desktop.ui.entry import empty_note  # noqa: PLC0415 - the first window need not wait for it

        if self._empty is None:
            self._empty = empty_note.EmptyNote(self.work, self.grid)
        takes = Need.ROSTER in self.work.desk.holds
        why = empty_note.NONE_YET if takes else empty_note.NOT_FOR_US
        if model.listing.narrows:
            why = empty_note.LEFT_OUT
        elif self.nil.declared:
            why = empty_note.NIL
        self._empty.explain(None if model.ids else why)

    def _say_nil(self) -> None:
        say, button = self.work.say, self._nil_button
        withdraw = say("Withdraw the nil return")
        button.setText(withdraw if self.nil.declared else say("Nil return"))
        button.setToolTip(f"{button.text()}（{_keys('record.nil')}）")
        self._say_count()

    def _seek(self, place: Place) -> None:
        """Show a place; a filter that would hide it is taken off."""
        self._sought, model = place, self.model
        if place.field is not None:
            self._arranging.show_field(place.field)
        if model is not None and self._left_out(place, model):
            self._arranging.show_all()
        elif model is not None and model.ids:
            self._listed()
        if self.grid is not None and self._stack.currentIndex() == 0:
            self.grid.setFocus()

    def _left_out(self, place: Place, model: RosterModel) -> bool:
        """Tell whether a filter may hide what is sought."""
        there = place.record is not None and model.row_of(place.record) is not None
        return model.listing.narrows and not there

    def _current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if self.model is not None and now.isValid():
            field = self.model.fields[now.column()].id
            record = self.model.ids[now.row()]
            self.work.desk.move(Place(self.model.form.id, record, field))

    def _selection_changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self._say_needs()
        self._commands.chosen_changed()

    def _say_needs(self) -> None:
        desk, form = self.work.desk, self.model.form if self.model else None
        desk.set_need(Need.GRID, holds=desk.page is Page.ENTRY)
        here = desk.place.record is not None
        desk.set_need(Need.CELL, holds=here and bool(self.model and self.model.ids))
        takes = form is not None and (isinstance(form, Roster) or not form.every_unit)
        desk.set_need(Need.ROSTER, holds=takes)


def _keys(command: str) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return QKeySequence(SHORTCUTS[command]).toString(native)
