"""Indicators as cards under the headings of their fields of work."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import cast

from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont
from PySide6.QtGui import QFontMetrics
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.export.building.figure_words import quantity
from desktop.export.wording import DIRECTIONS
from desktop.ui.indicators.model import LINE
from desktop.ui.indicators.model import standing_text
from desktop.ui.indicators.model import value_text
from desktop.ui.look import labels
from desktop.ui.look import parts
from desktop.ui.look.style_option import has_focus
from desktop.ui.look.style_option import is_chosen
from desktop.ui.look.style_option import rect_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.indicators.figures import Gap
    from desktop.ui.indicators.bar_pictures import BarPictures
    from desktop.ui.indicators.model import Shown
    from desktop.ui.look.colours import Colours
    from desktop.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
HEADING: Final = 30
CARD: Final = 92
MARGIN: Final = 12
BAR_WIDTH: Final = 0.54
"""Share of the card the bar takes."""
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CardDelegate(QStyledItemDelegate):
    """Paints a card; the first of a field of work has the field's name above it."""

    def __init__(
        self,
        work: Workplace,
        bars: BarPictures,
        leads: Callable[[int], bool],
        parent: QObject,
    ) -> None:
        """Take the colours, the bars, and which rows have a heading."""
        super().__init__(parent)
        self._work, self._bars, self._leads = work, bars, leads

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give a card its height, and room for a heading."""
        px = self._work.look.px
        return QSize(0, px(CARD) + (px(HEADING) if self._leads(index.row()) else 0))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint heading and card."""
        look = self._work.look
        shown = cast("Shown", index.data(LINE))
        rect = rect_of(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._leads(index.row()):
            head = QRect(rect.topLeft(), QSize(rect.width(), look.px(HEADING)))
            painter.setFont(self._font(0, bold=True))
            painter.setPen(QColor(look.colours.accent))
            words = labels.domain(self._work.say, shown.domain)
            painter.drawText(head.adjusted(4, 0, 0, 0), LEFT, words)
            rect = rect.adjusted(0, look.px(HEADING), 0, 0)
        card = rect.adjusted(2, 3, -4, -3)
        self._frame(painter, card, index, look.colours)
        self._fill(painter, card, shown)
        painter.restore()

    def _frame(
        self, painter: QPainter, card: QRect, index: Index, colours: Colours
    ) -> None:
        chosen = is_chosen(self.parent(), index)
        focused = chosen and has_focus(self.parent())
        edge = colours.accent if chosen else colours.line
        painter.setPen(QPen(QColor(edge), 2 if focused else 1))
        painter.setBrush(QColor(colours.selection if chosen else colours.paper))
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _fill(self, painter: QPainter, card: QRect, shown: Shown) -> None:
        look, say = self._work.look, self._work.say
        colours = look.colours
        tone = colours.of_status(shown.status)
        margin, line = look.px(MARGIN), look.px(20)
        space = card.adjusted(margin, look.px(8), -margin, 0)
        top = QRect(space.left(), space.top(), space.width(), line)
        self._write(painter, top, shown.line.title, QColor(colours.ink), bold=True)
        middle = top.translated(0, line + look.px(4))
        standing = standing_text(say, shown)
        painter.setFont(self._font(0, bold=True))
        wide = QFontMetrics(painter.font()).horizontalAdvance(standing)
        painter.setPen(QColor(tone.ink))
        painter.drawText(middle, parts.RIGHT, standing)
        icon = look.px(16)
        place = QRect(middle.right() - wide - icon - 6, 0, icon, icon)
        place.moveTop(middle.center().y() - icon // 2)
        self._work.icons.toned(tone).paint(painter, place)
        painter.setFont(self._font(5, bold=True))
        painter.setPen(QColor(colours.ink))
        painter.drawText(middle.adjusted(0, -2, 0, 4), LEFT, value_text(shown.line))
        bottom = middle.translated(0, line + look.px(6))
        if shown.line.bar is not None:
            wide = round(bottom.width() * BAR_WIDTH)
            bar = QRectF(bottom.left(), bottom.center().y() - 7, wide, 15)
            self._bars.paint(painter, bar, shown.line.bar, shown.status)
            bottom = bottom.adjusted(wide + margin, 0, 0, 0)
            self._write(
                painter, bottom, aside(shown), QColor(colours.muted), parts.RIGHT
            )
        else:
            self._write(painter, bottom, aside(shown), QColor(colours.muted))

    def _write(
        self,
        painter: QPainter,
        space: QRect,
        words: str,
        ink: QColor,
        where: Qt.AlignmentFlag = LEFT,
        *,
        bold: bool = False,
    ) -> None:
        painter.setFont(self._font(0, bold=bold))
        painter.setPen(ink)
        metrics = QFontMetrics(painter.font())
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, space.width())
        painter.drawText(space, where, cut)

    def _font(self, more: float, *, bold: bool) -> QFont:
        font = QFont()
        font.setPointSizeF(self._work.look.points(more))
        font.setBold(bold)
        return font


def aside(shown: Shown) -> str:
    """Say in few words what is left to do, else what is wanted."""
    figure, line = shown.figure, shown.line
    if figure is None or (figure.gap is None and figure.target is None):
        return line.left or line.target or line.baseline
    if figure.gap is not None:
        return short_gap(figure.gap)
    return line.target.partition("（")[0]


def short_gap(gap: Gap) -> str:
    """Say how much is missing: 还差 37 张. The detail says under which condition."""
    return f"{DIRECTIONS[gap.direction]} {quantity(gap.amount, gap.measure)}"
