from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from desktop.export.charts import bar_drawing
from desktop.export.report import Bar


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
