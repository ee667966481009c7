"""How boxes are handled; what a person meets stands in test_cell_delegate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtCore import QRect
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyledItemDelegate

from desktop.ui.entry.cell_editing import CellEditing
from desktop.ui.entry.field_boxes import TextBox

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words


@pytest.fixture
def box(qtbot: QtBot) -> TextBox:
    made = TextBox()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def editing(say: Words, qtbot: QtBot) -> CellEditing:
    return CellEditing(QStyledItemDelegate(), say)


def test_place__over_the_cell(editing: CellEditing, box: TextBox) -> None:
    cell = QRect(10, 20, 90, 30)
    editing.place(box, cell)
    assert box.geometry() == cell


@pytest.mark.parametrize(
    ("event", "answer"),
    [
        (QEvent(QEvent.Type.Enter), None),
        (
            QKeyEvent(
                QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier
            ),
            None,
        ),
        (
            QKeyEvent(
                QEvent.Type.KeyPress, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier
            ),
            False,
        ),
        (
            QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason),
            False,
        ),
    ],
)
def test_filter__what_does_not_close_the_box(
    editing: CellEditing, box: TextBox, event: QEvent, answer: object
) -> None:
    assert editing.filter(box, event) is answer


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down])
def test_filter__keys_that_go_on(
    editing: CellEditing, box: TextBox, key: Qt.Key
) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    assert editing.filter(box, event) is True
    assert box.property("step") is not None
