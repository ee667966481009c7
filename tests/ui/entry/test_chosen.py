from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.ui.entry.chosen import NOTHING
from desktop.ui.entry.chosen import Area
from desktop.ui.entry.chosen import choose_block
from desktop.ui.entry.chosen import chosen_in
from desktop.ui.entry.chosen import columns_from
from desktop.ui.entry.chosen import in_sight
from desktop.ui.entry.chosen import is_single
from tests.ui.entry.grids import Hand

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def hand(qtbot: QtBot, work: Workplace) -> Hand:
    return Hand(qtbot, work)


def test_chosen__a_block(hand: Hand) -> None:
    hand.choose(0, 1, "beds_total", "price")
    left = hand.column("beds_total")
    chosen = chosen_in(hand.grid)
    assert tuple(chosen.rows) == (0, 1)
    assert chosen.columns == (left, left + 1, left + 2)
    assert chosen.areas == (Area(0, left, 1, left + 2),)
    assert (chosen.count, chosen.whole) == (6, True)


def test_chosen__cells_apart_leave_gaps(hand: Hand) -> None:
    hand.choose(0, 0, "beds_total")
    hand.choose_too(2, "price")
    chosen = chosen_in(hand.grid)
    beds, price = hand.column("beds_total"), hand.column("price")
    assert (tuple(chosen.rows), chosen.columns) == ((0, 2), (beds, price))
    assert not chosen.whole
    assert chosen.has(0, beds)
    assert not chosen.has(0, price)


def test_chosen__columns_one_does_not_see_are_none_of_it(hand: Hand) -> None:
    hand.choose(0, 1, "beds_total", "price")
    hidden = hand.column("beds_nursing")
    hand.grid.setColumnHidden(hidden, True)
    chosen = chosen_in(hand.grid)
    assert hidden not in chosen.columns
    assert chosen.whole
    assert hidden not in in_sight(hand.grid, {hidden, hidden + 1})
    assert hidden not in columns_from(hand.grid, hidden - 1)


def test_chosen__nothing(hand: Hand) -> None:
    hand.grid.clearSelection()
    assert chosen_in(hand.grid) == NOTHING


def test_choose_block__of_nothing_leaves_what_was_chosen(hand: Hand) -> None:
    hand.choose(0, 1, "beds_total")
    choose_block(hand.grid, [], [1])
    assert tuple(chosen_in(hand.grid).rows) == (0, 1)
    choose_block(hand.grid, [1, 2], [0, 1])
    assert chosen_in(hand.grid).areas == (Area(1, 0, 2, 1),)


def test_is_single__one_cell_or_none(hand: Hand) -> None:
    hand.grid.clearSelection()
    assert is_single(hand.grid)
    hand.choose(1, 1, "beds_total")
    assert is_single(hand.grid)
    hand.choose(0, 1, "beds_total")
    assert not is_single(hand.grid)
    hand.choose(1, 1, "beds_total", "price")
    assert not is_single(hand.grid)
    hand.choose(0, 0, "beds_total")
    hand.choose_too(2, "price")
    assert not is_single(hand.grid)
