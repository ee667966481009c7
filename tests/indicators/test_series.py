from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.indicators.figures import Figure
from desktop.indicators.figures import Status
from desktop.indicators.figures import TermValue
from desktop.indicators.series import RankedUnit
from desktop.indicators.series import Trend
from desktop.indicators.series import TrendPoint
from desktop.indicators.series import fewer_is_better
from desktop.indicators.series import rank
from desktop.indicators.series import same_meaning
from tests.small import INDICATORS
from tests.small import YEAR
from tests.small import pack_data
from tests.small import pack_of
from tests.small import small_pack

PACK = small_pack()
SHARE = PACK.indicators[0]


def figure(value: str | None, status: Status = Status.NO_TARGET) -> Figure:
    number = None if value is None else Decimal(value)
    term = TermValue(number, 1, 0, started=True)
    return Figure(
        "nursing_share", "1", "2025", term, None, number, number, status, None,
        overdue=False, gap=None,
    )  # fmt: skip


def units(**values: str | None) -> list[RankedUnit]:
    return [RankedUnit(name, name, figure(value)) for name, value in values.items()]


def test_rank__the_better_first_and_equal_ones_share_a_place() -> None:
    found = rank(SHARE, YEAR, units(a="40", b="60", c="60.0", d="10"))
    assert [(unit.name, unit.place) for unit in found.ranked] == [
        ("b", 1),
        ("c", 1),
        ("a", 3),
        ("d", 4),
    ]
    assert not found.fewer


def test_rank__what_has_no_sound_value_stands_apart() -> None:
    doubtful = RankedUnit("x", "x", figure("140", Status.DOUBTFUL))
    nothing = RankedUnit("y", "y", None)
    found = rank(SHARE, YEAR, [doubtful, nothing, *units(a="40", b=None)])
    assert [unit.name for unit in found.ranked] == ["a"]
    assert [(unit.name, unit.place) for unit in found.apart] == [
        ("x", None),
        ("y", None),
        ("b", None),
    ]


@pytest.mark.parametrize(
    ("targets", "fewer"),
    [
        ([], False),
        ([{"operator": "<=", "value": 5}], True),
        ([{"operator": "between", "value": 5, "upper": 9}], False),
    ],
)
def test_fewer__only_an_upper_bound(
    targets: list[dict[str, object]], fewer: bool
) -> None:
    basis = {"year_basis": "none", "basis": "numeric"}
    bent = {**INDICATORS[0], "targets": [{**each, **basis} for each in targets]}
    indicator = pack_of({**pack_data(), "indicators": [bent]}).indicators[0]
    assert fewer_is_better(indicator) is fewer
    order = [unit.name for unit in rank(indicator, YEAR, units(a="1", b="2")).ranked]
    assert order == (["a", "b"] if fewer else ["b", "a"])


def test_meaning__same_text_another_target_another_measure() -> None:
    here = (PACK, SHARE)
    assert same_meaning(here, (PACK, SHARE.replaced(targets=())), 2025)
    assert not same_meaning(here, (PACK, SHARE.replaced(measure="‰")), 2025)
    assert not same_meaning(here, (PACK, SHARE.replaced(multiplier=Decimal(1))), 2025)


def test_trend__counts_the_periods_with_a_value() -> None:
    points = (TrendPoint(YEAR, None), TrendPoint(YEAR, figure(None)))
    assert Trend(YEAR, points).measured == 0
    assert Trend(YEAR, (*points, TrendPoint(YEAR, figure("1")))).measured == 1
