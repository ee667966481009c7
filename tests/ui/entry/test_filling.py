from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from desktop.core.cells import Absent
from desktop.core.messages import message
from desktop.ui.entry.paste_preview import PastePreview
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.entry.grids import Hand

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.app.events import UndoChanged
    from desktop.ui.workplace import Workplace


@pytest.fixture
def hand(qtbot: QtBot, work: Workplace) -> Hand:
    return Hand(qtbot, work)


def test_down__repeats_the_uppermost(hand: Hand) -> None:
    heard: list[UndoChanged] = []
    hand.work.bridge.undo_changed.connect(heard.append)
    before = hand.cells("beds_nursing")
    hand.choose(0, 2, "beds_total", "beds_nursing")
    hand.ask("edit.fill_down")
    assert hand.cells("beds_nursing") == [60, 60, 60]
    assert heard[-1].undo == message("app.fill-down", count=2)
    hand.undo()
    assert hand.cells("beds_nursing") == before


def test_down__one_row_takes_what_stands_above(hand: Hand) -> None:
    hand.choose(2, 2, "beds_nursing", "price")
    hand.ask("edit.fill_down")
    assert hand.cells("beds_nursing") == [60, 120, 120]
    hand.choose(0, 0, "beds_nursing")
    hand.ask("edit.fill_down")
    assert hand.cells("beds_nursing") == [60, 120, 120], "nothing stands above"


def test_right__repeats_the_leftmost_as_far_as_it_fits(hand: Hand) -> None:
    hand.choose(0, 1, "beds_total", "beds_nursing")
    hand.ask("edit.fill_right")
    assert hand.cells("beds_nursing") == [100, 100, Absent.BLANK]
    hand.choose(2, 2, "beds_nursing")
    hand.ask("edit.fill_right")
    assert hand.cells("beds_nursing") == [100, 100, 100], "from the column before"


def test_right__asks_where_a_field_does_not_take_it(hand: Hand) -> None:
    hand.choose(0, 0, "name", "beds_total")
    hand.ask("edit.fill_right")
    [preview] = every(hand.page, PastePreview)
    child(preview, QPushButton, "paste.fitting").click()
    drain(hand.work)
    assert hand.cells("code")[0] == "好院"
    assert hand.cells("beds_total")[0] == 100


def test_right__the_first_column_has_none_before(hand: Hand) -> None:
    before = hand.cells("name")
    hand.choose(0, 0, "name")
    hand.ask("edit.fill_right")
    assert hand.cells("name") == before


def test_fill__only_what_is_chosen(hand: Hand) -> None:
    hand.choose(0, 0, "beds_total")
    hand.choose_too(1, "beds_nursing")
    hand.ask("edit.unknown")
    assert hand.cells("beds_total") == [Absent.UNKNOWN, 100, 100]
    assert hand.cells("beds_nursing") == [60, Absent.UNKNOWN, Absent.BLANK]


def test_fill__rows_that_were_never_looked_at(hand: Hand) -> None:
    hand.grow(900)
    hand.ask("edit.choose_all")
    hand.ask("edit.clear")
    hand.qtbot.waitUntil(lambda: set(hand.cells("beds_total")) == {Absent.BLANK})
    hand.undo()
    assert hand.cells("beds_total")[-1] == 899


def test_fill__nothing_chosen_changes_nothing(hand: Hand) -> None:
    before = hand.cells("beds_total")
    hand.grid.clearSelection()
    for command in ("edit.fill_down", "edit.fill_right", "edit.clear", "edit.cut"):
        hand.ask(command)
    assert hand.cells("beds_total") == before


def test_fill__keys_in_a_line_of_text_mean_the_text(hand: Hand) -> None:
    before = hand.cells("beds_nursing")
    hand.choose(0, 2, "beds_nursing")
    hand.page.activateWindow()
    hand.qtbot.waitUntil(hand.page.isActiveWindow)
    hand.page.search.setFocus()
    hand.ask("edit.fill_down")
    hand.ask("edit.fill_right")
    assert hand.cells("beds_nursing") == before
