from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.commands import Need
from desktop.core.findings import Level
from desktop.core.findings import RecordId
from desktop.ui.desk import Desk
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.desk import Sight

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

PLACE = Place("eci", RecordId(2), "beds_total")


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk("eci")


def listen(desk: Desk) -> list[tuple[str, object]]:
    heard: list[tuple[str, object]] = []
    desk.turned.connect(lambda page: heard.append(("turned", page)))
    desk.moved.connect(lambda place: heard.append(("moved", place)))
    desk.sought.connect(lambda place: heard.append(("sought", place)))
    desk.needs_changed.connect(lambda needs: heard.append(("needs", needs)))
    return heard


def test_desk__begins_at_entry_with_a_form(desk: Desk) -> None:
    assert (desk.page, desk.place) == (Page.ENTRY, Place("eci"))
    assert desk.holds == frozenset()
    assert Desk("eci", page=Page.HOME).page is Page.HOME


def test_move__is_told_once(desk: Desk) -> None:
    heard = listen(desk)
    desk.move(PLACE)
    desk.move(Place("eci", RecordId(2), "beds_total"))
    assert heard == [("moved", PLACE)]
    assert desk.place == PLACE


def test_turn__is_told_once(desk: Desk) -> None:
    heard = listen(desk)
    desk.turn_to(Page.AUDIT)
    desk.turn_to(Page.AUDIT)
    assert heard == [("turned", Page.AUDIT)]


def test_seek__turns_then_moves_then_shows(desk: Desk) -> None:
    desk.turn_to(Page.AUDIT)
    heard = listen(desk)
    desk.seek(PLACE)
    assert heard == [("turned", Page.ENTRY), ("moved", PLACE), ("sought", PLACE)]


def test_seek__where_one_is_already_still_shows(desk: Desk) -> None:
    """The cell may have been scrolled out of sight since."""
    desk.seek(PLACE)
    heard = listen(desk)
    desk.seek(PLACE)
    assert heard == [("sought", PLACE)]


def test_look_into__a_page_that_is_made_only_then_knows_what_for(desk: Desk) -> None:
    seen: list[object] = []
    desk.turned.connect(lambda _: seen.append(desk.sight))
    desk.looked.connect(seen.append)
    desk.look_into("eci", Level.ERROR)
    assert desk.page is Page.AUDIT
    assert seen == [Sight("eci", Level.ERROR)] * 2


def test_needs__only_changes_are_told(desk: Desk) -> None:
    heard = listen(desk)
    desk.set_need(Need.UNDO, holds=True)
    desk.set_need(Need.UNDO, holds=True)
    desk.set_need(Need.GRID, holds=True)
    desk.set_need(Need.UNDO, holds=False)
    desk.set_need(Need.REDO, holds=False)
    assert [needs for _, needs in heard] == [
        {Need.UNDO},
        {Need.UNDO, Need.GRID},
        {Need.GRID},
    ]
    assert desk.holds == {Need.GRID}


def test_marks__only_changes_are_told(desk: Desk) -> None:
    heard: list[frozenset[str]] = []
    desk.marks_changed.connect(heard.append)
    desk.set_mark("view.theme.dark", holds=True)
    desk.set_mark("view.theme.dark", holds=True)
    desk.set_mark("view.theme.light", holds=False)
    desk.set_mark("view.theme.dark", holds=False)
    assert heard == [{"view.theme.dark"}, set()]
    assert desk.marks == set()


def test_seek__what_is_said_to_a_page_waits_until_it_stands(desk: Desk) -> None:
    desk.turned.connect(lambda _: desk.wait())
    heard = listen(desk)
    desk.handing_in.connect(lambda: heard.append(("handing in", None)))
    desk.hand_in()
    assert heard == [("turned", Page.HANDOVER)]
    desk.go_on()
    desk.go_on()
    assert heard == [("turned", Page.HANDOVER), ("handing in", None)]
    desk.seek(PLACE)
    assert heard[-1] == ("moved", PLACE)
    desk.go_on()
    assert heard[-1] == ("sought", PLACE)
