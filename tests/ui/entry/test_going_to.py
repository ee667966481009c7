from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from shiboken6 import isValid

from desktop.ui.entry.going_to import GoToDialog
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.entry.grids import Hand

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def hand(qtbot: QtBot, work: Workplace) -> Hand:
    made = Hand(qtbot, work)
    made.choose(0, 0, "beds_total")
    made.ask("edit.go_to")
    places = child(made.page, QListWidget, "goto.list")
    qtbot.waitUntil(lambda: places.count() == 3)
    return made


def go(hand: Hand, text: str) -> list[str]:
    """Type a text, and give what is listed then."""
    line = child(hand.page, QLineEdit, "goto.text")
    line.setText(text)
    places = child(hand.page, QListWidget, "goto.list")
    return [places.item(n).text() for n in range(places.count())]


def enter(hand: Hand) -> None:
    [dialog] = every(hand.page, GoToDialog)
    dialog.accept()
    free(dialog)
    drain(hand.work)


@pytest.mark.parametrize(("text", "row"), [("3", 2), ("坏", 1), ("QY", 2)])
def test_go__to_a_record_in_the_same_field(hand: Hand, text: str, row: int) -> None:
    assert go(hand, text)
    enter(hand)
    assert hand.at == (row, "beds_total")
    assert every(hand.page, GoToDialog) == []


def test_go__to_a_field_in_the_same_record(hand: Hand) -> None:
    assert go(hand, "yuesf") == []
    assert go(hand, "ysf") == ["指标项：月收费"]
    enter(hand)
    assert hand.at == (0, "price")


def test_go__chosen_in_the_list_by_arrows(hand: Hand) -> None:
    assert go(hand, "hy") == ["1  好院", "2  坏院"]
    line = child(hand.page, QLineEdit, "goto.text")
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Return)
    drain(hand.work)
    assert hand.at == (1, "beds_total")


def test_go__nowhere_keeps_the_question_open(hand: Hand) -> None:
    assert go(hand, "没有这样的") == []
    [dialog] = every(hand.page, GoToDialog)
    dialog.accept()
    assert dialog.isVisible()
    dialog.reject()
    free(dialog)
    assert not isValid(dialog)


def test_go__on_the_card(qtbot: QtBot, work: Workplace) -> None:
    hand = Hand(qtbot, work)
    hand.choose(0, 0, "beds_total")
    hand.ask("record.card")
    hand.ask("edit.go_to")
    places = child(hand.page, QListWidget, "goto.list")
    qtbot.waitUntil(lambda: places.count() == 3)
    go(hand, "缺")
    enter(hand)
    assert hand.page.on_card
    assert hand.work.desk.place.record == hand.model.ids[2]
