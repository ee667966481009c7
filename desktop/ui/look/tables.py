"""Tables that are looked at: whole lines, heads above what they name, numbers right."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QTableView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
"""How words stand in tables, and the heads above them."""


def dress(table: QTableView, name: str, title: str) -> None:
    """Have a table show lines that nobody edits; `title` is what it is called aloud."""
    table.setObjectName(name)
    table.setAccessibleName(title)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setProperty("padded", True)
    table.verticalHeader().hide()
    head = table.horizontalHeader()
    head.setHighlightSections(False)
    head.setDefaultAlignment(LEFT)


def on_copy(widget: QWidget, do: Callable[[], None]) -> None:
    """Have the key that copies do something while the keyboard is in a widget."""
    keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), widget)
    keys.setContext(Qt.ShortcutContext.WidgetShortcut)
    keys.activated.connect(do)
