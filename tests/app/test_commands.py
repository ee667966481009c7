from __future__ import annotations

from collections import Counter

from desktop.app.commands import COMMANDS
from desktop.app.commands import MENU_TITLES
from desktop.app.commands import Menu
from desktop.app.commands import Need
from desktop.app.commands import in_menu
from desktop.app.commands import mark


def test_commands__ids_and_shortcuts_are_unique() -> None:
    keys = [command.shortcut for command in COMMANDS if command.shortcut]
    ids = [command.id for command in COMMANDS]
    assert [key for key, count in Counter(keys + ids).items() if count > 1] == []


def test_commands__clipboard_keys_mean_what_everybody_expects() -> None:
    keys = {command.id: command.shortcut for command in COMMANDS}
    assert (keys["edit.copy"], keys["edit.paste"]) == ("Ctrl+C", "Ctrl+V")
    assert (keys["edit.undo"], keys["edit.redo"]) == ("Ctrl+Z", "Ctrl+Y")


def test_in_menu__every_command_in_one_menu() -> None:
    found = [command for menu in Menu for command in in_menu(menu)]
    assert sorted(each.id for each in found) == sorted(each.id for each in COMMANDS)


def test_menus__every_title_is_marked_for_translation() -> None:
    assert tuple(menu.value for menu in Menu) == MENU_TITLES


def test_changes__need_a_ledger_that_takes_them() -> None:
    changing = {"edit.paste", "edit.clear", "edit.undo", "record.add", "file.import"}
    for command in COMMANDS:
        if command.id in changing:
            assert Need.WRITABLE in command.needs


def test_mark__gives_the_text_itself() -> None:
    assert mark("File") == "File"
