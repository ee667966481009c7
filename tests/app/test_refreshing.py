"""What is out of date is audited by itself; the session's tests show it at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.events import FiguresChanged
from desktop.app.events import FindingsChanged
from desktop.app.opening import open_session
from desktop.app.refreshing import Refreshing
from tests import asked
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.events import Event
    from desktop.app.session import Session
    from desktop.store.ledger import Ledger


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found = open_session(small.make_filled(tmp_path), small.person())
    yield found
    found.close()


def settled(session: Session) -> None:
    for _ in range(4):
        session.thread.call(lambda _: None).result()


def test_outdate__audits_each_form_once_then_computes(session: Session) -> None:
    heard: list[Event] = []
    session.subscribe(heard.append)
    refreshing = Refreshing(session)
    session.thread.call(lambda _: refreshing.outdate(["eci", "eci"])).result()
    settled(session)
    audited = [event.form for event in heard if isinstance(event, FindingsChanged)]
    assert audited == ["eci"]
    assert isinstance(heard[-1], FiguresChanged)


def test_give_up__nothing_more_is_said(session: Session) -> None:
    heard: list[Event] = []
    session.subscribe(heard.append)
    refreshing = Refreshing(session)

    def begin_and_leave() -> None:
        refreshing.outdate(["eci"])
        refreshing.give_up()

    session.thread.call(lambda _: begin_and_leave()).result()
    settled(session)
    assert heard == []


def test_stop__before_there_was_anything(session: Session) -> None:
    Refreshing(session).stop()


def test_audit__what_a_record_says_meanwhile_outlives_the_audit(
    session: Session,
) -> None:
    heard: list[Event] = []
    session.subscribe(heard.append)
    refreshing = Refreshing(session)
    record = asked.ids(session, "eci")[0]

    def audit(ledger: Ledger) -> None:
        steps = refreshing._audit(ledger, "eci")  # noqa: SLF001 - a slice at a time
        next(steps)
        session.tell(FindingsChanged("eci", {record: ()}, all_records=False))
        session.tell(FindingsChanged("area", {record: ()}, all_records=False))
        for _ in steps:
            pass

    session.thread.call(audit).result()
    told = [one for one in heard if isinstance(one, FindingsChanged)]
    [event] = [one for one in told if one.all_records]
    assert record not in event.findings


def test_outdate__all_of_it_rests_while_somebody_works(session: Session) -> None:
    heard: list[Event] = []
    session.subscribe(heard.append)
    refreshing = Refreshing(session)

    def typed() -> None:
        refreshing.outdate(["eci"], rest=True)
        refreshing.stop()

    def work(ledger: Ledger) -> tuple[float, float, int]:
        typed()
        steps = refreshing._catch_up(ledger)  # noqa: SLF001 - a slice at a time
        first = next(steps).pause
        typed()
        second, meanwhile = next(steps).pause, len(heard)
        for _ in steps:
            pass
        return first, second, meanwhile

    first, second, meanwhile = session.thread.call(work).result()
    assert first > 0
    assert second > 0, "something has changed in the pause: it begins anew"
    assert meanwhile == 0
    assert [type(event) for event in heard] == [FindingsChanged, FiguresChanged]


def test_stop__the_form_it_was_at_is_audited_again(session: Session) -> None:
    heard: list[Event] = []
    session.subscribe(heard.append)
    refreshing = Refreshing(session)

    def work(ledger: Ledger) -> None:
        refreshing.outdate(["eci"])
        refreshing.stop()
        steps = refreshing._catch_up(ledger)  # noqa: SLF001 - a slice at a time
        next(steps)
        steps.close()
        for _ in refreshing._catch_up(ledger):  # noqa: SLF001 - same
            pass

    session.thread.call(work).result()
    assert [type(event) for event in heard] == [FindingsChanged, FiguresChanged]


def test_compute__what_changes_meanwhile_has_it_done_again(session: Session) -> None:
    heard: list[Event] = []
    session.subscribe(heard.append)
    refreshing = Refreshing(session)

    def work(ledger: Ledger) -> None:
        steps = refreshing._compute(ledger)  # noqa: SLF001 - a slice at a time
        next(steps)
        refreshing.outdate(["eci"])
        refreshing.stop()
        for _ in steps:
            pass

    session.thread.call(work).result()
    assert heard == []
