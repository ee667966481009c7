"""How far a value is from its target, in natural units, solved from the formula.

Two answers where the numerator is part of the denominator: how many of those that are
there must change (若总数不变), and how many new ones it takes, each of which counts in
the whole as well (若新增). Both are rounded to the numerator's precision, so that the
amount suffices and one step less does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING
from decimal import ROUND_FLOOR
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.indicators.figures import Added
from desktop.indicators.figures import Direction
from desktop.indicators.figures import Gap
from desktop.indicators.targets import bounds_of

if TYPE_CHECKING:
    from desktop.forms.indicator import Target
    from desktop.indicators.targets import Bounds


@dataclass(frozen=True, slots=True)
class Reading:
    """Exact terms of a value: numerator × multiplier ÷ denominator.

    `digits` is the precision of the numerator: 0 for beds and persons. `grows` says
    that what is added to the numerator is added to the denominator too.
    """

    numerator: Decimal
    denominator: Decimal
    multiplier: Decimal
    digits: int
    grows: bool = False

    @property
    def value(self) -> Decimal:
        """The indicator's value."""
        return self.numerator * self.multiplier / self.denominator

    @property
    def step(self) -> Decimal:
        """The least amount by which the numerator can change."""
        return Decimal(1).scaleb(-self.digits)


def gap_to(target: Target, reading: Reading, measure: str | None) -> Gap | None:
    """Solve the formula for the numerator; None where nothing is missing.

    Too many of something is told with the denominator as it stands.
    """
    bounds = bounds_of(target)
    if bounds.lower is not None:
        missing = _missing(bounds, bounds.lower, reading)
        if missing > 0:
            added = _added(bounds, bounds.lower, reading) if reading.grows else None
            return Gap(missing, measure, Direction.MORE, added)
    if bounds.upper is not None:
        surplus = _surplus(bounds, bounds.upper, reading)
        if surplus > 0:
            return Gap(surplus, measure, Direction.FEWER)
    return None


def _missing(bounds: Bounds, lower: Decimal, reading: Reading) -> Decimal:
    return _enough(_wanted(lower, reading) - reading.numerator, bounds, reading)


def _surplus(bounds: Bounds, upper: Decimal, reading: Reading) -> Decimal:
    return _enough(reading.numerator - _wanted(upper, reading), bounds, reading)


def _added(bounds: Bounds, lower: Decimal, reading: Reading) -> Added:
    """Solve (n + y) × m ÷ (d + y) for y.

    As y grows the value nears m and never gets there: from m on nothing helps.
    """
    room = reading.multiplier - lower
    if room <= 0:
        return Added(None)
    short = lower * reading.denominator - reading.multiplier * reading.numerator
    return Added(_enough(short / room, bounds, reading))


def _wanted(bound: Decimal, reading: Reading) -> Decimal:
    return bound * reading.denominator / reading.multiplier


def _enough(amount: Decimal, bounds: Bounds, reading: Reading) -> Decimal:
    """Round up to what the numerator can change by; past it where that is asked for.

    An amount below 0 means that nothing is missing; 0 is enough unless strict.
    """
    if bounds.strict and amount >= 0:
        return amount.quantize(reading.step, ROUND_FLOOR) + reading.step
    return amount.quantize(reading.step, ROUND_CEILING)
