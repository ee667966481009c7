"""What an indicator says of one unit and period: value, standing, and the way to go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from desktop.forms.indicator import Target


class Status(Enum):
    """How a unit stands against the target in force."""

    REACHED = "reached"
    """达标."""
    NOT_REACHED = "not_reached"
    """未达标."""
    MISSING = "missing"
    """数据缺失: a term has no value."""
    NOT_APPLICABLE = "not_applicable"
    """不适用: the denominator is 0."""
    DOUBTFUL = "doubtful"
    """存疑: a share above 100 % where that cannot be."""
    REFERENCE = "reference"
    """仅供参考: a quantity the plan sets for its whole region, held beside a part."""
    NO_TARGET = "no_target"
    """The plan has words only, or nothing, to hold the value against."""


@dataclass(frozen=True, slots=True)
class TermValue:
    """Numerator or denominator of one unit.

    `records` counts the records it rests on and `blank` those of them that should
    have said something and did not. `started` is False where a form it needs has
    neither a record nor a nil return in the unit.
    """

    value: Decimal | None
    records: int
    blank: int
    started: bool


class Direction(Enum):
    """Which way the numerator has to go."""

    MORE = "more"
    FEWER = "fewer"


@dataclass(frozen=True, slots=True)
class Gap:
    """What is still missing, in natural units: 37 张, 2 个."""

    amount: Decimal
    measure: str | None
    direction: Direction


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator for one unit and period.

    `value` is exact; `shown` is rounded to the indicator's digits, half up. `overdue`
    says that the target's year lies before the period.
    """

    indicator: str
    unit: str
    period: str
    numerator: TermValue
    denominator: TermValue | None
    value: Decimal | None
    shown: Decimal | None
    status: Status
    target: Target | None
    overdue: bool
    gap: Gap | None
