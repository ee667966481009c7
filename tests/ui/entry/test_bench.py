"""What the commands of 填报 work on; `test_page` shows the page put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from desktop.ui.entry.bench import Bench
from tests.ui.desks import child
from tests.ui.entry.grids import Hand

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def hand(qtbot: QtBot, work: Workplace) -> Hand:
    return Hand(qtbot, work)


def test_go_to__a_row_a_column_or_both(hand: Hand) -> None:
    hand.choose(0, 0, "name")
    hand.page.go_to(2, None)
    assert hand.at == (2, "name")
    hand.page.go_to(None, hand.column("price"))
    assert hand.at == (2, "price")
    hand.page.go_to(1, 0)
    assert hand.at == (1, "name")


def test_go_to__the_card_comes_along(hand: Hand) -> None:
    hand.choose(0, 0, "name")
    hand.page.toggle_card()
    assert hand.page.on_card
    hand.page.go_to(1, hand.column("beds_total"))
    assert hand.work.desk.place.record == hand.model.ids[1]
    told: list[bool] = []
    hand.page.displaced.connect(lambda: told.append(True))
    hand.page.toggle_card()
    assert (hand.page.on_card, told) == (False, [True])
    assert hand.at == (1, "beds_total")


def test_editable__what_the_program_fills_is_not(
    qtbot: QtBot, kinds_work: Workplace
) -> None:
    hand = Hand(qtbot, kinds_work)
    names = ("name", "count", "double", "area")
    typed = [hand.page.editable(hand.column(name)) for name in names]
    assert typed == [True, True, False, False]


def test_hint__beside_the_title(hand: Hand) -> None:
    hand.page.hint("放不下更多的列")
    assert child(hand.page, QLabel, "entry.hint").text() == "放不下更多的列"


def test_bench__without_a_form_does_nothing(qtbot: QtBot, work: Workplace) -> None:
    bench = Bench(work)
    qtbot.addWidget(bench)
    bench.go_to(0, 0)
    bench.toggle_card()
    assert bench.on_card is False
    assert not bench.editable(0)
