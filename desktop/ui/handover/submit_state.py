"""What was handed in last, what came back of it, and whether it is ready now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.app.audit.form_states import states
from desktop.app.handover.sending.submitted import Submitted
from desktop.app.handover.sending.submitted import changed_since
from desktop.app.handover.sending.submitted import read_submitted
from desktop.app.progress import run_steps
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.exchange.slip_facts import acknowledged
from desktop.ui.files.readiness import readiness
from desktop.ui.look import parts

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from desktop.app.audit.form_states import FormState
    from desktop.app.session import Session
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace

AFTER_MS: Final = 150
"""What is open is counted once after a burst of findings."""


@frozen
class SubmitFacts:
    """What the ledger knows of handing its period in.

    `changed` counts the places changed since; `acknowledged` is the revision a receipt
    speaks of, 0 where none came.
    """

    states: tuple[FormState, ...]
    last: Submitted | Message | None
    changed: int
    acknowledged: int


def submit_facts(session: Session, ledger: Ledger) -> SubmitFacts:
    """Gather what is shown; runs on the ledger's thread."""
    period = session.period.code
    choices = ledger.choices(period)
    last = read_submitted(choices)
    changed = 0
    if isinstance(last, Submitted):
        changed = run_steps(changed_since(ledger, period, last.seq))
    revision, _ = acknowledged(choices, ledger.identity().ledger)
    return SubmitFacts(states(session, ledger), last, changed, revision)


class SubmitState(QWidget):
    """Says it in a few lines; reads anew when something changed while it is seen."""

    def __init__(self, work: Workplace) -> None:
        """Say nothing yet."""
        super().__init__()
        self.work = work
        frame, inside = parts.surface("submit.state")
        parts.column(self).addWidget(frame)
        self.last = parts.label("", "section", name="submit.last")
        self.more = parts.label("", "muted", name="submit.more")
        self.open = parts.label("", name="submit.open")
        for widget in (self.last, self.more, self.open):
            inside.addWidget(widget)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(AFTER_MS)
        self._wait.timeout.connect(self.refresh)
        work.bridge.findings_changed.connect(self._soon)
        work.bridge.saved.connect(self._soon)
        work.bridge.period_changed.connect(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what may have changed meanwhile."""
        super().showEvent(event)
        self.refresh()

    def _soon(self, _event: object) -> None:
        if self.isVisible() and not self._wait.isActive():
            self._wait.start()

    def refresh(self) -> None:
        """Read the facts, if anybody sees them."""
        session = self.work.session
        if self.isVisible():
            self.work.bridge.ask(
                lambda ledger: submit_facts(session, ledger), self, self.show_facts
            )

    def show_facts(self, facts: SubmitFacts) -> None:
        """Say them."""
        say = self.work.say
        last = facts.last
        if isinstance(last, Submitted):
            self.last.setText(say("Handed in: revision {number}", number=last.revision))
            self.more.setText("　".join(self._told(facts, last)))
        else:
            self.last.setText(say("This period has not been handed in yet."))
            self.more.setText(say.message(last) if isinstance(last, Message) else "")
        self.more.setVisible(bool(self.more.text()))
        self.open.setText(readiness(say, facts.states))

    def _told(self, facts: SubmitFacts, last: Submitted) -> list[str]:
        say = self.work.say
        told = [_when(last.at), last.who, "、".join(last.where)]
        if facts.changed:
            told.append(
                say(
                    "{count} places have been changed since: hand in again.",
                    count=facts.changed,
                )
            )
        else:
            told.append(say("Nothing has been changed since."))
        if facts.acknowledged >= last.revision:
            told.append(say("The county has acknowledged it."))
        elif facts.acknowledged:
            number = facts.acknowledged
            told.append(say("Acknowledged is revision {number}.", number=number))
        else:
            told.append(say("No receipt has come back yet."))
        return told


def _when(at: str) -> str:
    """Write a time as people do; one that cannot be read stands as it is."""
    try:
        return f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M}"
    except ValueError:
        return at
