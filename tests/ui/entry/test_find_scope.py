from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.ui.entry.find_scope import FindScope
from tests.ui.entry.grids import Hand

if TYPE_CHECKING:
    from PySide6.QtWidgets import QComboBox
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def hand(qtbot: QtBot, work: Workplace) -> Hand:
    return Hand(qtbot, work)


def offered(box: QComboBox) -> list[str]:
    return [box.itemText(n) for n in range(box.count())]


def cells(box: FindScope) -> list[tuple[list[int], list[str]]]:
    """Give rows and fields of each part that is looked through."""
    scope = box.scope()
    assert scope is not None
    ids = list(scope.where.records)
    return [
        ([ids.index(record) for record in part.records], [f.id for f in part.fields])
        for part in scope.parts
    ]


def test_scope__offers_what_one_is_at(hand: Hand) -> None:
    hand.choose(0, 0, "price")
    box = FindScope(hand.page)
    assert offered(box) == ["所有列", "仅查“月收费”这一列"]
    assert cells(box) == [([0, 1, 2], [one.id for one in hand.model.fields])]
    box.setCurrentIndex(1)
    hand.choose(0, 0, "name")
    assert cells(box) == [([0, 1, 2], ["price"])], "the column one began with"


def test_scope__several_chosen_cells_come_first(hand: Hand) -> None:
    hand.choose(0, 1, "beds_total")
    hand.choose_too(2, "price")
    box = FindScope(hand.page)
    assert box.currentText() == "仅查选中的 3 格"
    hand.choose(0, 0, "name")
    assert cells(box) == [([0, 1], ["beds_total"]), ([2], ["price"])]
    box.take()
    assert offered(box) == ["所有列", "仅查“机构名称”这一列"]


def test_scope__hidden_columns_are_no_part(hand: Hand) -> None:
    hand.choose(0, 0, "price")
    hand.ask("view.hide")
    hand.choose(0, 0, "name")
    [(_, fields)] = cells(FindScope(hand.page))
    assert fields == [one.id for one in hand.model.fields if one.id != "price"]


def test_scope__on_the_card_and_without_a_grid(hand: Hand) -> None:
    hand.choose(0, 1, "beds_total")
    hand.ask("record.card")
    box = FindScope(hand.page)
    assert offered(box) == ["所有列", "仅查“总床位数”这一列"]
    hand.page.model, hand.page.grid = None, None
    box.take()
    assert offered(box) == ["所有列"]
    assert box.scope() is None
