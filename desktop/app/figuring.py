"""Compute a ledger's indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.progress import Progress
from desktop.core.messages import message
from desktop.indicators.periods import period_parameters

if TYPE_CHECKING:
    from desktop.app.progress import Steps
    from desktop.core.period import Period
    from desktop.forms.model import Pack
    from desktop.indicators.compute import FigurePlan
    from desktop.indicators.figures import Figure
    from desktop.store.ledger import Ledger


def figures_of_unit(
    ledger: Ledger, pack: Pack, plan: FigurePlan, period: Period, unit: str
) -> tuple[Figure, ...]:
    """Compute all indicators for one unit."""
    from desktop.indicators.compute import figures  # noqa: PLC0415 - brings the parser

    asked = {**period_parameters(pack, period), "root": unit}
    return tuple(
        figure
        for row in ledger.query(plan.one_unit, asked)
        for figure in figures(plan, row, period)
    )


def figures_of_all(
    ledger: Ledger, pack: Pack, plan: FigurePlan, period: Period
) -> Steps[tuple[Figure, ...]]:
    """Compute all indicators for every unit of the ledger."""
    from desktop.indicators.compute import figures  # noqa: PLC0415 - brings the parser

    units = ledger.units()
    asked = {**period_parameters(pack, period), "root": units[0].code}
    found: list[Figure] = []
    for place, row in enumerate(ledger.query(plan.all_units, asked)):
        found += figures(plan, row, period)
        yield Progress(place, len(units), message("app.computing"))
    return tuple(found)
