"""The one next step, as a sentence and a big button."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from desktop.app.commands import mark
from desktop.app.ledgers.home_board import NextStep
from desktop.app.ledgers.home_board import Step
from desktop.core.findings import Level
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.look import labels
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.app.audit.form_states import Progressed
    from desktop.core.words import Words
    from desktop.ui.workplace import Workplace


class Said(NamedTuple):
    """What is to be done, and what the button is called."""

    sentence: str
    button: str


class NextCard(QWidget):
    """Says what to do next and does it at a press of Enter."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Offer to go on where one was, until more is known."""
        super().__init__(parent)
        self._work = work
        self._step = NextStep(Step.RESUME, work.desk.place.form)
        say = work.say
        self._sentence = parts.label("", "heading", name="home.next.sentence")
        self._counts = parts.label("", "muted", name="home.counts")
        self.button = parts.button("", self.go, name="home.next", primary=True)
        self.button.setProperty("big", True)
        self._other = parts.button(
            say("Without last year's figures: begin at once"),
            self.begin,
            name="home.begin",
            link=True,
        )
        frame, inside = parts.surface("home.step")
        inside.addWidget(parts.label(say("Next step"), "section"))
        inside.addWidget(self._sentence)
        inside.addLayout(parts.row(self.button, self._other, None))
        inside.addWidget(self._counts)
        parts.column(self).addWidget(frame)
        self.setFocusProxy(self.button)
        self.show_step(self._step)

    def show_step(self, step: NextStep) -> None:
        """Offer a step."""
        self._step = step
        form = self._work.form(step.form).title if step.form else ""
        said = sentence(self._work.say, step, form)
        self._sentence.setText(said.sentence)
        self.button.setText(f"  {said.button}  ")
        self.button.setAccessibleName(said.button)
        self.button.setAccessibleDescription(said.sentence)
        self.button.setVisible(bool(said.button))
        self._other.setVisible(step.kind is Step.BRING_IN)

    def show_counts(self, counts: Mapping[Progressed, int]) -> None:
        """Say how many forms are how far."""
        say = self._work.say
        told = [f"{labels.state(say, one)} {count}" for one, count in counts.items()]
        self._counts.setText("　".join(told))

    def begin(self) -> None:
        """Begin with the first form."""
        self._open(self._step.form)

    def go(self) -> None:
        """Do the next step."""
        desk, step = self._work.desk, self._step
        match step.kind:
            case Step.MEND if step.form:
                desk.look_into(step.form, Level.ERROR)
            case Step.EXPLAIN if step.form:
                desk.look_into(step.form, Level.WARNING)
            case Step.BRING_IN:
                desk.asked.emit("file.bring_in")
            case Step.BACK_UP:
                desk.asked.emit("file.backup")
            case Step.HAND_IN | Step.NOTHING:
                desk.hand_in()
            case _:
                self._open(step.form)

    def _open(self, form: str | None) -> None:
        desk = self._work.desk
        if form is not None and form != desk.place.form:
            desk.move(Place(form))
        desk.turn_to(Page.ENTRY)


def sentence(say: Words, step: NextStep, form: str) -> Said:
    """Say a step."""
    what, button = _SAID[step.kind]
    return Said(say(what, count=step.count, form=form), say(button))


_SAID: Final[Mapping[Step, Said]] = {
    Step.LOOK: Said(
        mark("This ledger is open for reading: look, compare, export."),
        mark("Look at the forms"),
    ),
    Step.RESUME: Said(
        mark("The figures are being checked. Go on where you were: {form}"),
        mark("Go on filling in"),
    ),
    Step.BRING_IN: Said(
        mark(
            "Nothing has been filled in yet. Bring in last year's ledger, and "
            "last year's figures stand beside every number."
        ),
        mark("Bring in last year's ledger…"),
    ),
    Step.MEND: Said(
        mark("{count} errors in {form} must be corrected"), mark("Correct them")
    ),
    Step.FILL: Said(
        mark("{form} still asks for {count} answers"), mark("Go on filling in")
    ),
    Step.BEGIN: Said(mark("{form} has not been begun"), mark("Begin this form")),
    Step.EXPLAIN: Said(
        mark("{count} points in {form} ask for an explanation"),
        mark("Write the explanations"),
    ),
    Step.HAND_IN: Said(
        mark("Every form is done: hand the period in, by stick, mail or folder."),
        mark("Hand in"),
    ),
    Step.BACK_UP: Said(
        mark("It is handed in. Keep a copy of the ledger elsewhere."),
        mark("Back up now…"),
    ),
    Step.NOTHING: Said(
        mark("Everything is filled in, handed in and backed up."),
        mark("Hand in again"),
    ),
}
