"""上报率: who has handed in and who has not, unit by unit and form by form."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QSplitter
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QWidget

from desktop.app.handover.board.board_whole import scored_board
from desktop.app.handover.board.board_words import FORMS
from desktop.app.handover.board.board_words import SIGNS
from desktop.ui.handover.board_actions import BoardActions
from desktop.ui.handover.board_detail import BoardDetail
from desktop.ui.handover.board_head import BoardHead
from desktop.ui.handover.board_head import Nobody
from desktop.ui.handover.board_model import FIRST_FORM
from desktop.ui.handover.board_model import ONLY
from desktop.ui.handover.board_model import BoardModel
from desktop.ui.handover.board_model import Column
from desktop.ui.handover.board_model import Only
from desktop.ui.look import parts
from desktop.ui.look import tables
from desktop.ui.look import tokens
from desktop.ui.look.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from PySide6.QtGui import QShowEvent

    from desktop.app.handover.board.board_counts import Carried
    from desktop.app.handover.board.board_lines import Board
    from desktop.app.handover.board.board_lines import Line
    from desktop.app.handover.board.board_whole import ScoredBoard
    from desktop.app.progress import Steps
    from desktop.app.store_thread import Operation
    from desktop.core.unit import Unit
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace

SOON: Final = 150
"""Milliseconds after a change until the board is read anew."""
WIDTHS: Final = ((Column.UNIT, 132), (Column.STATE, 136), (Column.TIMELY, 106))
OTHER_WIDTHS: Final = ((Column.RECEIVED, 140), (Column.SCORE, 48))
FORM_WIDTH: Final = 96
DETAIL_WIDTH: Final = 330
LEAST_HEIGHT: Final = 200


class BoardTab(QWidget):
    """Shows the board; it is read when the tab is before the person, and after."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Begin with nothing; what there is comes when the tab is shown."""
        super().__init__(parent)
        self.work = work
        self.model = BoardModel(work, self)
        self.told: ScoredBoard | None = None
        self.actions_ = BoardActions(work, self)
        self.actions_.told.connect(self.tell)
        self._known: dict[str, Carried] = {}
        """What packages carry; it belongs to the ledger's thread."""
        self._run: Operation[ScoredBoard] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.refresh)
        self._stack = QStackedWidget()
        self.head = BoardHead(work)
        self.table = QTableView()
        self.detail = BoardDetail(work)
        self.only = QComboBox()
        self._lay_out()
        bridge = work.bridge
        bridge.saved.connect(self._wait)
        bridge.period_changed.connect(self._wait)
        bridge.units_changed.connect(self._wait)
        bridge.figures_changed.connect(self._wait)

    # --- Making ----------------------------------------------------------

    def _lay_out(self) -> None:
        page = QWidget()
        column = parts.column(page, margin=10, spacing=8)
        column.addWidget(self.head)
        column.addLayout(Flow(*self._period_tools()))
        column.addLayout(Flow(*self._unit_tools()))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 1)
        # What is beside the grid scrolls by itself: the page need not be as high.
        split.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        split.setMinimumHeight(self.work.look.px(LEAST_HEIGHT))
        split.setSizes([600, self.work.look.px(DETAIL_WIDTH)])
        self._build_table()
        column.addWidget(split, 1)
        column.addWidget(parts.label(self._legend(), "faint", name="board.legend"))
        self._said = parts.label("", "muted", name="board.told")
        column.addWidget(self._said)
        self._said.hide()
        self._stack.addWidget(QWidget())
        self._stack.addWidget(page)
        self._stack.addWidget(Nobody(self.work, self._expect))
        parts.column(self).addWidget(self._stack)

    def _period_tools(self) -> Iterator[QWidget]:
        say, do = self.work.say, self.actions_
        yield self.head.deadline
        deadline = parts.button(
            say("Deadline…"),
            lambda: self.work.desk.asked.emit("file.deadline"),
            name="board.deadline.set",
        )
        deadline.setEnabled(self.work.writable)
        self._lock = parts.button("", self._turn_lock, name="board.lock")
        self._more = parts.button(
            say("Expect another unit…"), self._expect, name="board.more"
        )
        self._spare = parts.button(
            say("Forms asked for…"),
            lambda: self._with_board(lambda told: do.spare(told.board)),
            name="board.spare",
        )
        self._spare.setEnabled(self.work.writable)
        yield from (deadline, self._lock, self._more, self._spare)
        yield parts.button(
            say("Copy all reminders"),
            lambda: self._with_board(do.copy_all),
            name="board.copy_all",
        )
        yield parts.button(
            say("Sums handed in…"),
            lambda: self._with_board(do.show_sums),
            name="board.sums",
        )
        yield parts.button(
            say("Save the board…"),
            lambda: self._with_board(do.choose_file),
            name="board.save",
        )

    def _unit_tools(self) -> Iterator[QWidget]:
        say, do = self.work.say, self.actions_
        self.only.setObjectName("board.only")
        self.only.setAccessibleName(say("Which units are shown"))
        for only in Only:
            self.only.addItem(say(ONLY[only]), only)
        self.only.currentIndexChanged.connect(lambda _: self._show())
        yield self.only
        self._copy = parts.button(
            say("Copy the reminder"), self._copy_one, name="board.copy", primary=True
        )
        self._excuse = parts.button(
            "", lambda: self._with(do.excuse), name="board.excuse"
        )
        self._grace = parts.button("", lambda: self._with(do.grace), name="board.grace")
        self._instead = parts.button(
            "", lambda: self._with(do.instead), name="board.instead"
        )
        yield from (self._copy, self._excuse, self._grace, self._instead)

    def _build_table(self) -> None:
        table, px = self.table, self.work.look.px
        tables.dress(table, "board.table", self.work.say("Who has handed in"))
        table.setModel(self.model)
        table.setWordWrap(False)
        table.verticalHeader().setDefaultSectionSize(px(tokens.ROW_HEIGHT))
        table.horizontalHeader().setDefaultSectionSize(px(FORM_WIDTH))
        table.selectionModel().currentRowChanged.connect(self._chosen)

    def _legend(self) -> str:
        say = self.work.say
        signs = (f"{sign} {say(FORMS[state])}" for state, sign in SIGNS.items())
        return "　".join((*signs, say("a number: records")))

    # --- Reading ---------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Read the board whenever it comes before the person."""
        super().showEvent(event)
        self.refresh()

    def _wait(self, _: object = None) -> None:
        if self.isVisible():
            self._soon.start()

    def refresh(self) -> None:
        """Read the board anew; what was being read is dropped."""
        if self.work.bridge.closed:
            return
        session, known = self.work.session, self._known
        period, today = session.period, self.work.start.person.clock().date()
        forms = tuple(form.id for form in session.pack.forms)

        def read(ledger: Ledger) -> Steps[ScoredBoard]:
            audited = all(session.board.tally(form).audited for form in forms)
            findings = session.board.all() if audited else None
            return scored_board(ledger, period, today, findings, known)

        if self._run is not None:
            self._run.cancel()
        self._run = session.thread.start(read)
        self.work.bridge.when(self._run.result, self, self._take)

    def _take(self, told: ScoredBoard) -> None:
        self.told = told
        board = told.board
        self.head.take(board)
        self._say_lock(board)
        self._more.setEnabled(self.work.writable and bool(self._others()))
        self._stack.setCurrentIndex(1 if board.lines else 2)
        self._show()

    def _say_lock(self, board: Board) -> None:
        say, deadline, locked = self.work.say, board.facts.deadline, board.facts.locked
        title = say("Unlock the period") if locked else say("Lock the period")
        self._lock.setText(title)
        over = deadline is not None and board.today > deadline
        self._lock.setEnabled(self.work.writable and (locked or over))
        self._lock.setToolTip(
            say("Once the last day is over: then nothing late without an exception.")
        )

    # --- Showing ---------------------------------------------------------

    def line(self) -> Line | None:
        """Give the line that is chosen."""
        row = self.table.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    def tell(self, text: str) -> None:
        """Tell the person what came of what they did."""
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _show(self) -> None:
        """Show the lines that are wanted, the chosen unit chosen again."""
        if self.told is None:
            return
        chosen = self.line()
        code = "" if chosen is None else str(chosen.unit.code)
        columns = self.model.columnCount()
        self.model.take(self.told, self.only.currentData())
        if columns != self.model.columnCount():
            self._measure()
        row = max(self.model.row_of(code), 0)
        index = self.model.index(row, Column.UNIT)
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        rows = QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, select | rows)
        self._chosen(index, index)

    def _measure(self) -> None:
        px = self.work.look.px
        for column, width in (*WIDTHS, *OTHER_WIDTHS):
            self.table.setColumnWidth(column, px(width))
        for form in range(FIRST_FORM, self.model.columnCount()):
            self.table.setColumnWidth(form, px(FORM_WIDTH))

    def _chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        line, say = self.line(), self.work.say
        if self.told is not None:
            self.detail.take(self.told, line)
        usual = line is None or (line.asked and line.expected.usual)
        self._excuse.setText(say("Excuse…") if usual else say("Back to what is usual"))
        late = line is None or line.grace is None
        self._grace.setText(say("Allow late…") if late else say("Allow late no more"))
        own = line is None or line.instead is None
        self._instead.setText(
            say("On their behalf…") if own else say("Not on their behalf")
        )
        may = self.work.writable and line is not None
        self._copy.setEnabled(line is not None)
        self._excuse.setEnabled(may)
        self._grace.setEnabled(may and line is not None and line.asked)
        self._instead.setEnabled(may and line is not None and line.handed_in)

    # --- Doing -----------------------------------------------------------

    def _with(self, do: Callable[[Line], None]) -> None:
        line = self.line()
        if line is not None:
            do(line)

    def _with_board(self, do: Callable[[ScoredBoard], None]) -> None:
        if self.told is not None:
            do(self.told)

    def _copy_one(self) -> None:
        line = self.line()
        if self.told is not None and line is not None:
            self.actions_.copy(self.told, line)

    def _turn_lock(self) -> None:
        if self.told is not None:
            self.actions_.lock(locked=not self.told.board.facts.locked)

    def _expect(self) -> None:
        self.actions_.expect(self._others())

    def _others(self) -> tuple[Unit, ...]:
        """Give the units that are not on the board."""
        lines = self.told.board.lines if self.told is not None else ()
        there = {line.unit.code for line in lines}
        period = self.work.period
        return tuple(
            unit
            for unit in self.work.session.units[1:]
            if unit.code not in there and unit.exists_in(period)
        )
