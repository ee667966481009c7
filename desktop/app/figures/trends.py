"""One indicator over the periods of a ledger, and over its units.

Only that indicator is compiled and asked, so each slice is short: what is computed for
a picture must not keep an edit waiting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.compiled import settled
from desktop.app.figures.figuring import computed
from desktop.app.figures.figuring import figures_of_all
from desktop.app.progress import Progress
from desktop.core.messages import message
from desktop.core.unit import UnitLevel
from desktop.indicators.series import RankedUnit
from desktop.indicators.series import Trend
from desktop.indicators.series import TrendPoint
from desktop.indicators.series import rank
from desktop.indicators.series import same_meaning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.compiled import CompiledPack
    from desktop.app.progress import Steps
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.model import Pack
    from desktop.indicators.compute import FigurePlan
    from desktop.indicators.figures import Figure
    from desktop.indicators.series import Ranking
    from desktop.store.ledger import Ledger


class _Plans:
    """One indicator compiled for each pack that a period goes by, once."""

    def __init__(self, compiled: CompiledPack, indicator: str) -> None:
        self._own = compiled
        self._indicator = indicator
        self._known: list[tuple[Pack, FigurePlan | None]] = []

    def of(self, pack: Pack) -> FigurePlan | None:
        """Give the plan for a pack; None where it has no such indicator."""
        for known, plan in self._known:
            if known == pack:
                return plan
        plan = self._compile(pack)
        self._known.append((pack, plan))
        return plan

    def _compile(self, pack: Pack) -> FigurePlan | None:
        from desktop.forms.schema import schema_of  # noqa: PLC0415 - brings the parser
        from desktop.indicators.compute import compile_for  # noqa: PLC0415 - see above

        found = pack.indicator_by_id.get(self._indicator)
        if found is None:
            return None
        schema = self._own.schema if pack == self._own.pack else schema_of(pack)
        return compile_for(pack.replaced(indicators=(found,)), pack, schema)


def trend(
    ledger: Ledger, compiled: CompiledPack, indicator: str, period: Period, unit: str
) -> Steps[Trend]:
    """Compute an indicator for a unit in every period, each by its own pack.

    `compiled` is the pack of `period`, whose meaning the others are held against.
    """
    plans = _Plans(compiled, indicator)
    periods = ledger.periods()
    meant = (compiled.pack, compiled.pack.indicator_by_id[indicator])
    points: list[TrendPoint] = []
    for place, each in enumerate(periods):
        yield Progress(place, len(periods), message("app.computing"))
        pack = compiled.pack if each == period else settled(ledger, each)
        plan = plans.of(pack)
        if plan is None:
            points.append(TrendPoint(each, None))
            continue
        found = yield from computed(ledger, pack, plan, each, unit)
        then = (pack, pack.indicator_by_id[indicator])
        same = same_meaning(meant, then, period.year)
        points.append(TrendPoint(each, _first(found), same))
    return Trend(period, tuple(points))


def ranking(
    ledger: Ledger,
    compiled: CompiledPack,
    indicator: str,
    period: Period,
    level: UnitLevel | None,
) -> Steps[Ranking]:
    """Compute an indicator for the units of a level and put them in order.

    Without a level, those directly below the ledger's own unit are ranked.
    """
    pack = compiled.pack
    plan = _Plans(compiled, indicator).of(pack)
    if plan is None:
        raise KeyError(indicator)
    found = yield from figures_of_all(ledger, pack, plan, period)
    figures = {figure.unit: figure for figure in found}
    units = [
        RankedUnit(unit.code, unit.name_in(period.code), figures.get(unit.code))
        for unit in units_of(ledger.units(), level)
        if unit.exists_in(period.code)
    ]
    return rank(pack.indicator_by_id[indicator], period, units)


def units_of(units: Sequence[Unit], level: UnitLevel | None) -> tuple[Unit, ...]:
    """Choose the units of a level below the topmost, or those directly below it."""
    root, *others = units
    if level is None:
        return tuple(unit for unit in others if unit.parent == root.code)
    return tuple(unit for unit in others if unit.level is level)


def levels_of(units: Sequence[Unit]) -> tuple[UnitLevel, ...]:
    """Give the levels below the topmost unit whose units are not all directly below."""
    near = units_of(units, None)
    return tuple(
        level
        for level in UnitLevel
        if (there := units_of(units, level)) and there != near
    )


def _first(figures: Sequence[Figure]) -> Figure | None:
    return figures[0] if figures else None
