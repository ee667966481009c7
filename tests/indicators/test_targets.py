from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.indicators.targets import bounds_of
from desktop.indicators.targets import target_in_force
from tests.indicators.targets_of import target

if TYPE_CHECKING:
    from desktop.forms.indicator import Target


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
    assert bounds_of(target(None, None, text="大幅增加")).hold(Decimal(3))


def test_in_force__a_later_document_leaves_older_years_as_they_were() -> None:
    """4.5 slots by 2025 until a document of 2023 asked for 5.2."""
    first = target(value="4.5", year=2025, until=2022)
    later = target(value="5.2", year=2025, since=2023)
    for year, wanted in ((2021, first), (2022, first), (2023, later), (2025, later)):
        chosen = target_in_force((first, later), year)
        assert chosen is not None
        assert chosen.target is wanted
    assert target_in_force((later,), 2022) is None


@pytest.mark.parametrize(
    ("wanted", "value", "held"),
    [
        (target(">="), "55", True),
        (target(">="), "54.996", False),
        (target(">", "80.3"), "80.3", False),
        (target(">", "80.3"), "80.31", True),
        (target("=", "3.93"), "4", True),
        (target("=", "3.93"), "3.92", False),
        (target("=", "0"), "0", True),
        (target("=", "0"), "1", False),
        (target("<=", "14"), "14", True),
        (target("<=", "14"), "14.1", False),
        (target("<", "15"), "15", False),
        (target("<", "15"), "14.99", True),
        (target("between", "2", upper=Decimal(3)), "2", True),
        (target("between", "2", upper=Decimal(3)), "3", True),
        (target("between", "2", upper=Decimal(3)), "1.9", False),
        (target("between", "2", upper=Decimal(3)), "3.1", False),
    ],
)
def test_bounds__hold(wanted: Target, value: str, held: bool) -> None:
    assert bounds_of(wanted).hold(Decimal(value)) is held
