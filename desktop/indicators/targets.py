"""Which target is in force, whether a value reaches it, and how far it is.

Values are compared exactly, before any rounding: 54.996 % does not reach 55 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING
from decimal import ROUND_FLOOR
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import assert_never

from desktop.forms.indicator import TargetOperator
from desktop.indicators.figures import Direction
from desktop.indicators.figures import Gap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.forms.indicator import Target


@dataclass(frozen=True, slots=True)
class InForce:
    """The target a period is held against."""

    target: Target
    overdue: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """Exact terms of a value: numerator × multiplier ÷ denominator.

    `digits` is the precision of the numerator: 0 for beds and persons.
    """

    numerator: Decimal
    denominator: Decimal
    multiplier: Decimal
    digits: int

    @property
    def value(self) -> Decimal:
        """The indicator's value."""
        return self.numerator * self.multiplier / self.denominator


def target_in_force(targets: Iterable[Target], year: int) -> InForce | None:
    """Choose the target a year is held against.

    The next dated target that has not passed; else one without a year, which always
    holds; else the last that has passed, marked overdue. The plans do not say which
    of their targets judges a year between two: this reading is ours.
    """
    numeric = [target for target in targets if target.operator is not None]
    dated = sorted(
        (target.year, place) for place, target in enumerate(numeric) if target.year
    )
    coming = [place for due, place in dated if due >= year]
    if coming:
        return InForce(numeric[coming[0]], overdue=False)
    undated = [target for target in numeric if target.year is None]
    if undated:
        return InForce(undated[0], overdue=False)
    return InForce(numeric[dated[-1][1]], overdue=True) if dated else None


def gap_to(target: Target, reading: Reading, measure: str | None) -> Gap | None:
    """Solve the formula for the numerator; None where nothing is missing.

    `=` names a quantity without 以上 or 以下 and counts as reached from there on
    (catalogue, README: op `=`). The denominator is taken as it stands. The amount is
    rounded to the numerator's precision so that adding or removing it suffices.
    """
    lower, upper = _bounds(target)
    if lower is not None:
        missing = _missing(target, _wanted(lower, reading), reading)
        if missing > 0:
            return Gap(missing, measure, Direction.MORE)
    if upper is not None:
        surplus = _surplus(target, _wanted(upper, reading), reading)
        if surplus > 0:
            return Gap(surplus, measure, Direction.FEWER)
    return None


def _bounds(target: Target) -> tuple[Decimal | None, Decimal | None]:
    match target.operator:
        case TargetOperator.AT_LEAST | TargetOperator.MORE_THAN | TargetOperator.EQUAL:
            return target.value, None
        case TargetOperator.AT_MOST | TargetOperator.LESS_THAN:
            return None, target.value
        case TargetOperator.BETWEEN:
            return target.value, target.upper
        case None:
            return None, None
        case operator:
            assert_never(operator)


def _wanted(bound: Decimal, reading: Reading) -> Decimal:
    return bound * reading.denominator / reading.multiplier


def _missing(target: Target, wanted: Decimal, reading: Reading) -> Decimal:
    step = Decimal(1).scaleb(-reading.digits)
    if target.operator is TargetOperator.MORE_THAN and reading.numerator <= wanted:
        return _down(wanted - reading.numerator, step) + step
    return _up(wanted - reading.numerator, step)


def _surplus(target: Target, wanted: Decimal, reading: Reading) -> Decimal:
    step = Decimal(1).scaleb(-reading.digits)
    if target.operator is TargetOperator.LESS_THAN and reading.numerator >= wanted:
        return _down(reading.numerator - wanted, step) + step
    return _up(reading.numerator - wanted, step)


def _up(amount: Decimal, step: Decimal) -> Decimal:
    return amount.quantize(step, rounding=ROUND_CEILING)


def _down(amount: Decimal, step: Decimal) -> Decimal:
    return amount.quantize(step, rounding=ROUND_FLOOR)
