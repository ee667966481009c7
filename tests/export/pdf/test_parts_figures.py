from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.export.chart.data import Mark
from desktop.export.chart.data import RankBar
from desktop.export.chart.data import RankChart
from desktop.export.chart.data import Sign
from desktop.export.chart.data import TrendChart
from desktop.export.chart.data import TrendDot
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.parts_figures import BARS
from desktop.export.pdf.parts_figures import chart_pages
from desktop.export.pdf.parts_figures import indicator_pages
from desktop.export.report import ChartGroup
from tests.export.printing import joined
from tests.export.printing import printed
from tests.export.samples import FONTS
from tests.export.samples import judged_report
from tests.export.samples import sample_report

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.export.chart.data import Chart
    from desktop.export.report import Report

KEYS = ("indicators",)
"""What the chapter of charts stands below."""
TREND = TrendChart(
    title="护理型床位占比逐期变化",
    sentence="各期：2024 30，2025 39。",
    dots=(
        TrendDot(2024, "2024", Mark(Decimal(30), "30.00")),
        TrendDot(2025, "2025", Mark(Decimal(39), "39.00"), now=True),
    ),
    goals=(),
    path=(),
    measure="%",
)


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def ranking(count: int, *apart: str) -> RankChart:
    bars = (
        RankBar(place, f"{place}号镇", Mark(Decimal(9), "9%"), Sign.GOOD, "达标")
        for place in range(1, count + 1)
    )
    return RankChart("各单位占比", "各单位占比。", tuple(bars), None, apart, Decimal(9))


def charted(*charts: Chart) -> Report:
    return replace(sample_report(), charts=(ChartGroup("share", charts),))


def test_indicators__many_go_on_under_a_short_head(fonts: Fonts) -> None:
    report = sample_report()
    many = replace(report, indicators=report.indicators * 20)

    pages = indicator_pages(many, fonts, noted=False)

    assert len(pages) > 1
    assert all(page.wide for page in pages)


def test_indicators__none_is_said_in_words(fonts: Fonts, tmp_path: Path) -> None:
    report = replace(sample_report(), indicators=())

    text = printed(indicator_pages(report, fonts), tmp_path / "a.pdf")

    assert "本制度没有评价指标。" in text


def test_indicators__the_notes_never_stand_alone(fonts: Fonts, tmp_path: Path) -> None:
    """Whatever the number of lines, a line goes with the notes below."""
    line = judged_report().indicators[0]
    for count in (6, 7, 8, 9, 10, 11):
        report = replace(sample_report(), indicators=(line,) * count)
        pages = indicator_pages(report, fonts, noted=False)
        text = printed(pages, tmp_path / "a.pdf", KEYS).split("\f")[-2]

        assert "注：横条为本期值" in text
        assert str(count) in text.split()


def test_charts__none_take_no_page(fonts: Fonts) -> None:
    assert chart_pages(sample_report(), fonts) == []


def test_charts__stand_below_the_name_of_their_indicator(
    fonts: Fonts, tmp_path: Path
) -> None:
    report = charted(TREND, ranking(3, "数据缺失（不参加排名）：甲镇"))
    pages = chart_pages(report, fonts)
    text = joined(printed(pages, tmp_path / "a.pdf", KEYS))

    assert len(pages) == 1
    assert "1．护理型床位占比" in text
    assert "39.00" in text
    assert "3号镇" in text
    assert "数据缺失（不参加排名）：甲镇" in text
    assert pages[0].bookmarks[0].title == "指标图"


@pytest.mark.unmeasured
def test_charts__a_long_ranking_is_cut_into_parts(fonts: Fonts, tmp_path: Path) -> None:
    report = charted(ranking(BARS + 3, "没有数：" + "很远的镇、" * 400))
    pages = chart_pages(report, fonts)
    text = joined(printed(pages, tmp_path / "a.pdf", KEYS))

    assert len(pages) == 2
    assert "各单位占比（续）" in text
    assert f"{BARS + 3}号镇" in text
    assert text.count("没有数：") == 1
    assert "…" in text


def test_charts__nobody_ranked_says_why(fonts: Fonts, tmp_path: Path) -> None:
    pages = chart_pages(charted(ranking(0, "都没有数")), fonts)

    assert "都没有数" in printed(pages, tmp_path / "a.pdf", KEYS)
