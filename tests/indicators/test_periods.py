from __future__ import annotations

from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.indicators.periods import period_parameters
from tests.small import YEAR
from tests.small import small_pack


def test_parameters__cumulate_within_the_plan() -> None:
    pack = small_pack()
    assert period_parameters(pack, YEAR) == {
        "period": "2025",
        "previous": "2024",
        "plan_start": "2021",
        "plan_now": "2025",
    }
    later = period_parameters(pack, Period(PeriodKind.YEAR, 2027))
    assert later["plan_now"] == "2025"
