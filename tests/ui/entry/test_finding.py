from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.ui.entry.finding import FindBar
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


def says(hand: Hand, text: str) -> None:
    label = child(hand.page, QLabel, "find.count")
    hand.qtbot.waitUntil(lambda: label.text() == text)


def test_find__goes_on_from_hit_to_hit_and_round(hand: Hand) -> None:
    hand.choose(0, 0, "name")
    bar(hand).text.setText("100")
    says(hand, "1/3")
    assert hand.at == (0, "beds_total")
    hand.ask("edit.find_next")
    assert hand.at == (1, "beds_total")
    says(hand, "2/3")
    hand.ask("edit.find_previous")
    hand.ask("edit.find_previous")
    assert hand.at == (2, "beds_total")
    says(hand, "3/3")


def test_find__keys_in_the_line(hand: Hand) -> None:
    line = bar(hand).text
    line.setText("院")
    says(hand, "1/3")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert hand.at == (1, "name")
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert hand.at == (0, "name")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not bar(hand).isVisible()


def test_find__what_is_not_there(hand: Hand) -> None:
    bar(hand).text.setText("没有这样的")
    says(hand, "没有找到")
    before = hand.at
    hand.ask("edit.find_next")
    assert hand.at == before


def test_find__records_the_grid_has_never_read(hand: Hand) -> None:
    hand.grow(900)
    bar(hand).text.setText("第876院")
    says(hand, "1/1")
    assert hand.at == (879, "name")


def test_find__sees_what_was_changed_since(hand: Hand) -> None:
    bar(hand).text.setText("120")
    says(hand, "1/1")
    hand.choose(0, 0, "beds_total")
    hand.paste("120")
    says(hand, "2")
    hand.choose(0, 0, "name")
    hand.ask("edit.find_next")
    assert hand.at == (0, "beds_total")


def test_find__steps_at_once_where_the_answer_is_on_its_way(hand: Hand) -> None:
    hand.choose(0, 0, "name")
    bar(hand).text.setText("100")
    hand.work.desk.asked.emit("edit.find_next")
    says(hand, "1/3")
    assert hand.at == (0, "beds_total")


def test_find__f3_without_a_text_asks_for_one(hand: Hand) -> None:
    bar(hand).put_away()
    hand.ask("edit.find_next")
    assert bar(hand).isVisible()


def test_find__emptied_it_says_nothing(hand: Hand) -> None:
    bar(hand).text.setText("院")
    says(hand, "1/3")
    bar(hand).text.clear()
    says(hand, "")


def test_find__on_the_card_from_record_to_record(hand: Hand) -> None:
    hand.choose(0, 0, "beds_total")
    hand.ask("record.card")
    bar(hand).text.setText("120")
    says(hand, "1/1")
    place = hand.work.desk.place
    assert place.record == hand.model.ids[1]
    assert place.field == "beds_nursing"


def test_find__closes_by_its_button(hand: Hand) -> None:
    child(hand.page, QPushButton, "find.close").click()
    drain(hand.work)
    assert not bar(hand).isVisible()
