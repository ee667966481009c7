"""The charts of a report: each indicator against its target, over time, over units.

Figures of one period are computed once for all indicators together, so that a report
costs a statement a period and not one an indicator.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.compiled import CompiledPack
from desktop.app.compiled import settled
from desktop.app.figures.figuring import computed
from desktop.app.figures.figuring import figures_of_all
from desktop.app.figures.trends import units_of
from desktop.app.progress import Progress
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.export.building.charts import rank_chart
from desktop.export.building.charts import target_chart
from desktop.export.building.charts import trend_chart
from desktop.export.report import Chapter
from desktop.export.report import ChartGroup
from desktop.indicators.series import RankedUnit
from desktop.indicators.series import Trend
from desktop.indicators.series import TrendPoint
from desktop.indicators.series import rank
from desktop.indicators.series import same_meaning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.app.progress import Steps
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.export.chart.data import Chart
    from desktop.export.report import Report
    from desktop.forms.indicator import Indicator
    from desktop.forms.indicator import Target
    from desktop.forms.model import Pack
    from desktop.indicators.figures import Figure
    from desktop.store.ledger import Ledger

FEWEST = 2
"""Values that make a trend or a ranking; one by itself shows nothing."""


@frozen
class _Known:
    """All figures a report's charts are drawn from.

    `over` are those of the topmost unit by period with the pack of each, `units` those
    of the units directly below it, by indicator and unit.
    """

    pack: Pack
    period: Period
    root: Unit
    over: tuple[tuple[Period, Pack, Mapping[str, Figure]], ...]
    below: tuple[Unit, ...]
    units: Mapping[tuple[str, str], Figure]


def charted(
    ledger: Ledger, compiled: CompiledPack, period: Period, report: Report
) -> Steps[Report]:
    """Give a report of the ledger's topmost unit its charts.

    Those are drawn of the indicators that a plan has set a number for: a plan may name
    hundreds of others, whose numbers stand in the tables.
    """
    if report.left_out & {Chapter.INDICATORS, Chapter.CHARTS}:
        return report
    root = ledger.units()[0]
    over = yield from _over(ledger, compiled, period, root)
    below = [
        unit for unit in units_of(ledger.units(), None) if unit.exists_in(period.code)
    ]
    units: dict[tuple[str, str], Figure] = {}
    if len(below) >= FEWEST:
        pack, plan = compiled.pack, compiled.figures
        found = yield from figures_of_all(ledger, pack, plan, period)
        units = {(figure.indicator, figure.unit): figure for figure in found}
    known = _Known(compiled.pack, period, root, over, tuple(below), units)
    groups = (
        ChartGroup(indicator.id, tuple(_charts(known, indicator)))
        for indicator in compiled.pack.indicators
        if any(map(_has_number, indicator.targets))
    )
    return replace(report, charts=tuple(group for group in groups if group.charts))


def _has_number(target: Target) -> bool:
    return target.operator is not None and target.value is not None


def _over(
    ledger: Ledger, compiled: CompiledPack, period: Period, root: Unit
) -> Steps[tuple[tuple[Period, Pack, Mapping[str, Figure]], ...]]:
    """Compute every period's figures by its own pack, each pack compiled once."""
    ready = [compiled]
    over: list[tuple[Period, Pack, Mapping[str, Figure]]] = []
    periods = ledger.periods()
    for place, each in enumerate(periods):
        yield Progress(place, len(periods), message("app.computing"))
        pack = compiled.pack if each == period else settled(ledger, each)
        one = next((known for known in ready if known.pack == pack), None)
        if one is None:
            one = CompiledPack(pack)
            ready.append(one)
        found = yield from computed(ledger, pack, one.figures, each, root.code)
        over.append((each, pack, {figure.indicator: figure for figure in found}))
    return tuple(over)


def _charts(known: _Known, indicator: Indicator) -> Iterator[Chart]:
    """Give the charts of an indicator that show something."""
    whose = known.root.name_in(known.period.code)
    trend = _trend(known, indicator)
    figure = next(one.figure for one in trend.points if one.period == known.period)
    if figure is not None and figure.shown is not None:
        chart = target_chart(indicator, figure, whose)
        if chart is not None:
            yield chart
    if trend.measured >= FEWEST:
        yield trend_chart(indicator, trend, whose)
    ranked = (
        RankedUnit(
            unit.code,
            unit.name_in(known.period.code),
            known.units.get((indicator.id, unit.code)),
        )
        for unit in known.below
    )
    ranking = rank(indicator, known.period, ranked)
    if len({unit.figure.shown for unit in ranking.ranked if unit.figure}) >= FEWEST:
        yield rank_chart(indicator, ranking, whose)


def _trend(known: _Known, indicator: Indicator) -> Trend:
    points: list[TrendPoint] = []
    meant = (known.pack, indicator)
    for period, pack, figures in known.over:
        then = pack.indicator_by_id.get(indicator.id)
        if then is None:
            points.append(TrendPoint(period, None))
            continue
        same = same_meaning(meant, (pack, then), known.period.year)
        points.append(TrendPoint(period, figures.get(indicator.id), same))
    return Trend(known.period, tuple(points))
