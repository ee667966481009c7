"""The numbers of the rows, as one sees them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QTableView

from desktop.app.people.comfort import Comfort
from desktop.app.people.comfort import Theme
from desktop.ui.desk import Place
from desktop.ui.entry.row_numbers import NUMBERS_WIDTH
from desktop.ui.entry.row_numbers import RowNumbers
from desktop.ui.look.appearance import Appearance
from desktop.ui.look.colours import DARK
from desktop.ui.look.colours import LIGHT
from tests.ui.entry.grids import Hand

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QHeaderView
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def hand(qtbot: QtBot, changning_work: Workplace) -> Hand:
    changning_work.desk.move(Place("eci"))
    return Hand(qtbot, changning_work)


def number(rows: QHeaderView, row: int) -> QImage:
    """Give the picture of a row's number, without its lines."""
    top, high = rows.sectionViewportPosition(row), rows.sectionSize(row) - 1
    part = QRect(0, top, rows.viewport().width() - 1, high)
    return rows.viewport().grab(part).toImage()


def ink(image: QImage, width: int = NUMBERS_WIDTH) -> int:
    """Count how dark a number is in all, or at the left."""
    ground = image.pixelColor(0, 0).lightness()
    return sum(
        abs(image.pixelColor(x, y).lightness() - ground)
        for x in range(min(image.width(), width))
        for y in range(image.height())
    )


def test_numbers__each_row_has_its_own(hand: Hand) -> None:
    hand.grid.clearSelection()
    rows = hand.grid.verticalHeader()
    pictures = [number(rows, row) for row in range(4)]
    assert all(ink(one) for one in pictures)
    assert not any(one == other for one, other in pairwise(pictures))
    hand.grid.verticalScrollBar().setValue(hand.grid.rowHeight(0))
    assert number(rows, 1) == pictures[1], "it scrolls with its row"


def test_numbers__where_something_is_chosen_they_are_bold(hand: Hand) -> None:
    hand.grid.clearSelection()
    rows = hand.grid.verticalHeader()
    plain = [ink(number(rows, row)) for row in range(4)]
    hand.choose(1, 2, "beds_total")
    bold = [ink(number(rows, row)) for row in range(4)]
    assert (bold[0], bold[3]) == (plain[0], plain[3])
    assert bold[1] > plain[1]
    assert bold[2] > plain[2]


def test_numbers__lines_stand_between_them_and_nothing_below(hand: Hand) -> None:
    rows = hand.grid.verticalHeader()
    end = rows.sectionViewportPosition(1) - 1
    seen = rows.viewport().grab().toImage()
    assert seen.pixelColor(3, end) == QColor(LIGHT.strong_line)
    assert seen.pixelColor(NUMBERS_WIDTH - 1, 3) == QColor(LIGHT.line)
    assert seen.pixelColor(3, 3) == QColor(LIGHT.sunken)
    hand.model.filter("no such name")
    hand.qtbot.waitUntil(lambda: not hand.model.ids)
    empty = rows.viewport().grab().toImage()
    assert empty.pixelColor(3, end) == QColor(LIGHT.sunken)


def test_numbers__follow_the_colours(hand: Hand) -> None:
    hand.grid.look.choose(Comfort(theme=Theme.DARK))
    seen = hand.grid.verticalHeader().viewport().grab().toImage()
    assert seen.pixelColor(3, 3) == QColor(DARK.sunken)


def test_numbers__long_ones_are_seen_whole(qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    rows = RowNumbers(Appearance(), view)
    view.setVerticalHeader(rows)
    view.setModel(QStandardItemModel(10_100, 1, view))
    view.show()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    row = view.rowAt(view.rowHeight(0))
    assert row > 10_000
    assert ink(number(rows, row), 8) > 0, "the padding of heads cuts nothing off"
    assert rows.sizeHint().width() == NUMBERS_WIDTH
