"""收表记录: everything that was received, taken back and again from here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter
from PySide6.QtWidgets import QWidget

from desktop.app.handover.receiving.history import do_turn
from desktop.app.handover.receiving.history import history
from desktop.app.handover.receiving.history import plan_turn
from desktop.app.handover.slips.receipts import states_of
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.lineage import letters
from desktop.store.errors import StoreError
from desktop.store.records import Stale
from desktop.ui.handover.receive_models import LinesModel
from desktop.ui.handover.receive_table import table_of
from desktop.ui.handover.receive_words import BECAME
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.app.handover.receiving.history import Entry
    from desktop.app.handover.receiving.history import Turn
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer
    from desktop.ui.workplace import Workplace

_WIDTHS: Final = (18, 18, 36, 12, 12, 12)
_CHANGE_WIDTHS: Final = (22, 20, 24, 22)
"""Widths in letters."""


class JournalView(QWidget):
    """Lists what was received; what undoing one would do is shown before it is done."""

    def __init__(self, work: Workplace) -> None:
        """Read the list."""
        super().__init__()
        self._work = work
        self._entries: tuple[Entry, ...] = ()
        self._turn: Turn | None = None
        self._asked = 0
        self._make()
        self._lay_out()
        work.bridge.saved.connect(self.read)
        work.bridge.period_changed.connect(self.read)
        self.read()

    def _make(self) -> None:
        say = self._work.say
        self._empty = parts.label(
            say(
                "Nothing has been received for this period yet. What you take in under "
                "Files is listed here, and each of them can be taken back."
            ),
            "muted",
            name="journal.empty",
        )
        heads = (
            say("Received at"),
            say("Unit"),
            say("File"),
            say("Kind"),
            say("State"),
            say("By"),
            say("Number"),
        )
        self._list = LinesModel(heads, self)
        look, title = self._work.look, say("Received so far")
        self.table = table_of(self._list, look, _WIDTHS, "journal.packages", title)
        self.table.selectionModel().currentRowChanged.connect(self._plan)
        changed = (say("Form"), say("Record"), say("Item"), say("Before"), say("After"))
        self._changes = LinesModel(changed, self)
        title = say("What would change")
        self._changed = table_of(
            self._changes, look, _CHANGE_WIDTHS, "journal.changes", title
        )
        self._said = parts.label("", name="journal.said")
        self._fault = parts.label("", "fault", name="journal.fault")
        self._do = parts.button(say("Take back"), self.carry_out, name="journal.do")
        self._do.setEnabled(False)

    def _lay_out(self) -> None:
        column = parts.column(self, margin=8, spacing=7)
        column.addWidget(self._empty)
        below = QWidget()
        inside = parts.column(below, spacing=6)
        row = parts.row(self._said, self._do)
        row.setStretch(0, 1)
        inside.addLayout(row)
        inside.addWidget(self._fault)
        inside.addWidget(self._changed, 1)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(below)
        column.addWidget(self._split, 1)
        column.addStretch(0)
        self._fault.hide()
        self._split.hide()

    # --- The list -----------------------------------------------------------

    def read(self) -> None:
        """Read what was received for the period."""
        period = self._work.period

        def work(ledger: Ledger) -> tuple[tuple[Entry, ...], dict[str, str]]:
            states = states_of(ledger, period)
            return history(ledger, period), {id_: s.value for id_, s in states.items()}

        self._work.bridge.ask(work, self, self._show, self._failed)

    def _show(self, found: tuple[tuple[Entry, ...], dict[str, str]]) -> None:
        self._entries, states = found
        self._empty.setVisible(not self._entries)
        self._split.setVisible(bool(self._entries))
        self._list.show_rows([self._row(each, states) for each in self._entries])
        if self._entries and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        else:
            self._plan()

    def _row(self, entry: Entry, states: dict[str, str]) -> tuple[str, ...]:
        say = self._work.say
        kind = say("Typed by hand") if entry.typed else say("Submission file")
        if entry.accepted and not entry.typed:
            kind = say("Submission, edited cells taken over")
        at = entry.at[:16].replace("T", " ")
        state = say(BECAME[entry.became])
        word = {"returned": say("returned"), "accepted": say("accepted")}
        if (more := word.get(states.get(entry.package.id, ""))) is not None:
            state = f"{state} · {more}"
        file, number = entry.package.file, letters(entry.package.id)
        return (at, entry.unit, file, kind, state, entry.who, number)

    # --- One of them --------------------------------------------------------

    def _plan(self) -> None:
        """Ask what taking it back, or again, would do."""
        row = self.table.currentIndex().row()
        self._turn = None
        self._do.setEnabled(False)
        if not 0 <= row < len(self._entries):
            return
        package, say = self._entries[row].package.id, self._work.say
        self._asked += 1
        this = self._asked

        def show(turn: Turn | Message) -> None:
            if this == self._asked:
                self._show_turn(turn)

        self._work.bridge.ask(
            lambda ledger: plan_turn(ledger, package, say), self, show, self._failed
        )

    def _show_turn(self, turn: Turn | Message) -> None:
        say = self._work.say
        self._fault.hide()
        if isinstance(turn, Message):
            self._said.setText(say.message(turn))
            self._changes.show_rows([])
            return
        self._turn = turn
        changes = turn.changes
        self._changes.show_rows(
            [
                (c.place.form, c.place.record, c.place.slot, c.before, c.after)
                for c in changes
            ]
        )
        self._said.setText(self._told(turn))
        self._do.setText(say("Take back") if turn.undone else say("Let it count again"))
        self._do.setEnabled(self._work.writable)

    def _told(self, turn: Turn) -> str:
        say = self._work.say
        if turn.undone:
            told = say(
                "Taking it back changes {count} places:", count=len(turn.changes)
            )
        else:
            told = say(
                "Letting it count again changes {count} places:",
                count=len(turn.changes),
            )
        later = "、".join(one.file for one in turn.back.after)
        if later:
            told += say(
                " {files} came later and go on to count; what they changed stays.",
                files=later,
            )
        return told

    def carry_out(self) -> None:
        """Take it back, or again, as one action."""
        turn = self._turn
        if turn is None:
            return
        self._do.setEnabled(False)
        code = "exchange.action.undo" if turn.undone else "exchange.action.redo"
        title = message(code, unit=turn.back.package.unit)
        future = self._work.session.carry_out(
            title, lambda ledger: do_turn(ledger, turn)
        )
        self._work.bridge.when(future, self, self._carried_out, self._failed)

    def _carried_out(self, answer: Answer | Message) -> None:
        say = self._work.say
        if isinstance(answer, Message):
            self._complain(say.message(answer))
        elif isinstance(answer, Stale):
            self._complain(say.message(answer.conflicts[0].message))
        self._plan()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, StoreError):
            raise error
        self._complain(self._work.say.message(error.message))

    def _complain(self, text: str) -> None:
        self._fault.setText(text)
        self._fault.show()
