"""Finds what a tool drives or photographs in a window."""

from __future__ import annotations

from typing import TypeVar
from typing import cast

from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def part(parent: QWidget, kind: type[W], name: str = "") -> W:
    """Find a part of a window."""
    children = cast("list[W]", parent.findChildren(kind))
    for child in children:
        if name in ("", child.objectName()):
            return child
    raise SystemExit(name or kind.__name__)
