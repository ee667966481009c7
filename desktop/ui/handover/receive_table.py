"""A table of lines, dressed as all tables of the hand-over are."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QTableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.handover.receive_models import LinesModel
    from desktop.ui.look.appearance import Appearance

LETTER: Final = 8
"""Room a letter takes, before it grows with the letters of the window."""


def table_of(model: LinesModel, name: str, title: str) -> QTableView:
    """Make a table that shows whole lines and whose last column takes what is left."""
    table = QTableView()
    table.setObjectName(name)
    table.setAccessibleName(title)
    table.setModel(model)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.verticalHeader().hide()
    table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    head = table.horizontalHeader()
    head.setStretchLastSection(True)
    head.setHighlightSections(False)
    head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    return table


def set_widths(table: QTableView, look: Appearance, letters: Sequence[int]) -> None:
    """Give columns the room of so many letters."""
    for column, count in enumerate(letters):
        table.setColumnWidth(column, look.px(count * LETTER))
