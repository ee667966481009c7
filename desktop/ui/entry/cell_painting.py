"""Paints cells with their state, many at once; texts laid out once are kept.

A page of the grid has hundreds of cells, and half of what a text costs is laying it
out: what stands in them is looked up, grounds go to Qt in one call for each colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple
from typing import cast

from PySide6.QtCore import QPointF
from PySide6.QtCore import QRect
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont
from PySide6.QtGui import QFontMetrics
from PySide6.QtGui import QPen
from PySide6.QtGui import QPolygonF
from PySide6.QtGui import QStaticText

from desktop.core.cells import Absent
from desktop.core.findings import Level

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from desktop.ui.entry.beside_cells import BesideCells
    from desktop.ui.entry.cell_steps import Index
    from desktop.ui.entry.roster_model import CellLook
    from desktop.ui.look.appearance import Appearance
    from desktop.ui.look.colours import Colours

CORNER: Final = 8
PAD: Final = 7
RING: Final = 2
UNDERLINE: Final = 3
"""Height of the line below what is looked for."""
KEPT: Final = 4096
"""Texts that are kept laid out."""
_BY_HARDNESS: Final = tuple(Level)


class Spot(NamedTuple):
    """A cell to be painted, and where; its place if something stands beside it."""

    rect: QRect
    look: CellLook
    chosen: bool = False
    place: Index | None = None
    hit: bool = False
    """Whether it has what is looked for."""


class Laid(NamedTuple):
    """A text laid out, as far as there was room for it."""

    text: QStaticText
    width: float
    height: float


class CellPainter:
    """Paints the cells of one view."""

    def __init__(self, look: Appearance) -> None:
        """Take the colours and sizes to paint with."""
        self._look = look
        self._colours = look.colours
        self._plain, self._italic = QFont(), QFont()
        self._laid: dict[tuple[str, int, bool], Laid] = {}
        self._inks: dict[str, QColor] = {}

    def paint(
        self, painter: QPainter, spots: Sequence[Spot], beside: BesideCells | None
    ) -> None:
        """Paint ground, text and corner mark of some cells."""
        painter.save()
        self._begin(painter)
        self._paint_grounds(painter, spots)
        self._paint_contents(painter, spots, beside)
        self._paint_hits(painter, spots)
        self._paint_corners(painter, spots)
        painter.restore()

    def paint_ring(
        self, painter: QPainter, rect: QRect, *, focused: bool, hit: bool = False
    ) -> None:
        """Paint the ring of the current cell; paler where the keys go elsewhere.

        The hit one has come to has a second ring within.
        """
        colours = self._look.colours
        ink = colours.accent if focused else colours.faint
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._ink(ink), RING))
        painter.drawRect(rect.adjusted(1, 1, -2, -2))
        if hit:
            painter.setPen(QPen(self._ink(colours.found.ink), RING))
            painter.drawRect(rect.adjusted(3, 3, -4, -4))

    def _begin(self, painter: QPainter) -> None:
        """Forget what was laid out for other letters."""
        self._colours, font = self._look.colours, painter.font()
        if font != self._plain:
            self._plain, self._italic = QFont(font), QFont(font)
            self._plain.setItalic(False)
            self._italic.setItalic(True)
            self._laid.clear()

    def _ink(self, colour: str) -> QColor:
        found = self._inks.get(colour)
        if found is None:
            found = self._inks[colour] = QColor(colour)
        return found

    # --- Grounds -----------------------------------------------------------

    def _paint_grounds(self, painter: QPainter, spots: Sequence[Spot]) -> None:
        colours = self._colours
        grounds: dict[str, list[QRect]] = {}
        for rect, look, _, _, hit in spots:
            ground = colours.found.tint if hit else _ground(look, colours)
            grounds.setdefault(ground, []).append(rect)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, rects in grounds.items():
            self._fill(painter, colour, rects)
        self._fill(
            painter, colours.chosen, [spot.rect for spot in spots if spot.chosen]
        )
        hatched = [spot.rect for spot in spots if _is_hatched(spot.look)]
        if hatched:
            hatch = Qt.BrushStyle.BDiagPattern
            painter.setBrush(QBrush(self._ink(colours.line), hatch))
            painter.drawRects(hatched)

    def _fill(self, painter: QPainter, colour: str, rects: list[QRect]) -> None:
        if rects:
            painter.setBrush(self._ink(colour))
            painter.drawRects(rects)

    # --- Texts -------------------------------------------------------------

    def _paint_contents(
        self, painter: QPainter, spots: Sequence[Spot], beside: BesideCells | None
    ) -> None:
        painter.setFont(self._plain)
        italic, inked = False, ""
        for rect, look, _, place, _ in spots:
            x, _, width, _ = box = _box(rect)
            if beside is not None and place is not None:
                space = rect.adjusted(PAD, 0, -PAD, 0)
                left, inked = beside.paint(painter, space, place, look), ""
                x, width = left.x() - PAD, left.width() + 2 * PAD
            if not look.text:
                continue
            absent, ink = isinstance(look.cell, Absent), _ink_of(look, self._colours)
            if absent is not italic:
                painter.setFont(self._italic if absent else self._plain)
                italic = absent
            if ink != inked:
                painter.setPen(self._ink(ink))
                inked = ink
            key = (look.text, width - 2 * PAD, absent)
            laid = self._laid.get(key) or self._lay(key)
            more = max(key[1] - laid.width, 0) if look.numeric else 0
            y = box[1] + (box[3] - laid.height) / 2
            painter.drawStaticText(QPointF(x + PAD + more, y), laid.text)

    def _lay(self, key: tuple[str, int, bool]) -> Laid:
        text, room, absent = key
        font = self._italic if absent else self._plain
        metrics = QFontMetrics(font)
        if metrics.horizontalAdvance(text) > room:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        made = QStaticText(text)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.prepare(font=font)
        size = made.size()
        if len(self._laid) >= KEPT:
            self._laid.clear()
        laid = self._laid[key] = Laid(made, size.width(), size.height())
        return laid

    # --- Marks -------------------------------------------------------------

    def _paint_hits(self, painter: QPainter, spots: Sequence[Spot]) -> None:
        """Underline what is looked for: the ground alone would be a mere colour."""
        lines = [
            spot.rect.adjusted(0, spot.rect.height() - UNDERLINE, 0, 0)
            for spot in spots
            if spot.hit
        ]
        if lines:
            painter.setPen(Qt.PenStyle.NoPen)
            self._fill(painter, self._colours.found.ink, lines)

    def _paint_corners(self, painter: QPainter, spots: Iterable[Spot]) -> None:
        """Mark cells in the corner: full for 强制性, hollow for 核实性, small else."""
        side = self._look.px(CORNER)
        painter.setPen(Qt.PenStyle.NoPen)
        for rect, look, _, _, _ in spots:
            if look.findings:
                level = worst(look)
                tone = self._colours.of_level(level)
                painter.setBrush(self._ink(tone.ink))
                size = side / 2 if level is Level.INFO else side
                painter.drawPolygon(_corner(rect, size))
                if level is Level.WARNING:
                    painter.setBrush(self._ink(tone.tint))
                    painter.drawPolygon(_corner(rect, side / 2 - 1, inset=2))


def _box(rect: QRect) -> tuple[int, int, int, int]:
    """Give left, top, width and height; the stubs do not know that they are four."""
    return cast("tuple[int, int, int, int]", rect.getRect())


def worst(look: CellLook) -> Level:
    """Give the hardest level of what is found in a cell."""
    return min((each.level for each in look.findings), key=_BY_HARDNESS.index)


def _ground(look: CellLook, colours: Colours) -> str:
    if look.findings:
        return colours.of_level(worst(look)).tint
    return colours.sunken if look.locked or look.hidden else colours.paper


def _is_hatched(look: CellLook) -> bool:
    return look.hidden and look.cell is Absent.BLANK


def _ink_of(look: CellLook, colours: Colours) -> str:
    if look.findings and worst(look) is Level.ERROR:
        return colours.error.ink
    absent = isinstance(look.cell, Absent)
    return colours.muted if absent or look.locked else colours.ink


def _corner(rect: QRect, side: float, inset: float = 0) -> QPolygonF:
    """Give the triangle in the upper right corner of a cell."""
    right, top = rect.right() + 1 - inset, rect.top() + inset
    left, low = QPointF(right - side, top), QPointF(right, top + side)
    return QPolygonF([left, QPointF(right, top), low])
