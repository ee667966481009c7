"""Placeholder."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


class ImportDialog(QDialog):
    """Import."""

    def __init__(self, work: object, form: object, parent: object) -> None:
        """Show."""
        super().__init__()
