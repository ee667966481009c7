from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from desktop.export.chart.data import PRINT
from desktop.export.chart.data import Chart
from desktop.export.chart.svg import Screen
from desktop.export.chart.svg import bar_picture
from desktop.export.chart.svg import chart_picture
from desktop.export.report import Bar
from tests.export.charts_of import RANK
from tests.export.charts_of import TARGET
from tests.export.charts_of import TREND

NAME = "{http://www.w3.org/2000/svg}"
SCREEN = Screen(600, PRINT, "Noto Sans SC", titled=True)


@pytest.mark.parametrize("chart", [TARGET, TREND, RANK])
def test_picture__is_svg_in_the_windows_letters_and_says_itself(chart: Chart) -> None:
    picture = chart_picture(chart, SCREEN)
    root = ET.fromstring(picture.svg)  # noqa: S314 - our own
    assert (root.get("width"), root.get("height")) == ("600", str(picture.height))
    written = list(root.iter(f"{NAME}text"))
    assert chart.title in [each.text for each in written]
    assert all(
        "font-family: Noto Sans SC" in str(each.get("style")) for each in written
    )
    assert any("font-weight: bold" in str(each.get("style")) for each in written)
    assert root.findtext(f"{NAME}desc") == chart.sentence == picture.sentence
    assert not list(root.iter(f"{NAME}clipPath"))


def test_picture__anchors_are_left_to_the_window() -> None:
    picture = chart_picture(TARGET, replace(SCREEN, titled=False))
    root = ET.fromstring(picture.svg)  # noqa: S314 - our own
    anchors = {each.get("text-anchor") for each in root.iter(f"{NAME}text")}
    assert anchors == {"middle"}


def test_picture__in_other_colours() -> None:
    dark = replace(PRINT, bad="#FFA198")
    assert chart_picture(TARGET, replace(SCREEN, palette=dark)).svg != (
        chart_picture(TARGET, SCREEN).svg
    )


def test_bar__of_a_list_has_its_fill() -> None:
    bar = Bar(Decimal(40), Decimal(55), None, ">=", Decimal(100))
    svg = bar_picture(bar, (240, 18), PRINT, "#FF0000").decode()
    assert "rgb(100%,0%,0%)" in svg
    assert "<text" not in svg
