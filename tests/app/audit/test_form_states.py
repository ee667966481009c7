from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.audit.explaining import Explaining
from desktop.app.audit.explaining import explain
from desktop.app.audit.form_states import FormState
from desktop.app.audit.form_states import Progressed
from desktop.app.audit.form_states import form_states
from desktop.app.entry.edits import add_record
from desktop.app.entry.edits import declare_nil
from desktop.app.entry.edits import set_cell
from desktop.app.opening import open_session
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from tests.app.test_session import Heard
from tests.small import COUNTY
from tests.small import STREET
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.small import person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.session import Session
    from desktop.core.cells import Cell
    from desktop.store.records import Record

BEFORE = Period(PeriodKind.YEAR, 2024)
AFTER = Period(PeriodKind.YEAR, 2026)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    path = make_ledger(tmp_path)
    with opened(path) as ledger:
        ledger.add_period(BEFORE)
    found = open_session(path, person())
    yield found
    found.close()


def add(session: Session, period: Period = YEAR, **cells: Cell) -> Record:
    """Add the one facility h1 to a period, and wait until it is audited."""
    form = session.pack.form_by_id["eci"]
    heard = Heard(session)
    action = add_record(form, period, STREET, "h1", {"name": "幸福院", **cells})
    session.apply(action).result()
    heard.until_figures()
    heard.stop()
    change = action.changes[0]
    record = session.thread.call(
        lambda ledger: ledger.record(change.record)  # type: ignore[union-attr] # a record was added
    ).result()
    assert record is not None
    return record


def state(session: Session) -> FormState:
    return form_states(session).result()[0]


def test_states__from_empty_to_done(session: Session) -> None:
    assert state(session).progressed is Progressed.EMPTY
    record = add(session, beds_total=100, beds_nursing=120)
    assert state(session).progressed is Progressed.WRONG
    assert (state(session).records, state(session).errors) == (1, 1)
    heard = Heard(session)
    field = session.pack.form_by_id["eci"].by_id["beds_nursing"]
    session.apply(set_cell(record, field, 60)).result()
    heard.until_figures()
    assert state(session).progressed is Progressed.DONE


def test_states__a_soft_finding_wants_an_explanation(session: Session) -> None:
    add(session, BEFORE, price=1000)
    record = add(session, price=3000)
    assert state(session).progressed is Progressed.TO_EXPLAIN
    assert (state(session).warnings, state(session).explained) == (1, 0)
    [finding] = session.board.of("eci", record.id)
    assert finding.text == "月收费由 1000 变为 3000，请说明"
    session.apply(
        explain([Explaining(finding, record, {})], "新楼投用，成本上升")
    ).result()
    assert state(session).progressed is Progressed.DONE
    assert state(session).explained == 1


def test_states__nil_return(session: Session) -> None:
    form = session.pack.form_by_id["eci"]
    session.apply(declare_nil(form, YEAR, COUNTY, nil=True)).result()
    assert state(session).nil
    assert state(session).progressed is Progressed.DONE


def test_states__nothing_is_called_done_before_the_audit(session: Session) -> None:
    form = session.pack.form_by_id["eci"]
    action = add_record(form, YEAR, STREET, "h1", {"name": "幸福院"})
    session.apply(action).result()
    for one in form_states(session).result():
        assert one.progressed is not Progressed.DONE or one.audited
    heard = Heard(session)
    session.refresh()
    heard.until_figures()
    assert [one.audited for one in form_states(session).result()] == [True, True]


def test_states__blanks_alone_are_no_errors(session: Session) -> None:
    """填报中: what is open is only that cells still wait for an answer."""
    form = session.pack.form_by_id["eci"]
    heard = Heard(session)
    session.apply(add_record(form, YEAR, STREET, "h1", {})).result()
    heard.until_figures()
    found = state(session)
    assert (found.progressed, found.errors, found.blanks) == (Progressed.FILLING, 1, 1)
    assert found.begun


def test_states__what_a_period_began_with_is_not_begun(session: Session) -> None:
    """Facilities taken over wait for their figures: 未开始."""
    form = session.pack.form_by_id["eci"]
    heard = Heard(session)
    session.apply(add_record(form, YEAR, STREET, "h1", {})).result()
    heard.until_figures()
    session.add_period(AFTER, YEAR).result()
    heard.until_figures()
    found = state(session)
    assert (found.records, found.errors) == (1, 1)
    assert not found.begun
    assert found.progressed is Progressed.EMPTY
