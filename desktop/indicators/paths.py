"""Whether a value is on its way: the straight line from the baseline to the target.

No plan draws such a line, so all of this is our reading, and is said to be wherever it
shows. It judges the years between: up to the year the line begins with, and in the
target's own year, the target itself does.

* The line begins with the baseline; where the plan has set an earlier target that is
  still valid and whose year has passed, with that.
* A baseline without a year is taken for the year before the plan begins.
* It leads to the bound the baseline has yet to reach: up to a lower one, down to an
  upper one (going down is as good as going up), to the nearer one of `between`.
* A baseline that is already where the target wants it has no way to go, and gives no
  line; so does one exactly on a strict bound (> 80.3 from 80.3).
* To be on the line is enough, also where the target itself is strict.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.indicators.figures import Path
from desktop.indicators.targets import bounds_of
from desktop.indicators.targets import valid_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.forms.indicator import Indicator
    from desktop.forms.indicator import Target
    from desktop.indicators.gaps import Reading


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a line may begin."""

    year: int
    value: Decimal
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line, asked about in one year; `rising` where more is better."""

    path: Path
    expected: Fraction
    rising: bool

    def reached_by(self, reading: Reading) -> bool:
        """Tell whether a value has come as far as the line; exact."""
        value = Fraction(reading.numerator) * Fraction(reading.multiplier)
        value /= Fraction(reading.denominator)
        return value >= self.expected if self.rising else value <= self.expected


def line_to(
    target: Target, indicator: Indicator, starts: int, year: int
) -> Line | None:
    """Draw the line to a target as it stands in a year; None where none judges it.

    `starts` is the first year of the plan.
    """
    if target.year is None or year >= target.year:
        return None
    begun = [start for start in _starts(indicator, starts, year) if start.year < year]
    if not begun:
        return None
    start = max(begun, key=lambda each: each.year)
    bounds = bounds_of(target)
    if bounds.lower is not None and start.value < bounds.lower:
        end, rising = bounds.lower, True
    elif bounds.upper is not None and start.value > bounds.upper:
        end, rising = bounds.upper, False
    else:
        return None
    share = Fraction(year - start.year, target.year - start.year)
    expected = Fraction(start.value) + (Fraction(end) - Fraction(start.value)) * share
    shown = Decimal(expected.numerator) / Decimal(expected.denominator)
    path = Path(shown, start.value, start.year, start.assumed)
    return Line(path, expected, rising)


def _starts(indicator: Indicator, starts: int, year: int) -> Iterator[_Start]:
    baseline = indicator.baseline
    if baseline is None or baseline.value is None:
        return
    stated = baseline.year
    yield _Start(
        starts - 1 if stated is None else stated, baseline.value, stated is None
    )
    for earlier in indicator.targets:
        if (
            earlier.year is not None
            and earlier.value is not None
            and valid_in(earlier, year)
        ):
            yield _Start(earlier.year, earlier.value)
