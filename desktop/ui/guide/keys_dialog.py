"""The sheet of shortcuts, made from the list of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.app.commands import COMMANDS
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.core.words import Words


class KeysDialog(QDialog):
    """Lists every command with its keys."""

    def __init__(self, say: Words, parent: QWidget) -> None:
        """List the commands."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("keys")
        self.setWindowTitle(say("Keyboard shortcuts"))
        table = QTreeWidget()
        table.setObjectName("keys.table")
        table.setAccessibleName(self.windowTitle())
        table.setRootIsDecorated(False)
        table.setHeaderLabels([say("Keys"), say("What it does")])
        for keys, text in (
            ("Enter", say("Next cell below; in a card the next item")),
            ("Tab", say("Next cell to the right")),
            ("F2", say("Edit the cell")),
            ("/", say("Not applicable")),
            ("?", say("Unknown")),
            ("Alt+↓", say("Open the list of choices")),
        ):
            table.addTopLevelItem(QTreeWidgetItem([keys, text]))
        for command in COMMANDS:
            if command.shortcut:
                shown = QKeySequence(command.shortcut).toString()
                table.addTopLevelItem(QTreeWidgetItem([shown, say(command.title)]))
        table.resizeColumnToContents(0)
        column = parts.column(self, margin=16, spacing=10)
        column.addWidget(table, 1)
        close = parts.button(say("Close"), self.accept, name="keys.close", primary=True)
        column.addLayout(parts.row(None, close))
        self.resize(480, 520)
