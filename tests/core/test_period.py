from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.period import parse_period

PER_YEAR = {
    PeriodKind.YEAR: 1,
    PeriodKind.HALF: 2,
    PeriodKind.QUARTER: 4,
    PeriodKind.MONTH: 12,
}


@st.composite
def periods(draw: st.DrawFn, kind: PeriodKind | None = None) -> Period:
    chosen = kind or draw(st.sampled_from(PeriodKind))
    number = draw(st.integers(1, PER_YEAR[chosen]))
    return Period(chosen, draw(st.integers(1000, 9999)), number)


@pytest.mark.parametrize(
    ("code", "title", "previous"),
    [
        ("2025", "2025年", "2024"),
        ("2025H1", "2025年上半年", "2024H2"),
        ("2025H2", "2025年下半年", "2025H1"),
        ("2025Q1", "2025年第一季度", "2024Q4"),
        ("2025Q4", "2025年第四季度", "2025Q3"),
        ("2025-01", "2025年1月", "2024-12"),
        ("2025-12", "2025年12月", "2025-11"),
    ],
)
def test_period__ok(code: str, title: str, previous: str) -> None:
    period = parse_period(code)

    assert period is not None
    assert period.code == code
    assert period.title == title
    assert period.previous().code == previous
    assert period.previous().following() == period


@pytest.mark.parametrize(
    "text",
    ["", "25", "2025H3", "2025Q5", "2025Q0", "2025-13", "2025-00", "2025-1", "2025 "],
)
def test_parse_period__error(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize("text", ["２０２５", "2025-0１", "٢٠٢٥"])
def test_parse_period__error_digits_of_other_scripts(text: str) -> None:
    assert parse_period(text) is None


@given(periods())
def test_parse_period__comes_back(period: Period) -> None:
    assert parse_period(period.code) == period


@given(periods())
def test_previous__is_just_before(period: Period) -> None:
    previous = period.previous()

    assert previous.kind is period.kind
    assert previous.code < period.code
    number = PER_YEAR[period.kind] * period.year + period.number
    assert PER_YEAR[period.kind] * previous.year + previous.number == number - 1


@given(st.sampled_from(PeriodKind).flatmap(lambda k: st.tuples(periods(k), periods(k))))
def test_code__sorts_in_time(pair: tuple[Period, Period]) -> None:
    first, second = pair
    in_time = (first.year, first.number) < (second.year, second.number)

    assert (first.code < second.code) == in_time


@given(periods())
def test_first_of_and_last_of__bound_the_year(period: Period) -> None:
    first, last = period.first_of(period.year), period.last_of(period.year)

    assert first.code <= period.code <= last.code
    assert first.previous() == period.last_of(period.year - 1)
