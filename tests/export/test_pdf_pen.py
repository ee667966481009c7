from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.export.pdf_fonts import Face
from desktop.export.pdf_fonts import Fonts
from desktop.export.pdf_pen import Pen
from tests.export.samples import FONTS

if TYPE_CHECKING:
    from pathlib import Path


def test_pen__leaves_no_font_behind_in_the_process(tmp_path: Path) -> None:
    from reportlab.pdfbase import pdfmetrics

    before = set(pdfmetrics.getRegisteredFontNames())
    pen = Pen(tmp_path / "a.pdf", Fonts(FONTS))
    pen.text(50, 50, "干𬒗镇", Face.SONG, 9)
    pen.end_page()
    pen.save()
    pen.close()

    assert set(pdfmetrics.getRegisteredFontNames()) == before
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
