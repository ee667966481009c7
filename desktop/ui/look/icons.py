"""Icons: small SVG drawings of our own, tinted when they are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.ui.look import tokens

if TYPE_CHECKING:
    from pathlib import Path

_DRAWN_AT = 2
"""Pixels a point: sharp at 100 % and at 200 %."""


class Icons:
    """The icons of one folder; each is drawn once."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of `<name>.svg` files drawn in `currentColor`."""
        self._folder = folder
        self._pixmaps: dict[tuple[str, str, int], QPixmap] = {}

    def pixmap(self, name: str, colour: str = tokens.INK, size: int = 18) -> QPixmap:
        """Draw an icon in a colour; an unknown name draws nothing."""
        key = (name, colour, size)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(name, colour, size)
        return self._pixmaps[key]

    def icon(self, name: str, colour: str = tokens.INK, size: int = 18) -> QIcon:
        """Draw an icon for a button or a menu."""
        icon = QIcon(self.pixmap(name, colour, size))
        icon.addPixmap(self.pixmap(name, tokens.STRONG_LINE, size), QIcon.Mode.Disabled)
        return icon

    def _draw(self, name: str, colour: str, size: int) -> QPixmap:
        pixmap = QPixmap(size * _DRAWN_AT, size * _DRAWN_AT)
        pixmap.fill(Qt.GlobalColor.transparent)
        path = self._folder / f"{name}.svg"
        if path.is_file():
            text = path.read_text(encoding="utf-8").replace("currentColor", colour)
            painter = QPainter(pixmap)
            renderer = QSvgRenderer(text.encode())
            renderer.render(painter, QRectF(pixmap.rect()))
            painter.end()
        pixmap.setDevicePixelRatio(_DRAWN_AT)
        return pixmap
