"""Paints the part of a grid that needs it, and keeps pictures of the rows.

`QTableView` asks the model for flags and data and the delegate for each cell by itself,
which from Python takes several frames for a page. Here a row is painted at once, and
its picture shown again as long as everything that it was made of is still the same, as
after scrolling. Where a logical pixel is no whole number of real ones, pictures would
not lie on the grid of the screen: cells are painted each time.
"""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple

from PySide6.QtCore import QLine
from PySide6.QtCore import QRect
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPixmap

from desktop.ui.entry.cell_painting import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QRegion

    from desktop.core.findings import RecordId
    from desktop.ui.entry.cell_view import CellView

FEW: Final = 2
"""Columns in sight that are painted faster than pictures of their rows are made."""
PART: Final = 4
"""Cells, out of more in sight, that are painted faster than a picture is made."""
KEPT: Final = 96
"""Pictures of rows that are kept: two pages of a small screen."""


class Band(NamedTuple):
    """A column or a row in sight: which, where, and how wide or high with its line."""

    place: int
    start: int
    length: int


class Marks(NamedTuple):
    """The columns of a row that are chosen, and those with what is looked for."""

    chosen: tuple[int, ...]
    hits: tuple[int, ...]


class Strip(NamedTuple):
    """A row's picture, and all it was made of; the parts that are never changed."""

    made_of: tuple[object, ...]
    layout: tuple[object, ...]
    picture: QPixmap


class Sheet:
    """Paints one view."""

    def __init__(self, view: CellView) -> None:
        """Take the view; it has no pictures yet."""
        self._view = view
        self._strips: dict[RecordId, Strip] = {}

    def paint(self, region: QRegion) -> None:
        """Paint the rows and columns that a region of the viewport touches."""
        painter, part = QPainter(self._view.viewport()), region.boundingRect()
        try:
            painter.setClipRegion(region)
            columns = list(self._columns())
            rows = list(self._rows(region, part)) if columns else []
            if self._is_between or not rows or _leaves(part, rows[-1], columns[-1]):
                self._paint_paper(painter, part)
            if rows:
                self._paint_rows(painter, region, rows, columns)
                self._paint_ring(painter, region)
        finally:
            painter.end()

    def draw_ahead(self) -> None:
        """Draw the rows next to those in sight, while nobody waits for them."""
        view, columns = self._view, list(self._columns())
        area, count = view.viewport().rect(), view.roster.rowCount()
        first, last = view.rowAt(area.top()), view.rowAt(area.bottom())
        if len(columns) <= FEW or first < 0 or self._is_between:
            return
        next_ones = (first - 1, count if last < 0 else last + 1)
        rows = [Band(n, 0, view.rowHeight(n)) for n in next_ones if 0 <= n < count]
        for row, marks in self._marked(rows, columns):
            below, _ = _apart(marks)
            self._picture(row, columns, self._layout(columns), below, whole=True)

    @property
    def _is_between(self) -> bool:
        """Whether a logical pixel is no whole number of real ones."""
        return bool(self._view.devicePixelRatioF() % 1)

    def _paint_paper(self, painter: QPainter, part: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._view.look.colours.paper))
        painter.drawRect(part)

    def _columns(self) -> Iterator[Band]:
        """Give the columns in sight; one step behind the last ends it."""
        view = self._view
        left, right = view.covered, view.viewport().width() - 1
        for column in range(max(view.columnAt(left), 0), view.roster.columnCount()):
            x, width = view.columnViewportPosition(column), view.columnWidth(column)
            if x > right:
                break
            if width and x + width > left:
                yield Band(column, x, width)

    def _rows(self, region: QRegion, part: QRect) -> Iterator[Band]:
        view = self._view
        first, end = view.rowAt(part.top()), view.rowAt(part.bottom())
        if first >= 0:
            for row in range(first, view.roster.rowCount() if end < 0 else end + 1):
                y, height = view.rowViewportPosition(row), view.rowHeight(row)
                if region.intersects(QRect(part.left(), y, part.width(), height)):
                    yield Band(row, y, height)

    def _paint_ring(self, painter: QPainter, region: QRegion) -> None:
        view = self._view
        ring = view.visualRect(view.currentIndex())
        if ring.left() >= view.covered and region.intersects(ring):
            now = view.currentIndex()
            hit = now.column() in view.hits_in(now.row())
            view.delegate.painter.paint_ring(
                painter, ring, focused=view.hasFocus(), hit=hit
            )

    # --- Rows --------------------------------------------------------------

    def _paint_rows(
        self,
        painter: QPainter,
        region: QRegion,
        rows: list[Band],
        columns: list[Band],
    ) -> None:
        between, layout = self._is_between, self._layout(columns)
        for row, marks in self._marked(rows, columns):
            touched = _touched(region, row, columns)
            if not touched:
                continue
            below, over = _apart(marks)
            few = FEW if len(touched) == len(columns) else PART
            whole, picture = len(touched) > few, None
            if not between:
                picture = self._picture(row, columns, layout, below, whole=whole)
            if picture is None:
                self._paint_row(painter, row, touched, marks)
                continue
            painter.drawPixmap(columns[0].start, row.start, picture)
            if over:
                alone = [band for band in columns if band.place in over]
                self._paint_row(painter, row, alone, marks)

    def _layout(self, columns: list[Band]) -> tuple[object, ...]:
        """Give what all rows have in common that their pictures depend on."""
        view = self._view
        return tuple(columns), view.look.colours, view.font(), view.look.times

    def _marked(
        self, rows: list[Band], columns: list[Band]
    ) -> Iterator[tuple[Band, Marks]]:
        chosen = self._chosen(rows, columns)
        for row in rows:
            yield row, Marks(chosen.get(row.place, ()), self._view.hits_in(row.place))

    def _picture(
        self,
        row: Band,
        columns: list[Band],
        layout: tuple[object, ...],
        marks: Marks,
        *,
        whole: bool,
    ) -> QPixmap | None:
        """Give the picture of a row; None while the row has not been read.

        Where not the whole row is to be painted, no picture is made for a few cells.
        """
        view = self._view
        record, there, found = view.roster.made_of(row.place)
        if there is None:
            return None
        beside = view.delegate.beside
        more = () if beside is None else beside.made_of(row.place)
        made_of = (there, found, *more)
        full = (*layout, row.length, marks)
        kept = self._strips.get(record)
        if kept is not None and kept.layout == full and _same(kept.made_of, made_of):
            return kept.picture
        if not whole:
            return None
        if len(self._strips) >= KEPT:
            self._strips.clear()
        picture = self._draw(row, columns, marks)
        self._strips[record] = Strip(made_of, full, picture)
        return picture

    def _draw(self, row: Band, columns: list[Band], marks: Marks) -> QPixmap:
        left, view = columns[0].start, self._view
        width = columns[-1].start + columns[-1].length - left
        times = round(view.devicePixelRatio())
        picture: QPixmap = QPixmap(width * times, row.length * times)
        picture.setDevicePixelRatio(times)
        painter = QPainter(picture)
        painter.setFont(view.font())
        moved = [Band(n, x - left, length) for n, x, length in columns]
        self._paint_row(painter, row._replace(start=0), moved, marks)
        painter.end()
        return picture

    def _paint_row(
        self,
        painter: QPainter,
        row: Band,
        columns: list[Band],
        marks: Marks,
    ) -> None:
        view = self._view
        roster, delegate = view.roster, view.delegate
        which = [band.place for band in columns]
        beside = delegate.beside
        more = () if beside is None else beside.columns(row.place, which)
        spots = []
        for band, look in zip(columns, roster.looks(row.place, which), strict=True):
            rect = QRect(band.start, row.start, band.length - 1, row.length - 1)
            index = roster.index(row.place, band.place) if band.place in more else None
            chosen, hit = band.place in marks.chosen, band.place in marks.hits
            spots.append(Spot(rect, look, chosen, index, hit))
        delegate.painter.paint(painter, spots, beside)
        self._paint_lines(painter, row, columns)

    def _paint_lines(self, painter: QPainter, row: Band, columns: list[Band]) -> None:
        top, bottom = row.start, row.start + row.length - 1
        ends = [band.start + band.length - 1 for band in columns]
        painter.setPen(QColor(self._view.look.colours.line))
        below = QLine(columns[0].start, bottom, ends[-1], bottom)
        painter.drawLines([below, *(QLine(x, top, x, bottom) for x in ends)])

    def _chosen(
        self, rows: list[Band], columns: list[Band]
    ) -> dict[int, tuple[int, ...]]:
        """Give the chosen cells in sight, by row; all there are may be too many."""
        found: dict[int, tuple[int, ...]] = {}
        for part in self._view.selectionModel().selection().toList():
            across = tuple(n for n, _, _ in columns if part.left() <= n <= part.right())
            for row, _, _ in rows if across else ():
                if part.top() <= row <= part.bottom():
                    found[row] = (*found.get(row, ()), *across)
        return found


def _apart(marks: Marks) -> tuple[Marks, tuple[int, ...]]:
    """Give the marks that a picture of the row has, and what is painted over it.

    The one cell that is chosen goes from row to row with every key: the picture stays.
    """
    if len(marks.chosen) == 1:
        return marks._replace(chosen=()), marks.chosen
    return marks, ()


def _leaves(part: QRect, row: Band, column: Band) -> bool:
    """Tell whether a part reaches beyond the last row or column, if only by a line."""
    below = part.bottom() >= row.start + row.length
    return below or part.right() >= column.start + column.length


def _touched(region: QRegion, row: Band, columns: list[Band]) -> list[Band]:
    """Give the columns that a region touches in a row."""
    left, right = columns[0].start, columns[-1].start + columns[-1].length
    part = region.intersected(QRect(left, row.start, right - left, row.length))
    reach = part.boundingRect()
    return [
        band
        for band in columns
        if band.start <= reach.right() and band.start + band.length > reach.left()
    ]


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(one) == len(other) and all(map(is_, one, other))
