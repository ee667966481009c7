from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow
from PySide6.QtWidgets import QMenu

from desktop.app.commands import COMMANDS
from desktop.app.commands import Command
from desktop.app.commands import Menu
from desktop.app.commands import Need
from desktop.app.entry.edits import set_cell
from desktop.app.events import UndoChanged
from desktop.core.messages import message
from desktop.ui import menus as module
from desktop.ui.menus import Menus
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def menus(work: Workplace, window: QMainWindow) -> Menus:
    made = Menus(work, window)
    assert made.actions
    return made


def menus_by_title(window: QMainWindow) -> dict[str, QMenu]:
    """Give the menus and the menus in them; `QAction.menu` would free them."""
    return {menu.title(): menu for menu in every(window, QMenu)}


def items_of(menu: QMenu) -> list[str]:
    """Name the items of a menu, and of the menus in it."""
    inner = {one.menuAction(): one for one in every(menu, QMenu)}
    found: list[str] = []
    for item in menu.actions():
        found += items_of(inner[item]) if item in inner else [item.objectName()]
    return [name for name in found if name]


def test_menus__commands_of_one_kind_stand_together_in_a_menu_of_their_own(
    menus: Menus, window: QMainWindow, work: Workplace
) -> None:
    titles = {one.under for one in COMMANDS} - {""}
    assert titles
    for title in titles:
        inner = menus_by_title(window)[work.say(title)]
        assert items_of(inner) == [one.id for one in COMMANDS if one.under == title]


def test_menus__an_item_shows_a_mark_while_what_it_chooses_is_on(
    menus: Menus, work: Workplace
) -> None:
    for command in COMMANDS:
        action = menus.actions[command.id]
        assert action.isCheckable() == command.marked
        for holds in (True, False) if command.marked else ():
            work.desk.set_mark(command.id, holds=holds)
            assert action.isChecked() == holds
            action.trigger()
            assert action.isChecked() == holds, "the desk has the word"


def test_menus__every_command_has_an_item_in_its_menu(
    menus: Menus, window: QMainWindow, work: Workplace
) -> None:
    found = {
        head.text(): items_of(menus_by_title(window)[head.text()])
        for head in window.menuBar().actions()
    }
    wanted = {
        work.say(menu.value): [one.id for one in COMMANDS if one.menu is menu]
        for menu in Menu
    }
    assert found == wanted


def test_menus__are_filled_when_the_first_picture_stands(
    work: Workplace, window: QMainWindow, qtbot: QtBot
) -> None:
    Menus(work, window)
    assert len(window.menuBar().actions()) == len(Menu)
    assert not every(window, QTimer)
    assert not any(items_of(menu) for menu in every(window, QMenu))
    work.desk.pictured.emit()
    qtbot.waitUntil(lambda: any(items_of(menu) for menu in every(window, QMenu)))


def test_menus__are_filled_where_nothing_can_be_read(
    work: Workplace, window: QMainWindow, qtbot: QtBot
) -> None:
    Menus(work, window)
    work.bridge.courier.trouble.emit(message("store.locked"))
    qtbot.waitUntil(lambda: any(items_of(menu) for menu in every(window, QMenu)))


def test_menus__are_filled_before_when_one_is_opened(
    work: Workplace, window: QMainWindow
) -> None:
    Menus(work, window)
    opened = every(window, QMenu)[-1]
    opened.aboutToShow.emit()
    assert items_of(opened)


def test_menus__are_in_chinese(menus: Menus, window: QMainWindow) -> None:
    texts = [action.text() for action in menus.actions.values()]
    texts += [head.text() for head in window.menuBar().actions()]
    assert all(re.search("[\u4e00-\u9fff]", text) for text in texts), texts


def test_menus__no_key_stands_for_two_commands(menus: Menus) -> None:
    keys = [
        action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
        for action in menus.actions.values()
        if not action.shortcut().isEmpty()
    ]
    assert len(keys) == len(set(keys)) == sum(bool(one.shortcut) for one in COMMANDS)


def test_menus__an_item_asks_the_desk_for_its_command(
    menus: Menus, work: Workplace, qtbot: QtBot
) -> None:
    for command, action in menus.actions.items():
        action.setEnabled(True)
        with qtbot.waitSignal(work.desk.asked) as asked:
            action.trigger()
        assert asked.args == [command]


def test_menus__a_shortcut_works(
    menus: Menus, work: Workplace, window: QMainWindow, qtbot: QtBot
) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(work.desk.asked) as asked:
        qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == ["view.audit"]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.id)
def test_menus__an_item_is_enabled_when_all_it_needs_holds(
    menus: Menus, work: Workplace, command: Command
) -> None:
    action = menus.actions[command.id]
    for need in Need:
        work.desk.set_need(need, holds=True)
    assert action.isEnabled()
    for need in command.needs:
        work.desk.set_need(need, holds=False)
        assert not action.isEnabled(), need
        work.desk.set_need(need, holds=True)
        assert action.isEnabled()


def test_menus__undo_names_what_it_takes_back(menus: Menus, work: Workplace) -> None:
    undo, redo = menus.actions["edit.undo"], menus.actions["edit.redo"]
    assert not undo.isEnabled()
    plain = undo.text()
    record = record_named(work, "eci", "好院")
    field = work.form("eci").by_id["beds_nursing"]
    work.session.apply(set_cell(record, field, 5))
    drain(work)
    assert undo.isEnabled()
    assert "护理型床位数" in undo.text()
    assert not redo.isEnabled()
    work.session.undo()
    drain(work)
    assert not undo.isEnabled()
    assert undo.text() == plain
    assert redo.isEnabled()
    assert "护理型床位数" in redo.text()


def test_menus__an_ampersand_of_a_pack_is_no_mnemonic(
    menus: Menus, work: Workplace
) -> None:
    event = UndoChanged(message("app.edit", field="A&B"), None)
    work.bridge.undo_changed.emit(event)
    assert "A&&B" in menus.actions["edit.undo"].text()


def test_menus__a_command_may_have_no_keys(
    work: Workplace, window: QMainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = [replace(one, shortcut="") for one in COMMANDS]
    named = {menu: [one for one in bare if one.menu is menu] for menu in Menu}
    monkeypatch.setattr(module, "in_menu", named.__getitem__)
    menus = Menus(work, window)
    assert all(action.shortcut().isEmpty() for action in menus.actions.values())
