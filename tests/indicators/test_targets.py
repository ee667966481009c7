from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.forms.indicator import Target
from desktop.forms.indicator import TargetBasis
from desktop.forms.indicator import TargetOperator
from desktop.forms.indicator import YearBasis
from desktop.indicators.figures import Direction
from desktop.indicators.targets import Reading
from desktop.indicators.targets import gap_to
from desktop.indicators.targets import target_in_force


def target(
    operator: str | None = ">=",
    value: str | None = "55",
    **other: Any,  # noqa: ANN401 - any other key of the model
) -> Target:
    return Target(
        operator=None if operator is None else TargetOperator(operator),
        value=None if value is None else Decimal(value),
        year_basis=YearBasis.EXPLICIT,
        basis=TargetBasis.NUMERIC,
        **other,
    )


def reading(numerator: str, denominator: str = "1", multiplier: str = "1") -> Reading:
    digits = -min(0, int(Decimal(numerator).as_tuple().exponent))
    return Reading(
        Decimal(numerator), Decimal(denominator), Decimal(multiplier), digits
    )


def amount(wanted: Target, of: Reading) -> tuple[str, Direction] | None:
    gap = gap_to(wanted, of, "张")
    return None if gap is None else (str(gap.amount), gap.direction)


def test_in_force__the_next_one_due() -> None:
    early, late = target(value="50", year=2022), target(value="55", year=2025)
    chosen = target_in_force((late, early), 2023)
    assert chosen is not None
    assert (chosen.target, chosen.overdue) == (late, False)
    chosen = target_in_force((late, early), 2021)
    assert chosen is not None
    assert chosen.target is early


def test_in_force__one_without_a_year_always_holds() -> None:
    always, past = target(value="15"), target(value="10", year=2020)
    chosen = target_in_force((past, always), 2025)
    assert chosen is not None
    assert (chosen.target, chosen.overdue) == (always, False)


def test_in_force__the_last_one_past_is_overdue() -> None:
    first, last = target(year=2018), target(year=2020)
    chosen = target_in_force((first, last), 2025)
    assert chosen is not None
    assert (chosen.target, chosen.overdue) == (last, True)


def test_in_force__words_judge_nothing() -> None:
    assert target_in_force((target(None, None, text="大幅增加"),), 2025) is None
    assert target_in_force((), 2025) is None
    assert gap_to(target(None, None, text="大幅增加"), reading("3"), "张") is None


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
