"""The sheet of shortcuts, made from the list of commands and the keys of the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.app.commands import COMMANDS
from desktop.app.commands import Menu
from desktop.core.pinyin import initials
from desktop.ui.guide.search_box import SearchBox
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.core.words import Words


class KeysDialog(QDialog):
    """Lists keys and what they do, menu by menu; a line on top finds one."""

    def __init__(self, say: Words, parent: QWidget) -> None:
        """List the commands."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("keys")
        self.setWindowTitle(say("Keyboard shortcuts"))
        self._say = say
        self.search, self.table = SearchBox(), QTreeWidget()
        self._lay_out()
        self._fill()
        self.search.textChanged.connect(self._find)
        self.search.stepped.connect(self._scroll)
        self.search.taken.connect(self.accept)

    def _lay_out(self) -> None:
        say, table = self._say, self.table
        self.search.setObjectName("keys.search")
        self.search.setPlaceholderText(say("Find a key or what it does"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        table.setObjectName("keys.table")
        table.setAccessibleName(self.windowTitle())
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setHeaderLabels([say("Keys"), say("What it does")])
        column = parts.column(self, margin=16, spacing=10)
        column.addWidget(self.search)
        column.addWidget(table, 1)
        close = parts.button(say("Close"), self.accept, name="keys.close", primary=True)
        column.addLayout(parts.row(None, close))
        self.resize(540, 540)

    def _fill(self) -> None:
        say = self._say
        self._add(say("The grid"), _of_grid(say))
        for menu in Menu:
            lines = [
                (QKeySequence(one.shortcut).toString(), say(one.title))
                for one in COMMANDS
                if one.menu is menu and one.shortcut
            ]
            if lines:
                self._add(say(menu.value), lines)
        self.table.expandAll()
        self.table.resizeColumnToContents(0)

    def _add(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        head = QTreeWidgetItem([title])
        font = self.table.font()
        font.setBold(True)
        head.setFont(0, font)
        head.addChildren([QTreeWidgetItem(list(line)) for line in lines])
        self.table.addTopLevelItem(head)
        head.setFirstColumnSpanned(True)

    def _find(self, text: str) -> None:
        """Show what has the text in its keys or words, or by its first letters."""
        word = text.strip().lower()
        for number in range(self.table.topLevelItemCount()):
            head = self.table.topLevelItem(number)
            found = False
            for place in range(head.childCount()):
                item = head.child(place)
                keys, what = item.text(0).lower(), item.text(1).lower()
                here = word in keys or word in what or word in initials(what)
                item.setHidden(not here)
                found = found or here
            head.setHidden(not found)

    def _scroll(self, rows: int) -> None:
        bar = self.table.verticalScrollBar()
        bar.setValue(bar.value() + rows)


def _of_grid(say: Words) -> list[tuple[str, str]]:
    """Give the keys that are no commands."""
    below = say(
        "Next cell below, on the last row a new record; in a card the next item"
    )
    right = say("Next cell to the right; Enter then goes back to where one began")
    return [
        ("Enter", below),
        ("Tab", right),
        ("F2", say("Edit what the cell holds")),
        ("Ins", say("Write the name of a new record")),
        ("Home / End", say("To the first or last cell of the row")),
        ("Ctrl+Home / Ctrl+End", say("To the first or last cell of the form")),
        ("Ctrl+← ↑ → ↓", say("To where the figures end")),
        ("Shift+← ↑ → ↓", say("Choose from here to there")),
        ("/", say("Not applicable")),
        ("? / *", say("Unknown")),
        ("Alt+↓", say("Open the list of choices")),
        ("Ctrl+Enter", say("Save what was written in a box of several lines")),
    ]
