"""QR codes as filled squares: no picture, so that they print sharply at any size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from desktop.export.pdf.pen import Pen
    from desktop.export.pdf.pen import Place

QUIET: Final = 4
"""White modules a reader needs on each side."""
SIDE: Final = 62.0
"""Width of a printed code with its white rim: 22 mm, half a millimetre a module."""


@dataclass(frozen=True, slots=True)
class Code:
    """The dark modules of a code, counted from its lower left corner."""

    modules: int
    dark: tuple[Place, ...]


def code_of(text: str) -> Code:
    """Encode a text so that it is read with a seventh of the code gone."""
    import segno

    matrix = segno.make(text, micro=False, error="m").matrix
    last = len(matrix) - 1
    dark = tuple(
        (column, last - row)
        for row, line in enumerate(matrix)
        for column, module in enumerate(line)
        if module & 1
    )
    return Code(len(matrix), dark)


def draw_code(pen: Pen, text: str, left: float, top: float) -> None:
    """Draw a code with its rim; it says its text to those who cannot see it."""
    code = code_of(text)
    module = SIDE / (code.modules + 2 * QUIET)
    corner = (left + QUIET * module, top - SIDE + QUIET * module)
    pen.begin_described(text)
    pen.squares(corner, module, code.dark)
    pen.end_described()
