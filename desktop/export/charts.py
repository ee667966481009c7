"""One drawing code for bars, on paper and on screen.

The drawing is a `reportlab.graphics` value: the PDF draws its shapes and a window
can turn it into SVG. It holds no text, so it needs no font, and nothing is said by
colour alone: the target is a tick, and the words beside it say how the value stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

    from desktop.export.report import Bar

INK: Final = (0.13, 0.13, 0.13)
FILL: Final = (0.23, 0.42, 0.60)
PAPER: Final = (1.0, 1.0, 1.0)
TRACK: Final = (0.90, 0.91, 0.92)
TICK: Final = 1.4
"""Width of the target's tick in points; white of the same width sets it off."""


def bar_drawing(bar: Bar, width: float, height: float) -> Drawing:
    """Draw a value as a bar on its scale, with a tick at the target.

    Sizes are in points. A band stands for a target with two bounds, a broken tick for
    where the straight line to the target stands.
    """
    from reportlab.graphics.shapes import Drawing
    from reportlab.graphics.shapes import Rect
    from reportlab.lib.colors import Color

    drawing = Drawing(width, height)
    inset = height * 0.2

    def rect(left: float, right: float, low: float, colour: tuple[float, ...]) -> None:
        width_drawn = max((right - left) * width, 0.0)
        shape = Rect(left * width, low, width_drawn, height - 2 * low)
        shape.fillColor = Color(*colour)
        shape.strokeColor = None
        drawing.add(shape)

    rect(0, 1, inset, TRACK)
    if bar.value is not None:
        rect(0, bar.share(bar.value), inset, FILL)
    tick = TICK / width
    if bar.path is not None:
        middle = min(max(bar.share(bar.path), 1.5 * tick), 1 - 1.5 * tick)
        rect(middle - tick / 2, middle + tick / 2, 0, INK)
        rect(middle - tick / 2, middle + tick / 2, inset, PAPER)
    for bound in (bar.target, bar.upper):
        if bound is not None:
            middle = min(max(bar.share(bound), 1.5 * tick), 1 - 1.5 * tick)
            rect(middle - tick * 1.5, middle + tick * 1.5, inset, PAPER)
            rect(middle - tick / 2, middle + tick / 2, 0, INK)
    return drawing
