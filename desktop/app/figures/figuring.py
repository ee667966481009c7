"""Compute a ledger's indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.app.audit.auditing import patiently
from desktop.app.progress import Progress
from desktop.app.progress import run_steps
from desktop.core.messages import message
from desktop.core.unit import UnitCode
from desktop.indicators.periods import period_parameters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.progress import Steps
    from desktop.core.period import Period
    from desktop.forms.model import Pack
    from desktop.indicators.compute import FigurePlan
    from desktop.indicators.figures import Figure
    from desktop.store.ledger import Ledger

Question: TypeAlias = "tuple[tuple[str, ...], dict[str, str]]"
"""Statements, and the parameters they are asked with."""

SLICE: Final = 50
"""Units whose figures are read between two looks at who else waits."""


def figures_of_unit(
    ledger: Ledger, pack: Pack, plan: FigurePlan, period: Period, unit: str
) -> tuple[Figure, ...]:
    """Compute all indicators for one unit; none where the ledger has no such unit."""
    return run_steps(computed(ledger, pack, plan, period, unit))


def computed(
    ledger: Ledger, pack: Pack, plan: FigurePlan, period: Period, unit: str
) -> Steps[tuple[Figure, ...]]:
    """Compute all indicators for one unit, a statement at a time."""
    statements = tuple(part.one_unit for part in plan.parts)
    asked = {**period_parameters(pack, period), "root": unit}
    return _figures(ledger, plan, period, (statements, asked))


def figures_of_all(
    ledger: Ledger, pack: Pack, plan: FigurePlan, period: Period
) -> Steps[tuple[Figure, ...]]:
    """Compute all indicators for every unit of the ledger."""
    root = ledger.units()[0].code
    statements = tuple(part.all_units for part in plan.parts)
    asked = {**period_parameters(pack, period), "root": root}
    return _figures(ledger, plan, period, (statements, asked))


def _figures(
    ledger: Ledger, plan: FigurePlan, period: Period, question: Question
) -> Steps[tuple[Figure, ...]]:
    """Ask each statement and put the rows of a unit together."""
    from desktop.indicators.compute import figures  # noqa: PLC0415 - brings the parser

    statements, asked = question
    levels = {unit.code: unit.level for unit in ledger.units()}
    rows: dict[str, list[Sequence[object]]] = {}
    for place, statement in enumerate(statements):
        at = Progress(place, len(statements), message("app.computing"))
        yield at
        for row in (yield from patiently(ledger, statement, asked, at)):
            rows.setdefault(str(row[0]), []).append(row)
    found: list[Figure] = []
    for place, (unit, answers) in enumerate(rows.items()):
        if place and not place % SLICE:
            yield Progress(place, len(rows), message("app.computing"))
        found += figures(plan, answers, period, levels[UnitCode(unit)])
    return tuple(found)
