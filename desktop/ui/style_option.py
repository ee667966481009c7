"""Reads what Qt hands a delegate; the type stubs do not know these attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import cast

from PySide6.QtCore import QRect

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyle
    from PySide6.QtWidgets import QStyleOptionViewItem


def rect_of(option: QStyleOptionViewItem) -> QRect:
    """Give the rectangle to paint in."""
    return QRect(cast("QRect", option.rect))


def state_of(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    """Give the state of the item: chosen, focused."""
    return cast("QStyle.StateFlag", option.state)
