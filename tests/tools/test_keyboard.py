"""Keys go to whatever has the focus, and are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from tools.keyboard import Keyboard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard(QCoreApplication.processEvents)


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[QLineEdit]:
    window = QWidget()
    qtbot.addWidget(window)
    made = QLineEdit(window)
    window.show()
    window.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    window.close()


def test_keys__are_counted_and_typed_texts_are_not(
    keyboard: Keyboard, line: QLineEdit
) -> None:
    asked: list[str] = []
    shortcut = QShortcut(QKeySequence("Ctrl+K"), line.window())
    shortcut.activated.connect(lambda: asked.append("palette"))
    keyboard.type("a1-长宁")
    keyboard.press("Ctrl+K", "Backspace")
    assert line.text() == "a1-长"
    assert asked == ["palette"]
    assert keyboard.log == ["「a1-长宁」", "`Ctrl+K`", "`Backspace`"]
    assert keyboard.strokes == 2


def test_keys__go_back_to_the_window_when_a_dialog_closes(
    keyboard: Keyboard, line: QLineEdit, qtbot: QtBot
) -> None:
    dialog = QDialog(line.window())
    inside = QLineEdit(dialog)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(inside.hasFocus)
    keyboard.type("in")
    dialog.reject()
    keyboard.type("out")
    assert (inside.text(), line.text()) == ("in", "out")


def test_keys__without_a_window_are_an_error(
    keyboard: Keyboard, qapp: QApplication
) -> None:
    assert not [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    with pytest.raises(LookupError):
        keyboard.press("Enter")
