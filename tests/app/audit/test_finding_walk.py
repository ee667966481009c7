from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.audit.finding_walk import Stop
from desktop.app.audit.finding_walk import next_open
from desktop.app.entry.edits import set_cell
from desktop.app.events import FindingsChanged
from desktop.app.opening import open_session
from desktop.app.progress import run_steps
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from tests import asked
from tests import small
from tests import telling
from tests.app.audit.test_finding_list import explain
from tests.app.test_session import Heard
from tests.telling import GOOD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Give a session with warnings in both forms, and a rule that cannot run."""
    path = telling.make(tmp_path)
    with small.opened(path) as ledger:
        area = ledger.pack().form_by_id["area"].by_id["pop_60plus"]
        for row in ledger.rows("area", ledger.ids("area", "2025")):
            if row.unit == small.STREET:
                ledger.apply(set_cell(row, area, 5))
    found = open_session(path, small.person())
    audit(found)
    yield found
    found.close()


def audit(session: Session) -> None:
    heard = Heard(session)
    session.refresh()
    heard.until_figures()
    heard.stop()


def walk(session: Session, here: Stop, step: int = 1) -> Stop | None:
    return session.thread.call(
        lambda ledger: run_steps(next_open(session, ledger, here, step))
    ).result(10)


def steps(session: Session, count: int, step: int = 1) -> list[Stop | None]:
    """Walk on from the first form, from stop to stop."""
    stops: list[Stop | None] = []
    here = Stop("eci", None, None)
    for _ in range(count):
        found = walk(session, here, step)
        stops.append(found)
        here = found or here
    return stops


def test_walk__round_by_form_record_and_field(session: Session) -> None:
    ids = asked.ids(session, "eci")
    [street] = [r for r in asked.every(session, "area") if r.unit == small.STREET]
    round_ = [Stop("eci", one, "beds_total") for one in ids]
    round_.append(Stop("area", street.id, "pop_60plus"))
    assert steps(session, 6) == [*round_, round_[0]]
    assert steps(session, 5, -1) == [
        *[round_[3], round_[2], round_[1], round_[0], round_[4]],
    ]


def test_walk__from_a_field_within_the_record(session: Session) -> None:
    first, second, *_ = asked.ids(session, "eci")
    stop = Stop("eci", first, "beds_total")
    assert walk(session, Stop("eci", first, "name")) == stop
    assert walk(session, Stop("eci", first, "price"), -1) == stop
    assert walk(session, Stop("eci", first, None)) == stop
    assert walk(session, Stop("eci", first, "price")) == Stop(
        "eci", second, "beds_total"
    )


def test_walk__passes_over_what_is_explained(session: Session) -> None:
    explain(session, "甲院", GOOD)
    _, second, *_ = asked.ids(session, "eci")
    assert walk(session, Stop("eci", None, None)) == Stop("eci", second, "beds_total")


def test_walk__nothing_open(tmp_path: Path) -> None:
    session = open_session(small.make_ledger(tmp_path), small.person())
    audit(session)
    assert walk(session, Stop("eci", None, None)) is None
    session.close()


def test_walk__passes_over_what_has_no_cell(session: Session) -> None:
    first, *_ = asked.ids(session, "eci")
    broken = Finding(
        rule="eci.broken",
        level=Level.ERROR,
        outcome=Outcome.BROKEN,
        form="eci",
        unit=small.COUNTY,
        period="2025",
        record=None,
        fields=(),
        text="",
    )
    found = {first: session.board.of("eci", first)}
    session.board.take(
        FindingsChanged("eci", found, all_records=True, broken=(broken,))
    )
    assert walk(session, Stop("eci", None, None)) == Stop("eci", first, "beds_total")
