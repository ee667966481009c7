"""What a delegate asks before it paints, in ways that cost Qt little.

The first question about a style's state, and the first `fillRect`, make Qt write out
hundreds of names for Python, a twentieth of a second before the first window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Protocol
from typing import cast

from PySide6.QtCore import QRect
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtCore import QObject
    from PySide6.QtCore import QPersistentModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem


class _Option(Protocol):
    """What a style option holds; the type stubs do not know it."""

    rect: QRect


def rect_of(option: QStyleOptionViewItem) -> QRect:
    """Give the rectangle to paint in."""
    return QRect(cast("_Option", option).rect)


def is_chosen(
    owner: QObject | None, index: QModelIndex | QPersistentModelIndex
) -> bool:
    """Tell whether the view that a delegate belongs to has chosen an item."""
    if not isinstance(owner, QAbstractItemView):
        return False
    return owner.selectionModel().isSelected(cast("QModelIndex", index))


def is_current(
    owner: QObject | None, index: QModelIndex | QPersistentModelIndex
) -> bool:
    """Tell whether an item is the current one, whoever has the focus."""
    if not isinstance(owner, QAbstractItemView):
        return False
    now = owner.currentIndex()
    return (now.row(), now.column()) == (index.row(), index.column())


def has_focus(owner: QObject | None) -> bool:
    """Tell whether the view that a delegate belongs to has the focus."""
    return isinstance(owner, QAbstractItemView) and owner.hasFocus()


def fill(painter: QPainter, rect: QRect, colour: QColor | str) -> None:
    """Fill a rectangle with a colour; the pen is none from then on."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRect(rect)
