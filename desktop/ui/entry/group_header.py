"""A grid's head in two bands: the groups of the form above, the fields below."""

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

from desktop.ui.entry.columns import group_titles
from desktop.ui.entry.columns import is_locked
from desktop.ui.look import tokens
from desktop.ui.look.style_option import fill

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.forms.fields import Field
    from desktop.ui.entry.roster_model import RosterModel

GROUP_BAND: Final = 24
FIELD_BAND: Final = 42
PAD: Final = 6


class GroupHeader(QHeaderView):
    """Shows each column's field and measure, under the group it belongs to."""

    def __init__(self, roster: RosterModel, parent: QWidget | None) -> None:
        """Take the model whose fields are the columns."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._fields = roster.fields
        groups = group_titles(roster.form)
        self._groups = [groups[field.id] for field in roster.fields]
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setFixedHeight(GROUP_BAND + FIELD_BAND)

    def sizeHint(self) -> QSize:
        """Ask for both bands; Qt would look at each title to find the height."""
        return QSize(self.length(), GROUP_BAND + FIELD_BAND)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one column's share of both bands."""
        painter.save()
        painter.setClipRect(rect)
        fill(painter, rect, tokens.SUNKEN)
        self._paint_group(painter, rect, section)
        self._paint_field(painter, rect, self._fields[section])
        painter.setPen(QColor(tokens.STRONG_LINE))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint the group's title over the whole group; the clip leaves this column."""
        first, last = self._span(section)
        left = max(self.sectionViewportPosition(first), 0)
        end = self.sectionViewportPosition(last) + self.sectionSize(last)
        band = QRect(left, rect.top(), end - left, GROUP_BAND)
        font = QFont(painter.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(tokens.ACCENT))
        space = band.adjusted(PAD, 0, -PAD, 0)
        painter.drawText(
            space,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            self._groups[section],
        )
        painter.setPen(QColor(tokens.LINE))
        painter.drawLine(rect.left(), band.bottom(), rect.right(), band.bottom())
        if section == last:
            painter.setPen(QColor(tokens.STRONG_LINE))
            painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom())

    def _paint_field(self, painter: QPainter, rect: QRect, field: Field) -> None:
        font = QFont(painter.font())
        font.setBold(False)
        font.setPointSizeF(tokens.BASE_POINTS - 0.5)
        painter.setFont(font)
        painter.setPen(QColor(tokens.MUTED if is_locked(field) else tokens.INK))
        measure = f"（{field.measure}）" if field.measure else ""
        space = rect.adjusted(PAD, GROUP_BAND + 2, -PAD, -2)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(space, wrap, f"{field.title}{measure}")
        painter.setPen(QColor(tokens.LINE))
        painter.drawLine(
            rect.right(), rect.top() + GROUP_BAND, rect.right(), rect.bottom()
        )

    def _span(self, section: int) -> tuple[int, int]:
        """Give the first and last column of a column's group."""
        group, first, last = self._groups[section], section, section
        while first > 1 and self._groups[first - 1] == group:
            first -= 1
        while last + 1 < len(self._groups) and self._groups[last + 1] == group:
            last += 1
        return (0, 0) if section == 0 else (first, last)
