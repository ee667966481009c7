"""What a person sees first of a period (工作台): how far it is, and what to do next.

When a period is to be handed in is said by the person; no date is ever made up. It is
kept with the period in the ledger, so it can be undone and stands in the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.audit.form_states import Progressed
from desktop.app.audit.form_states import states
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.messages import message
from desktop.store.choice_rows import OF_PERIOD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.audit.form_states import FormState
    from desktop.app.session import Session
    from desktop.core.period import Period
    from desktop.store.ledger import Ledger

DEADLINE: Final = f"{OF_PERIOD}deadline"
"""Under this name the day stands among the period's choices."""


class Step(Enum):
    """The one thing to do next."""

    LOOK = "look"
    """Nothing: the ledger is open for reading only."""
    RESUME = "resume"
    """Go on where one was: the audit has not been through yet."""
    BRING_IN = "bring_in"
    """Nothing has begun, and there is no earlier period to compare with."""
    MEND = "mend"
    FILL = "fill"
    BEGIN = "begin"
    EXPLAIN = "explain"
    HAND_IN = "hand_in"
    BACK_UP = "back_up"
    NOTHING = "nothing"
    """All is done, handed in and backed up."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do next: in which form, and how many places wait there."""

    kind: Step
    form: str | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What decides on the next step beside the forms.

    `place` is the form the person is at, `earlier` whether the ledger has an earlier
    period; `handed_in` and `backed_up` tell whether nothing has changed since.
    """

    place: str
    writable: bool = True
    earlier: bool = False
    handed_in: bool = False
    backed_up: bool = False


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What the ledger knows of the period looked at.

    `revision` counts the actions of the ledger; `line` is what its copies are known by.
    `submitted` is the revision that was handed in last, 0 where none was; `latest` also
    counts what was only noted about the handing over.
    """

    period: Period
    states: tuple[FormState, ...]
    deadline: date | None
    revision: int
    earlier: bool
    line: str
    submitted: int = 0
    latest: int = 0

    @property
    def audited(self) -> bool:
        """Whether the audit has been through all forms."""
        return all(state.audited for state in self.states)


def home_facts(session: Session, ledger: Ledger) -> HomeFacts:
    """Gather what the home page shows; runs on the ledger's thread."""
    from desktop.app.handover.sending.submitted import submitted_revision  # noqa: PLC0415 - opening need not wait for it
    from desktop.app.reports.stamping import told_head  # noqa: PLC0415 - same
    from desktop.store.backup import line_of  # noqa: PLC0415 - same

    period = session.period
    choices = ledger.choices(period.code)
    return HomeFacts(
        period=period,
        states=states(session, ledger),
        deadline=deadline_of(choices),
        revision=told_head(ledger).revision,
        line=line_of(ledger.identity()),
        earlier=any(each.code < period.code for each in ledger.periods()),
        submitted=submitted_revision(choices),
        latest=ledger.head().revision,
    )


def next_step(forms: Sequence[FormState], known: Known) -> NextStep:
    """Choose the one thing to do next.

    What is wrong is mended while one still knows why, what was begun is finished
    before something else is begun, and reasons are written when the figures stand.
    """
    if not known.writable:
        return NextStep(Step.LOOK)
    if not all(state.audited for state in forms):
        return NextStep(Step.RESUME, known.place)
    if not known.earlier and not any(state.begun for state in forms):
        return NextStep(Step.BRING_IN, forms[0].form)
    for progressed, kind in _ORDER:
        for state in forms:
            if state.progressed is progressed:
                return NextStep(kind, state.form, _waiting(state, kind))
    if not known.handed_in:
        return NextStep(Step.HAND_IN)
    return NextStep(Step.NOTHING if known.backed_up else Step.BACK_UP)


_ORDER: Final = (
    (Progressed.WRONG, Step.MEND),
    (Progressed.FILLING, Step.FILL),
    (Progressed.EMPTY, Step.BEGIN),
    (Progressed.TO_EXPLAIN, Step.EXPLAIN),
)


def _waiting(state: FormState, kind: Step) -> int:
    match kind:
        case Step.MEND:
            return state.errors
        case Step.EXPLAIN:
            return state.unexplained
        case _:
            return state.blanks


def progress(forms: Iterable[FormState]) -> dict[Progressed, int]:
    """Count the forms by how far they are, the furthest first."""
    found = dict.fromkeys(reversed(Progressed), 0)
    for state in forms:
        found[state.progressed] += 1
    return found


def deadline_of(choices: Mapping[str, str]) -> date | None:
    """Read the day by which a period is to be handed in, if somebody set one."""
    try:
        return date.fromisoformat(choices.get(DEADLINE, ""))
    except ValueError:
        return None


def set_deadline(period: Period, before: date | None, after: date | None) -> Action:
    """Say by which day a period is to be handed in; None takes the day away."""
    was, now = ("" if day is None else day.isoformat() for day in (before, after))
    title = message("app.deadline", day=now) if now else message("app.deadline-none")
    return Action(title, (DefinitionChange(period.code, DEADLINE, was, now),))
