"""Reads what Qt hands a delegate; the type stubs do not know these attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Protocol
from typing import cast

from PySide6.QtCore import QRect

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyle
    from PySide6.QtWidgets import QStyleOptionViewItem


class _Option(Protocol):
    """What a style option holds."""

    rect: QRect
    state: QStyle.StateFlag


def rect_of(option: QStyleOptionViewItem) -> QRect:
    """Give the rectangle to paint in."""
    return QRect(cast("_Option", option).rect)


def state_of(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    """Give the state of the item: chosen, focused."""
    return cast("_Option", option).state
