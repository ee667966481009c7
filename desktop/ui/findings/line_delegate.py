"""Paints the lines of the list in one call a cell.

Qt's own delegate asks the model eight times a cell. Each question has to wait for
Python while the ledger's thread is at work, and together they would be felt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtCore import QRect
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyledItemDelegate

from desktop.ui.look.style_option import fill
from desktop.ui.look.style_option import is_chosen
from desktop.ui.look.style_option import rect_of

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtCore import QPersistentModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from desktop.ui.findings.model import FindingsModel
    from desktop.ui.workplace import Workplace

PADDING: Final = 8
ICON: Final = 16
OPEN: Final = "▾"
CLOSED: Final = "▸"
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class LineDelegate(QStyledItemDelegate):
    """Paints heads and findings."""

    def __init__(
        self, model: FindingsModel, work: Workplace, parent: QObject | None = None
    ) -> None:
        """Paint what a model holds."""
        super().__init__(parent)
        self._model, self._work = model, work

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        colours, rect = self._work.look.colours, rect_of(option)
        row, column = index.row(), index.column()
        head = self._model.is_group(row)
        ground = colours.sunken if head else colours.paper
        chosen = is_chosen(self.parent(), index)
        fill(painter, rect, colours.selection if chosen else ground)
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        place = rect.adjusted(PADDING, 0, -PADDING, 0)
        font = QFont(painter.font())
        font.setBold(head)
        painter.setFont(font)
        if head:
            place = self._paint_icon(painter, place, row)
        painter.setPen(QColor(self._model.ink(row, column)))
        text, metrics = self._model.text(row, column), QFontMetrics(font)
        # No letter is wider than it is high: measuring takes as long as painting.
        if len(text) * metrics.height() > place.width():
            mode = Qt.TextElideMode.ElideRight
            text = metrics.elidedText(text, mode, place.width())
        painter.drawText(place, _MIDDLE, text)

    def _paint_icon(self, painter: QPainter, place: QRect, row: int) -> QRect:
        """Paint a group's level, and whether it is open; give the room that is left."""
        size = self._work.look.px(ICON)
        icon = QRect(place.left(), 0, size, size)
        icon.moveCenter(place.center())
        icon.moveLeft(place.left())
        self._model.icon(row).paint(painter, icon)
        sign = QRect(icon)
        sign.translate(size + PADDING, 0)
        painter.setPen(QColor(self._work.look.colours.ink))
        opened = self._model.is_open_at(row)
        painter.drawText(sign, _MIDDLE, OPEN if opened else CLOSED)
        return place.adjusted(2 * (size + PADDING), 0, 0, 0)
