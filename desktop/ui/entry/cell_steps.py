"""What the grid, its delegate and its boxes say to each other."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex
STEP: Final = "step"
"""Property of a closing editor: where to go next, as `(rows, columns)`."""
