"""Filled by lane H."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop.ui.workplace import Workplace


class ReceiveTab(QWidget):
    """Filled by lane H."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Filled by lane H."""
        super().__init__(parent)
        self.work = work
