from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtGui import QStandardItem
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QStyle
from PySide6.QtWidgets import QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem
from PySide6.QtWidgets import QTableView

from desktop.ui.style_option import rect_of
from desktop.ui.style_option import state_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Selected = QStyle.StateFlag.State_Selected


class Notebook(QStyledItemDelegate):
    """A delegate that writes down what Qt hands it."""

    def __init__(self) -> None:
        super().__init__()
        self.rects: dict[int, QRect] = {}
        self.chosen: dict[int, bool] = {}

    def paint(
        self,
        _painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        self.rects[index.row()] = rect_of(option)
        self.chosen[index.row()] = bool(state_of(option) & Selected)


@pytest.fixture
def table(qtbot: QtBot) -> QTableView:
    made = QTableView()
    model = QStandardItemModel(made)
    for row in range(2):
        model.setItem(row, 0, QStandardItem(str(row)))
    made.setModel(model)
    qtbot.addWidget(made)
    return made


def painted(table: QTableView) -> Notebook:
    notes = Notebook()
    table.setItemDelegate(notes)
    table.grab()
    return notes


def test_rect_of__where_the_cell_is_painted(table: QTableView) -> None:
    notes = painted(table)
    assert notes.rects[1].size().width() > 0
    assert notes.rects[1].top() > notes.rects[0].bottom()
    assert notes.rects[1].left() == notes.rects[0].left()


def test_rect_of__is_a_copy_of_its_own() -> None:
    option = QStyleOptionViewItem()
    rect_of(option).setRect(1, 2, 3, 4)
    assert rect_of(option) == QRect()


def test_state_of__tells_the_chosen_cell(table: QTableView) -> None:
    table.setCurrentIndex(table.model().index(1, 0))
    assert painted(table).chosen == {0: False, 1: True}
