"""指标: how the unit stands against each target, and how each figure came about."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListView
from PySide6.QtWidgets import QSplitter
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QWidget

from desktop.app.packs.words import formulas
from desktop.ui.indicators.bar_pictures import BarPictures
from desktop.ui.indicators.cards import CardDelegate
from desktop.ui.indicators.chosen_model import ChosenModel
from desktop.ui.indicators.commands import IndicatorCommands
from desktop.ui.indicators.compare import CompareDialog
from desktop.ui.indicators.detail import IndicatorDetail
from desktop.ui.indicators.model import BAR
from desktop.ui.indicators.model import GAP
from desktop.ui.indicators.model import STATUS
from desktop.ui.indicators.model import TARGET
from desktop.ui.indicators.model import TITLE
from desktop.ui.indicators.model import VALUE
from desktop.ui.indicators.model import BarDelegate
from desktop.ui.indicators.model import IndicatorsModel
from desktop.ui.indicators.sources import sources_of
from desktop.ui.indicators.standing_filter import StandingFilter
from desktop.ui.look import parts
from desktop.ui.look import tables
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from desktop.ui.workplace import Workplace

ROW_HEIGHT: Final = 44
WIDTHS: Final = ((STATUS, 104), (VALUE, 92), (TARGET, 136), (GAP, 112), (BAR, 120))
CARDS_WIDTH: Final = 400
TABLE_WIDTH: Final = 780
LAYOUT: Final = "indicators.view"
CARDS, TABLE = "cards", "table"


class IndicatorsPage(QWidget):
    """The list of indicators, as cards or a table, with one of them in full beside."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Show what has been computed."""
        super().__init__(parent)
        self.setObjectName("page")
        self.work = work
        self.model = IndicatorsModel(work, self)
        self.chosen = ChosenModel(self.model, self)
        self.table, self.cards = QTableView(), QListView()
        self.detail = IndicatorDetail(work)
        self._bars = BarPictures(work, self)
        self._filter = StandingFilter(work)
        self._search = QLineEdit()
        self._lists = QStackedWidget()
        self._across = QSplitter(Qt.Orientation.Horizontal)
        self._empty = parts.label("", "muted", name="indicators.empty")
        self._told = parts.label("", "good", name="indicators.told")
        self._soon = QTimer(self)
        """A view whose rows have just come knows only then how far it can scroll."""
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._scroll)
        self._lay_out()
        doing = IndicatorCommands(work, self.chosen, self.detail, self)
        doing.told.connect(self._tell)
        work.desk.asked.connect(self._asked)
        bridge = work.bridge
        bridge.figures_changed.connect(self._read)
        bridge.period_changed.connect(self._read)
        bridge.choices_changed.connect(self._learn)
        bridge.period_changed.connect(self._learn)
        self._show_view(work.habits.now.layout.get(LAYOUT, CARDS))
        self._first = QTimer(self)
        """Making the page and filling it is more than a person types through."""
        self._first.setSingleShot(True)
        self._first.timeout.connect(self._begin)
        self._first.start()

    def _begin(self) -> None:
        """Fill the page that was just made."""
        self._take()
        # Last: what works out the words would take turns with what is made here.
        self._learn()

    def _learn(self) -> None:
        """Ask how the indicators are computed by what is in force now."""
        bridge, compiled = self.work.bridge, self.work.session.compiled
        bridge.ask(lambda _: formulas(compiled), self, self.model.take_formulas)
        bridge.ask(lambda _: sources_of(compiled), self, self.detail.how.take_sources)

    def _lay_out(self) -> None:
        column = parts.column(self, margin=tokens.PAGE_MARGIN, spacing=8)
        column.addLayout(self._top())
        column.addWidget(self._filter)
        column.addWidget(self._told)
        self._told.hide()
        # Qt looks again at all that is in a part where that is put: the tree first.
        column.addWidget(self._across, 1)
        left = QWidget()
        self._across.addWidget(left)
        self._across.addWidget(self.detail)
        below = parts.column(left, spacing=6)
        below.addWidget(self._lists, 1)
        below.addWidget(self._empty)
        self._lists.addWidget(self.cards)
        self._lists.addWidget(self.table)
        self._build_table()
        self._build_cards()
        self._across.setChildrenCollapsible(False)
        self._across.setStretchFactor(1, 1)
        self._across.setHandleWidth(6)

    def _top(self) -> QHBoxLayout:
        say = self.work.say
        search = self._search
        search.setObjectName("indicators.search")
        search.setAccessibleName(say("Find an indicator"))
        search.setPlaceholderText(say("Find an indicator (Ctrl+F)"))
        search.setClearButtonEnabled(True)
        search.setMaximumWidth(260)
        search.textChanged.connect(lambda _: self._choose())
        search.returnPressed.connect(lambda: self.view().setFocus())
        self._filter.changed.connect(self._choose)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.seek)
        row = parts.row(parts.label(say("Indicators"), "title", wrap=False), search)
        row.setSpacing(10)
        row.setStretch(1, 1)
        self._switch = parts.button("", self.switch, name="indicators.switch")
        row.addWidget(self._switch)
        row.addStretch(1)
        for name, command, words in (
            ("copy", "indicators.copy_picture", say("Copy the chart")),
            ("print", "indicators.print", say("Print…")),
            ("choices", "file.choices", say("Definitions…")),
        ):
            row.addWidget(self._asking(name, command, words))
        beside = parts.button(
            say("Side by side with other packs…"),
            lambda: CompareDialog(self.work, self).open(),
            name="indicators.compare",
        )
        row.addWidget(beside)
        return row

    def _asking(self, name: str, command: str, words: str) -> QWidget:
        asked = self.work.desk.asked
        return parts.button(
            words, lambda: asked.emit(command), name=f"indicators.{name}"
        )

    def _build_table(self) -> None:
        table = self.table
        tables.dress(table, "indicators.table", self.work.say("Indicators"))
        table.setModel(self.chosen)
        table.setItemDelegateForColumn(BAR, BarDelegate(self._bars, table))
        table.setShowGrid(False)
        table.setWordWrap(True)
        header = table.horizontalHeader()
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        self.work.look.changed.connect(self._measure)
        self._measure()

    def _build_cards(self) -> None:
        cards = self.cards
        cards.setObjectName("indicators.cards")
        cards.setAccessibleName(self.work.say("Indicators"))
        cards.setModel(self.chosen)
        cards.setSelectionModel(self.table.selectionModel())
        leads = self.chosen.leads
        cards.setItemDelegate(CardDelegate(self.work, self._bars, leads, cards))
        cards.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        cards.setUniformItemSizes(False)
        cards.setProperty("padded", True)
        for view in (cards, self.table):
            self._bars.drawn.connect(view.viewport().update)
        self.table.selectionModel().currentRowChanged.connect(self._current)
        self.model.dataChanged.connect(lambda *_: self._show())

    def _measure(self) -> None:
        """Give lines and columns the room that the letters need."""
        look = self.work.look
        self.table.verticalHeader().setDefaultSectionSize(look.px(ROW_HEIGHT))
        for section, width in WIDTHS:
            self.table.setColumnWidth(section, look.px(width))
        self.cards.scheduleDelayedItemsLayout()

    def view(self) -> QAbstractItemView:
        """Give the list before the person."""
        return self.table if self._lists.currentWidget() is self.table else self.cards

    def switch(self) -> None:
        """Show a table instead of cards, or cards again; it is remembered."""
        view = CARDS if self.view() is self.table else TABLE
        self._show_view(view)
        habits = self.work.habits
        habits.keep(habits.now.arranged(LAYOUT, view))
        self.view().setFocus()

    def _show_view(self, view: str) -> None:
        say, table = self.work.say, view == TABLE
        self._lists.setCurrentWidget(self.table if table else self.cards)
        self._switch.setText(say("As cards") if table else say("As a table"))
        self.setFocusProxy(self.view())
        left = self.work.look.px(TABLE_WIDTH if table else CARDS_WIDTH)
        self._across.setSizes([left, max(self.width() - left, left)])
        self._soon.start()

    def seek(self) -> None:
        """Go to the box that finds indicators."""
        self._search.setFocus()
        self._search.selectAll()

    def _asked(self, command: str) -> None:
        match command:
            case "indicators.cards":
                self.switch()
            case "indicators.find":
                self.seek()

    def _tell(self, words: str) -> None:
        """Say what was done."""
        self._told.setText(words)
        self._told.show()

    def _read(self) -> None:
        self.model.read()
        self._take()

    def _take(self) -> None:
        """Show what the model has read."""
        self._filter.count(shown.status for shown in self.model.rows)
        self._choose()

    def _choose(self) -> None:
        """Show what the person wants to see; stay at the indicator if it is there."""
        before = self.detail.shown
        self.chosen.choose(self._filter.chosen, self._search.text())
        say, words = self.work.say, ""
        if not self.model.rows:
            words = say("This pack has no indicators.")
        elif not self.chosen.rowCount():
            words = say("No indicator is like that. Take a filter away.")
        elif self.work.bridge.figures is None:
            words = say("The indicators are being computed…")
        self._empty.setText(words)
        self._empty.setVisible(bool(words))
        row = self.chosen.row_of(before.line.id) if before is not None else -1
        self._go(max(row, 0))

    def _go(self, row: int) -> None:
        index = self.chosen.index(row, TITLE)
        if index == self.table.currentIndex():
            self._show()
        else:
            self.table.setCurrentIndex(index)
        self._soon.start()

    def _scroll(self) -> None:
        self.view().scrollTo(self.table.currentIndex().siblingAtColumn(0))

    def _current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._told.hide()
        self._show()

    def _show(self) -> None:
        self.detail.show_indicator(self.chosen.shown(self.table.currentIndex().row()))
