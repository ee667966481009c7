"""A table of lines: named for screen readers, one line at a time, no editing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTableView

from desktop.ui.handover.receive_models import LinesModel
from desktop.ui.handover.receive_table import set_widths
from desktop.ui.handover.receive_table import table_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.appearance import Appearance


def test_table__as_all_tables_of_the_hand_over(look: Appearance, qtbot: QtBot) -> None:
    owner = QObject()
    model = LinesModel(("甲", "乙"), owner)
    model.show_rows([("1", "2"), ("3", "4")])
    table = table_of(model, "some.table", "表")
    qtbot.addWidget(table)
    set_widths(table, look, (20,))

    assert (table.objectName(), table.accessibleName()) == ("some.table", "表")
    assert table.columnWidth(0) == look.px(160)
    assert table.horizontalHeader().stretchLastSection()
    table.selectRow(1)
    assert [index.row() for index in table.selectedIndexes()] == [1, 1]
    assert table.editTriggers() == QTableView.EditTrigger.NoEditTriggers
