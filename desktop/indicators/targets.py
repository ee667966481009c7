"""Which target is in force, and whether a value reaches it.

Values are compared exactly, before any rounding: 54.996 % does not reach 55 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import assert_never

from desktop.forms.indicator import TargetOperator

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from desktop.forms.indicator import Target


@dataclass(frozen=True, slots=True)
class InForce:
    """The target a period is held against."""

    target: Target
    overdue: bool


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a target asks for: at least `lower`, at most `upper`; strict ones exclude.

    `=` names a quantity without 以上 or 以下 and counts as reached from there on
    (catalogue, README: op `=`); `= 0` wants none at all, so it is reached at 0 only.
    """

    lower: Decimal | None = None
    upper: Decimal | None = None
    strict: bool = False

    def short(self, value: Decimal) -> bool:
        """Tell whether a value lies below what is asked for."""
        if self.lower is None:
            return False
        return value < self.lower or (self.strict and value == self.lower)

    def over(self, value: Decimal) -> bool:
        """Tell whether a value lies above what is asked for."""
        if self.upper is None:
            return False
        return value > self.upper or (self.strict and value == self.upper)

    def hold(self, value: Decimal) -> bool:
        """Tell whether a value is what is asked for."""
        return not self.short(value) and not self.over(value)


def bounds_of(target: Target) -> Bounds:
    """Give the bounds of a target; none where it has words only."""
    value = target.value
    match target.operator:
        case TargetOperator.EQUAL if value == 0:
            return Bounds(upper=value)
        case TargetOperator.AT_LEAST | TargetOperator.EQUAL:
            return Bounds(lower=value)
        case TargetOperator.MORE_THAN:
            return Bounds(lower=value, strict=True)
        case TargetOperator.AT_MOST:
            return Bounds(upper=value)
        case TargetOperator.LESS_THAN:
            return Bounds(upper=value, strict=True)
        case TargetOperator.BETWEEN:
            return Bounds(lower=value, upper=target.upper)
        case None:
            return Bounds()
        case operator:
            assert_never(operator)


def valid_in(target: Target, year: int) -> bool:
    """Tell whether a target holds for a year: a later document may have changed it."""
    return (target.since is None or target.since <= year) and (
        target.until is None or year <= target.until
    )


def target_in_force(targets: Iterable[Target], year: int) -> InForce | None:
    """Choose the target a year is held against, of those valid in it.

    The next dated target that has not passed; else one without a year, which always
    holds; else the last that has passed, marked overdue. The plans do not say which
    of their targets judges a year between two: this reading is ours.
    """
    numeric = [
        target
        for target in targets
        if target.operator is not None and valid_in(target, year)
    ]
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
