from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from desktop.export.chart.drawing import bar_drawing
from desktop.export.chart.drawing import chart_drawing
from desktop.export.chart.drawing import chart_height
from desktop.export.report import Bar
from tests.export.charts_of import RANK
from tests.export.charts_of import TARGET
from tests.export.charts_of import TREND
from tests.export.charts_of import shapes
from tests.export.charts_of import texts


def boxes(bar: Bar) -> list[Any]:
    drawing: Any = bar_drawing(bar, 100, 10)
    return list(drawing.contents)


def test_bar__value_fills_its_share_and_the_target_is_a_tick() -> None:
    track, fill, halo, tick = boxes(
        Bar(Decimal(40), Decimal(55), None, ">=", Decimal(100))
    )

    assert (track.width, fill.width) == (100, 40)
    assert tick.x + tick.width / 2 == pytest.approx(55)
    assert tick.height > fill.height
    assert halo.x < tick.x


def test_bar__a_missing_value_leaves_the_track_empty() -> None:
    assert len(boxes(Bar(None, Decimal(55), None, ">=", Decimal(100)))) == 3


def test_bar__a_target_with_two_bounds_has_two_ticks_inside_the_drawing() -> None:
    shapes = boxes(Bar(Decimal(5), Decimal(0), Decimal(100), "between", Decimal(100)))

    assert len(shapes) == 6
    assert all(s.x >= 0 and s.x + s.width <= 100.001 for s in shapes)


def test_bar__a_broken_tick_marks_the_line() -> None:
    bar = Bar(Decimal(40), Decimal(55), None, ">=", Decimal(100), Decimal(48))
    _, fill, tick, break_, *_ = boxes(bar)

    assert tick.x + tick.width / 2 == pytest.approx(48)
    assert (break_.x, break_.width) == (tick.x, tick.width)
    assert tick.height > break_.height == fill.height


def test_bar__becomes_svg_for_a_screen() -> None:
    from reportlab.graphics.renderSVG import drawToString

    drawing = bar_drawing(Bar(Decimal(40), None, None, "", Decimal(50)), 120, 9)

    assert "<rect" in drawToString(drawing)


# --- Charts with words ---------------------------------------------------------


def test_target__value_baseline_path_and_target_each_with_shape_and_words() -> None:
    drawing = chart_drawing(TARGET, 600)
    assert texts(drawing) == [
        "52.30%　未达标",
        "护理型床位占比（长宁区2025年）",
        "目标 ≥55%（2025年）",
        "按直线进度，本年应达 48%",
        "基期 30%",
    ]
    assert any(line.strokeDashArray for line in shapes(drawing, "Line"))
    assert len(shapes(drawing, "Polygon")) == 1


def test_target__untitled_and_bare_takes_less_room() -> None:
    bare = replace(TARGET, value=None, start=None, path=None)
    full: Any = chart_drawing(TARGET, 600)
    less: Any = chart_drawing(bare, 600, titled=False)
    assert less.height < full.height
    assert texts(less) == ["目标 ≥55%（2025年）"]
    assert texts(chart_drawing(bare, 600))[0] == "未达标"


def test_rank__each_unit_with_place_value_sign_and_word() -> None:
    drawing: Any = chart_drawing(RANK, 600)
    said = texts(drawing)
    for bar in RANK.bars:
        assert {str(bar.place), bar.name, bar.value.words, bar.status} <= set(said)
    assert said[-2:] == ["目标 ≥55%（2025年）", "数据缺失（不参加排名）：新泾镇"]
    long = [box.width for box in shapes(drawing, "Rect") if box.height == 15]
    assert long == sorted(long, reverse=True)
    kinds = {type(each).__name__ for each in drawing.contents}
    assert {"Circle", "Polygon", "Line"} <= kinds


@pytest.mark.parametrize("width", [300, 600])
def test_height__is_known_before_it_is_drawn(width: int) -> None:
    for chart in (TARGET, TREND, RANK):
        drawing: Any = chart_drawing(chart, width)
        assert chart_height(chart, width) == drawing.height


def test_rank__without_target_or_units() -> None:
    none = chart_drawing(replace(RANK, bars=(), target=None), 600)
    assert texts(none) == [RANK.title, *RANK.apart]
    assert not shapes(chart_drawing(replace(RANK, target=None), 600), "Line")[2:]
