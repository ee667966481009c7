"""What is out of date is audited by itself; the session's tests show it at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.events import FiguresChanged
from desktop.app.events import FindingsChanged
from desktop.app.opening import open_session
from desktop.app.refreshing import Refreshing
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.events import Event
    from desktop.app.session import Session


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
