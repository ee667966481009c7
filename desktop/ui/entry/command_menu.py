"""Menus of commands that pop up where one clicks: on a head, on cells, on a button."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desktop.app.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from desktop.ui.workplace import Workplace

OF_COLUMN: Final = (
    "view.sort_up",
    "view.sort_down",
    "view.sort_off",
    "",
    "view.filter_column",
    "",
    "view.freeze",
    "view.hide",
    "view.columns",
)
OF_RECORDS: Final = (
    "view.filter_column",
    "view.filter_unit",
    "",
    "view.marked_any",
    "view.marked_errors",
    "view.marked_unexplained",
    "",
    "view.filter_off",
    "",
    "view.sort_off",
    "view.columns",
)
OF_CELLS: Final = (
    "edit.cut",
    "edit.copy",
    "edit.paste",
    "",
    "edit.clear",
    "edit.not_applicable",
    "edit.unknown",
    "record.same_cell",
    "edit.fill_down",
    "",
    "record.comment",
    "record.flag",
    "record.history",
    "help.field",
    "",
    "record.add",
    "record.card",
    "record.close",
    "record.remove",
)


def pop_up(
    work: Workplace, commands: Iterable[str], parent: QWidget, at: QPoint
) -> None:
    """Offer commands at a place of the screen; an empty text is a line between."""
    known = {command.id: command for command in COMMANDS}
    menu = QMenu(parent)
    menu.setObjectName("commands")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name in commands:
        if not name:
            menu.addSeparator()
            continue
        command = known[name]
        # The keys are the menu bar's; here they are only told of.
        action = menu.addAction(f"{work.say(command.title)}\t{command.shortcut}")
        action.setObjectName(name)
        action.setEnabled(command.needs <= work.desk.holds)
        action.triggered.connect(lambda _=False, one=name: work.desk.asked.emit(one))
    menu.popup(at)
