"""What the steps of the assistant for a new ledger have in common."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

DATA: Final = Qt.ItemDataRole.UserRole


class Step(QWidget):
    """One step: tells when it is answered, and when the person wants to go on.

    Enter is the dialog's: it reaches its default button from every box and list.
    """

    changed = Signal()
    done = Signal()

    @property
    def ready(self) -> bool:
        """Whether the step is answered."""
        return False

    def begin(self) -> None:
        """Put the focus where the person begins."""
