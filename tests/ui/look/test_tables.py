from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QWidget

from desktop.ui.look import tables

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_dress__whole_lines_that_nobody_edits(qtbot: QtBot) -> None:
    table = QTableView()
    qtbot.addWidget(table)
    table.setModel(QStringListModel(["甲", "乙"], table))
    tables.dress(table, "some.table", "表")
    assert (table.objectName(), table.accessibleName()) == ("some.table", "表")
    table.selectRow(1)
    assert [index.row() for index in table.selectedIndexes()] == [1]
    qtbot.keyClick(table, Qt.Key.Key_F2)
    assert table.state() is not QTableView.State.EditingState
    assert table.horizontalHeader().defaultAlignment() == tables.LEFT


def test_on_copy__only_where_the_keyboard_is(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    here, there = QTableView(window), QTableView(window)
    copied: list[str] = []
    tables.on_copy(here, lambda: copied.append("here"))
    window.show()
    window.activateWindow()
    for table in (there, here):
        table.setFocus()
        qtbot.waitUntil(table.hasFocus)
        qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied == ["here"]
