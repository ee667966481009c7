from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
import segno

from desktop.export.pdf.code import QUIET
from desktop.export.pdf.code import SIDE
from desktop.export.pdf.code import code_of
from desktop.export.pdf.code import draw_code
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.pen import Pen
from tests.export.samples import FONTS

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "eci|330902|2025|128|44136fa355b3678a"
DOTS = 6
"""Dots a point of the picture."""


def picture(path: Path) -> list[bytes]:
    """Render a page in grey; the lines of dots from above."""
    command = ("pdftoppm", "-gray", "-r", str(72 * DOTS), path)
    done = subprocess.run(command, capture_output=True, check=True)
    _kind, size, _deepest, dots = done.stdout.split(b"\n", 3)
    width = int(size.split()[0])
    return [dots[at : at + width] for at in range(0, len(dots), width)]


def test_code__counts_from_the_lower_left() -> None:
    code = code_of("a")

    assert code.modules == 21
    assert {(0, 0), (0, 20), (20, 20)} <= set(code.dark)
    assert (1, 1) not in code.dark


@pytest.mark.parametrize(
    "text", [TEXT, "community_facility|310105001001|2025Q2|99999|f"]
)
def test_code__what_is_printed_is_the_code(text: str, tmp_path: Path) -> None:
    """Read the middle of each module from a picture of the page."""
    pen = Pen(tmp_path / "a.pdf", Fonts(FONTS))
    pen.page_size((SIDE, SIDE))
    draw_code(pen, text, 0.0, SIDE)
    pen.end_page()
    pen.save()
    pen.close()

    matrix = segno.make(text, micro=False, error="m").matrix
    module = SIDE / (len(matrix) + 2 * QUIET)
    lines = picture(tmp_path / "a.pdf")
    middles = [
        int((place + 0.5) * module * DOTS) for place in range(len(matrix) + 2 * QUIET)
    ]
    seen = [[lines[y][x] < 128 for x in middles] for y in middles]
    rim = [False] * QUIET
    empty = [False] * len(middles)
    assert seen == [
        *[empty] * QUIET,
        *([*rim, *(bool(dot & 1) for dot in line), *rim] for line in matrix),
        *[empty] * QUIET,
    ]
