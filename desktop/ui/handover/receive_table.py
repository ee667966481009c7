"""A table of lines, dressed as all tables of the hand-over are."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtWidgets import QTableView

from desktop.ui.look import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.handover.receive_models import LinesModel
    from desktop.ui.look.appearance import Appearance

LEAST_HEIGHT: Final = 100
LETTER: Final = 8
"""Room a letter takes, before it grows with the letters of the window."""


def table_of(
    model: LinesModel, look: Appearance, letters: Sequence[int], name: str, title: str
) -> QTableView:
    """Make a table of lines whose columns have the room of so many letters.

    With large letters it keeps room for a few lines; the page scrolls then.
    """
    table = QTableView()
    table.setMinimumHeight(look.px(LEAST_HEIGHT))
    tables.dress(table, name, title)
    show_lines(table, model, look, letters)
    return table


def show_lines(
    table: QTableView, model: LinesModel, look: Appearance, letters: Sequence[int]
) -> None:
    """Show lines in a table; the last column takes what is left."""
    table.setModel(model)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    table.horizontalHeader().setStretchLastSection(True)
    set_widths(table, look, letters)


def set_widths(table: QTableView, look: Appearance, letters: Sequence[int]) -> None:
    """Give columns the room of so many letters."""
    for column, count in enumerate(letters):
        table.setColumnWidth(column, look.px(count * LETTER))
