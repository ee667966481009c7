"""Find and replace as a person does it: Ctrl+H, keys, and one step to undo."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QProgressDialog
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTabWidget

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.ui.desk import Place
from desktop.ui.entry.block_work import SMALL
from desktop.ui.entry.block_work import Waiting
from desktop.ui.entry.finding import FindBar
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import nameless
from tests.ui.entry.grids import Hand

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app.events import UndoChanged
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


@pytest.fixture
def hand(qtbot: QtBot, work: Workplace) -> Hand:
    return Hand(qtbot, work)


def bar(hand: Hand) -> FindBar:
    return child(hand.page, FindBar, "find")


def look_for(hand: Hand, text: str, by: str) -> None:
    """Write what to find and what to put in its place, and wait for the hits."""
    hand.ask("edit.replace")
    bar(hand).text.setText(text)
    bar(hand).by.setText(by)
    hand.qtbot.waitUntil(lambda: bar(hand).seeker.found is not None)


def says(hand: Hand, text: str) -> None:
    label = child(hand.page, QLabel, "find.said")
    hand.qtbot.waitUntil(lambda: label.text() == text)
    assert label.isVisible()
    drain(hand.work)


def press(hand: Hand, name: str) -> None:
    child(hand.page, QPushButton, name).click()
    drain(hand.work)


# --- One ---------------------------------------------------------------------------


def test_one__is_replaced_and_the_next_one_is_there(hand: Hand) -> None:
    hand.choose(0, 0, "name")
    look_for(hand, "院", "养老院")
    line = bar(hand).by
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    says(hand, "已替换 1 格；要撤回，按 Ctrl+Z。")
    assert hand.cells("name") == ["好养老院", "坏院", "缺院"]
    assert hand.at == (1, "name")
    assert line.hasFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    drain(hand.work)
    assert hand.cells("name") == ["好养老院", "坏养老院", "缺院"]
    hand.undo()
    assert hand.cells("name") == ["好养老院", "坏院", "缺院"]


def test_one__from_a_cell_that_is_none_it_goes_to_the_first(hand: Hand) -> None:
    look_for(hand, "120", "90")
    hand.choose(0, 0, "name")
    press(hand, "find.replace")
    assert hand.at == (1, "beds_nursing")
    assert hand.cells("beds_nursing") == [60, 120, BLANK]
    press(hand, "find.replace")
    assert hand.cells("beds_nursing") == [60, 90, BLANK]


def test_one__from_no_cell_at_all(hand: Hand) -> None:
    look_for(hand, "120", "90")
    hand.work.desk.move(Place("eci"))
    press(hand, "find.replace")
    assert hand.at == (1, "beds_nursing")
    assert hand.cells("beds_nursing") == [60, 120, BLANK]


def test_one__of_the_program_that_is_no_hit_says_nothing(
    qtbot: QtBot, kinds_work: Workplace
) -> None:
    hand = Hand(qtbot, kinds_work)
    hand.choose(1, 1, "double")
    look_for(hand, "甲院", "丙院")
    hand.choose(1, 1, "double")
    press(hand, "find.replace")
    assert hand.at == (0, "name")
    assert not child(hand.page, QLabel, "find.said").isVisible()


def test_one__that_does_not_fit_stays_and_says_why(hand: Hand) -> None:
    hand.choose(0, 0, "beds_total")
    look_for(hand, "100", "很多")
    press(hand, "find.replace")
    label = child(hand.page, QLabel, "find.said")
    assert label.text().startswith("没有替换，原来的内容没有动：“很多”不是整数")
    assert hand.at == (0, "beds_total")
    assert hand.cells("beds_total") == [100, 100, 100]


def test_one__on_the_card(hand: Hand) -> None:
    hand.choose(0, 0, "beds_total")
    hand.ask("record.card")
    look_for(hand, "100", "101")
    press(hand, "find.replace")
    assert hand.cells("beds_total") == [101, 100, 100]
    assert hand.work.desk.place.record == hand.model.ids[1]


def test_one__the_program_fills_is_passed_over(
    qtbot: QtBot, kinds_work: Workplace
) -> None:
    hand = Hand(qtbot, kinds_work)
    hand.choose(0, 0, "double")
    look_for(hand, "6", "7")
    press(hand, "find.replace")
    says(hand, "另有 1 格由程序自动填写，没有改动。")


def test_one__nothing_to_look_for(hand: Hand) -> None:
    hand.ask("edit.replace")
    bar(hand).by.setText("新")
    press(hand, "find.replace")
    press(hand, "find.replace_all")
    assert hand.cells("name") == ["好院", "坏院", "缺院"]


# --- All ---------------------------------------------------------------------------


def test_all__is_one_step_with_a_name(hand: Hand) -> None:
    told: list[UndoChanged] = []
    hand.work.bridge.undo_changed.connect(told.append)
    look_for(hand, "100", "110")
    press(hand, "find.replace_all")
    says(hand, "已替换 3 格；要撤回，按 Ctrl+Z。")
    assert hand.cells("beds_total") == [110, 110, 110]
    assert told[-1].undo is not None
    assert hand.work.say.message(told[-1].undo) == "替换 3 格"
    hand.undo()
    assert hand.cells("beds_total") == [100, 100, 100]


def test_all__records_that_were_never_read(hand: Hand) -> None:
    hand.grow(SMALL + 40)
    look_for(hand, "第", "新")
    press(hand, "find.replace_all")
    says(hand, f"已替换 {SMALL + 40} 格；要撤回，按 Ctrl+Z。")
    names = [str(name) for name in hand.cells("name")]
    assert [name for name in names if name.startswith("第")] == []
    assert names[-1] == f"新{SMALL + 39}院"


def test_all__what_does_not_fit_is_shown_before_anything(hand: Hand) -> None:
    hand.choose(0, 2, "name", "status")
    look_for(hand, "院", "家")
    child(hand.page, QComboBox, "find.scope").setCurrentIndex(0)
    bar(hand).text.setText("0")
    bar(hand).by.setText("x")
    press(hand, "find.replace_all")
    hand.qtbot.waitUntil(lambda: bool(every(hand.page, QDialog, "paste")))
    [preview] = every(hand.page, QDialog, "paste")
    assert preview.windowTitle() == "替换前先看一看"
    tabs = child(preview, QTabWidget, "paste.tabs")
    assert [tabs.tabText(n) for n in range(tabs.count())] == ["放不下（5）"]
    assert nameless(preview) == []
    preview.reject()
    free(preview)
    assert hand.cells("beds_total") == [100, 100, 100]


def test_all__only_what_fits(hand: Hand) -> None:
    hand.choose(0, 0, "name")
    hand.paste("100号院")
    look_for(hand, "100", "一百")
    press(hand, "find.replace_all")
    hand.qtbot.waitUntil(lambda: bool(every(hand.page, QDialog, "paste")))
    [preview] = every(hand.page, QDialog, "paste")
    child(preview, QPushButton, "paste.fitting").click()
    says(hand, "已替换 1 格；要撤回，按 Ctrl+Z。")
    assert hand.cells("name")[0] == "一百号院"
    assert hand.cells("beds_total") == [100, 100, 100]


def test_all__a_mark_becomes_a_number_and_nothing_becomes_blank(hand: Hand) -> None:
    hand.choose(0, 0, "price")
    hand.ask("edit.unknown")
    look_for(hand, "不详", "0")
    press(hand, "find.replace_all")
    says(hand, "已替换 1 格；要撤回，按 Ctrl+Z。")
    assert hand.cells("price")[0] == 0
    look_for(hand, "0.00", "")
    press(hand, "find.replace_all")
    says(hand, "已替换 1 格；要撤回，按 Ctrl+Z。")
    assert hand.cells("price")[0] is Absent.BLANK


def test_all__whole_cells_only(hand: Hand) -> None:
    look_for(hand, "10", "11")
    child(hand.page, QCheckBox, "find.whole").click()
    press(hand, "find.replace_all")
    says(hand, "没有可以替换的内容，什么都没有改动。")
    assert hand.cells("beds_total") == [100, 100, 100]


def test_all__choices_by_their_labels_and_cells_of_the_program(
    qtbot: QtBot, kinds_work: Workplace
) -> None:
    hand = Hand(qtbot, kinds_work)
    look_for(hand, "甲", "乙")
    press(hand, "find.replace_all")
    says(hand, "已替换 2 格；要撤回，按 Ctrl+Z。")
    look_for(hand, "6", "7")
    press(hand, "find.replace_all")
    says(
        hand,
        "没有可以替换的内容，什么都没有改动。另有 1 格由程序自动填写，没有改动。",
    )


def test_all__can_be_stopped(hand: Hand) -> None:
    look_for(hand, "100", "110")
    gate = Event()
    hand.work.session.thread.call(lambda _: gate.wait(10))
    child(hand.page, QPushButton, "find.replace_all").click()
    [waiting] = every(hand.page, Waiting)
    waiting.show()
    [box] = every(hand.page, QProgressDialog)
    box.canceled.emit()
    gate.set()
    hand.qtbot.waitUntil(lambda: every(hand.page, QProgressDialog) == [])
    assert hand.cells("beds_total") == [100, 100, 100]
    press(hand, "find.replace_all")
    says(hand, "已替换 3 格；要撤回，按 Ctrl+Z。")


def test_all__cells_that_change_meanwhile_are_not_overwritten(hand: Hand) -> None:
    hand.choose(0, 0, "name")
    hand.paste("100号院")
    look_for(hand, "100", "一百")
    press(hand, "find.replace_all")
    hand.qtbot.waitUntil(lambda: bool(every(hand.page, QDialog, "paste")))
    [preview] = every(hand.page, QDialog, "paste")
    hand.choose(0, 0, "name")
    hand.paste("新院")
    child(preview, QPushButton, "paste.fitting").click()
    says(
        hand,
        "没有替换：这些格刚才变了，或者没能存盘，内容保持原样。请再按一次。",
    )
    assert hand.cells("name")[0] == "新院"


def test_all__ctrl_z_then_takes_back_the_replacement(hand: Hand) -> None:
    look_for(hand, "100", "110")
    bar(hand).by.setFocus()
    press(hand, "find.replace_all")
    assert child(hand.page, QPushButton, "find.replace_all").hasFocus()


def test_reading_only__nothing_is_replaced(
    qtbot: QtBot, open_work: Opener, small_ledger: Path
) -> None:
    hand = Hand(qtbot, open_work(small_ledger, read_only=True))
    hand.choose(0, 0, "beds_total")
    look_for(hand, "100", "110")
    press(hand, "find.replace")
    press(hand, "find.replace_all")
    assert hand.cells("beds_total") == [100, 100, 100]


def test_find_alone__has_no_line_to_replace(hand: Hand) -> None:
    hand.ask("edit.replace")
    assert bar(hand).by.isVisible()
    hand.ask("edit.find")
    assert not bar(hand).by.isVisible()


def test_bound_cells__are_found_but_stay(hand: Hand) -> None:
    hand.work.desk.seek(Place("area"))
    drain(hand.work)
    look_for(hand, "街道", "镇")
    press(hand, "find.replace_all")
    label = child(hand.page, QLabel, "find.said")
    hand.qtbot.waitUntil(lambda: "由程序自动填写" in label.text())
