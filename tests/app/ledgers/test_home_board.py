"""What a person sees first: how far the period is, and what to do next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.app.audit.form_states import FormState
from desktop.app.audit.form_states import Progressed
from desktop.app.handover.sending.submitted import Submitted
from desktop.app.handover.sending.submitted import noted
from desktop.app.ledgers.home_board import DEADLINE
from desktop.app.ledgers.home_board import Known
from desktop.app.ledgers.home_board import NextStep
from desktop.app.ledgers.home_board import Step
from desktop.app.ledgers.home_board import deadline_of
from desktop.app.ledgers.home_board import home_facts
from desktop.app.ledgers.home_board import next_step
from desktop.app.ledgers.home_board import progress
from desktop.app.ledgers.home_board import set_deadline
from desktop.app.opening import open_session
from desktop.core.changes import DefinitionChange
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from tests.app.test_session import Heard
from tests.small import YEAR
from tests.small import make_filled
from tests.small import person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.ledgers.home_board import HomeFacts
    from desktop.app.session import Session

NEXT = Period(PeriodKind.YEAR, 2026)
KNOWN = Known("eci", earlier=True)
DAY = date(2026, 1, 31)


def form(
    name: str,
    progressed: Progressed,
    *,
    errors: int = 0,
    warnings: int = 0,
    explained: int = 0,
    blanks: int = 0,
) -> FormState:
    """Give a form that is so far."""
    begun = progressed is not Progressed.EMPTY
    counts = (errors, warnings, explained)
    return FormState(name, 1, False, *counts, progressed, blanks, begun=begun)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found = open_session(make_filled(tmp_path), person())
    yield found
    found.close()


def facts(session: Session) -> HomeFacts:
    return session.thread.call(lambda ledger: home_facts(session, ledger)).result()


def test_facts__what_the_ledger_knows_of_the_period(session: Session) -> None:
    before = facts(session)
    assert (before.period, before.deadline, before.earlier) == (YEAR, None, False)
    assert not before.audited
    heard = Heard(session)
    session.refresh()
    heard.until_figures()
    after = facts(session)
    assert after.audited
    assert [state.form for state in after.states] == ["eci", "area"]
    assert after.revision == 4
    assert len(after.line) == 8
    session.add_period(NEXT).result()
    assert facts(session).earlier


def test_deadline__is_kept_undone_and_not_taken_over(session: Session) -> None:
    pack, compiled = session.pack, session.compiled
    action = set_deadline(YEAR, None, DAY)
    assert action.title == message("app.deadline", day="2026-01-31")
    session.apply(action).result()
    assert facts(session).deadline == DAY
    assert (session.pack, session.compiled) == (pack, compiled), "no rule has changed"
    assert session.choices == {}
    session.undo().result()
    assert facts(session).deadline is None
    session.redo().result()
    session.add_period(NEXT, YEAR).result()
    assert facts(session).deadline is None, "the next period has a day of its own"


def test_deadline__taken_away() -> None:
    action = set_deadline(YEAR, DAY, None)
    assert action.title == message("app.deadline-none")
    assert action.changes == (DefinitionChange("2025", DEADLINE, "2026-01-31", ""),)


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01"])
def test_deadline__none_is_ever_made_up(text: str) -> None:
    assert deadline_of({DEADLINE: text}) is None
    assert deadline_of({}) is None


W, F, E, X, D = (
    Progressed.WRONG,
    Progressed.FILLING,
    Progressed.EMPTY,
    Progressed.TO_EXPLAIN,
    Progressed.DONE,
)


@pytest.mark.parametrize(
    ("forms", "step"),
    [
        ([form("a", E), form("b", F, blanks=3)], NextStep(Step.FILL, "b", 3)),
        ([form("a", F), form("b", W, errors=2)], NextStep(Step.MEND, "b", 2)),
        ([form("a", X, warnings=4), form("b", E)], NextStep(Step.BEGIN, "b", 0)),
        (
            [form("a", D), form("b", X, warnings=4, explained=1)],
            NextStep(Step.EXPLAIN, "b", 3),
        ),
        ([form("a", D)], NextStep(Step.HAND_IN)),
    ],
)
def test_next__mend_then_finish_then_begin_then_explain(
    forms: list[FormState], step: NextStep
) -> None:
    assert next_step(forms, KNOWN) == step


def test_next__hand_in_then_back_up_then_nothing() -> None:
    done = [form("a", D)]
    handed_in = replace(KNOWN, handed_in=True)
    assert next_step(done, handed_in) == NextStep(Step.BACK_UP)
    kept = replace(handed_in, backed_up=True)
    assert next_step(done, kept) == NextStep(Step.NOTHING)


def test_next__nothing_is_promised_before_the_audit_was_through() -> None:
    forms = [form("a", D), replace(form("eci", F), audited=False)]
    assert next_step(forms, KNOWN) == NextStep(Step.RESUME, "eci")


def test_next__an_untouched_ledger_without_a_past_is_given_one() -> None:
    forms = [form("a", E), form("b", E)]
    assert next_step(forms, Known("b")) == NextStep(Step.BRING_IN, "a")
    assert next_step(forms, KNOWN) == NextStep(Step.BEGIN, "a")
    begun = [form("a", E), form("b", D)]
    assert next_step(begun, Known("b")) == NextStep(Step.BEGIN, "a")


def test_next__reading_only() -> None:
    assert next_step([form("a", W)], Known("a", writable=False)) == NextStep(Step.LOOK)


def test_progress__furthest_first() -> None:
    counted = progress([form("a", W), form("b", D), form("c", D)])
    assert list(counted) == [D, X, F, W, E]
    assert [counted[one] for one in (D, W, E)] == [2, 1, 0]


def test_facts__what_was_handed_in_is_no_change_of_the_figures(
    session: Session,
) -> None:
    before = facts(session)
    last = Submitted(before.revision, 1, "2026-01-10", "李梅", (), ())
    session.note_fact(
        lambda ledger: noted(ledger.choices(YEAR.code), YEAR.code, last)
    ).result()

    after = facts(session)
    assert (before.submitted, after.submitted) == (0, before.revision)
    assert (after.revision, after.latest) == (before.revision, before.latest + 1)
