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
    made.activateWindow()
    qtbot.waitUntil(made.search.hasFocus)
    yield made
    window.close()


def lines(dialog: KeysDialog) -> dict[str, str]:
    """Give what is shown, without the heads."""
    heads = [dialog.table.topLevelItem(n) for n in range(len(menus(dialog)))]
    items = [head.child(n) for head in heads for n in range(head.childCount())]
    return {item.text(0): item.text(1) for item in items if not item.isHidden()}


def menus(dialog: KeysDialog) -> list[str]:
    table = child(dialog, QTreeWidget, "keys.table")
    return [
        table.topLevelItem(number).text(0)
        for number in range(table.topLevelItemCount())
    ]


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
    assert {"Enter", "Tab", "F2", "/", "? / *", "Alt+↓"} <= found.keys()
    assert all(found.values())


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_keys__closes_by_key_and_is_freed(
    dialog: KeysDialog, qtbot: QtBot, key: Qt.Key
) -> None:
    qtbot.keyClick(dialog.search, key)
    free(dialog)
    assert not isValid(dialog)


def test_keys__stand_by_menu(dialog: KeysDialog) -> None:
    assert menus(dialog) == ["表格", "文件", "编辑", "记录", "查看", "帮助"]


@pytest.mark.parametrize("text", ["撤销", "cx", "ctrl+z"])
def test_search__by_words_letters_or_keys(
    dialog: KeysDialog, qtbot: QtBot, text: str
) -> None:
    everything = lines(dialog)
    dialog.search.setText(text)
    assert lines(dialog)["Ctrl+Z"] == "撤销"
    assert len(lines(dialog)) < 8
    hidden = [
        dialog.table.topLevelItem(n).isHidden() for n in range(len(menus(dialog)))
    ]
    assert hidden[1]
    assert not hidden[2]
    dialog.search.clear()
    assert lines(dialog) == everything


def test_search__arrows_scroll_the_list(dialog: KeysDialog, qtbot: QtBot) -> None:
    assert dialog.search.hasFocus()
    bar = dialog.table.verticalScrollBar()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Down):
        before = bar.value()
        qtbot.keyClick(dialog.search, key)
        assert bar.value() > before


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
