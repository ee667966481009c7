"""All commands as data: one list feeds menus, shortcuts, tools and the manual."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator


class Menu(Enum):
    """The menus in their order; the value is the msgid of the title."""

    FILE = "File"
    EDIT = "Edit"
    RECORD = "Record"
    VIEW = "View"
    HELP = "Help"


class Need(Enum):
    """What must be so before a command makes sense."""

    WRITABLE = "writable"
    """The ledger takes changes."""
    GRID = "grid"
    """The page 填报 is before the person."""
    CELL = "cell"
    """A cell of a record is chosen."""
    ROSTER = "roster"
    """The form takes records and imports."""
    NIL = "nil"
    """The form has no records, or a nil return that can be withdrawn."""
    UNDO = "undo"
    REDO = "redo"


@frozen
class Command:
    """One thing a person can ask for: `title` is a msgid, `shortcut` portable text."""

    id: str
    title: str
    menu: Menu
    shortcut: str = ""
    needs: frozenset[Need] = frozenset()
    group: int = 0
    """Commands of one menu with different groups are parted by a line."""


def mark(msgid: str) -> str:
    """Mark a text for translation where it is kept as data."""
    return msgid


MENU_TITLES: Final = (
    mark("File"),
    mark("Edit"),
    mark("Record"),
    mark("View"),
    mark("Help"),
)

_CHANGE: Final = frozenset({Need.WRITABLE, Need.GRID, Need.CELL})
_SEE: Final = frozenset({Need.GRID, Need.CELL})
_RECORDS: Final = frozenset({Need.WRITABLE, Need.GRID, Need.ROSTER})
_NIL: Final = frozenset({Need.WRITABLE, Need.GRID, Need.NIL})

COMMANDS: Final = (
    Command("file.new", mark("New ledger…"), Menu.FILE, "Ctrl+N"),
    Command("file.open", mark("Open ledger…"), Menu.FILE, "Ctrl+O"),
    Command("file.import", mark("Import a table…"), Menu.FILE, "Ctrl+I", _RECORDS, 1),
    Command("file.units", mark("Units…"), Menu.FILE, group=1),
    Command("file.choices", mark("Definitions…"), Menu.FILE, group=1),
    Command(
        "file.period",
        mark("New reporting period…"),
        Menu.FILE,
        needs=frozenset({Need.WRITABLE}),
        group=1,
    ),
    Command("file.close", mark("Close the ledger"), Menu.FILE, "Ctrl+W", group=2),
    Command("file.quit", mark("Quit"), Menu.FILE, "Ctrl+Q", group=2),
    Command(
        "edit.undo",
        mark("Undo"),
        Menu.EDIT,
        "Ctrl+Z",
        frozenset({Need.WRITABLE, Need.UNDO}),
    ),
    Command(
        "edit.redo",
        mark("Redo"),
        Menu.EDIT,
        "Ctrl+Y",
        frozenset({Need.WRITABLE, Need.REDO}),
    ),
    Command("edit.copy", mark("Copy"), Menu.EDIT, "Ctrl+C", _SEE, 1),
    Command("edit.paste", mark("Paste"), Menu.EDIT, "Ctrl+V", _CHANGE, 1),
    Command("edit.clear", mark("Empty the cells"), Menu.EDIT, "Del", _CHANGE, 2),
    Command(
        "edit.not_applicable",
        mark("Not applicable"),
        Menu.EDIT,
        "Ctrl+Shift+N",
        _CHANGE,
        2,
    ),
    Command("edit.unknown", mark("Unknown"), Menu.EDIT, "Ctrl+Shift+U", _CHANGE, 2),
    Command(
        "edit.find",
        mark("Find in the form"),
        Menu.EDIT,
        "Ctrl+F",
        frozenset({Need.GRID}),
        3,
    ),
    Command("record.add", mark("Add a record"), Menu.RECORD, "Ctrl+Shift+A", _RECORDS),
    Command(
        "record.remove",
        mark("Remove records"),
        Menu.RECORD,
        "Ctrl+Shift+Del",
        _RECORDS | {Need.CELL},
    ),
    Command(
        "record.nil",
        mark("Nil return: declare or withdraw"),
        Menu.RECORD,
        "Ctrl+Shift+L",
        _NIL,
    ),
    Command("record.card", mark("Card or grid"), Menu.RECORD, "Ctrl+Return", _SEE, 1),
    Command(
        "record.previous", mark("Previous record"), Menu.RECORD, "Ctrl+PgUp", _SEE, 1
    ),
    Command("record.next", mark("Next record"), Menu.RECORD, "Ctrl+PgDown", _SEE, 1),
    Command("view.entry", mark("Entry"), Menu.VIEW, "Ctrl+1"),
    Command("view.audit", mark("Audit"), Menu.VIEW, "Ctrl+2"),
    Command("view.indicators", mark("Indicators"), Menu.VIEW, "Ctrl+3"),
    Command("view.export", mark("Export"), Menu.VIEW, "Ctrl+4"),
    Command("view.rollup", mark("Roll-up by unit…"), Menu.VIEW, "Ctrl+5", group=1),
    Command("audit.run", mark("Audit everything again"), Menu.VIEW, "F9", group=1),
    Command("help.keys", mark("Keyboard shortcuts"), Menu.HELP, "F1"),
)
"""Every command of the program."""


def in_menu(menu: Menu) -> Iterator[Command]:
    """Give the commands of one menu, in order."""
    return (command for command in COMMANDS if command.menu is menu)
