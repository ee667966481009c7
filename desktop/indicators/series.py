"""One indicator over periods, and over units: what a trend and a ranking are made of.

Figures of two periods are joined only where they mean the same: a period keeps its
pack, and an earlier version may have defined the indicator otherwise (口径不同).
"""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from desktop.core.frozen import frozen
from desktop.indicators.figures import Status
from desktop.indicators.meaning import differences
from desktop.indicators.targets import bounds_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from decimal import Decimal

    from desktop.core.period import Period
    from desktop.forms.indicator import Indicator
    from desktop.forms.model import Pack
    from desktop.indicators.figures import Figure


@frozen
class TrendPoint:
    """An indicator in one period.

    `figure` is None where the period's pack has no such indicator. `same` says that
    it means what it means in the period looked at.
    """

    period: Period
    figure: Figure | None
    same: bool = True


@frozen
class Trend:
    """An indicator of one unit over the periods of a ledger, in their order.

    `now` is the period looked at, whose definition the others are held against.
    """

    now: Period
    points: tuple[TrendPoint, ...]

    @property
    def measured(self) -> int:
        """In how many periods there is a value."""
        return sum(
            point.figure is not None and point.figure.shown is not None
            for point in self.points
        )


@frozen
class RankedUnit:
    """A unit with its figure; `place` counts from 1, None where it has no value."""

    code: str
    name: str
    figure: Figure | None
    place: int | None = None


@frozen
class Ranking:
    """Units in the order of their values, the better first; apart those without one.

    `fewer` says that less is better.
    """

    period: Period
    ranked: tuple[RankedUnit, ...]
    apart: tuple[RankedUnit, ...]
    fewer: bool


def same_meaning(
    now: tuple[Pack, Indicator], then: tuple[Pack, Indicator], year: int
) -> bool:
    """Tell whether two versions of an indicator may be joined by a line."""
    if now[1].measure != then[1].measure:
        return False
    return not any(each.of_meaning for each in differences([now, then], year))


def fewer_is_better(indicator: Indicator) -> bool:
    """Tell whether the plan wants less of it: its targets have an upper bound only."""
    bounds = [bounds_of(target) for target in indicator.targets]
    lower = any(each.lower is not None for each in bounds)
    return not lower and any(each.upper is not None for each in bounds)


def rank(indicator: Indicator, period: Period, units: Iterable[RankedUnit]) -> Ranking:
    """Put units in order by exact values; equal ones share a place.

    A doubtful value is not ranked: it would stand first for being wrong.
    """
    fewer = fewer_is_better(indicator)
    every = tuple(units)
    valued = [(value, unit) for unit in every if (value := _value(unit)) is not None]
    valued.sort(key=itemgetter(0), reverse=not fewer)
    apart = tuple(unit for unit in every if _value(unit) is None)
    return Ranking(period, tuple(_placed(valued)), apart, fewer)


def _value(unit: RankedUnit) -> Decimal | None:
    figure = unit.figure
    if figure is None or figure.status is Status.DOUBTFUL:
        return None
    return figure.value


def _placed(valued: Sequence[tuple[Decimal, RankedUnit]]) -> Iterator[RankedUnit]:
    place, before = 0, None
    for number, (value, unit) in enumerate(valued, 1):
        place = place if value == before else number
        before = value
        yield replace(unit, place=place)
