from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.app.commands import Need
from desktop.ui.entry.new_row import NewRow
from tests.ui.desk_of import Hands
from tests.ui.desk_of import find

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.main_window import MainWindow


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot) -> Hands:
    found = Hands(window, qtbot)
    found.go("eci", 26, "name")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    found.grid.setFocus()
    return found


@pytest.fixture
def line(hands: Hands) -> NewRow:
    return find(hands.page, NewRow)


def test_enter__from_the_last_row_leads_to_a_new_one(
    hands: Hands, line: NewRow, qtbot: QtBot
) -> None:
    record = hands.model.record_at(26)
    assert record is not None
    qtbot.keyClick(hands.grid, Qt.Key.Key_Return)
    assert line.hasFocus()
    assert len(hands.model.ids) == 27, "nothing is there before it has a name"
    line.setText(" 新院 ")
    with qtbot.waitSignal(hands.window.work.bridge.saved):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(hands.model.ids) == 28)
    qtbot.waitUntil(lambda: hands.grid.currentIndex().row() == 27)
    assert hands.cell(27, "name") == "新院"
    added = hands.model.record_at(27)
    assert added is None or added.unit == record.unit
    assert line.text() == ""
    assert hands.grid.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Return])
def test_line__leads_back_without_a_record(
    hands: Hands, line: NewRow, qtbot: QtBot, key: Qt.Key
) -> None:
    qtbot.keyClick(hands.grid, Qt.Key.Key_Insert)
    assert line.hasFocus()
    qtbot.keyClicks(line, " ")
    with qtbot.assertNotEmitted(hands.window.work.bridge.saved):
        qtbot.keyClick(line, key)
    assert hands.grid.hasFocus()


def test_line__names_the_unit_it_will_belong_to(
    hands: Hands, line: NewRow, qtbot: QtBot
) -> None:
    record = hands.model.record_at(26)
    assert record is not None
    unit = hands.window.work.unit(record.unit)
    assert unit is not None
    said = f"＋ 新增一条（{unit.name}）：写名称后按回车"
    qtbot.waitUntil(lambda: line.placeholderText() == said)
    assert line.accessibleName() == line.placeholderText()
    hands.go("eci", 0, "name")
    qtbot.waitUntil(lambda: unit.name not in line.placeholderText())
    hands.go("eci", 26, "name")
    line.begin()
    assert line.placeholderText() == said, "whoever comes here need not wait"


def test_line__only_where_records_are_taken_by_name(hands: Hands, line: NewRow) -> None:
    desk = hands.window.work.desk
    assert line.isVisible()
    hands.go("adm", 0, "value")
    assert not line.isVisible()
    hands.go("area", 0, "urban_rural")
    assert not line.isVisible()
    hands.go("eci", 0, "name")
    assert line.isVisible()
    desk.set_need(Need.WRITABLE, holds=False)
    assert not line.isVisible()
    line.begin()
    assert not line.hasFocus()
    assert find(hands.page, QLineEdit, "entry.new") is line


def test_other_steps__do_not_leave_the_grid(
    hands: Hands, line: NewRow, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(hands.grid.ended):
        hands.grid.step(-1, 0)
        hands.grid.step(1, 0)
        hands.grid.step(0, 1)
        hands.grid.step(1, 1)
    assert not line.hasFocus()
