from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from desktop.app.audit.looking import touched
from desktop.app.entry.edits import add_record
from desktop.app.entry.edits import set_cell
from desktop.app.events import FindingsChanged
from desktop.app.events import NotSaved
from desktop.app.events import Saved
from desktop.app.opening import open_session
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.store.errors import BusyError
from desktop.store.records import Applied
from tests import asked
from tests.small import STREET
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.events import Event
    from desktop.app.session import Session
    from desktop.core.cells import Cell
    from desktop.core.changes import Action
    from desktop.store.ledger import Ledger


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Open a ledger with one home that has nothing wrong."""
    found = open_session(make_ledger(tmp_path), person())
    form = found.pack.form_by_id["eci"]
    cells: dict[str, Cell] = {"name": "好院", "beds_total": 100, "beds_nursing": 90}
    found.apply(add_record(form, YEAR, STREET, "h1", cells)).result()
    found.stop_refreshing()
    yield found
    found.close()


def too_many_beds(session: Session) -> Action:
    """Make the action that turns a rule round."""
    [record] = asked.rows(session, "eci", asked.ids(session, "eci"))
    field = session.pack.form_by_id["eci"].by_id["beds_nursing"]
    return set_cell(record, field, 120)


def beds_on_disk(session: Session) -> int:
    """Read what anybody else would find in the file."""
    with closing(sqlite3.connect(session.path)) as other:
        [[beds]] = other.execute("SELECT beds_nursing FROM eci")
    return int(beds)


def test_look__tells_before_the_disk_has_it(session: Session) -> None:
    assert session.compiled.audit.of("eci").rules
    action = too_many_beds(session)
    told: list[tuple[type[Event], int]] = []
    stop = session.subscribe(
        lambda event: told.append((type(event), beds_on_disk(session)))
    )
    assert isinstance(session.apply(action).result(), Applied)
    stop()
    assert told[:2] == [(FindingsChanged, 90), (Saved, 120)]
    assert [each.rule for each in session.board.all()] == ["eci.nursing_within_total"]


def test_look__is_taken_back_where_the_disk_refuses(session: Session) -> None:
    assert session.compiled.audit.of("eci").rules
    action = too_many_beds(session)
    heard: list[Event] = []
    stop = session.subscribe(heard.append)

    def without_patience(ledger: Ledger) -> None:
        ledger._connection.execute("PRAGMA busy_timeout = 0")  # noqa: SLF001 - five seconds else

    session.thread.call(without_patience).result()
    with closing(sqlite3.connect(session.path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM eci").fetchall()
        with pytest.raises(BusyError):
            session.apply(action).result()
    stop()
    assert beds_on_disk(session) == 90
    assert [type(event) for event in heard] == [
        FindingsChanged,
        FindingsChanged,
        NotSaved,
    ]
    early, back = heard[0], heard[1]
    assert isinstance(early, FindingsChanged)
    assert isinstance(back, FindingsChanged)
    assert [len(found) for found in early.findings.values()] == [1]
    assert [len(found) for found in back.findings.values()] == [0]
    assert session.board.all() == ()
    assert session.undo().result() is not None, "the action is no step to undo"
    assert asked.ids(session, "eci") == []


def test_look__rules_that_are_not_compiled_do_not_hold_up_an_entry(
    tmp_path: Path,
) -> None:
    session = open_session(make_ledger(tmp_path), person())
    form = session.pack.form_by_id["eci"]
    cells: dict[str, Cell] = {"name": "坏院", "beds_total": 100, "beds_nursing": 120}
    found: list[tuple[type[Event], int]] = []

    def heard(event: Event) -> None:
        with closing(sqlite3.connect(session.path)) as other:
            [[count]] = other.execute("SELECT count(*) FROM eci")
        found.append((type(event), count))

    stop = session.subscribe(heard)
    compiled_before = session.compiled.has_audit
    session.apply(add_record(form, YEAR, STREET, "h1", cells)).result()
    stop()
    assert (compiled_before, session.compiled.has_audit) == (False, True)
    assert found[:2] == [(FindingsChanged, 1), (Saved, 1)]
    session.close()


def test_look__what_goes_wrong_early_comes_up_when_all_is_saved(
    session: Session,
) -> None:
    assert session.compiled.audit.of("eci").rules
    action = too_many_beds(session)

    def wrong(event: Event) -> None:
        if isinstance(event, FindingsChanged):
            raise ZeroDivisionError

    stop = session.subscribe(wrong)
    with pytest.raises(ZeroDivisionError):
        session.apply(action).result()
    stop()
    assert beds_on_disk(session) == 120


def test_touched__what_changed_in_the_period_by_form() -> None:
    here = RecordKey("eci", "2025", FacilityId("h1"))
    noted = RecordKey("area", "2025", FacilityId("a1"))
    before = RecordKey("eci", "2024", FacilityId("h1"))
    answer = Applied(7, frozenset({here, before}), frozenset({here, noted}))
    assert touched(answer, "2025") == {"eci": [here], "area": [noted]}
