"""A sheet that charts are drawn on: shapes and words of `reportlab.graphics`."""

from __future__ import annotations

import unicodedata
from enum import Enum
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.export.pdf.fonts import Face
from desktop.export.pdf.text import break_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

Point = tuple[float, float]
WIDE: Final = frozenset("WFA")
"""East Asian widths that take a whole em."""
NARROW: Final = 0.58
"""What other characters take at most, in em: fonts differ a little."""
DASH: Final = (6, 4)


class Anchor(Enum):
    """Which end of a text its place is; the words are those of SVG and reportlab."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Sheet:
    """A drawing with its shapes; `y` grows upwards, sizes are in points."""

    def __init__(self, width: float, height: float) -> None:
        """Begin an empty drawing."""
        from reportlab.graphics.shapes import Drawing

        self.width, self.height = width, height
        self.drawing = Drawing(width, height)

    def rect(self, box: tuple[float, float, float, float], fill: str) -> None:
        """Fill a box: left, low, width, height."""
        from reportlab.graphics.shapes import Rect

        left, low, width, height = box
        self._add(Rect(left, low, max(width, 0), height), fill, None)

    def line(self, start: Point, end: Point, ink: str, width: float) -> None:
        """Draw a straight line."""
        from reportlab.graphics.shapes import Line

        self._add(Line(*start, *end, strokeWidth=width, strokeLineCap=0), None, ink)

    def dashed(self, start: Point, end: Point, ink: str, width: float) -> None:
        """Draw a broken line."""
        from reportlab.graphics.shapes import Line

        shape = Line(*start, *end, strokeWidth=width, strokeLineCap=0)
        shape.strokeDashArray = DASH
        self._add(shape, None, ink)

    def polygon(self, points: Sequence[float], ink: str, fill: str) -> None:
        """Draw a closed shape; x and y in turn."""
        from reportlab.graphics.shapes import Polygon

        self._add(Polygon(list(points), strokeWidth=1), fill, ink)

    def circle(self, at: Point, radius: float, fill: str, ink: str = "") -> None:
        """Draw a disc, or with other ink a ring."""
        from reportlab.graphics.shapes import Circle

        self._add(Circle(*at, radius, strokeWidth=1.5), fill, ink or fill)

    def text(
        self,
        at: Point,
        words: str,
        size: int,
        ink: str,
        *,
        anchor: Anchor = Anchor.START,
        bold: bool = False,
    ) -> None:
        """Write words on a base line.

        The place is rounded: reportlab's SVG cuts it to half points.
        """
        from reportlab.graphics.shapes import String

        face = Face.HEI_BOLD if bold else Face.HEI
        shape: Any = String(round(at[0], 1), round(at[1]), words, fontSize=size)
        shape.fontName = face.value.removesuffix(".ttf")
        shape.textAnchor = anchor.value
        self._add(shape, ink, None)

    def clamped(self, x: float, y: float, words: str, size: int, ink: str) -> None:
        """Write words about a place, but never beyond the sheet's edges."""
        half = text_width(words, size) / 2
        if x - half < 0:
            self.text((0, y), words, size, ink)
        elif x + half > self.width:
            self.text((self.width, y), words, size, ink, anchor=Anchor.END)
        else:
            self.text((x, y), words, size, ink, anchor=Anchor.MIDDLE)

    def _add(self, shape: Any, fill: str | None, ink: str | None) -> None:  # noqa: ANN401 - any shape
        from reportlab.lib.colors import HexColor

        if hasattr(shape, "fillColor"):
            shape.fillColor = HexColor(fill) if fill else None
        if hasattr(shape, "strokeColor"):
            shape.strokeColor = HexColor(ink) if ink else None
        self.drawing.add(shape)


def text_width(text: str, size: float) -> float:
    """Estimate how wide a text is, whatever Chinese font sets it; in points."""
    wide = sum(unicodedata.east_asian_width(each) in WIDE for each in text)
    return (wide + NARROW * (len(text) - wide)) * size


def shortened(text: str, width: float, size: float) -> str:
    """Cut a text that is wider than its room."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text + "…"


def wrapped(text: str, width: float, size: float) -> tuple[str, ...]:
    """Break a text into lines."""
    return break_lines(text, width, lambda piece: text_width(piece, size))
