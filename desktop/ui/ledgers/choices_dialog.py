"""口径设置: what a ledger goes by in a period, and what another choice would do."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem
from PySide6.QtWidgets import QVBoxLayout

from desktop.app.background import Task
from desktop.app.ledgers.choosing import bearings
from desktop.app.ledgers.choosing import choices_of
from desktop.app.ledgers.choosing import choose
from desktop.app.ledgers.choosing import effects
from desktop.app.ledgers.choosing import options_in_words
from desktop.core.messages import Message
from desktop.export.wording import number
from desktop.ui.ledgers.choice_panel import ChoicePanel
from desktop.ui.look import parts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app.ledgers.choosing import Bearing
    from desktop.app.ledgers.choosing import Choice
    from desktop.app.ledgers.choosing import Effect
    from desktop.indicators.figures import Figure
    from desktop.ui.workplace import Workplace

NAME: Final = Qt.ItemDataRole.UserRole
LIST_WIDTH: Final = 280
SHOWN: Final = 6
"""Indicators whose change is told, up to this many."""


class ChoicesDialog(QDialog):
    """A list of what can be chosen, and beside it the choice with its effect."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Show what is in force for the period."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("choices")
        self._work = work
        self._choices: dict[str, Choice] = {}
        self._bearings: dict[str, Bearing] = {}
        self._asked = 0
        say = work.say
        self.setWindowTitle(say("Definitions"))
        self._list = QListWidget()
        self._list.setObjectName("choices.list")
        self._list.setAccessibleName(say("Definitions"))
        self._list.setFixedWidth(LIST_WIDTH)
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentItemChanged.connect(lambda *_: self._show())
        self._panel = ChoicePanel(say)
        self._panel.picked.connect(lambda _: self._weigh())
        self._effect = parts.label("", name="choices.effect")
        self._fault = parts.label("", "fault", name="choices.fault")
        self._fault.hide()
        self._period = parts.label("", "muted")
        self._back = parts.button(
            say("As the pack has it"), self._take_back, name="choices.back"
        )
        self._take = parts.button(
            say("Choose"), self._apply, name="choices.take", primary=True
        )
        self._lay_out()
        work.bridge.choices_changed.connect(self._fill)
        work.bridge.period_changed.connect(self._fill)
        self._fill()
        self.resize(work.look.dialog(920))
        self._list.setFocus()

    def _lay_out(self) -> None:
        column = parts.column(self, margin=16, spacing=10)
        column.addWidget(self._period)
        across = parts.row(self._list, spacing=12)
        across.addLayout(self._beside(), 1)
        column.addLayout(across, 1)
        close = parts.button(self._work.say("Close"), self.accept, name="choices.close")
        column.addLayout(parts.row(None, self._back, self._take, close))

    def _beside(self) -> QVBoxLayout:
        frame, column = parts.surface("choices.effects")
        column.addWidget(parts.label(self._work.say("What it changes"), "section"))
        column.addWidget(self._effect)
        down = QVBoxLayout()
        down.setSpacing(10)
        for part in (self._panel, frame, self._fault):
            down.addWidget(part)
        down.setStretch(0, 1)
        return down

    # --- The list ----------------------------------------------------------

    @property
    def choice(self) -> Choice | None:
        """What is chosen from the list."""
        if self._list.currentRow() < 0:
            return None
        return self._choices.get(self._list.currentItem().data(NAME))

    def _fill(self) -> None:
        """List what can be chosen now, and stay where the person was."""
        work, session, say = self._work, self._work.session, self._work.say
        self._choices = {
            each.name: each for each in choices_of(session.kept, session.choices)
        }
        said = say(
            "What you choose holds for {period}; other periods keep what they have.",
            period=session.period.title,
        )
        self._period.setText(
            said if self._choices else say("This pack leaves nothing to choose.")
        )
        kept = max(self._list.currentRow(), 0)
        self._list.blockSignals(True)
        self._list.clear()
        for choice in self._choices.values():
            own = say("{title} (chosen here)", title=choice.what.title)
            item = QListWidgetItem(own if choice.own else choice.what.title)
            item.setData(NAME, choice.name)
            self._list.addItem(item)
        self._list.blockSignals(False)
        self._list.setCurrentRow(min(kept, self._list.count() - 1))
        compiled = session.compiled
        # Reading the expressions takes a moment, which no edit should wait for.
        task = Task(lambda _: (bearings(compiled), options_in_words(compiled)))
        work.bridge.when(task.result, self, self._learn)
        self._show()

    def _learn(
        self, found: tuple[dict[str, Bearing], dict[tuple[str, str], str]]
    ) -> None:
        self._bearings, spoken = found
        self._panel.take_words(spoken)
        self._weigh()

    def _show(self) -> None:
        choice = self.choice
        self._panel.setVisible(choice is not None)
        if choice is not None:
            self._panel.show_choice(choice)
        self._weigh()

    # --- The effect --------------------------------------------------------

    def _weigh(self) -> None:
        """Tell what the choice on the panel would change, once that is computed."""
        self._asked += 1
        choice, value = self.choice, self._panel.value
        self._back.setEnabled(self._work.writable and choice is not None and choice.own)
        differs = choice is not None and value != choice.now
        self._fault.hide()
        self._take.setEnabled(self._work.writable and differs)
        if choice is None:
            self._effect.setText("")
            return
        bearing = self._bearings.get(choice.name)
        if bearing is None:
            self._effect.setText(self._work.say("Looking what rests on it…"))
        elif not differs:
            self._effect.setText(self._resting(bearing))
        else:
            self._try(choice, value, bearing)

    def _try(self, choice: Choice, value: str, bearing: Bearing) -> None:
        session, asked = self._work.session, self._asked
        period, rest = session.period, bearing.indicators
        unfit = choose(session.kept, session.choices, period, {choice.name: value})
        if isinstance(unfit, Message):
            self._refuse(unfit)
            return
        self._effect.setText(self._work.say("Computing the indicators…"))
        steps = session.thread.start(
            lambda ledger: effects(ledger, period, {choice.name: value}, rest)
        )
        self._work.bridge.when(
            steps.result, self, lambda found: self._tell(asked, bearing, found)
        )

    def _tell(self, asked: int, bearing: Bearing, found: tuple[Effect, ...]) -> None:
        if asked != self._asked:
            return
        lines = [self._line(effect) for effect in found if effect.now != effect.then]
        more = len(lines) - SHOWN
        say = self._work.say
        if more > 0:
            lines = [*lines[:SHOWN], say("… and {count} more", count=more)]
        if not lines and bearing.indicators:
            lines = [say("No figure would change with what is filled in now.")]
        if bearing.rules or not lines:
            lines.append(self._resting(bearing))
        self._effect.setText("\n".join(lines))

    def _line(self, effect: Effect) -> str:
        row = self._work.pack.indicator_by_id[effect.indicator]
        now, then = (_shown(each, row.digits) for each in (effect.now, effect.then))
        return f"{row.title}：{now} → {then} {row.measure or ''}".rstrip()

    def _resting(self, bearing: Bearing) -> str:
        """Say what rests on the choice, without computing anything."""
        say, pack = self._work.say, self._work.pack
        titles = [pack.indicator_by_id[each].title for each in bearing.indicators]
        lines = []
        if titles:
            named = "、".join(titles[:SHOWN])
            lines.append(say("Indicators: {titles}", titles=named))
        if bearing.rules:
            lines.append(say("Rules that ask by it: {count}", count=len(bearing.rules)))
        return "\n".join(lines) or say(
            "Nothing rests on it with what is chosen elsewhere."
        )

    def _refuse(self, why: Message) -> None:
        self._take.setEnabled(False)
        self._effect.setText("")
        self._fault.setText(self._work.say.message(why))
        self._fault.show()

    # --- Choosing ----------------------------------------------------------

    def _apply(self) -> None:
        self._do(self._panel.value)

    def _take_back(self) -> None:
        """Go back to what the pack says."""
        self._do("")

    def _do(self, value: str) -> None:
        session, choice = self._work.session, self.choice
        if choice is None:
            return
        action = choose(
            session.kept, session.choices, session.period, {choice.name: value}
        )
        if isinstance(action, Message):
            self._refuse(action)
        else:
            self._work.bridge.watch(session.apply(action))


def _shown(figure: Figure, digits: int) -> str:
    return "—" if figure.shown is None else number(figure.shown, digits)
