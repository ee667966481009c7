"""Draws values over periods, with the targets of years and the line to them."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from itertools import pairwise
from math import ceil
from math import floor
from math import log10
from typing import TYPE_CHECKING
from typing import Final

from desktop.export.chart.sheet import Anchor
from desktop.export.chart.sheet import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.export.chart.data import Palette
    from desktop.export.chart.data import TrendChart
    from desktop.export.chart.data import TrendDot
    from desktop.export.chart.sheet import Sheet

SMALL: Final = 11
LEFT: Final = 58
RIGHT: Final = 44
TOP: Final = 44
BOTTOM: Final = 42
FLAT: Final = 0.6
"""Where the least value is at least this share of the largest, the scale may begin
above 0, so that a change shows."""
CROWDED: Final = 46
"""Points between two periods below which values are not written beside the dots."""
INSET: Final = 24
"""Points that keep what is written at the first and last dot off the edges."""
STEPS: Final = (1, 2, 2.5, 5, 10)


def trend_height(width: int) -> int:
    """Give a height that suits a width."""
    return min(max(width * 2 // 5, 210), 300)


class _Scales:
    """Where years and values stand on the sheet."""

    def __init__(self, sheet: Sheet, chart: TrendChart, top: float) -> None:
        years = [dot.at for dot in chart.dots]
        years += [goal.at for goal in (*chart.goals, *chart.path)]
        self.first, self.last = min(years), max(years)
        if self.first == self.last:
            self.first, self.last = self.first - 1, self.last + 1
        values = [float(number) for number in _numbers(chart)] or [0.0]
        self.ticks = ticks(min(values), max(values))
        self.left, self.right = LEFT, sheet.width - RIGHT
        self.low, self.high = BOTTOM, top - TOP

    def x(self, at: float) -> float:
        share = (at - self.first) / (self.last - self.first)
        return self.left + INSET + share * (self.right - self.left - 2 * INSET)

    def y(self, value: Decimal | float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        share = (float(value) - low) / (high - low)
        return self.low + share * (self.high - self.low)


def ticks(least: float, most: float) -> tuple[float, ...]:
    """Choose round numbers that hold all values between the first and the last."""
    if least == most == 0:
        return (0.0, 1.0)
    low = least if least > 0 and least >= FLAT * most else min(least, 0.0)
    span = (most - low) or abs(most)
    raw = span / 4
    unit = 10.0 ** floor(log10(raw))
    step = next(unit * each for each in STEPS if unit * each >= raw * 0.999)
    start = floor(low / step)
    end = max(ceil(most / step - 1e-9), start + 1)
    return tuple(round(number * step, 10) for number in range(start, end + 1))


def draw_trend(sheet: Sheet, chart: TrendChart, palette: Palette, top: float) -> None:
    """Draw axes, the line to the target, targets, then the values on top."""
    scales = _Scales(sheet, chart, top)
    _draw_axes(sheet, chart, scales, palette)
    if chart.path:
        (start, end) = (chart.path[0], chart.path[-1])
        sheet.dashed(
            (scales.x(start.at), scales.y(start.mark.number)),
            (scales.x(end.at), scales.y(end.mark.number)),
            palette.muted,
            1.5,
        )
        x, y = scales.x(start.at), scales.y(start.mark.number)
        sheet.polygon(
            (x - 5, y + 4, x + 5, y + 4, x, y - 4), palette.ink, palette.paper
        )
    if chart.level is not None:
        y = scales.y(chart.level.number)
        sheet.dashed((scales.left, y), (scales.right, y), palette.ink, 1)
        words = (scales.right, y + 5)
        sheet.text(words, chart.level.words, SMALL, palette.ink, anchor=Anchor.END)
    for goal in chart.goals:
        x, y = scales.x(goal.at), scales.y(goal.mark.number)
        diamond = (x - 6, y, x, y + 6, x + 6, y, x, y - 6)
        sheet.polygon(diamond, palette.ink, palette.paper)
        sheet.clamped(x, y + 9, goal.mark.words, SMALL, palette.ink)
    _draw_values(sheet, chart, scales, palette)
    _draw_legend(sheet, chart, palette, top)


def _numbers(chart: TrendChart) -> Iterator[Decimal]:
    yield from (dot.value.number for dot in chart.dots if dot.value is not None)
    yield from (goal.mark.number for goal in (*chart.goals, *chart.path))
    if chart.level is not None:
        yield chart.level.number


def _draw_axes(
    sheet: Sheet, chart: TrendChart, scales: _Scales, palette: Palette
) -> None:
    for number in scales.ticks:
        y = scales.y(number)
        sheet.line((scales.left, y), (scales.right, y), palette.line, 0.6)
        words = f"{Decimal(repr(number)).normalize():,f}"
        place = (scales.left - 6, y - 4)
        sheet.text(place, words, SMALL, palette.muted, anchor=Anchor.END)
    labels = {dot.at: (dot.period, dot.now) for dot in chart.dots}
    for goal in (*chart.path, *chart.goals):
        labels.setdefault(goal.at, (f"{goal.at:.0f}", False))
    free = 0.0
    for at, (words, now) in sorted(labels.items(), key=lambda pair: pair[0]):
        x, half = scales.x(at), text_width(words, SMALL) / 2
        if x - half < free and not now:
            continue
        free = x + half + 6
        ink = palette.ink if now else palette.muted
        below = (x, scales.low - 18)
        sheet.text(below, words, SMALL, ink, anchor=Anchor.MIDDLE, bold=now)


def _draw_values(
    sheet: Sheet, chart: TrendChart, scales: _Scales, palette: Palette
) -> None:
    """Join neighbours that mean the same; a period without a value breaks the line."""
    for whole, run in groupby(chart.dots, _joins):
        points = [(scales.x(d.at), scales.y(d.value.number)) for d in run if d.value]
        if whole:
            for start, end in pairwise(points):
                sheet.line(start, end, palette.accent, 2)
    room = (scales.right - scales.left) / max(len(chart.dots), 1)
    for dot in chart.dots:
        _draw_dot(sheet, dot, scales, palette, crowded=room < CROWDED)


def _joins(dot: TrendDot) -> bool:
    return dot.joined and dot.value is not None


def _draw_dot(
    sheet: Sheet, dot: TrendDot, scales: _Scales, palette: Palette, *, crowded: bool
) -> None:
    x = scales.x(dot.at)
    if dot.value is None:
        place = (x, scales.low + 4)
        sheet.text(place, "缺", SMALL, palette.warning, anchor=Anchor.MIDDLE)
        return
    y = scales.y(dot.value.number)
    if dot.joined:
        sheet.circle((x, y), 5 if dot.now else 3.5, palette.accent)
    else:
        box = (x - 4, y - 4, x + 4, y - 4, x + 4, y + 4, x - 4, y + 4)
        sheet.polygon(box, palette.ink, palette.paper)
    if dot.now or not crowded:
        words = (x, y - 17)
        ink = palette.ink
        sheet.text(
            words, dot.value.words, SMALL, ink, anchor=Anchor.MIDDLE, bold=dot.now
        )


def _draw_legend(sheet: Sheet, chart: TrendChart, palette: Palette, top: float) -> None:
    """Name the shapes that are there, and the measure."""
    x, y = 0.0, top - 12
    if chart.measure:
        words = f"单位：{chart.measure}"
        sheet.text((x, y), words, SMALL, palette.muted)
        x += text_width(words, SMALL) + 18
    if any(dot.value and dot.joined for dot in chart.dots):
        sheet.circle((x + 5, y + 4), 3.5, palette.accent)
        x = _name(sheet, "各期数值", (x + 13, y), palette)
    if any(not dot.joined for dot in chart.dots):
        box = (x + 1, y, x + 9, y, x + 9, y + 8, x + 1, y + 8)
        sheet.polygon(box, palette.ink, palette.paper)
        x = _name(sheet, "口径不同，不连线", (x + 13, y), palette)
    if chart.goals:
        diamond = (x, y + 4, x + 5, y + 9, x + 10, y + 4, x + 5, y - 1)
        sheet.polygon(diamond, palette.ink, palette.paper)
        x = _name(sheet, "目标", (x + 14, y), palette)
    if chart.path:
        sheet.dashed((x, y + 4), (x + 22, y + 4), palette.muted, 1.5)
        _name(sheet, "直线进度（本系统推算）", (x + 26, y), palette)


def _name(sheet: Sheet, words: str, at: tuple[float, float], palette: Palette) -> float:
    sheet.text(at, words, SMALL, palette.muted)
    return at[0] + text_width(words, SMALL) + 16
