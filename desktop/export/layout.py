"""How pages lie on the paper: the frame of the text, the binding, the page number.

The measures are those of GB/T 9704—2012. Pages are set within a frame whose lower left
corner is 0, 0; where the frame lies on the paper is known once a page has its number,
for the sheets are printed on both sides and bound at the left.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

MM: Final = 72 / 25.4
PAPER: Final = (210 * MM, 297 * MM)
"""A4."""
FRAME: Final = (156 * MM, 225 * MM)
"""版心: width and height of what is printed, the page number apart."""
INNER: Final = 28 * MM
"""订口: from the bound edge to the frame."""
OUTER: Final = 26 * MM
BELOW: Final = 35 * MM
NUMBER: Final = 14.0
"""Size of page numbers, 四号; they stand in by as much."""
DROP: Final = 7 * MM + 0.35 * NUMBER
"""From the frame to a page number's base line: its dashes stand 7 mm below."""


class Binding(Enum):
    """What becomes of pages that lie across: the paper's way, or the reader's."""

    BOUND = "bound"
    """Printed on both sides and bound at the left: every sheet stands upright."""
    SCREEN = "screen"
    """Read on a screen: a page that lies across is shown lying across."""


@dataclass(frozen=True, slots=True)
class Lie:
    """Where a page's frame lies on its paper, and what stands below it.

    `matrix` takes the frame's points to the paper's. `left` and `right` are the ends
    of the line with the page number, `foot` its height. `top` is where a reader who
    comes to a place on the page should look, at the height `y` in the frame.
    """

    size: tuple[float, float]
    matrix: tuple[float, float, float, float, float, float]
    left: float
    right: float
    foot: float

    def top(self, y: float) -> float:
        """Give the height on the paper of a height in the frame."""
        turned = bool(self.matrix[1])
        return self.size[1] if turned else y + self.matrix[5]


def lie_of(number: int, *, wide: bool, binding: Binding) -> Lie:
    """Say how the page of a number lies.

    A table that lies across has its head at the bound edge on odd pages and at the
    open edge on even ones; on paper printed on both sides that is the left each time,
    so that two facing pages are read one below the other.
    """
    width, height = PAPER
    if binding is Binding.SCREEN:
        edges = (INNER + OUTER) / 2
        if wide:
            across, below = (height - FRAME[1]) / 2, OUTER
            matrix = (1.0, 0.0, 0.0, 1.0, across, below)
            return Lie((height, width), matrix, across, height - across, below - DROP)
        matrix = (1.0, 0.0, 0.0, 1.0, edges, BELOW)
        return Lie(PAPER, matrix, edges, width - edges, BELOW - DROP)
    left = INNER if number % 2 else OUTER
    right = left + FRAME[0]
    matrix = (1.0, 0.0, 0.0, 1.0, left, BELOW)
    if wide:
        matrix = (0.0, 1.0, -1.0, 0.0, right, BELOW)
    return Lie(PAPER, matrix, left, right, BELOW - DROP)
