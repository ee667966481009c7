from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.forms.indicator import Baseline
from desktop.forms.indicator import TargetBasis
from desktop.indicators.figures import Status
from desktop.indicators.figures import TermValue
from desktop.indicators.gaps import Reading
from desktop.indicators.standing import Held
from desktop.indicators.standing import Standing
from desktop.indicators.standing import standing
from tests.indicators.targets_of import target
from tests.small import small_pack

if TYPE_CHECKING:
    from desktop.forms.indicator import Target

COUNT = small_pack().indicators[1]


def stands(
    value: str | None,
    wanted: Target | None,
    year: int = 2025,
    baseline: str | None = None,
    *,
    binds: bool = True,
) -> Standing:
    """Hold a number of 2020 to 2025 against a target."""
    begun = None
    if baseline is not None:
        begun = Baseline(value=Decimal(baseline), year=2020, basis=TargetBasis.NUMERIC)
    targets = () if wanted is None else (wanted,)
    indicator = COUNT.replaced(baseline=begun, targets=targets)
    here = Held("51", Period(PeriodKind.YEAR, year), 2021, binds=binds)
    digits = 0 if value is None else -int(Decimal(value).as_tuple().exponent)
    reading = value and Reading(Decimal(value), Decimal(1), Decimal(1), digits)
    return standing(indicator, here, reading or None, None, None)


@pytest.mark.parametrize(
    ("value", "operator", "year", "status"),
    [
        # 37.64 % in 2020, 55 % in 2025: 48.056 % in 2023.
        ("37.64", ">=", 2020, Status.NOT_REACHED),
        ("48.06", ">=", 2023, Status.ON_PATH),
        ("48.05", ">=", 2023, Status.BEHIND),
        ("30", ">=", 2023, Status.BEHIND),
        ("55", ">=", 2023, Status.REACHED),
        ("55", ">", 2023, Status.ON_PATH),
        ("55", ">=", 2025, Status.REACHED),
        ("54.99", ">=", 2025, Status.NOT_REACHED),
        ("54.99", ">=", 2026, Status.NOT_REACHED),
    ],
)
def test_standing__of_mianyangs_nursing_beds(
    value: str, operator: str, year: int, status: Status
) -> None:
    found = stands(value, target(operator, "55", year=2025), year, "37.64")
    assert found.status is status
    assert (found.path is not None) == (status in (Status.ON_PATH, Status.BEHIND))
    assert (found.gap is None) == (status is Status.REACHED)
    assert found.overdue == (year > 2025)


@pytest.mark.parametrize(
    ("title", "value", "operator", "wanted", "status"),
    [
        ("九年义务教育巩固率", "100.72", ">=", "100", Status.REACHED),
        ("人均预期寿命", "80.3", ">", "80.3", Status.NOT_REACHED),
        ("人均预期寿命", "80.4", ">", "80.3", Status.REACHED),
        ("孕产妇死亡率", "14", "<=", "14", Status.REACHED),
        ("平均急救反应时间", "15", "<", "15", Status.NOT_REACHED),
    ],
)
@pytest.mark.parametrize("year", [2020, 2023, 2025])
def test_standing__of_what_is_odd_in_mianyang(
    title: str, value: str, operator: str, wanted: str, status: Status, year: int
) -> None:
    """Baselines at or past their target leave no way to go: plain standing."""
    found = stands(value, target(operator, wanted, year=2025), year, value)
    assert found.status is status, title


def test_standing__falling_behind_on_the_way_down() -> None:
    wanted = target("<=", "14", year=2025)
    assert stands("17", wanted, 2022, "20").status is Status.ON_PATH
    assert stands("18", wanted, 2022, "20").status is Status.BEHIND


def test_standing__on_the_wrong_side_of_a_range_no_line_helps() -> None:
    wanted = target("between", "2", upper=Decimal(3), year=2025)
    assert stands("1.5", wanted, 2023, "1").status is Status.BEHIND
    assert stands("1.6", wanted, 2023, "1").status is Status.ON_PATH
    assert stands("3.1", wanted, 2023, "1").status is Status.NOT_REACHED
    assert stands("3", wanted, 2023, "1").status is Status.REACHED


def test_standing__says_what_is_expected_where_data_is_missing() -> None:
    found = stands(None, target(">=", "60", year=2025), 2023, "30")
    assert found.status is Status.MISSING
    assert found.path is not None
    assert found.path.expected == 48
    assert stands(None, target(), binds=False) == Standing(Status.MISSING, target())


def test_standing__without_target() -> None:
    assert stands("3", None).status is Status.NO_TARGET
    assert stands("3", None, baseline="2").status is Status.ACHIEVED
    assert stands(None, None, baseline="2").status is Status.MISSING


def test_standing__for_reference_no_line_and_no_gap() -> None:
    found = stands("40", target(year=2025), 2023, "30", binds=False)
    assert found == Standing(Status.REFERENCE, target(year=2025))


def test_standing__nothing_of_nothing_has_no_line() -> None:
    here = Held("51", Period(PeriodKind.YEAR, 2025), 2021, binds=True)
    indicator = COUNT.replaced(targets=(target(),))
    zero = TermValue(Decimal(0), 1, 0, started=True)
    found = standing(indicator, here, None, zero, None)
    assert found == Standing(Status.NOT_APPLICABLE, target())
