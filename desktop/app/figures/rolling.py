"""Add a form up over the units of a ledger, and lay its figures out by unit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.figures.figuring import figures_of_all
from desktop.app.progress import Progress
from desktop.app.reports.stamping import made_at
from desktop.app.reports.stamping import stamp_of
from desktop.app.reports.stamping import stamped
from desktop.core.messages import message
from desktop.export.building.by_unit import indicators_by_unit
from desktop.export.building.rollup import rolled_sheet
from desktop.export.building.rollup import rollup_table
from desktop.export.report import Chapter
from desktop.export.report import PackStamp
from desktop.export.report import Report
from desktop.indicators.periods import period_parameters
from desktop.indicators.rolled import Answered
from desktop.indicators.rolled import Extent
from desktop.indicators.rolled import roll_up
from desktop.indicators.totals import unit_totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.app.compiled import CompiledPack
    from desktop.app.progress import Steps
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.export.building.rollup import Printing
    from desktop.export.report import FormTable
    from desktop.indicators.rolled import Rolled
    from desktop.indicators.totals import TotalsPlan
    from desktop.indicators.totals import UnitTotals
    from desktop.store.ledger import Ledger

SLICE = 64
"""Units read between two looks at who else waits."""


def rolled(
    ledger: Ledger, compiled: CompiledPack, form: str, period: Period, extent: Extent
) -> Steps[Rolled]:
    """Add a form up for a unit, with a line for each unit below down to a depth."""
    plan, root = compiled.totals(form), extent.root.code
    asked = {**period_parameters(compiled.pack, period), "root": root}
    answered = Answered(
        full=(yield from _answers(ledger, plan, plan.all_units, asked)),
        own=(yield from _answers(ledger, plan, plan.own_units, asked)),
        near=(yield from _answers(ledger, plan, plan.near, asked))[root],
    )
    units = [
        _as_called(unit, period)
        for unit in ledger.units()
        if unit.exists_in(period.code) or _holds(answered, unit)
    ]
    called = replace(extent, root=_as_called(extent.root, period))
    return roll_up(plan, units, answered, called)


def _as_called(unit: Unit, period: Period) -> Unit:
    """Give a unit under the name it bore in a period."""
    return replace(unit, name=unit.name_in(period.code))


def _holds(answered: Answered, unit: Unit) -> bool:
    """Tell whether a unit has records, though it is gone or still to come."""
    figures = answered.full.get(unit.code)
    return figures is not None and figures.records > 0


def tables_by_unit(
    ledger: Ledger, compiled: CompiledPack, period: Period, printing: Printing
) -> Steps[tuple[FormTable, ...]]:
    """Make 分地区汇总表 of every form that somebody has begun, and 分地区指标表."""
    root, *others = ledger.units()
    found: list[FormTable] = []
    for form in compiled.pack.forms:
        whole = yield from rolled(ledger, compiled, form.id, period, Extent(root))
        if whole.top.figures.started:
            found.append(rollup_table(rolled_sheet(whole, printing)))
    if compiled.pack.indicators:
        figures = yield from figures_of_all(
            ledger, compiled.pack, compiled.figures, period
        )
        below = [
            _as_called(unit, period)
            for unit in others
            if unit.parent == root.code and unit.exists_in(period.code)
        ]
        top = _as_called(root, period)
        found.append(indicators_by_unit(compiled.pack, top, below, figures))
    return tuple(found)


def rollup_report(
    ledger: Ledger, period: Period, root: Unit, table: FormTable
) -> Report:
    """Wrap one table by unit up as a report, to be written by itself."""
    pack, stamp = ledger.pack(period.code), stamp_of(ledger, period)
    report = Report(
        title=table.title,
        unit_name=root.name,
        unit_code=root.code,
        period_title=period.title,
        pack=PackStamp(pack.id, pack.title, pack.version, stamp.pack_digest),
        revision=str(stamp.revision),
        made_at=made_at(stamp),
        signatures=pack.report.signatures,
        preface=(),
        forms=(),
        indicators=(),
        findings=(),
        explanations=(),
        rollups=(table,),
        left_out=frozenset(Chapter),
    )
    return stamped(report, stamp)


def _answers(
    ledger: Ledger, plan: TotalsPlan, sql: str, asked: Mapping[str, str]
) -> Steps[dict[str, UnitTotals]]:
    count = len(ledger.units())
    found: dict[str, UnitTotals] = {}
    yield Progress(0, count, message("app.rolling"))
    for place, row in enumerate(ledger.query(sql, asked)):
        totals = unit_totals(plan, row)
        found[totals.unit] = totals
        if place % SLICE == 0:
            yield Progress(place, count, message("app.rolling"))
    return found
