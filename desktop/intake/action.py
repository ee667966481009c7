"""A plan becomes one action of the ledger, and a few numbers for a person."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from desktop.core.changes import Action
from desktop.core.changes import CellChange
from desktop.core.changes import FacilityId
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.changes import RecordMoved
from desktop.core.messages import message
from desktop.intake.plan_values import RowKind
from desktop.intake.plan_values import Summary
from desktop.intake.plan_values import UnitFrom

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Iterator

    from desktop.core.changes import Change
    from desktop.core.words import Words
    from desktop.intake.plan_values import ImportPlan
    from desktop.intake.plan_values import RowPlan

_APPLIED = (RowKind.NEW, RowKind.UPDATE)
_UNPLACED = (UnitFrom.ROOT, UnitFrom.UNSURE)


def to_action(
    plan: ImportPlan,
    new_id: Callable[[RowPlan], FacilityId],
    words: Words,
    rows: Collection[int] | None = None,
) -> Action:
    """Make the action that carries a plan out.

    `new_id` names new facilities (of a unit form, the unit). `words` says the remarks,
    which are kept as text. `rows` limits the import to those rows of the table.
    """
    chosen = [
        row
        for row in plan.rows
        if row.kind in _APPLIED and (rows is None or row.row in rows)
    ]
    changes = [
        change for row in chosen for change in _changes(plan, row, new_id, words)
    ]
    title = message("intake.action", form=plan.form_title, count=len(chosen))
    return Action(title, tuple(changes))


def summary(plan: ImportPlan) -> Summary:
    """Count what a plan would do."""
    kinds = Counter(row.kind for row in plan.rows)
    arriving = [row for row in plan.rows if row.kind is not RowKind.PROBLEM]
    return Summary(
        new=kinds[RowKind.NEW],
        update=kinds[RowKind.UPDATE],
        unchanged=kinds[RowKind.UNCHANGED],
        problem=kinds[RowKind.PROBLEM],
        skipped=len(plan.skipped),
        filtered=plan.filtered,
        repairs=sum(len(row.repairs) for row in plan.rows),
        unfit=sum(len(row.unfit) for row in plan.rows),
        without_unit=sum(row.unit_from in _UNPLACED for row in arriving),
        defaults=sum(len(row.defaults) for row in plan.rows),
        unmatched_columns=tuple(head.text for head in plan.matching.unmatched),
        totals=plan.totals,
    )


def _changes(
    plan: ImportPlan,
    row: RowPlan,
    new_id: Callable[[RowPlan], FacilityId],
    words: Words,
) -> Iterator[Change]:
    facility = row.facility or new_id(row)
    key = RecordKey(plan.form, plan.period, facility)
    if row.kind is RowKind.NEW:
        yield RecordAdded(key, row.unit, row.cells)
    else:
        if row.moved_from is not None:
            yield RecordMoved(key, row.moved_from, row.unit)
        before = dict(row.before)
        for field, cell in row.cells:
            yield CellChange(key, field, before[field], cell)
    for remark in row.remarks:
        said = words.message(remark.words)
        after = f"{remark.noted}\n{said}" if remark.noted else said
        yield NoteChange(key, f"field:{remark.field}", remark.noted, after)
