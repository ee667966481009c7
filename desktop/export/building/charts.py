"""Putting figures into charts: what is marked, in which words, on which scale."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from desktop.export import wording
from desktop.export.building import figure_words as words
from desktop.export.building.figures import scale_of
from desktop.export.chart.data import Goal
from desktop.export.chart.data import Mark
from desktop.export.chart.data import RankBar
from desktop.export.chart.data import RankChart
from desktop.export.chart.data import TargetChart
from desktop.export.chart.data import TrendChart
from desktop.export.chart.data import TrendDot
from desktop.export.chart.data import sign_of
from desktop.indicators.figures import Status
from desktop.indicators.targets import valid_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.core.period import Period
    from desktop.forms.indicator import Indicator
    from desktop.indicators.figures import Figure
    from desktop.indicators.series import RankedUnit
    from desktop.indicators.series import Ranking
    from desktop.indicators.series import Trend
    from desktop.indicators.series import TrendPoint

DRAWN: Final = 60
"""Units a ranking draws; more than these nobody tells apart."""


def value_words(figure: Figure | None, indicator: Indicator) -> str:
    """Write a figure's value with its measure; empty where there is none."""
    if figure is None or figure.shown is None:
        return ""
    measure = indicator.measure or ""
    apart = "" if not measure or measure[0] in "%‰" else " "
    return f"{wording.number(figure.shown, indicator.digits)}{apart}{measure}"


def target_chart(
    indicator: Indicator, figure: Figure, whose: str
) -> TargetChart | None:
    """Hold a value against its target; None where there is nothing to draw."""
    start = _start(indicator)
    due = figure.path
    path = Mark(due.expected, words.path_words(due, indicator)) if due else None
    targets = _targets(indicator, figure)
    value = Mark(figure.shown, value_words(figure, indicator)) if figure.shown else None
    marks = (value, path, *targets, *((start,) if start and (value or targets) else ()))
    full = scale_of([mark.number for mark in marks if mark], indicator.measure)
    if full is None:
        return None
    status = wording.STATUSES[figure.status]
    said = "，".join(
        part
        for part in (
            value.words if value else "没有数值",
            *(mark.words for mark in (start, path, *targets) if mark and mark.words),
            status,
            words.gap_words(figure.gap) if figure.gap else "",
        )
        if part
    )
    return TargetChart(
        title=f"{indicator.title}（{whose}）",
        sentence=f"{whose}{indicator.title}：{said}。",
        sign=sign_of(figure.status),
        status=status,
        value=value,
        start=start,
        path=path,
        targets=targets,
        full=full,
    )


def _start(indicator: Indicator) -> Mark | None:
    begun = indicator.baseline
    if begun is None or begun.value is None:
        return None
    return Mark(begun.value, words.baseline_words(indicator).replace("：", " "))


def _targets(indicator: Indicator, figure: Figure) -> tuple[Mark, ...]:
    target = figure.target
    if target is None or target.operator is None or target.value is None:
        return ()
    said = words.target_words(target, indicator.measure or "", overdue=figure.overdue)
    label = "目标（仅供参考）" if figure.status is Status.REFERENCE else "目标 "
    first = Mark(target.value, label + said)
    return (first,) if target.upper is None else (first, Mark(target.upper, ""))


def year_of(period: Period) -> float:
    """Give the end of a period in years: 2025 for the year and for its last quarter."""
    count = period.last_of(period.year).number
    return period.year - 1 + period.number / count


def trend_chart(indicator: Indicator, trend: Trend, whose: str) -> TrendChart:
    """Put the values of all periods on one scale with the targets of the plan."""
    measure = indicator.measure or ""
    dots = tuple(_dot(point, indicator, trend.now) for point in trend.points)
    first = min(point.period.year for point in trend.points)
    goals = tuple(_goals(indicator, trend.now.year, first))
    level = _level(indicator, trend, first)
    said = "，".join(map(_said, dots))
    marks = [f"{goal.at:.0f}年{goal.mark.words}" for goal in goals]
    wanted = "，".join([*marks, level.words] if level else marks)
    ends = f"；{wanted}。" if wanted else "。"
    return TrendChart(
        title=f"{indicator.title}逐期变化（{whose}）",
        sentence=f"{whose}{indicator.title}各期：{said}{ends}",
        dots=dots,
        goals=goals,
        path=tuple(_path(indicator, trend)),
        measure=measure,
        level=level,
    )


def _dot(point: TrendPoint, indicator: Indicator, now: Period) -> TrendDot:
    figure = point.figure
    value = None
    if figure is not None and figure.shown is not None:
        said = wording.number(figure.shown, indicator.digits)
        value = Mark(figure.shown, said)
    here = point.period == now
    at, code = year_of(point.period), point.period.code
    return TrendDot(at, code, value, joined=point.same, now=here)


def _said(dot: TrendDot) -> str:
    value = dot.value.words if dot.value else wording.STATUSES[Status.MISSING]
    return f"{dot.period} {value}" + ("" if dot.joined else "（口径不同）")


def _goals(indicator: Indicator, year: int, first: int) -> Iterator[Goal]:
    """Give the numbers that are wanted by a year, as the period's year sees them."""
    for target in indicator.targets:
        if target.year is None or target.year < first or not valid_in(target, year):
            continue
        if target.operator is not None and target.value is not None:
            bare = target.replaced(year=None, binding=None, qualifier=None)
            said = words.target_words(bare, indicator.measure or "")
            yield Goal(float(target.year), Mark(target.value, f"目标 {said}"))


def _level(indicator: Indicator, trend: Trend, first: int) -> Mark | None:
    """Give the target in force where it belongs to no year that is drawn."""
    figure = _figure_now(trend)
    if figure is None or figure.target is None:
        return None
    year = figure.target.year
    if year is not None and year >= first:
        return None
    return next(iter(_targets(indicator, figure)), None)


def _figure_now(trend: Trend) -> Figure | None:
    points = (point for point in trend.points if point.period == trend.now)
    return next((point.figure for point in points), None)


def _path(indicator: Indicator, trend: Trend) -> Iterator[Goal]:
    """Give both ends of the line that judges the period looked at."""
    figure = _figure_now(trend)
    if figure is None or figure.path is None or figure.target is None:
        return
    line, target = figure.path, figure.target
    bound = target.value
    if bound is None or target.year is None:
        return
    if target.upper is not None and line.start > target.upper:
        bound = target.upper
    began = words.quantity(line.start, indicator.measure)
    yield Goal(float(line.since), Mark(line.start, began))
    yield Goal(float(target.year), Mark(bound, ""))


def rank_chart(indicator: Indicator, ranking: Ranking, whose: str) -> RankChart:
    """Put units in order, with the target they are all held against."""
    drawn = ranking.ranked[:DRAWN]
    bars = tuple(_bar(unit, indicator) for unit in drawn)
    mark = _common_target(indicator, drawn)
    numbers = [bar.value.number for bar in bars] + ([mark.number] if mark else [])
    order = "由低到高" if ranking.fewer else "由高到低"
    said = "，".join(f"第{bar.place} {bar.name} {bar.value.words}" for bar in bars)
    apart = tuple(_apart(ranking))
    parts = (said or "没有可以排名的数值", mark.words if mark else "", *apart)
    title = f"{ranking.period.title}各单位{indicator.title}（{whose}，{order}）"
    return RankChart(
        title=title,
        sentence=f"{title}：" + "；".join(filter(None, parts)) + "。",
        bars=bars,
        target=mark,
        apart=apart,
        full=scale_of(numbers, indicator.measure) or Decimal(1),
    )


def _bar(unit: RankedUnit, indicator: Indicator) -> RankBar:
    figure = unit.figure
    assert figure is not None  # noqa: S101 - a unit without one is not ranked
    assert figure.shown is not None  # noqa: S101 - same
    return RankBar(
        unit.place or 0,
        unit.name,
        Mark(figure.shown, value_words(figure, indicator)),
        sign_of(figure.status),
        wording.STATUSES[figure.status],
    )


def _common_target(indicator: Indicator, units: Sequence[RankedUnit]) -> Mark | None:
    """Give the target that judges units; what is for the whole region judges none."""
    for unit in units:
        if unit.figure is not None and unit.figure.status is not Status.REFERENCE:
            return next(iter(_targets(indicator, unit.figure)), None)
    return None


def _apart(ranking: Ranking) -> Iterator[str]:
    """Say who could not be ranked, and why; and how many are not drawn."""
    reasons: dict[str, list[str]] = {}
    for unit in ranking.apart:
        status = unit.figure.status if unit.figure else Status.MISSING
        reasons.setdefault(wording.STATUSES[status], []).append(unit.name)
    for reason, names in reasons.items():
        yield f"{reason}（不参加排名）：{'、'.join(names)}"
    if len(ranking.ranked) > DRAWN:
        yield f"另有 {len(ranking.ranked) - DRAWN} 个单位名次在后，图中未画"
