from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from desktop.export.chart.drawing import chart_drawing
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.pen import Pen
from tests.export.charts_of import RANK
from tests.export.charts_of import TARGET
from tests.export.charts_of import TREND
from tests.export.samples import FONTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.export.chart.data import Chart


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


@pytest.mark.parametrize("chart", [TARGET, TREND, RANK])
def test_drawing__shapes_and_words_with_embedded_fonts(
    tmp_path: Path, program: Callable[[str], str], chart: Chart
) -> None:
    path = tmp_path / "a.pdf"
    pen = Pen(path, Fonts(FONTS))
    pen.drawing(chart_drawing(chart, 480), 50, 300)
    pen.end_page()
    pen.save()
    pen.close()

    fonts = subprocess.run(
        [program("pdffonts"), path], check=True, capture_output=True, text=True
    ).stdout.splitlines()[2:]
    assert fonts
    assert all("NotoSansSC" in line and " yes yes yes " in line for line in fonts)
    words = subprocess.run(
        [program("pdftotext"), path, "-"], check=True, capture_output=True, text=True
    ).stdout
    assert chart.title in words.replace("\n", "")
