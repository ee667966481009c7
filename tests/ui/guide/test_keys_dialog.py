from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.app.commands import COMMANDS
from desktop.app.commands import Command
from desktop.app.commands import Menu
from desktop.ui.guide import keys_dialog
from desktop.ui.guide.keys_dialog import KeysDialog
from tests.ui.desks import child
from tests.ui.desks import free
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words


@pytest.fixture
def dialog(qtbot: QtBot, say: Words) -> Iterator[KeysDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    made = KeysDialog(say, window)
    made.show()
    yield made
    window.close()


def lines(dialog: KeysDialog) -> dict[str, str]:
    table = child(dialog, QTreeWidget, "keys.table")
    items = [table.topLevelItem(n) for n in range(table.topLevelItemCount())]
    return {item.text(0): item.text(1) for item in items}


def test_keys__every_command_with_keys_is_listed(
    dialog: KeysDialog, say: Words
) -> None:
    found = lines(dialog)
    for command in COMMANDS:
        if command.shortcut:
            keys = QKeySequence(command.shortcut).toString()
            assert found[keys] == say(command.title)


def test_keys__the_keys_of_the_grid_are_explained(dialog: KeysDialog) -> None:
    found = lines(dialog)
    assert {"Enter", "Tab", "F2", "/", "?", "Alt+↓"} <= found.keys()
    assert all(found.values())


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_keys__closes_by_key_and_is_freed(
    dialog: KeysDialog, qtbot: QtBot, key: Qt.Key
) -> None:
    qtbot.keyClick(dialog, key)
    free(dialog)
    assert not isValid(dialog)


def test_keys__closes_by_its_button(dialog: KeysDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(
        child(dialog, QPushButton, "keys.close"), Qt.MouseButton.LeftButton
    )
    free(dialog)
    assert not isValid(dialog)


def test_keys__a_command_without_keys_is_left_out(
    qtbot: QtBot, say: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = Command("x.bare", "Quit", Menu.FILE)
    monkeypatch.setattr(keys_dialog, "COMMANDS", (bare,))
    window = QWidget()
    qtbot.addWidget(window)
    found = lines(KeysDialog(say, window))
    assert say("Quit") not in found.values()


def test_keys__a_screen_reader_has_a_name_for_all(dialog: KeysDialog) -> None:
    assert nameless(dialog) == []
