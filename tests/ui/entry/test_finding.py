from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.ui.desk import Place
from desktop.ui.entry.finding import FindBar
from desktop.ui.entry.page import MIDDLE
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import nameless
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
    says(hand, "第 1 / 3 处")
    assert hand.at == (0, "beds_total")
    hand.ask("edit.find_next")
    assert hand.at == (1, "beds_total")
    says(hand, "第 2 / 3 处")
    hand.ask("edit.find_previous")
    hand.ask("edit.find_previous")
    assert hand.at == (2, "beds_total")
    says(hand, "第 3 / 3 处")


def test_find__keys_in_the_line(hand: Hand) -> None:
    line = bar(hand).text
    line.setText("院")
    says(hand, "第 1 / 3 处")
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


def test_find__says_what_it_did_not_look_through(hand: Hand) -> None:
    hand.model.filter("好院")
    drain(hand.work)
    bar(hand).text.setText("坏院")
    says(hand, "筛选出的记录里没有找到")


def test_find__spaces_alone_are_meant_and_those_around_a_text_are_not(
    hand: Hand,
) -> None:
    hand.choose(0, 0, "name")
    hand.paste("好 院")
    bar(hand).text.setText(" ")
    says(hand, "第 1 / 1 处")
    bar(hand).text.setText(" 坏院 ")
    says(hand, "第 1 / 1 处")
    assert hand.at == (1, "name")


def test_find__records_the_grid_has_never_read(hand: Hand) -> None:
    hand.grow(900)
    bar(hand).text.setText("第876院")
    says(hand, "第 1 / 1 处")
    assert hand.at == (879, "name")


def test_find__sees_what_was_changed_since(hand: Hand) -> None:
    bar(hand).text.setText("120")
    says(hand, "第 1 / 1 处")
    hand.choose(0, 0, "beds_total")
    hand.paste("120")
    says(hand, "第 1 / 2 处")
    hand.choose(0, 0, "name")
    says(hand, "共 2 处")
    hand.ask("edit.find_next")
    assert hand.at == (0, "beds_total")


def test_find__steps_at_once_where_the_answer_is_on_its_way(hand: Hand) -> None:
    hand.choose(0, 0, "name")
    bar(hand).text.setText("100")
    hand.work.desk.asked.emit("edit.find_next")
    says(hand, "第 1 / 3 处")
    assert hand.at == (0, "beds_total")


def test_find__f3_without_a_text_asks_for_one(hand: Hand) -> None:
    bar(hand).put_away()
    hand.ask("edit.find_next")
    assert bar(hand).isVisible()


def test_find__emptied_it_says_nothing(hand: Hand) -> None:
    bar(hand).text.setText("院")
    says(hand, "第 1 / 3 处")
    bar(hand).text.clear()
    says(hand, "")


def test_find__whole_cells_only(hand: Hand) -> None:
    hand.choose(0, 0, "name")
    bar(hand).text.setText("0")
    says(hand, "第 1 / 5 处")
    child(hand.page, QCheckBox, "find.whole").click()
    says(hand, "没有找到")
    bar(hand).text.setText("100")
    says(hand, "第 1 / 3 处")
    bar(hand).text.setText("1,00")
    says(hand, "没有找到")
    bar(hand).text.setText("１００")
    says(hand, "第 1 / 3 处")


def test_find__only_where_one_wants_to_look(hand: Hand) -> None:
    bar(hand).put_away()
    hand.choose(0, 0, "beds_total")
    hand.ask("edit.find")
    bar(hand).text.setText("0")
    says(hand, "第 1 / 5 处")
    where = child(hand.page, QComboBox, "find.scope")
    where.setCurrentIndex(where.findText("仅查“总床位数”这一列"))
    says(hand, "第 1 / 3 处")


def test_find__several_chosen_cells_are_where_it_looks(hand: Hand) -> None:
    bar(hand).put_away()
    hand.choose(1, 2, "beds_total", "beds_nursing")
    hand.ask("edit.find")
    where = child(hand.page, QComboBox, "find.scope")
    assert where.currentText() == "仅查选中的 4 格"
    bar(hand).text.setText("0")
    says(hand, "第 1 / 3 处")
    hand.ask("edit.find_next")
    hand.ask("edit.find_next")
    assert hand.at == (2, "beds_total")
    hand.ask("edit.find_next")
    assert hand.at == (1, "beds_total"), "the chosen cells of the beginning count"


def test_find__hidden_columns_are_left_alone(hand: Hand) -> None:
    hand.choose(0, 0, "beds_nursing")
    bar(hand).put_away()
    hand.ask("view.hide")
    hand.ask("edit.find")
    bar(hand).text.setText("120")
    says(hand, "没有找到")


def test_find__marks_the_hits_while_one_looks(hand: Hand) -> None:
    hand.choose(0, 0, "name")
    bar(hand).text.setText("100")
    says(hand, "第 1 / 3 处")
    beds = hand.column("beds_total")
    assert [hand.grid.hits_in(row) for row in range(3)] == [(beds,)] * 3
    assert hand.grid.frozen.hits is hand.grid.hits
    QTest.keyClick(bar(hand).text, Qt.Key.Key_Escape)
    assert hand.grid.hits is hand.grid.frozen.hits is None


def test_find__rows_that_come_take_the_marks_along(hand: Hand) -> None:
    bar(hand).text.setText("坏院")
    says(hand, "第 1 / 1 处")
    hand.ask("view.sort_down")
    hand.qtbot.waitUntil(lambda: hand.grid.hits is not None)
    [row] = [row for row in range(3) if hand.grid.hits_in(row)]
    record = hand.model.record_at(row)
    assert record is not None
    assert record.cell("name") == "坏院"


def test_find__another_form_is_looked_through_anew(hand: Hand) -> None:
    bar(hand).text.setText("街道")
    says(hand, "没有找到")
    hand.work.desk.seek(Place("area"))
    drain(hand.work)
    says(hand, "共 1 处")


def test_find__escape_in_the_grid_puts_it_away(hand: Hand) -> None:
    hand.grid.setFocus()
    QTest.keyClick(hand.grid, Qt.Key.Key_Escape)
    assert not bar(hand).isVisible()
    QTest.keyClick(hand.grid, Qt.Key.Key_Escape)
    assert hand.grid.hasFocus()


def test_find__keeps_the_keys_in_its_lines_on_the_card_too(hand: Hand) -> None:
    hand.choose(0, 0, "name")
    hand.ask("record.card")
    hand.ask("edit.find")
    line = bar(hand).text
    line.setText("100")
    says(hand, "第 1 / 3 处")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.hasFocus()
    says(hand, "第 2 / 3 处")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert hand.page.on_card
    assert not line.hasFocus()


def test_bar__speaks_to_a_screen_reader_and_is_no_wider_than_the_grid(
    hand: Hand,
) -> None:
    hand.ask("edit.replace")
    assert nameless(hand.page) == []
    assert bar(hand).minimumSizeHint().width() <= MIDDLE


def test_bar__tab_goes_from_text_to_text(hand: Hand) -> None:
    hand.ask("edit.replace")
    hand.page.activateWindow()
    hand.qtbot.waitUntil(bar(hand).text.hasFocus)
    bar(hand).text.setText("院")
    names = []
    for _ in range(5):
        hand.page.focusNextChild()
        now = QApplication.focusWidget()
        names.append(now.objectName() if now is not None else "")
    assert names == [
        "find.by",
        "find.replace",
        "find.replace_all",
        "find.whole",
        "find.scope",
    ]


def test_find__on_the_card_from_record_to_record(hand: Hand) -> None:
    hand.choose(0, 0, "beds_total")
    hand.ask("record.card")
    bar(hand).text.setText("120")
    says(hand, "第 1 / 1 处")
    place = hand.work.desk.place
    assert place.record == hand.model.ids[1]
    assert place.field == "beds_nursing"


def test_find__closes_by_its_button(hand: Hand) -> None:
    child(hand.page, QPushButton, "find.close").click()
    drain(hand.work)
    assert not bar(hand).isVisible()
