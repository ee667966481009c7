"""Filled by lane F."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop.ui.workplace import Workplace


class SlipsTab(QWidget):
    """Filled by lane F."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Filled by lane F."""
        super().__init__(parent)
        self.work = work
