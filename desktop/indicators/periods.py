"""The periods that compiled statements ask about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.core.period import Period
    from desktop.forms.model import Pack


def period_parameters(pack: Pack, period: Period) -> dict[str, str]:
    """Give the parameters that statements take for a period.

    Cumulative indicators run from the plan's first period to this one, and no further
    than the plan's last.
    """
    last = period.last_of(pack.plan.ends).code
    return {
        "period": period.code,
        "previous": period.previous().code,
        "plan_start": period.first_of(pack.plan.starts).code,
        "plan_now": min(period.code, last),
    }
