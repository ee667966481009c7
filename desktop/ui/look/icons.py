"""Icons: small SVG drawings of our own, tinted when they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtGui import QIconEngine
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPixmap
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.ui.look.appearance import Appearance
    from desktop.ui.look.colours import Colours
    from desktop.ui.look.colours import Tone

    Ink = Callable[[Colours], str]
    """Which of the colours, whatever the theme."""

_DRAWN_AT = 2
"""Pixels a point: sharp at 100 % and at 200 %."""


def of_ink(colours: Colours) -> str:
    """Give the colour of text."""
    return colours.ink


def of_accent(colours: Colours) -> str:
    """Give the colour of what can be pressed."""
    return colours.accent


def of_on_accent(colours: Colours) -> str:
    """Give the colour of letters on what is most likely to be pressed."""
    return colours.on_accent


def of_tone(tone: Tone) -> Ink:
    """Give the ink of what has the tone's meaning."""
    return lambda colours: next(
        each.ink for each in colours.tones if each.icon == tone.icon
    )


class Icons:
    """The icons of one folder; each is drawn once in a colour and size."""

    def __init__(self, folder: Path, look: Appearance) -> None:
        """Take the folder of `<name>.svg` files drawn in `currentColor`."""
        self._folder = folder
        self.look = look
        self.cloned: list[QIconEngine] = []
        self._pixmaps: dict[tuple[str, str, int], QPixmap] = {}

    def pixmap(self, name: str, colour: str = "", size: int = 18) -> QPixmap:
        """Draw an icon in a colour; an unknown name draws nothing."""
        drawn = QPixmap(self.drawn(name, colour, size * _DRAWN_AT))
        drawn.setDevicePixelRatio(_DRAWN_AT)
        return drawn

    def drawn(self, name: str, colour: str, pixels: int) -> QPixmap:
        """Draw an icon on so many pixels, by default in the colour of text."""
        key = (name, colour or self.look.colours.ink, pixels)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(*key)
        return self._pixmaps[key]

    def icon(self, name: str, ink: Ink = of_ink) -> QIcon:
        """Make an icon for a button or a menu; it follows the theme."""
        return QIcon(_Engine(self, name, ink))

    def toned(self, tone: Tone) -> QIcon:
        """Make the icon of a tone, in its ink whatever the theme."""
        return self.icon(tone.icon, of_tone(tone))

    def _draw(self, name: str, colour: str, pixels: int) -> QPixmap:
        pixmap = QPixmap(pixels, pixels)
        pixmap.fill(Qt.GlobalColor.transparent)
        path = self._folder / f"{name}.svg"
        if path.is_file():
            text = path.read_text(encoding="utf-8").replace("currentColor", colour)
            painter = QPainter(pixmap)
            renderer = QSvgRenderer(text.encode())
            renderer.render(painter, QRectF(pixmap.rect()))
            painter.end()
        return pixmap


class _Engine(QIconEngine):
    """Draws an icon in the colours of the moment it is looked at."""

    def __init__(self, icons: Icons, name: str, ink: Ink) -> None:
        super().__init__()
        self._icons, self._name, self._ink = icons, name, ink

    def paint(
        self,
        painter: QPainter,
        rect: QRect,
        mode: QIcon.Mode,
        state: QIcon.State,  # noqa: ARG002 - Qt hands it over
    ) -> None:
        """Draw the icon in a rectangle."""
        size = min(rect.width(), rect.height())
        painter.drawPixmap(
            rect, self._icons.pixmap(self._name, self._colour(mode), size)
        )

    def pixmap(
        self,
        size: QSize,
        mode: QIcon.Mode,
        state: QIcon.State,  # noqa: ARG002 - Qt hands it over
    ) -> QPixmap:
        """Draw the icon on so many pixels."""
        pixels = min(size.width(), size.height())
        return self._icons.drawn(self._name, self._colour(mode), pixels)

    def clone(self) -> QIconEngine:
        """Make another of the same, for an icon that is about to be changed."""
        made = _Engine(self._icons, self._name, self._ink)
        # Qt takes it over without telling Python, which would free it here.
        self._icons.cloned.append(made)
        return made

    def _colour(self, mode: QIcon.Mode) -> str:
        colours = self._icons.look.colours
        if mode == QIcon.Mode.Disabled:
            return colours.disabled
        return self._ink(colours)
