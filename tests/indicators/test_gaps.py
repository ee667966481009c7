from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st

from desktop.indicators.figures import Added
from desktop.indicators.figures import Direction
from desktop.indicators.gaps import Reading
from desktop.indicators.gaps import gap_to
from tests.indicators.targets_of import target

if TYPE_CHECKING:
    from desktop.forms.indicator import Target


def reading(
    numerator: str,
    denominator: str = "1",
    multiplier: str = "1",
    *,
    grows: bool = False,
) -> Reading:
    digits = -min(0, int(Decimal(numerator).as_tuple().exponent))
    return Reading(
        Decimal(numerator),
        Decimal(denominator),
        Decimal(multiplier),
        digits,
        grows=grows,
    )


def amount(wanted: Target, of: Reading) -> tuple[str, Direction] | None:
    gap = gap_to(wanted, of, "张")
    return None if gap is None else (str(gap.amount), gap.direction)


@pytest.mark.parametrize(
    ("wanted", "of", "gap"),
    [
        # 52.3 % of 1,370 beds are 717 nursing beds; 55 % are 753.5, so 754.
        (target(">=", "55"), reading("717", "1370", "100"), ("37", Direction.MORE)),
        (target(">=", "55"), reading("754", "1370", "100"), None),
        (target(">=", "255500"), reading("235500"), ("20000", Direction.MORE)),
        (target("=", "37"), reading("40"), None),
        (target("=", "37"), reading("35"), ("2", Direction.MORE)),
        (target("<=", "15"), reading("17.5"), ("2.5", Direction.FEWER)),
        (target("<=", "15"), reading("15"), None),
        (target(">", "80.3"), reading("80.3"), ("0.1", Direction.MORE)),
        (target(">", "80.3"), reading("80.4"), None),
        (target("<", "15"), reading("15"), ("1", Direction.FEWER)),
        (target("<", "15"), reading("14"), None),
        (target("between", "2", upper=Decimal(3)), reading("2"), None),
        (
            target("between", "2", upper=Decimal(3)),
            reading("1"),
            ("1", Direction.MORE),
        ),
        (
            target("between", "2", upper=Decimal(3)),
            reading("5"),
            ("2", Direction.FEWER),
        ),
    ],
)
def test_gap(wanted: Target, of: Reading, gap: tuple[str, Direction] | None) -> None:
    assert amount(wanted, of) == gap


def test_gap__is_exact() -> None:
    """54.996 % shows as 55.00 % and still does not reach it."""
    assert amount(target(">=", "55"), reading("54996", "100000", "100")) == (
        "4",
        Direction.MORE,
    )


@given(
    st.sampled_from([">=", ">", "<=", "<"]),
    st.integers(0, 1000),
    st.integers(0, 5000),
    st.integers(1, 5000),
)
def test_gap__closing_it_suffices_and_less_does_not(
    operator: str, value: int, numerator: int, denominator: int
) -> None:
    wanted = target(operator, str(value))
    of = reading(str(numerator), str(denominator), "100")
    gap = gap_to(wanted, of, "张")
    if gap is None:
        return
    sign = 1 if gap.direction is Direction.MORE else -1

    def moved(by: Decimal) -> Reading:
        return Reading(of.numerator + sign * by, of.denominator, of.multiplier, 0)

    assert gap_to(wanted, moved(gap.amount), "张") is None
    assert gap_to(wanted, moved(gap.amount - 1), "张") is not None


def beds(nursing: int, total: int) -> Reading:
    return reading(str(nursing), str(total), "100", grows=True)


def added(wanted: Target, of: Reading) -> tuple[int, Added | None]:
    gap = gap_to(wanted, of, "张")
    assert gap is not None
    return int(gap.amount), gap.added


def test_gap__as_beds_stay_and_as_new_ones_are_added() -> None:
    """717 of 1,370: 754 are 55 %, or (717 + 82) of (1,370 + 82) = 55.03 %."""
    assert added(target(), beds(717, 1370)) == (37, Added(Decimal(82)))


def test_gap__the_whole_is_never_reached_by_adding() -> None:
    assert added(target(">=", "100"), beds(9, 10)) == (1, Added(None))
    assert gap_to(target(">=", "100"), beds(10, 10), "张") is None


def test_gap__strictly_more_takes_one_more() -> None:
    """5 of 10 are half; more than half are 6 of 10, or 6 of 11."""
    assert added(target(">", "50"), beds(5, 10)) == (1, Added(Decimal(1)))


def test_gap__without_a_common_whole_nothing_is_said_of_adding() -> None:
    assert added(target(), reading("717", "1370", "100")) == (37, None)


def test_gap__too_many_are_told_as_beds_stay() -> None:
    assert added(target("<=", "30"), beds(4, 10)) == (1, None)


@given(
    st.sampled_from([">=", ">", "=", "between"]),
    st.integers(0, 99),
    st.integers(0, 5000),
    st.integers(1, 5000),
)
def test_gap__adding_it_suffices_and_one_less_does_not(
    operator: str, value: int, numerator: int, denominator: int
) -> None:
    assume(numerator <= denominator)
    assume((operator, value) != ("=", 0))
    upper = Decimal(100) if operator == "between" else None
    wanted = target(operator, str(value), upper=upper)
    of = beds(numerator, denominator)
    gap = gap_to(wanted, of, "张")
    assume(gap is not None)
    assert gap is not None
    assert gap.added is not None
    assert gap.added.amount is not None

    def grown(by: Decimal) -> Reading:
        return beds(numerator + int(by), denominator + int(by))

    assert gap.direction is Direction.MORE
    assert gap_to(wanted, grown(gap.added.amount), "张") is None
    assert gap_to(wanted, grown(gap.added.amount - 1), "张") is not None
    assert gap.amount <= gap.added.amount
