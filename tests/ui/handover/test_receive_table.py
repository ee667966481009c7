"""A table of lines: named for screen readers, one line at a time, no editing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from desktop.ui.handover.receive_models import LinesModel
from desktop.ui.handover.receive_table import show_lines
from desktop.ui.handover.receive_table import table_of
from desktop.ui.look import parts
from desktop.ui.look import tables

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.appearance import Appearance


def test_table__as_all_tables_of_the_hand_over(look: Appearance, qtbot: QtBot) -> None:
    owner = QObject()
    model = LinesModel(("甲", "乙"), owner, numbers=(1,))
    model.show_rows([("1", "2"), ("3", "4")])
    table = table_of(model, look, (20,), "some.table", "表")
    qtbot.addWidget(table)

    assert (table.objectName(), table.accessibleName()) == ("some.table", "表")
    assert table.columnWidth(0) == look.px(160)
    assert table.horizontalHeader().stretchLastSection()
    table.selectRow(1)
    assert [index.row() for index in table.selectedIndexes()] == [1, 1]
    assert table.editTriggers() == QTableView.EditTrigger.NoEditTriggers
    across, how = Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
    assert [model.headerData(at, across, how) for at in range(2)] == [None, parts.RIGHT]
    assert [model.index(0, at).data(how) for at in range(2)] == [None, parts.RIGHT]
    assert table.horizontalHeader().defaultAlignment() == tables.LEFT
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_show_lines__another_model_in_the_same_table(
    look: Appearance, qtbot: QtBot
) -> None:
    owner, table = QObject(), QTableView()
    qtbot.addWidget(table)
    show_lines(table, LinesModel(("甲", "乙"), owner), look, (10, 10))
    show_lines(table, LinesModel(("甲", "乙", "丙"), owner), look, (20,))
    assert table.horizontalHeader().count() == 3
    assert table.columnWidth(0) == look.px(160)
