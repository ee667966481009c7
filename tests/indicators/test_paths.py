from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.forms.indicator import Baseline
from desktop.forms.indicator import TargetBasis
from desktop.indicators.gaps import Reading
from desktop.indicators.paths import line_to
from tests.indicators.targets_of import target
from tests.small import small_pack

if TYPE_CHECKING:
    from desktop.forms.indicator import Indicator
    from desktop.forms.indicator import Target

PLAN_STARTS = 2021
COUNT = small_pack().indicators[1]


def indicator(
    baseline: str | None, year: int | None = 2020, *targets: Target
) -> Indicator:
    begun = None
    if baseline is not None:
        begun = Baseline(value=Decimal(baseline), year=year, basis=TargetBasis.NUMERIC)
    return COUNT.replaced(baseline=begun, targets=targets)


def expected(of: Indicator, wanted: Target, year: int) -> str | None:
    line = line_to(wanted, of, PLAN_STARTS, year)
    return None if line is None else str(round(line.path.expected, 2))


def reading(value: str) -> Reading:
    return Reading(Decimal(value), Decimal(1), Decimal(1), 2)


@pytest.mark.parametrize(
    ("year", "due"),
    [
        (2020, None),
        (2021, "41.11"),
        (2022, "44.58"),
        (2023, "48.06"),
        (2024, "51.53"),
        (2025, None),
        (2026, None),
    ],
)
def test_line__mianyang_nursing_beds_from_37_64_to_55(
    year: int, due: str | None
) -> None:
    """A fifth of 17.36 a year; neither 2020 nor 2025 and later are on the way."""
    assert expected(indicator("37.64"), target(year=2025), year) == due


def test_line__of_liaonings_beds_begins_in_a_year_that_is_assumed() -> None:
    """23.55 万 to 25.55 万: 20,000 in five years, 4,000 a year."""
    wanted = target(">=", "255500", year=2025)
    line = line_to(wanted, indicator("235500", None), PLAN_STARTS, 2022)
    assert line is not None
    path = line.path
    assert (path.expected, path.start) == (Decimal(243500), Decimal(235500))
    assert (path.since, path.assumed) == (2020, True)
    stated = line_to(wanted, indicator("235500", 2019), PLAN_STARTS, 2022)
    assert stated is not None
    assert (stated.path.since, stated.path.assumed) == (2019, False)


def test_line__down_is_as_good_as_up() -> None:
    """Maternal deaths from 20 to 14 per 100,000: 17.6 after two years of five."""
    line = line_to(target("<=", "14", year=2025), indicator("20"), PLAN_STARTS, 2022)
    assert line is not None
    assert (line.path.expected, line.rising) == (Decimal("17.6"), False)
    assert line.reached_by(reading("17.6"))
    assert not line.reached_by(reading("17.61"))


@pytest.mark.parametrize(
    ("baseline", "due"), [("1", "1.4"), ("5", "4.2"), ("2.5", None), ("2", None)]
)
def test_line__to_the_nearer_bound_of_a_range(baseline: str, due: str | None) -> None:
    """2 to 3 general practitioners; from inside the range there is no way to go."""
    wanted = target("between", "2", upper=Decimal(3), year=2025)
    assert expected(indicator(baseline), wanted, 2022) == (due and f"{due}0")


@pytest.mark.parametrize(
    ("operator", "value", "baseline"),
    [
        (">=", "100", "100.72"),
        (">=", "95", "96.3"),
        (">", "80.3", "80.3"),
        ("<=", "14", "14"),
    ],
)
def test_line__none_from_where_one_is_already(
    operator: str, value: str, baseline: str
) -> None:
    wanted = target(operator, value, year=2025)
    assert line_to(wanted, indicator(baseline), PLAN_STARTS, 2022) is None


def test_line__to_a_strict_bound_is_kept_by_standing_on_it() -> None:
    line = line_to(target(">", "90", year=2025), indicator("80"), PLAN_STARTS, 2021)
    assert line is not None
    assert line.reached_by(reading("82"))
    assert not line.reached_by(reading("81.99"))


def test_line__none_without_baseline_or_year() -> None:
    assert expected(indicator(None), target(year=2025), 2022) is None
    assert expected(indicator("30"), target(), 2022) is None


def test_line__begins_anew_with_an_earlier_target() -> None:
    """30 in 2020, 50 wanted in 2022, 56 in 2025: 52 in 2023."""
    early, late = target(value="50", year=2022), target(value="56", year=2025)
    of = indicator("30", 2020, early, late)
    assert expected(of, early, 2021) == "40.00"
    assert expected(of, late, 2023) == "52.00"
    gone = target(value="50", year=2022, until=2022)
    assert expected(indicator("30", 2020, gone, late), late, 2023) == "45.60"


@given(
    st.integers(-1000, 1000),
    st.integers(-1000, 1000),
    st.integers(2021, 2029),
    st.sampled_from([">=", "<="]),
)
def test_line__stays_between_its_ends(
    start: int, end: int, year: int, operator: str
) -> None:
    wanted = target(operator, str(end), year=2030)
    line = line_to(wanted, indicator(str(start)), PLAN_STARTS, year)
    if line is None:
        assert end <= start if operator == ">=" else start <= end
        return
    low, high = sorted((start, end))
    assert low < line.expected < high
    assert line.reached_by(reading(str(end)))
    assert not line.reached_by(reading(str(start)))
