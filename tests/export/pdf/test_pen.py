from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from desktop.export.chart.drawing import chart_drawing
from desktop.export.chart.sheet import Sheet
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


def test_drawing__shapes_are_where_and_as_they_are_told(
    tmp_path: Path, program: Callable[[str], str]
) -> None:
    """A disc, a ring, a box, a broken line, looked at point by point."""
    sheet = Sheet(100, 100)
    sheet.rect((0, 0, 20, 10), "#ff0000")
    sheet.circle((50, 50), 10, "#00ff00")
    sheet.circle((80, 80), 10, "#ffffff", ink="#0000ff")
    sheet.polygon((0, 80, 20, 80, 10, 100), "#000000", "#ffff00")
    sheet.dashed((0, 40), (40, 40), "#000000", 2)
    pen = Pen(tmp_path / "a.pdf", Fonts(FONTS))
    pen.page_size((100, 100))
    pen.drawing(sheet.drawing, 0, 0)
    pen.end_page()
    pen.save()

    drawn = subprocess.run(
        [program("pdftoppm"), "-r", "144", "-aa", "no", tmp_path / "a.pdf"],
        check=True,
        capture_output=True,
    ).stdout
    assert drawn.startswith(b"P6\n200 200\n255\n")
    points = drawn[-200 * 200 * 3 :]

    def at(x: float, y: float) -> str:
        start = (int((100 - y) * 2) * 200 + int(x * 2)) * 3
        return points[start : start + 3].hex()

    assert at(10, 5) == "ff0000"
    assert [at(50, 50), at(57, 56), at(58, 58)] == ["00ff00", "00ff00", "ffffff"]
    assert [at(80, 80), at(70, 80)] == ["ffffff", "0000ff"]
    assert [at(10, 85), at(2, 95)] == ["ffff00", "ffffff"]
    along = {at(x / 2, 40) for x in range(2, 78)}
    assert along == {"000000", "ffffff"}


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
