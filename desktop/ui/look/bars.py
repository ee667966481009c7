"""Draws a value as a bar on its scale, with a tick at the target, on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QPainter

from desktop.ui.look import tokens

if TYPE_CHECKING:
    from desktop.export.report import Bar

TICK: Final = 2.0
ROUND: Final = 3.0


def draw_bar(painter: QPainter, space: QRectF, bar: Bar, ink: str) -> None:
    """Draw a bar; a second tick stands for a target with two bounds.

    A broken tick marks where the straight line to the target stands.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    inset = space.height() * 0.25
    track = space.adjusted(0, inset, 0, -inset)
    painter.setBrush(QColor(tokens.LINE))
    painter.drawRoundedRect(track, ROUND, ROUND)
    if bar.value is not None:
        filled = QRectF(track)
        filled.setWidth(max(track.width() * bar.share(bar.value), 0.0))
        painter.setBrush(QColor(ink))
        painter.drawRoundedRect(filled, ROUND, ROUND)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if bar.path is not None:
        _draw_broken(painter, space, bar.share(bar.path))
    for bound in (bar.target, bar.upper):
        if bound is not None:
            _draw_tick(painter, space, bar.share(bound))
    painter.restore()


def _draw_tick(painter: QPainter, space: QRectF, share: float) -> None:
    """Draw a target's tick; a white edge sets it off from the bar."""
    middle = space.left() + min(max(share * space.width(), TICK), space.width() - TICK)
    edge = QRectF(middle - TICK * 1.5, space.top(), TICK * 3, space.height())
    tick = QRectF(middle - TICK / 2, space.top(), TICK, space.height())
    painter.fillRect(edge, QColor(tokens.PAPER))
    painter.fillRect(tick, QColor(tokens.INK))


def _draw_broken(painter: QPainter, space: QRectF, share: float) -> None:
    """Draw the mark of the line's place: a tick that leaves the bar itself free."""
    middle = space.left() + min(max(share * space.width(), TICK), space.width() - TICK)
    inset = space.height() * 0.25
    tick = QRectF(middle - TICK / 2, space.top(), TICK, space.height())
    painter.fillRect(tick, QColor(tokens.INK))
    painter.fillRect(tick.adjusted(0, inset, 0, -inset), QColor(tokens.PAPER))
