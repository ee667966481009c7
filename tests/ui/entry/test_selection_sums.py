from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.ui.desk import Page
from tests.ui.entry.grids import Hand

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


class Heard:
    """A page, and what is said of its selection."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.said: list[str] = []
        hand.work.desk.summed.connect(self.said.append)

    def wait(self, text: str) -> None:
        self.hand.qtbot.waitUntil(lambda: self.said[-1:] == [text])


@pytest.fixture
def heard(qtbot: QtBot, work: Workplace) -> Heard:
    return Heard(Hand(qtbot, work))


def test_sums__of_a_block_with_its_measure(heard: Heard) -> None:
    heard.hand.choose(0, 2, "beds_total", "beds_nursing")
    heard.wait("求和 480张   平均 96.00   计数 5   空白 1")


def test_sums__of_mixed_measures_and_texts(heard: Heard) -> None:
    heard.hand.choose(0, 1, "name", "code")
    heard.wait("计数 2   空白 2")
    heard.hand.choose(0, 1, "beds_nursing", "price")
    heard.wait("求和 180   平均 90.00   计数 2   空白 2")


def test_sums__what_is_marked_is_said_apart(heard: Heard) -> None:
    heard.hand.choose(0, 1, "beds_total")
    heard.hand.ask("edit.unknown")
    heard.hand.choose(0, 2, "beds_total")
    heard.wait("求和 100张   平均 100.00   计数 1   空白 0   不适用或不详 2")


def test_sums__rows_that_were_never_read_count_too(heard: Heard) -> None:
    heard.hand.grow(900)
    heard.hand.choose(0, 0, "beds_total")
    heard.hand.ask("edit.choose_column")
    total = f"{300 + 899 * 450:,}"
    heard.wait(f"求和 {total}张   平均 448.34   计数 903   空白 0")


def test_sums__follow_what_is_typed(heard: Heard) -> None:
    heard.hand.choose(0, 2, "beds_nursing")
    heard.wait("求和 180张   平均 90.00   计数 2   空白 1")
    heard.hand.choose(0, 2, "beds_nursing")
    heard.hand.paste("1\n2\n3")
    heard.wait("求和 6张   平均 2.00   计数 3   空白 0")


def test_sums__one_cell_and_other_pages_say_nothing(heard: Heard) -> None:
    heard.hand.choose(0, 2, "beds_nursing")
    heard.wait("求和 180张   平均 90.00   计数 2   空白 1")
    heard.hand.choose(0, 0, "beds_nursing")
    heard.wait("")
    heard.hand.choose(0, 1, "beds_nursing")
    heard.wait("求和 180张   平均 90.00   计数 2   空白 0")
    heard.hand.work.desk.turn_to(Page.AUDIT)
    heard.wait("")
