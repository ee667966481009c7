"""Pages put on paper and read back, so that tests see what a reader sees."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from desktop.export.layout import Binding
from desktop.export.layout import lie_of
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.pen import Pen
from desktop.export.pdf.writing import draw_page
from tests.export.samples import FONTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.export.pdf.page import Page


def printed(pages: Sequence[Page], path: Path, keys: Iterable[str] = ()) -> str:
    """Print pages and read their words; `keys` are places elsewhere that they name."""
    pen = Pen(path, Fonts(FONTS))
    try:
        for key in keys:
            pen.bookmark(key, key, 0, 0.0)
        for number, page in enumerate(pages, 1):
            lie = lie_of(number, wide=page.wide, binding=Binding.SCREEN)
            draw_page(page, pen, lie)
            pen.end_page()
        pen.save()
    finally:
        pen.close()
    return read(path)


def read(path: Path, *options: str) -> str:
    """Read the words of a PDF, line by line as they stand."""
    command = ["pdftotext", "-layout", *options, str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def joined(text: str) -> str:
    """Leave out white: words that stand apart for the layout's sake."""
    return "".join(text.split())
