"""How a value stands: against the target in force, on its way there, or as judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final

from desktop.indicators.figures import Direction
from desktop.indicators.figures import Status
from desktop.indicators.gaps import gap_to
from desktop.indicators.paths import line_to
from desktop.indicators.targets import target_in_force

if TYPE_CHECKING:
    from desktop.core.period import Period
    from desktop.forms.indicator import Indicator
    from desktop.forms.indicator import Target
    from desktop.indicators.figures import Gap
    from desktop.indicators.figures import Judgement
    from desktop.indicators.figures import Path
    from desktop.indicators.figures import TermValue
    from desktop.indicators.gaps import Reading

WHOLE: Final = 100
"""What a share cannot exceed, in per cent."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is held against a target: which unit, when, and whether it binds there.

    `starts` is the first year of the plan.
    """

    unit: str
    period: Period
    starts: int
    binds: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands, and what is left to do.

    `path` is there while a line judges: also where the value is missing, so that a
    reader knows what is expected.
    """

    status: Status
    target: Target | None = None
    overdue: bool = False
    gap: Gap | None = None
    path: Path | None = None


def standing(
    indicator: Indicator,
    here: Held,
    reading: Reading | None,
    denominator: TermValue | None,
    judgement: Judgement | None,
) -> Standing:
    """Tell how a unit stands.

    Where people judge, their word is the standing, and a value only stands beside it.
    """
    in_force = target_in_force(indicator.targets, here.period.year)
    target = in_force.target if in_force is not None else None
    overdue = in_force is not None and in_force.overdue
    status = _unheld(indicator, reading, denominator, judgement)
    if status is not None and (status is not Status.MISSING or not here.binds):
        return Standing(status, target, overdue=overdue)
    if target is None:
        reported = Status.ACHIEVED if indicator.baseline else Status.NO_TARGET
        return Standing(status or reported)
    if not here.binds:
        return Standing(Status.REFERENCE, target, overdue=overdue)
    return _held(indicator, here, target, reading, overdue=overdue)


def _unheld(
    indicator: Indicator,
    reading: Reading | None,
    denominator: TermValue | None,
    judgement: Judgement | None,
) -> Status | None:
    """Tell what stands without looking at a target; None where one decides."""
    if indicator.judged_by is not None:
        return Status.UNJUDGED if judgement is None else Status.JUDGED
    if denominator is not None and denominator.value == 0:
        return Status.NOT_APPLICABLE
    if reading is None:
        return Status.MISSING
    if not indicator.over_100 and reading.value > WHOLE:
        return Status.DOUBTFUL
    return None


def _held(
    indicator: Indicator,
    here: Held,
    target: Target,
    reading: Reading | None,
    *,
    overdue: bool,
) -> Standing:
    """Hold a value against a target, and against the line there while it lies ahead."""
    line = line_to(target, indicator, here.starts, here.period.year)
    path = line.path if line is not None else None
    if reading is None:
        return Standing(Status.MISSING, target, overdue=overdue, path=path)
    gap = gap_to(target, reading, indicator.numerator.measure)
    if gap is None:
        return Standing(Status.REACHED, target, overdue=overdue)
    if line is None or line.rising is not (gap.direction is Direction.MORE):
        return Standing(Status.NOT_REACHED, target, overdue=overdue, gap=gap)
    status = Status.ON_PATH if line.reached_by(reading) else Status.BEHIND
    return Standing(status, target, gap=gap, path=path)
