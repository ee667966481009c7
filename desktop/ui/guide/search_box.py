"""A line to search with, whose arrows and Enter go to the list below it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

STEPS: Final[Mapping[int, int]] = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}
TAKE: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchBox(QLineEdit):
    """Says where the person goes in the list while they type."""

    stepped = Signal(int)
    """So many rows down in the list, or up."""
    taken = Signal()
    """What is chosen in the list is wanted."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass on what is meant for the list."""
        step = STEPS.get(event.key())
        if step is not None:
            self.stepped.emit(step)
        elif event.key() in TAKE:
            self.taken.emit()
        else:
            super().keyPressEvent(event)
