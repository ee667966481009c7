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
    INDICATORS = "indicators"
    """The page 指标 is before the person."""
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
    under: str = ""
    """The msgid of the menu within the menu where the command stands."""
    marked: bool = False
    """The menu marks it while what it chooses is on: the desk's `marks` tell."""


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

_SORT: Final = mark("Sorting")
_FILTER: Final = mark("Filter")
_ARRANGE: Final = mark("Grid columns")
_COLOURS: Final = mark("Colours")
_LETTERS: Final = mark("Text size")


def _look(name: str, title: str, under: str, shortcut: str = "") -> Command:
    """Make a command of the look; each but a step is a choice."""
    return Command(
        f"view.{name}",
        title,
        Menu.VIEW,
        shortcut,
        group=3,
        under=under,
        marked=not name.endswith(("larger", "smaller")),
    )


def _column(name: str, title: str, under: str, shortcut: str = "") -> Command:
    """Make a command of the grid's columns and of which records it lists."""
    return Command(
        f"view.{name}",
        title,
        Menu.VIEW,
        shortcut,
        frozenset({Need.GRID}),
        group=2,
        under=under,
    )


def _on_indicators() -> Iterator[Command]:
    """Give the commands of the page 指标."""
    here, under = frozenset({Need.INDICATORS}), mark("On the indicators page")
    for name, title, keys in (
        ("cards", mark("Cards or table"), "Ctrl+T"),
        ("find", mark("Find an indicator"), ""),
        ("copy_picture", mark("Copy the chart as a picture"), "Ctrl+Shift+G"),
        ("save_picture", mark("Save the chart as a picture…"), ""),
        ("print", mark("Print the indicators…"), "Ctrl+P"),
    ):
        yield Command(f"indicators.{name}", title, Menu.VIEW, keys, here, 1, under)


_CHANGE: Final = frozenset({Need.WRITABLE, Need.GRID, Need.CELL})
_SEE: Final = frozenset({Need.GRID, Need.CELL})
_PASTE: Final = frozenset({Need.WRITABLE, Need.GRID})
"""An empty roster has no cell, and takes records all the same."""
_RECORDS: Final = frozenset({Need.WRITABLE, Need.GRID, Need.ROSTER})
_NIL: Final = frozenset({Need.WRITABLE, Need.GRID, Need.NIL})

COMMANDS: Final = (
    Command("file.new", mark("New ledger…"), Menu.FILE, "Ctrl+N"),
    Command("file.open", mark("Open ledger…"), Menu.FILE, "Ctrl+O"),
    Command("file.open_reading", mark("Open for reading only…"), Menu.FILE),
    Command("file.import", mark("Import a table…"), Menu.FILE, "Ctrl+I", _RECORDS, 1),
    Command("file.collect", mark("Hand out collection workbooks…"), Menu.FILE, group=1),
    Command(
        "file.collected", mark("Take collection workbooks back…"), Menu.FILE, group=1
    ),
    Command("file.verify", mark("Verify files…"), Menu.FILE, group=1),
    Command("file.batch", mark("Write the reports of many units…"), Menu.FILE, group=1),
    Command("file.template", mark("Fill an official template…"), Menu.FILE, group=1),
    Command("file.units", mark("Units…"), Menu.FILE, group=1),
    Command("file.choices", mark("Definitions…"), Menu.FILE, group=1),
    Command(
        "file.period",
        mark("New reporting period…"),
        Menu.FILE,
        needs=frozenset({Need.WRITABLE}),
        group=1,
    ),
    Command(
        "file.bring_in",
        mark("Bring in last year's ledger…"),
        Menu.FILE,
        needs=frozenset({Need.WRITABLE}),
        group=1,
    ),
    Command(
        "file.deadline",
        mark("Deadline of the period…"),
        Menu.FILE,
        needs=frozenset({Need.WRITABLE}),
        group=1,
    ),
    Command("file.backup", mark("Back up now…"), Menu.FILE, "Ctrl+Shift+B", group=1),
    Command("file.keys", mark("Signing keys…"), Menu.FILE, group=1),
    Command(
        "file.archive",
        mark("Hand over or put away…"),
        Menu.FILE,
        needs=frozenset({Need.WRITABLE}),
        group=1,
    ),
    Command(
        "file.upgrade",
        mark("Upgrade the reporting system…"),
        Menu.FILE,
        needs=frozenset({Need.WRITABLE}),
        group=1,
    ),
    Command("file.person", mark("Who is working…"), Menu.FILE, group=2),
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
    Command("edit.cut", mark("Cut"), Menu.EDIT, "Ctrl+X", _CHANGE, 1),
    Command("edit.copy", mark("Copy"), Menu.EDIT, "Ctrl+C", _SEE, 1),
    Command(
        "edit.copy_headed",
        mark("Copy with headings"),
        Menu.EDIT,
        "Ctrl+Shift+C",
        _SEE,
        1,
    ),
    Command("edit.paste", mark("Paste"), Menu.EDIT, "Ctrl+V", _PASTE, 1),
    Command("edit.fill_down", mark("Fill down"), Menu.EDIT, "Ctrl+D", _CHANGE, 2),
    Command(
        "edit.fill_right", mark("Fill to the right"), Menu.EDIT, "Ctrl+R", _CHANGE, 2
    ),
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
    Command("edit.choose_all", mark("Choose all"), Menu.EDIT, "Ctrl+A", _SEE, 3),
    Command(
        "edit.choose_column",
        mark("Choose the column"),
        Menu.EDIT,
        "Ctrl+Space",
        _SEE,
        3,
    ),
    Command(
        "edit.choose_row", mark("Choose the row"), Menu.EDIT, "Shift+Space", _SEE, 3
    ),
    Command(
        "edit.find",
        mark("Find in the form"),
        Menu.EDIT,
        "Ctrl+F",
        frozenset({Need.GRID}),
        4,
    ),
    Command(
        "edit.replace",
        mark("Find and replace"),
        Menu.EDIT,
        "Ctrl+H",
        frozenset({Need.WRITABLE, Need.GRID}),
        4,
    ),
    Command("edit.find_next", mark("Find the next"), Menu.EDIT, "F3", _SEE, 4),
    Command(
        "edit.find_previous",
        mark("Find the one before"),
        Menu.EDIT,
        "Shift+F3",
        _SEE,
        4,
    ),
    Command("edit.go_to", mark("Go to…"), Menu.EDIT, "Ctrl+G", _SEE, 4),
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
    Command(
        "record.close",
        mark("Close facilities…"),
        Menu.RECORD,
        "Ctrl+Shift+E",
        _RECORDS | {Need.CELL},
    ),
    Command("record.reopen", mark("Reopen facilities…"), Menu.RECORD, "", _RECORDS),
    Command("record.card", mark("Card or grid"), Menu.RECORD, "Ctrl+Return", _SEE, 1),
    Command(
        "record.previous", mark("Previous record"), Menu.RECORD, "Ctrl+PgUp", _SEE, 1
    ),
    Command("record.next", mark("Next record"), Menu.RECORD, "Ctrl+PgDown", _SEE, 1),
    Command(
        "record.same_cell",
        mark("Same as last period"),
        Menu.RECORD,
        "Ctrl+'",
        _CHANGE,
        2,
    ),
    Command(
        "record.same_record",
        mark("Fill the record as last period"),
        Menu.RECORD,
        "Ctrl+Shift+S",
        _CHANGE,
        2,
    ),
    Command(
        "record.carry",
        mark("Carry records forward…"),
        Menu.RECORD,
        needs=_RECORDS,
        group=2,
    ),
    Command(
        "record.comment",
        mark("Comment on the cell…"),
        Menu.RECORD,
        "Shift+F2",
        _CHANGE,
        3,
    ),
    Command("record.flag", mark("Flag the cell"), Menu.RECORD, "Ctrl+F2", _CHANGE, 3),
    Command("record.return", mark("Send the cell back…"), Menu.RECORD, "", _CHANGE, 3),
    Command(
        "record.history",
        mark("History of the cell…"),
        Menu.RECORD,
        "Ctrl+Shift+H",
        _SEE,
        3,
    ),
    Command("record.second", mark("Second entry…"), Menu.RECORD, "", _RECORDS, 4),
    Command("view.home", mark("Home"), Menu.VIEW, "Ctrl+1"),
    Command("view.entry", mark("Entry"), Menu.VIEW, "Ctrl+2"),
    Command("view.audit", mark("Audit"), Menu.VIEW, "Ctrl+3"),
    Command("view.indicators", mark("Indicators"), Menu.VIEW, "Ctrl+4"),
    Command("view.export", mark("Export"), Menu.VIEW, "Ctrl+5"),
    Command("view.handover", mark("Hand over"), Menu.VIEW, "Ctrl+6"),
    Command(
        "view.rollup", mark("Roll-up by unit…"), Menu.VIEW, "Ctrl+Shift+R", group=1
    ),
    *_on_indicators(),
    _column("sort_up", mark("Sort, smallest first"), _SORT, "Alt+Shift+Up"),
    _column("sort_down", mark("Sort, largest first"), _SORT, "Alt+Shift+Down"),
    _column("sort_off", mark("In the order of entry"), _SORT, "Alt+Shift+Left"),
    _column("filter_column", mark("Filter by this column…"), _FILTER, "Alt+Down"),
    _column("filter_unit", mark("Only one unit…"), _FILTER),
    _column("marked_any", mark("Only records with findings"), _FILTER),
    _column("marked_errors", mark("Only records with errors"), _FILTER),
    _column("marked_unexplained", mark("Only what is to be explained"), _FILTER),
    _column("filter_off", mark("All records again"), _FILTER, "Alt+Up"),
    _column("freeze", mark("Keep this column at the left"), _ARRANGE, "Ctrl+Shift+F"),
    _column("hide", mark("Hide this column"), _ARRANGE),
    _column("columns", mark("Choose columns…"), _ARRANGE, "Ctrl+Shift+K"),
    Command("audit.next", mark("Next open finding"), Menu.VIEW, "F8", group=1),
    Command(
        "audit.previous",
        mark("Previous open finding"),
        Menu.VIEW,
        "Shift+F8",
        group=1,
    ),
    Command(
        "audit.explain",
        mark("Explain what is asked about"),
        Menu.VIEW,
        "Ctrl+E",
        frozenset({Need.WRITABLE}),
        1,
    ),
    Command("audit.run", mark("Audit everything again"), Menu.VIEW, "F9", group=1),
    Command("view.flags", mark("Comments and flags…"), Menu.VIEW, group=1),
    Command(
        "view.prior",
        mark("Last period beside the figures"),
        Menu.VIEW,
        "Ctrl+Shift+P",
        frozenset({Need.GRID}),
        2,
        marked=True,
    ),
    _look("theme.system", mark("As the computer is set"), _COLOURS),
    _look("theme.light", mark("Light"), _COLOURS),
    _look("theme.dark", mark("Dark"), _COLOURS),
    _look("theme.contrast", mark("High contrast"), _COLOURS),
    _look("text.standard", mark("Standard letters"), _LETTERS, "Ctrl+0"),
    _look("text.large", mark("Large letters"), _LETTERS),
    _look("text.huge", mark("Very large letters"), _LETTERS),
    _look("text.larger", mark("Larger letters"), _LETTERS, "Ctrl+="),
    _look("text.smaller", mark("Smaller letters"), _LETTERS, "Ctrl+-"),
    Command("help.palette", mark("Find a command…"), Menu.HELP, "Ctrl+K"),
    Command("help.field", mark("Explain this field"), Menu.HELP, "F1"),
    Command("help.handbook", mark("Handbook"), Menu.HELP, "Ctrl+F1"),
    Command("help.keys", mark("Keyboard shortcuts"), Menu.HELP, "Ctrl+/"),
)
"""Every command of the program."""


def in_menu(menu: Menu) -> Iterator[Command]:
    """Give the commands of one menu, in order."""
    return (command for command in COMMANDS if command.menu is menu)
