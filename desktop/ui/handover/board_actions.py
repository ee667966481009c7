"""What is done on 上报率: record who need not, who may late, 代报, lock; copy; save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication

from desktop.app.handover.board.board_facts import Asked
from desktop.app.handover.board.board_facts import Grace
from desktop.app.handover.board.board_facts import Instead
from desktop.app.handover.board.board_facts import Recording
from desktop.app.handover.board.board_reminder import reminder
from desktop.app.handover.board.board_reminder import reminders
from desktop.app.handover.board.board_reminder import to_remind
from desktop.app.handover.board.board_reminder import wants
from desktop.core.messages import Message
from desktop.ui.files.list_saving import ListSaving
from desktop.ui.handover.board_dialogs import Question
from desktop.ui.handover.board_dialogs import ReasonDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    from PySide6.QtWidgets import QWidget

    from desktop.app.handover.board.board_lines import Board
    from desktop.app.handover.board.board_lines import Line
    from desktop.app.handover.board.board_whole import ScoredBoard
    from desktop.core.changes import Action
    from desktop.core.unit import Unit
    from desktop.ui.handover.board_dialogs import Answered
    from desktop.ui.workplace import Workplace

    Wanted: TypeAlias = Callable[[Recording], Action | Message]


class BoardActions(QObject):
    """Does what the buttons of the board say."""

    told = Signal(str)
    """What came of it, for the person."""

    def __init__(self, work: Workplace, tab: QWidget) -> None:
        """Serve a tab."""
        super().__init__(tab)
        self._tab, self._work = tab, work
        self._saving = ListSaving(work, tab)
        self._saving.told.connect(self.told)

    # --- Recording -------------------------------------------------------

    def excuse(self, line: Line) -> None:
        """Excuse a unit with a reason, or expect it again."""
        say, unit = self._work.say, line.unit
        if not line.asked or not line.expected.usual:
            self._record(lambda to: to.asked(unit.code, line.name, None))
            return
        question = Question(
            "board.excuse",
            say("{unit} need not hand in", unit=line.name),
            say(
                "The unit stays on the board, and is counted neither as handed in nor "
                "as missing."
            ),
            say("Excuse"),
        )
        self._ask(
            question,
            lambda answer: self._record(
                lambda to: to.asked(unit.code, line.name, Asked(False, answer.reason))
            ),
        )

    def expect(self, units: tuple[Unit, ...]) -> None:
        """Expect a unit that is not asked by itself, such as a village."""
        say = self._work.say
        names = {str(unit.code): unit.name for unit in units}
        among = {code: f"{name}（{code}）" for code, name in names.items()}
        question = Question(
            "board.expect",
            say("Expect another unit"),
            say("A unit that hands in to this ledger directly, past the one above it."),
            say("Expect"),
            among=among,
            of=say("Unit"),
        )
        self._ask(
            question,
            lambda answer: self._record(
                lambda to: to.asked(
                    answer.chosen, names[answer.chosen], Asked(True, answer.reason)
                )
            ),
        )

    def spare(self, board: Board) -> None:
        """Ask for a form no more of the units below, or again."""
        say = self._work.say
        spared = {form.id for form in board.spared}
        titles = {form.id: form.title for form in (*board.forms, *board.spared)}
        among = {
            id_: say("{form} (not asked now; ask for it again)", form=title)
            if id_ in spared
            else title
            for id_, title in titles.items()
        }
        question = Question(
            "board.spare",
            say("Forms the units below need not hand in"),
            say(
                "Such as a form that this level fills in by itself. It is left out of "
                "the board, of reminders and of scores."
            ),
            say("Record"),
            among=among,
            of=say("Form"),
            free=frozenset(spared),
        )

        def use(answer: Answered) -> None:
            form = answer.chosen
            fact = None if form in spared else Asked(False, answer.reason)
            self._record(lambda to: to.form(form, titles[form], fact))

        self._ask(question, use)

    def grace(self, line: Line) -> None:
        """Let a unit hand in late, or no longer."""
        say, code = self._work.say, line.unit.code
        if line.grace is not None:
            self._record(lambda to: to.grace(code, line.name, None))
            return
        today = self._work.start.person.clock().date()
        question = Question(
            "board.grace",
            say("{unit} may hand in late", unit=line.name),
            say(
                "Until that day its package is received although the period is "
                "locked, and counts as on time. Without a day it is received and "
                "counts as late."
            ),
            say("Record"),
            until=today,
        )

        def use(answer: Answered) -> None:
            fact = Grace(answer.until, answer.reason)
            self._record(lambda to: to.grace(code, line.name, fact))

        self._ask(question, use)

    def instead(self, line: Line) -> None:
        """Mark what was handed in as made by somebody else (代报), or not."""
        say = self._work.say
        if line.newest is None:
            return
        package = line.newest.package.id
        if line.instead is not None:
            self._record(lambda to: to.instead(package, line.name, None))
            return
        question = Question(
            "board.instead",
            say("Made on behalf of {unit}", unit=line.name),
            say("It is counted apart, and the unit's own people are to check it."),
            say("Record"),
            who=self._work.start.person.who,
        )

        def use(answer: Answered) -> None:
            fact = Instead(answer.who, answer.reason)
            self._record(lambda to: to.instead(package, line.name, fact))

        self._ask(question, use)

    def lock(self, *, locked: bool) -> None:
        """Lock the period, or unlock it."""
        today = self._work.start.person.clock().date()
        self._record(lambda to: to.lock(today, locked=locked))

    def _ask(self, question: Question, use: Callable[[Answered], None]) -> None:
        ReasonDialog(self._work, question, use, self._tab).open()

    def _record(self, wanted: Wanted) -> None:
        """Record on what stands in the ledger now; what may not be is told."""
        period = self._work.period
        self._work.bridge.ask(
            lambda ledger: wanted(Recording(period, ledger.choices(period))),
            self,
            self._carry_out,
        )

    def _carry_out(self, action: Action | Message) -> None:
        if isinstance(action, Message):
            self.told.emit(self._work.say.message(action))
            return
        self._work.bridge.watch(self._work.session.apply(action))

    # --- 催报 ------------------------------------------------------------

    def copy(self, told: ScoredBoard, line: Line) -> None:
        """Put a unit's reminder on the clipboard."""
        say = self._work.say
        if not wants(told.board, line):
            self.told.emit(say("Nothing is wanted of {unit}.", unit=line.name))
            return
        text = reminder(told.board, line, told.period.title, say)
        QGuiApplication.clipboard().setText(text)
        self.told.emit(say("Copied: the reminder to {unit}.", unit=line.name))

    def copy_all(self, told: ScoredBoard) -> None:
        """Put all reminders on the clipboard."""
        say, count = self._work.say, len(to_remind(told.board))
        if not count:
            self.told.emit(say("Nobody has to be reminded."))
            return
        text = reminders(told.board, told.period.title, say)
        QGuiApplication.clipboard().setText(text)
        self.told.emit(say("Copied: reminders to {count} units.", count=count))

    # --- Sums ------------------------------------------------------------

    def show_sums(self, told: ScoredBoard) -> None:
        """Show what was handed in, added up."""
        from desktop.ui.handover.board_sums import BoardSums  # noqa: PLC0415 - wanted seldom

        BoardSums(self._work, told.board, self._tab).open()

    # --- Files -----------------------------------------------------------

    def choose_file(self, told: ScoredBoard) -> None:
        """Ask where the board is to go."""
        say = self._work.say
        path = self._saving.ask(say("Save the board…"), say("Who has handed in"))
        if path is not None:
            self.save(told, path)

    def save(self, told: ScoredBoard, path: Path) -> None:
        """Write the board as it is shown."""
        # It brings openpyxl; few who look at the board save it.
        from desktop.app.handover.board import board_table  # noqa: PLC0415 - see above

        say, csv = self._work.say, path.suffix.lower() == ".csv"
        self._saving.save(
            path,
            self._work.session.thread.call(
                lambda ledger: board_table.board_sheet(ledger, told, say)
            ),
            lambda sheet: board_table.write_board(path, sheet, csv=csv),
        )
