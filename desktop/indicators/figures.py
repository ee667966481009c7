"""What an indicator says of one unit and period: value, standing, and the way to go."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from decimal import Decimal

    from desktop.forms.indicator import Target


class Status(Enum):
    """How a unit stands against the target in force."""

    REACHED = "reached"
    """达标."""
    ON_PATH = "on_path"
    """进度正常: the target's year lies ahead, and the value is on the straight line."""
    BEHIND = "behind"
    """进度滞后: the target's year lies ahead, and the value is short of the line."""
    NOT_REACHED = "not_reached"
    """未达标."""
    JUDGED = "judged"
    """已评定: people have said how a commitment in words stands."""
    UNJUDGED = "unjudged"
    """待评定: a commitment in words of which nobody has said how it stands."""
    MISSING = "missing"
    """数据缺失: a term has no value."""
    NOT_APPLICABLE = "not_applicable"
    """不适用: the denominator is 0."""
    DOUBTFUL = "doubtful"
    """存疑: a share above 100 % where that cannot be."""
    REFERENCE = "reference"
    """仅供参考: a quantity the plan sets for its whole region, held beside a part."""
    ACHIEVED = "achieved"
    """已有成绩: the plan reports where it starts from and wants nothing further."""
    NO_TARGET = "no_target"
    """The plan has words only, or nothing, to hold the value against."""


@frozen
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


@frozen
class Added:
    """How many to add where what is added counts in the whole as well.

    `amount` is None where adding alone never reaches the target: of 10 beds, 9 of
    them for nursing, further nursing beds never make 100 %.
    """

    amount: Decimal | None


@frozen
class Gap:
    """What is still missing, in natural units: 37 张, 2 个.

    `amount` holds while the denominator stays as it is. `added` is the same told for
    new ones on both sides; None where the denominator cannot grow by them.
    """

    amount: Decimal
    measure: str | None
    direction: Direction
    added: Added | None = None


@frozen
class Path:
    """Where the straight line to a target stands in a period.

    The plans draw no such line: it is ours. It begins with `start` in the year
    `since`; `assumed` says that the plan names no year for its baseline, and the year
    before the plan begins is taken.
    """

    expected: Decimal
    start: Decimal
    since: int
    assumed: bool


@frozen
class Judgement:
    """How people judged a commitment in words: choices with how many chose each.

    Only choices that somebody made are listed; `open` counts records without one.
    """

    counts: tuple[tuple[str, int], ...]
    open: int

    @property
    def unanimous(self) -> str | None:
        """The choice, where all who judged made the same one and nobody is left."""
        return self.counts[0][0] if len(self.counts) == 1 and not self.open else None


@frozen
class Figure:
    """One indicator for one unit and period.

    `value` is exact; `shown` is rounded to the indicator's digits, half up. `overdue`
    says that the target's year lies before the period. Where nothing is
    computed the numerator has no value and rests on nothing.
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
    path: Path | None = None
    judgement: Judgement | None = None
