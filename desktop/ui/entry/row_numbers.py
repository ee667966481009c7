"""The numbers of the rows at the left of a grid, painted in one go.

`QHeaderView` asks the model seven questions about each number and goes through the
style sheet for it: with every row that comes into sight, longer than the cells take.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from desktop.ui.look.appearance import Appearance

NUMBERS_WIDTH: Final = 44


class RowNumbers(QHeaderView):
    """The numbers of the rows; their width is known."""

    def __init__(self, look: Appearance, parent: QWidget) -> None:
        """Stand at the left of a view."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self._look = look
        self.setSectionsClickable(True)
        self.setHighlightSections(True)

    def sizeHint(self) -> QSize:
        """Give the width; Qt would ask for the looks of hundreds of rows to find it."""
        return QSize(self._look.px(NUMBERS_WIDTH), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the numbers that a part of the header shows."""
        part, painter = event.rect(), QPainter(self.viewport())
        first = self.logicalIndexAt(part.top())
        last = self.logicalIndexAt(part.bottom())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.colours.sunken))
        painter.drawRect(part)
        if first >= 0:
            self._paint_numbers(painter, first, self.count() - 1 if last < 0 else last)
        painter.end()

    def _paint_numbers(self, painter: QPainter, first: int, last: int) -> None:
        """Paint the numbers of some rows; where something is chosen, they are bold."""
        colours, width = self._look.colours, self.viewport().width()
        chosen = self._chosen(first, last)
        plain, bold = self.font(), QFont(self.font())
        bold.setBold(True)
        line, strong = QColor(colours.line), QColor(colours.strong_line)
        ink = QColor(colours.muted)
        for row in range(first, last + 1):
            top, height = self.sectionViewportPosition(row), self.sectionSize(row)
            bottom = top + height - 1
            painter.setPen(strong)
            painter.drawLine(0, bottom, width - 1, bottom)
            painter.setPen(line)
            painter.drawLine(width - 1, top, width - 1, bottom)
            painter.setPen(ink)
            painter.setFont(bold if row in chosen else plain)
            within = QRect(0, top, width - 1, height - 1)
            painter.drawText(within, Qt.AlignmentFlag.AlignCenter, str(row + 1))

    def _chosen(self, first: int, last: int) -> set[int]:
        """Give the rows, out of some, in which something is chosen."""
        found: set[int] = set()
        for part in self.selectionModel().selection().toList():
            found.update(range(max(part.top(), first), min(part.bottom(), last) + 1))
        return found
