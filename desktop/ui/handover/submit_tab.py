"""Filled by lane I."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop.ui.workplace import Workplace


class SubmitTab(QWidget):
    """Filled by lane I."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Filled by lane I."""
        super().__init__(parent)
        self.work = work
