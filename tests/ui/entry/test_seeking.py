"""The search behind the lines of find and replace; `test_finding` shows the lines."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop.app.entry import finding
from desktop.ui.entry.finding import FindBar
from desktop.ui.entry.seeking import Seeker
from desktop.ui.entry.seeking import Then
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.entry.grids import Hand

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def hand(qtbot: QtBot, work: Workplace) -> Hand:
    made = Hand(qtbot, work)
    made.ask("edit.find")
    return made


def bar(hand: Hand) -> FindBar:
    return child(hand.page, FindBar, "find")


def count(hand: Hand) -> str:
    return child(hand.page, QLabel, "find.count").text()


def test_seeker__tells_how_far_a_long_search_is(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "CELLS", 1)
    said: list[str] = []
    bar(hand).seeker.changed.connect(lambda: said.append(count(hand)))
    bar(hand).text.setText("院")
    hand.qtbot.waitUntil(lambda: bar(hand).seeker.found is not None)
    assert "正在查找… 33 %" in said
    assert count(hand) == "第 1 / 3 处"


def test_seeker__a_search_put_away_is_stopped(hand: Hand) -> None:
    gate, seeker = Event(), bar(hand).seeker
    bar(hand).text.setText("院")
    hand.work.session.thread.call(lambda _: gate.wait(10))
    seeker.step(Then.ON)
    bar(hand).put_away()
    gate.set()
    drain(hand.work)
    assert seeker.found is None
    assert hand.grid.hits is None
    assert hand.at == (0, "name")


def test_seeker__a_text_typed_meanwhile_counts(hand: Hand) -> None:
    gate, seeker = Event(), bar(hand).seeker
    bar(hand).text.setText("院")
    hand.work.session.thread.call(lambda _: gate.wait(10))
    seeker.step(Then.ON)
    bar(hand).text.setText("坏")
    gate.set()
    hand.qtbot.waitUntil(lambda: seeker.found is not None)
    assert count(hand) == "第 1 / 1 处"
    assert hand.at == (1, "name")


def test_seeker__follows_the_person_from_cell_to_cell(hand: Hand) -> None:
    bar(hand).text.setText("院")
    hand.qtbot.waitUntil(lambda: count(hand) == "第 1 / 3 处")
    hand.choose(2, 2, "name")
    assert count(hand) == "第 3 / 3 处"
    hand.choose(2, 2, "code")
    assert count(hand) == "共 3 处"


def test_seeker__without_a_text_or_a_grid_does_nothing(hand: Hand) -> None:
    seeker = Seeker(hand.page)
    seeker.step(Then.ON)
    drain(hand.work)
    assert seeker.found is None
    hand.page.model, hand.page.grid = None, None
    assert seeker.place == (-1, -1)
    seeker.forget()
    seeker.unmark()
    bar(hand).step(Then.ON)
    assert seeker.number is None


def test_seeker__a_closed_ledger_is_asked_nothing(hand: Hand) -> None:
    bar(hand).text.setText("院")
    hand.work.bridge.close()
    bar(hand).step(Then.ON)
    QTest.qWait(1)
    assert bar(hand).seeker.found is None
