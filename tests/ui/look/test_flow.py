"""Tools stay within reach in a narrow window and with very large letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.ui.look.flow import Flow
from tests.ui.desks import free

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Box(QWidget):
    """A widget that wishes for 100 × 30."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt
        return QSize(100, 30)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt
        return QSize(60, 30)


@pytest.fixture
def frame(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def laid(
    frame: QWidget, width: int, boxes: list[Box], apart: int
) -> list[tuple[int, int]]:
    """Lay boxes out, the last of them apart at the right; give their corners."""
    flow = Flow(*boxes[:apart], None, *boxes[apart:], spacing=10)
    frame.setLayout(flow)
    frame.resize(width, 200)
    frame.show()
    return [(box.x(), box.y()) for box in boxes]


def test_flow__a_single_line_with_a_part_at_the_right(frame: QWidget) -> None:
    found = laid(frame, 600, [Box() for _ in range(4)], 2)
    assert found == [(0, 0), (110, 0), (390, 0), (500, 0)]


def test_flow__goes_on_below_where_it_is_narrow(frame: QWidget) -> None:
    found = laid(frame, 230, [Box() for _ in range(5)], 2)
    assert found == [(0, 0), (110, 0), (0, 40), (110, 40), (0, 80)]
    flow = frame.layout()
    assert flow is not None
    assert flow.heightForWidth(230) == 110
    assert flow.heightForWidth(600) == 30
    assert flow.sizeHint() == QSize(540, 30)
    assert flow.minimumSize() == QSize(60, 30)
    assert flow.hasHeightForWidth()


def test_flow__what_is_hidden_takes_no_room(frame: QWidget) -> None:
    boxes = [Box() for _ in range(4)]
    boxes[1].hide()
    found = laid(frame, 600, boxes, 2)
    assert [found[place] for place in (0, 2, 3)] == [(0, 0), (390, 0), (500, 0)]


def test_flow__one_too_wide_is_cut(frame: QWidget) -> None:
    boxes = [Box()]
    laid(frame, 80, boxes, 1)
    assert boxes[0].width() == 80


def test_flow__within_its_margins(frame: QWidget) -> None:
    box = Box()
    flow = Flow(box)
    flow.setContentsMargins(7, 5, 3, 2)
    frame.setLayout(flow)
    frame.resize(400, 100)
    frame.show()
    assert (box.x(), box.y()) == (7, 5)
    assert flow.sizeHint() == QSize(110, 37)
    assert flow.heightForWidth(400) == 37


def test_flow__empty(frame: QWidget) -> None:
    flow = Flow(None)
    frame.setLayout(flow)
    assert flow.sizeHint() == flow.minimumSize() == QSize(0, 0)
    assert flow.heightForWidth(100) == 0


def test_flow__gives_its_items_away(frame: QWidget) -> None:
    boxes = [QPushButton("一"), QPushButton("二")]
    flow = Flow(*boxes)
    frame.setLayout(flow)
    assert flow.count() == 2
    assert flow.itemAt(2) is flow.itemAt(-1) is flow.takeAt(2) is None
    taken = flow.takeAt(0)
    assert taken is not None
    assert taken.widget() is boxes[0]
    assert flow.count() == 1


def test_flow__goes_with_its_widgets() -> None:
    frame, boxes = QWidget(), [QPushButton("一"), QPushButton("二")]
    frame.setLayout(Flow(*boxes))
    frame.deleteLater()
    free(frame)
    assert not any(isValid(box) for box in boxes)
