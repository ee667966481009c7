from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.ui.entry.chosen import chosen_in
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.entry.grids import Hand

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hand(qtbot: QtBot, work: Workplace) -> Hand:
    return Hand(qtbot, work)


def press(hand: Hand, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(hand.grid, key, held)
    drain(hand.work)


# --- Enter and Tab -----------------------------------------------------------------


def test_enter__behind_tabs_goes_back_to_where_they_began(hand: Hand) -> None:
    hand.choose(0, 0, "status")
    press(hand, Key.Key_Tab)
    press(hand, Key.Key_Tab)
    assert hand.at == (0, "beds_nursing")
    press(hand, Key.Key_Return)
    assert hand.at == (1, "status")
    press(hand, Key.Key_Tab)
    press(hand, Key.Key_Return, SHIFT)
    assert hand.at == (0, "status")


def test_enter__after_going_elsewhere_goes_down_as_ever(hand: Hand) -> None:
    hand.choose(0, 0, "status")
    press(hand, Key.Key_Tab)
    press(hand, Key.Key_Right)
    press(hand, Key.Key_Return)
    assert hand.at == (1, "beds_nursing")


def test_tab__from_the_end_of_a_row_to_the_next(hand: Hand) -> None:
    hand.choose(0, 0, "price")
    press(hand, Key.Key_Tab)
    assert hand.at == (1, "name")
    press(hand, Key.Key_Backtab, SHIFT)
    assert hand.at == (0, "price")
    hand.choose(2, 2, "price")
    press(hand, Key.Key_Tab)
    assert hand.at == (2, "price"), "nothing is behind the last cell"


def test_tab__passes_over_what_one_does_not_see(hand: Hand) -> None:
    hand.grid.setColumnHidden(hand.column("beds_total"), True)
    hand.choose(0, 0, "status")
    press(hand, Key.Key_Tab)
    assert hand.at == (0, "beds_nursing")


def test_tab__while_typing_row_by_row(hand: Hand) -> None:
    hand.choose(0, 0, "beds_total")
    QTest.keyClicks(hand.grid, "7")
    box = every(hand.grid.viewport(), QWidget, "cell.editor")[-1]
    QTest.keyClicks(box, "0")
    QTest.keyClick(box, Key.Key_Tab)
    drain(hand.work)
    assert hand.at == (0, "beds_nursing")
    press(hand, Key.Key_Return)
    assert hand.at == (1, "beds_total")
    assert hand.cells("beds_total")[0] == 70


# --- To the ends --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "held", "there"),
    [
        (Key.Key_Down, CONTROL, (2, "beds_total")),
        (Key.Key_Up, CONTROL, (0, "beds_total")),
        (Key.Key_Left, CONTROL, (1, "status")),
        (Key.Key_Right, CONTROL, (1, "beds_nursing")),
        (Key.Key_Home, NONE, (1, "name")),
        (Key.Key_End, NONE, (1, "price")),
        (Key.Key_Home, CONTROL, (0, "name")),
        (Key.Key_End, CONTROL, (2, "price")),
    ],
)
def test_ends__of_the_data_the_row_and_all(
    hand: Hand, key: Qt.Key, held: Qt.KeyboardModifier, there: tuple[int, str]
) -> None:
    hand.choose(1, 1, "beds_total")
    press(hand, key, held)
    assert hand.at == there


def test_ends__of_a_column_that_was_never_read(hand: Hand) -> None:
    hand.grow(900)
    hand.choose(1, 1, "beds_nursing")
    press(hand, Key.Key_Down, CONTROL)
    hand.qtbot.waitUntil(lambda: hand.at == (902, "beds_nursing"))
    press(hand, Key.Key_Up, CONTROL)
    hand.qtbot.waitUntil(lambda: hand.at == (1, "beds_nursing"))


def test_ends__with_shift_all_between_is_chosen(hand: Hand) -> None:
    hand.choose(0, 0, "beds_total")
    press(hand, Key.Key_Down, CONTROL | SHIFT)
    assert tuple(chosen_in(hand.grid).rows) == (0, 1, 2)
    press(hand, Key.Key_Right, CONTROL | SHIFT)
    chosen = chosen_in(hand.grid)
    assert tuple(chosen.rows) == (0, 1, 2)
    assert chosen.columns[0] == hand.column("beds_total")
    assert hand.at[0] == 2
    press(hand, Key.Key_Up, CONTROL | SHIFT)
    assert tuple(chosen_in(hand.grid).rows) == (0,)


def test_shift__and_arrows_choose_cell_by_cell(hand: Hand) -> None:
    hand.choose(0, 0, "beds_total")
    press(hand, Key.Key_Down, SHIFT)
    press(hand, Key.Key_Right, SHIFT)
    assert chosen_in(hand.grid).count == 4


def test_keys__without_a_cell_do_no_harm(hand: Hand) -> None:
    hand.grid.selectionModel().clear()
    for key in (Key.Key_Return, Key.Key_Tab):
        press(hand, key)
    press(hand, Key.Key_Down, CONTROL)
    press(hand, Key.Key_End, CONTROL | SHIFT)
    assert not chosen_in(hand.grid).count
