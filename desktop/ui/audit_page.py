"""Placeholder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop.ui.workplace import Workplace


class AuditPage(QWidget):
    """Page."""

    def __init__(self, work: Workplace) -> None:
        """Show."""
        super().__init__()
