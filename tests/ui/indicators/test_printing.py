from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.export.chart.data import PRINT
from desktop.export.chart.svg import Screen
from desktop.export.chart.svg import chart_picture
from desktop.ui.indicators.printing import Sheet
from desktop.ui.indicators.printing import new_printer
from desktop.ui.indicators.printing import preview
from desktop.ui.indicators.printing import print_sheet
from tests.export.charts_of import RANK
from tests.export.charts_of import TARGET
from tests.export.charts_of import TREND
from tests.ui.desks import free

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("qapp")


def sheet(rows: int) -> Sheet:
    family = QApplication.font().families()[0]
    screen = Screen(680, PRINT, family, titled=True)
    pictures = tuple(chart_picture(each, screen) for each in (TARGET, TREND, RANK))
    row = ("未达标", "护理型床位<占比>", "52.30%", "≥55%", "还差 37 张")
    return Sheet(
        "指标",
        ("长宁区（310105）", "演示制度"),
        ("状态", "评价指标", "现值", "现行目标", "差距"),
        tuple((*row[:1], f"{row[1]}{n}", *row[2:]) for n in range(rows)),
        pictures,
        family,
    )


def printed(path: Path, what: Sheet, program: Callable[[str], str]) -> tuple[str, int]:
    printer = new_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    pages = print_sheet(printer, what)
    text = subprocess.run(
        [program("pdftotext"), "-layout", path, "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert text.count("\f") == pages
    return text, pages


def test_print__table_and_charts_as_letters(
    tmp_path: Path, program: Callable[[str], str]
) -> None:
    text, pages = printed(tmp_path / "a.pdf", sheet(3), program)
    assert pages == 1
    for words in (
        "长宁区（310105）",
        "现行目标",
        "护理型床位<占比>2",
        "还差 37 张",
        TARGET.sentence,
        TREND.sentence,
        RANK.sentence,
    ):
        assert words.replace(" ", "") in text.replace(" ", ""), words


def test_print__a_long_table_goes_over_several_pages(
    tmp_path: Path, program: Callable[[str], str]
) -> None:
    text, pages = printed(tmp_path / "a.pdf", sheet(120), program)
    assert pages > 3
    squeezed = text.replace(" ", "")
    for number in range(120):
        assert f"占比>{number}52.30%" in squeezed
    # The head of the table stands on each of its pages.
    assert squeezed.count("现行目标") > 1


def test_print__a_chart_taller_than_a_page_is_made_smaller(
    tmp_path: Path, program: Callable[[str], str]
) -> None:
    from dataclasses import replace

    tall = replace(RANK, bars=RANK.bars * 12)
    family = QApplication.font().families()[0]
    picture = chart_picture(tall, Screen(400, PRINT, family))
    what = replace(sheet(1), pictures=(picture,))
    text, pages = printed(tmp_path / "a.pdf", what, program)
    assert pages == 2
    assert RANK.sentence in text


def test_preview__shows_the_pages_and_lets_go(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = preview(sheet(2), window)
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.windowTitle() == "指标"
    dialog.reject()
    free(dialog)
    assert not isValid(dialog)
