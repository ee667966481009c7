from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.export.chart.drawing import chart_drawing
from desktop.export.chart.trend_drawing import ticks
from desktop.export.chart.trend_drawing import trend_height
from tests.export.charts_of import TREND
from tests.export.charts_of import mark
from tests.export.charts_of import shapes
from tests.export.charts_of import texts

ACCENT = "0x3b6b99"


def joined(chart: object) -> int:
    """Count the pieces of line between values."""
    lines = shapes(chart, "Line")
    return sum(line.strokeColor.hexval() == ACCENT for line in lines)


def test_trend__joins_only_neighbours_that_mean_the_same() -> None:
    """2021 is defined otherwise, 2024 has no value: one piece of line is left."""
    drawing = chart_drawing(TREND, 600)
    assert joined(drawing) == 1
    said = texts(drawing)
    assert "缺" in said
    assert "口径不同，不连线" in said
    assert "直线进度（本系统推算）" in said
    assert {"20.00", "40.00", "52.30", "目标 ≥55%", "2021", "2025", "2027"} <= set(said)


def test_trend__of_one_period_without_a_target() -> None:
    bare = replace(TREND, dots=TREND.dots[-1:], goals=(), path=(), measure="")
    said = texts(chart_drawing(bare, 600, titled=False))
    assert {"2025", "52.30", "各期数值"} <= set(said)
    assert "目标" not in said
    assert not any(each.startswith("单位") for each in said)


def test_trend__without_a_value_still_shows_when() -> None:
    bare = replace(TREND, dots=TREND.dots[3:4], goals=(), path=())
    said = texts(chart_drawing(bare, 600))
    assert {"2024", "缺"} <= set(said)
    assert "各期数值" not in said


def test_trend__a_target_without_a_year_is_a_level() -> None:
    level = mark(90, "目标 ≥90%")
    drawing = chart_drawing(replace(TREND, level=level), 600)
    assert "目标 ≥90%" in texts(drawing)
    assert "100" in texts(drawing)


def test_trend__crowded_periods_write_only_the_present_value() -> None:
    narrow = texts(chart_drawing(TREND, 300))
    assert "52.30" in narrow
    assert "40.00" not in narrow
    assert "2021" not in narrow


@pytest.mark.parametrize(
    ("least", "most", "first", "last"),
    [
        (0, 100, 0, 100),
        (20, 60, 0, 60),
        (90, 98, 90, 98),
        (0, 0, 0, 1),
        (5, 5, 4, 6),
        (-3, 4, -4, 4),
    ],
)
def test_ticks__round_numbers_around_all_values(
    least: float, most: float, first: float, last: float
) -> None:
    found = ticks(least, most)
    assert found[0] <= least
    assert found[-1] >= most
    assert (found[0], found[-1]) == (first, last)
    assert 2 <= len(found) <= 7


def test_height__within_bounds() -> None:
    assert [trend_height(width) for width in (100, 600, 2000)] == [210, 240, 300]
