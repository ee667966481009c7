"""Paints the part of a grid that needs it: its cells at once, then the lines between.

`QTableView` asks the model for flags and data and the delegate for each cell by itself,
which from Python takes several frames for a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLine
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtGui import QPainter

from desktop.ui.entry.cell_painting import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QRegion

    from desktop.ui.entry.grid_view import CellView


def paint_sheet(view: CellView, region: QRegion) -> None:
    """Paint the rows and columns that a region of the viewport touches."""
    painter = QPainter(view.viewport())
    try:
        painter.setClipRegion(region)
        _paint(painter, view, region)
    finally:
        painter.end()


def _paint(painter: QPainter, view: CellView, region: QRegion) -> None:
    columns = list(_columns(view, region.boundingRect()))
    rows = list(_rows(view, region))
    spots = list(_spots(view, rows, columns))
    if not spots:
        return
    delegate, now = view.delegate, view.currentIndex()
    delegate.painter.paint(painter, spots, delegate.beside)
    _paint_lines(painter, view, rows, columns)
    for spot in spots:
        if spot.index == now:
            ring = view.hasFocus()
            delegate.painter.paint_ring(painter, spot.rect, focused=ring)


def _columns(view: CellView, part: QRect) -> Iterator[tuple[int, int, int]]:
    """Give the columns in sight: which, where, and how wide with its line."""
    left, right = max(part.left(), view.covered), part.right()
    for column in range(view.roster.columnCount()):
        x, width = view.columnViewportPosition(column), view.columnWidth(column)
        if width and x <= right and x + width > left:
            yield column, x, width


def _rows(view: CellView, region: QRegion) -> Iterator[tuple[int, int, int]]:
    """Give the rows in sight: which, where, and how high with its line."""
    part = region.boundingRect()
    first, end = view.rowAt(part.top()), view.rowAt(part.bottom())
    if first >= 0:
        for row in range(first, view.roster.rowCount() if end < 0 else end + 1):
            y, height = view.rowViewportPosition(row), view.rowHeight(row)
            if region.intersects(QRect(part.left(), y, part.width(), height)):
                yield row, y, height


def _spots(
    view: CellView,
    rows: list[tuple[int, int, int]],
    columns: list[tuple[int, int, int]],
) -> Iterator[Spot]:
    roster, chosen = view.roster, _chosen(view, rows, columns)
    which = [column for column, _, _ in columns]
    for row, y, height in rows:
        looks = roster.looks(row, which)
        for (column, x, width), look in zip(columns, looks, strict=True):
            rect = QRect(x, y, width - 1, height - 1)
            index = roster.index(row, column)
            yield Spot(rect, index, look, (row, column) in chosen)


def _chosen(
    view: CellView,
    rows: list[tuple[int, int, int]],
    columns: list[tuple[int, int, int]],
) -> set[tuple[int, int]]:
    """Give the cells in sight that are chosen; all there are may be too many."""
    found: set[tuple[int, int]] = set()
    for part in view.selectionModel().selection().toList():
        across = [n for n, _, _ in columns if part.left() <= n <= part.right()]
        for row, _, _ in rows if across else ():
            if part.top() <= row <= part.bottom():
                found.update((row, column) for column in across)
    return found


def _paint_lines(
    painter: QPainter,
    view: CellView,
    rows: list[tuple[int, int, int]],
    columns: list[tuple[int, int, int]],
) -> None:
    left, top = columns[0][1], rows[0][1]
    right = columns[-1][1] + columns[-1][2] - 1
    bottom = rows[-1][1] + rows[-1][2] - 1
    painter.setPen(QColor(view.look.colours.line))
    painter.drawLines(
        [
            *(QLine(left, y + high - 1, right, y + high - 1) for _, y, high in rows),
            *(QLine(x + wide - 1, top, x + wide - 1, bottom) for _, x, wide in columns),
        ]
    )
