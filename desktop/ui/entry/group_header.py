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
from desktop.ui.look.icons import of_accent
from desktop.ui.look.style_option import fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QItemSelection
    from PySide6.QtWidgets import QWidget

    from desktop.forms.fields import Field
    from desktop.ui.entry.roster_model import RosterModel
    from desktop.ui.look.appearance import Appearance

GROUP_BAND: Final = 24
FIELD_BAND: Final = 42
PAD: Final = 6
SIGN: Final = 13
"""Side of the icons that say how a column is sorted, or that it is filtered by."""


class GroupHeader(QHeaderView):
    """Shows each column's field and measure, under the group it belongs to."""

    def __init__(
        self, roster: RosterModel, look: Appearance, parent: QWidget | None
    ) -> None:
        """Take the model whose fields are the columns."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._roster = roster
        self._groups = group_titles(roster.form)
        self.staying = 1
        """How many columns stay at the left: no group reaches over their edge."""
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self._look = look
        look.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._band = self._look.px(GROUP_BAND)
        self.setFixedHeight(self._band + self._look.px(FIELD_BAND))

    def sizeHint(self) -> QSize:
        """Ask for both bands; Qt would look at each title to find the height."""
        return QSize(self.length(), self._band + self._look.px(FIELD_BAND))

    def selectionChanged(
        self, selected: QItemSelection, deselected: QItemSelection
    ) -> None:
        """Stay as it is: Qt would paint a head anew whose looks tell of no choice."""

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one column's share of both bands."""
        painter.save()
        painter.setClipRect(rect)
        colours = self._look.colours
        fill(painter, rect, colours.sunken)
        self._paint_group(painter, rect, section)
        self._paint_field(painter, rect, self._roster.fields[section])
        self._paint_signs(painter, rect, self._roster.fields[section])
        painter.setPen(QColor(colours.strong_line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint the group's title over the whole group; the clip leaves this column."""
        colours = self._look.colours
        first, last = self._span(section)
        left = max(self.sectionViewportPosition(first), 0)
        end = self.sectionViewportPosition(last) + self.sectionSize(last)
        band = QRect(left, rect.top(), end - left, self._band)
        font = QFont(painter.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(colours.accent))
        space = band.adjusted(PAD, 0, -PAD, 0)
        painter.drawText(
            space,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            self._group(section),
        )
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.left(), band.bottom(), rect.right(), band.bottom())
        if section == last:
            painter.setPen(QColor(colours.strong_line))
            painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom())

    def _paint_field(self, painter: QPainter, rect: QRect, field: Field) -> None:
        font = QFont(painter.font())
        font.setBold(False)
        font.setPointSizeF(self._look.points(-0.5))
        painter.setFont(font)
        colours = self._look.colours
        painter.setPen(QColor(colours.muted if is_locked(field) else colours.ink))
        measure = f"（{field.measure}）" if field.measure else ""
        space = rect.adjusted(PAD, self._band + 2, -PAD, -2)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(space, wrap, f"{field.title}{measure}")
        painter.setPen(QColor(colours.line))
        painter.drawLine(
            rect.right(), rect.top() + self._band, rect.right(), rect.bottom()
        )

    def _paint_signs(self, painter: QPainter, rect: QRect, field: Field) -> None:
        """Paint how the column is sorted and filtered by over the group's title."""
        side = self._look.px(SIGN)
        right = rect.right() - 3
        for sign in self._signs(field):
            place = QRect(right - side, rect.top() + 5, side, side)
            fill(painter, place.adjusted(-2, -2, 2, 2), self._look.colours.sunken)
            self._roster.work.icons.icon(sign, of_accent).paint(painter, place)
            right -= side + 3

    def _signs(self, field: Field) -> Iterator[str]:
        """Name the icons of a column that is sorted or filtered by."""
        listing = self._roster.listing
        if listing.order is not None and listing.order.field == field.id:
            yield "sort_down" if listing.order.descending else "sort_up"
        if field.id in listing.by_field:
            yield "filter"

    def _group(self, section: int) -> str:
        return self._groups[self._roster.fields[section].id]

    def _span(self, section: int) -> tuple[int, int]:
        """Give the first and last column of a column's group that one sees."""
        group = self._group(section)
        if section == 0:
            return 0, 0
        lowest, end = 1, len(self._roster.fields)
        if section < self.staying:
            end = self.staying
        else:
            lowest = self.staying
        first = last = section
        while first > lowest and self._group(first - 1) == group:
            first -= 1
        while last + 1 < end and self._group(last + 1) == group:
            last += 1
        while self.isSectionHidden(last):
            last -= 1
        return first, last
