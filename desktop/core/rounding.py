"""舍位平衡: numbers rounded so that printed parts add up to printed totals.

A total is rounded first, halves away from zero; what it then has to give is handed out
to its parts by the largest remainder, and so on from the top down. Every number ends
up directly below or above its true value, so that none moves by a whole unit of the
last place; which of equal remainders goes first is decided by their order.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR
from decimal import ROUND_HALF_UP
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence


class Scale(Enum):
    """In what numbers are printed; the value is the word before the measure."""

    ONE = "个"
    HUNDRED = "百"
    THOUSAND = "千"
    TEN_THOUSAND = "万"
    MILLION = "百万"
    HUNDRED_MILLION = "亿"


FACTORS: Final[Mapping[Scale, int]] = {
    Scale.ONE: 1,
    Scale.HUNDRED: 100,
    Scale.THOUSAND: 1_000,
    Scale.TEN_THOUSAND: 10_000,
    Scale.MILLION: 1_000_000,
    Scale.HUNDRED_MILLION: 100_000_000,
}
_CARRIED: Final = (Scale.HUNDRED_MILLION, Scale.MILLION, Scale.TEN_THOUSAND)
"""Scales that measures carry themselves, as 万元 does; 千 stands in 千米 too."""


@dataclass(frozen=True, slots=True)
class Printed:
    """How a column of numbers is printed: what they are divided by, and the measure."""

    divisor: int
    measure: str | None


@dataclass(frozen=True, slots=True)
class Sum:
    """A number and the parts that add up to it; a part may have parts of its own."""

    value: Decimal
    parts: tuple[Sum, ...] = ()


def printed(scale: Scale, measure: str | None) -> Printed:
    """Say how numbers of a measure are printed in a scale.

    What is already kept in 万元 is not divided again for 万; it is never multiplied.
    """
    carried = next(
        (
            one
            for one in _CARRIED
            if measure and measure.startswith(one.value) and measure != one.value
        ),
        Scale.ONE,
    )
    divisor = FACTORS[scale] // FACTORS[carried]
    if divisor <= 1:
        return Printed(1, measure)
    bare = (measure or "").removeprefix("" if carried is Scale.ONE else carried.value)
    return Printed(divisor, scale.value + bare)


def rounded(value: Decimal, divisor: int, digits: int) -> Decimal:
    """Round a number that is no part of a sum, halves away from zero."""
    return (value / divisor).quantize(_step(digits), ROUND_HALF_UP)


def balanced(tree: Sum, divisor: int, digits: int) -> Sum:
    """Round a sum with all its parts; the parts still add up, at every level.

    Raises:
        ValueError: The parts of a number do not add up to it before rounding.
    """
    return _shown(tree, rounded(tree.value, divisor, digits), divisor, digits)


def _shown(tree: Sum, value: Decimal, divisor: int, digits: int) -> Sum:
    if not tree.parts:
        return Sum(value)
    if sum(part.value for part in tree.parts) != tree.value:
        raise ValueError(tree.value)
    step = _step(digits)
    exact = [part.value / divisor for part in tree.parts]
    shares = _shares(value, exact, step)
    return Sum(
        value,
        tuple(
            _shown(part, share, divisor, digits)
            for part, share in zip(tree.parts, shares, strict=True)
        ),
    )


def _shares(total: Decimal, exact: Sequence[Decimal], step: Decimal) -> list[Decimal]:
    """Hand a rounded total out to its parts by the largest remainder."""
    shares = [part.quantize(step, ROUND_FLOOR) for part in exact]
    left = int((total - sum(shares, Decimal(0))) / step)
    remainders = [part - share for part, share in zip(exact, shares, strict=True)]
    order = sorted(range(len(exact)), key=lambda place: (-remainders[place], place))
    for place in order[:left]:
        shares[place] += step
    return shares


def _step(digits: int) -> Decimal:
    return Decimal(1).scaleb(-digits)
