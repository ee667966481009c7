from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtGui import QImage
from PySide6.QtGui import QPainter
from PySide6.QtGui import QStandardItem
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem
from PySide6.QtWidgets import QTableView

from desktop.ui.look.style_option import fill
from desktop.ui.look.style_option import has_focus
from desktop.ui.look.style_option import is_chosen
from desktop.ui.look.style_option import is_current
from desktop.ui.look.style_option import rect_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Notebook(QStyledItemDelegate):
    """A delegate that writes down what Qt hands it."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self.rects: dict[int, QRect] = {}
        self.chosen: dict[int, bool] = {}

    def paint(
        self,
        _painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        self.rects[index.row()] = rect_of(option)
        self.chosen[index.row()] = is_chosen(self.parent(), index)


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
    notes = Notebook(table)
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


def test_is_chosen__as_the_view_has_it(table: QTableView) -> None:
    table.setCurrentIndex(table.model().index(1, 0))
    assert painted(table).chosen == {0: False, 1: True}


def test_is_current__whoever_has_the_focus(table: QTableView) -> None:
    first, second = (table.model().index(row, 0) for row in range(2))
    table.setCurrentIndex(second)

    assert not is_current(table, first)
    assert is_current(table, second)
    assert not has_focus(table)


def test_without_a_view__nothing_is_chosen(table: QTableView) -> None:
    index = table.model().index(0, 0)

    assert not is_chosen(table.model(), index)
    assert not is_current(None, index)
    assert not has_focus(None)


def test_fill__only_the_rectangle() -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    fill(painter, QRect(1, 1, 2, 2), "black")
    painter.end()

    dark = {
        (x, y)
        for x in range(4)
        for y in range(4)
        if image.pixelColor(x, y) == QColor("black")
    }
    assert dark == {(1, 1), (1, 2), (2, 1), (2, 2)}
