"""What a person does at the desk, as actions with a name for the undo menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.changes import Action
from desktop.core.changes import CellChange
from desktop.core.changes import FacilityId
from desktop.core.changes import NilChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.changes import RecordRemoved
from desktop.core.messages import message
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.core.period import Period
    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.store.records import Record


def set_cell(record: Record, field: Field, after: Cell) -> Action:
    """Set one cell."""
    before = record.cells[field.id]
    change = CellChange(record.key, field.id, before, after)
    return Action(message("app.edit", field=field.title), (change,))


def set_cells(cells: Sequence[tuple[Record, Field, Cell]]) -> Action:
    """Set a block of cells, as pasting or filling does."""
    changes = tuple(
        CellChange(record.key, field.id, record.cells[field.id], after)
        for record, field, after in cells
        if record.cells[field.id] != after
    )
    return Action(message("app.edit-block", count=len(changes)), changes)


def defaults(form: Form) -> dict[str, Cell]:
    """Give what a new record of a form holds before anybody fills it."""
    return {
        field.id: value
        for field in form.stored
        if (value := getattr(field, "default", None)) is not None
    }


def add_record(
    form: Form, period: Period, unit: str, new_id: str, cells: Mapping[str, Cell]
) -> Action:
    """Add a record; that of a unit form carries the unit's code as identity."""
    identity = new_id if isinstance(form, Roster) else unit
    key = RecordKey(form.id, period.code, FacilityId(identity))
    filled = tuple({**defaults(form), **cells}.items())
    return Action(
        message("app.add", form=form.title), (RecordAdded(key, unit, filled),)
    )


def remove_records(form: Form, records: Sequence[Record]) -> Action:
    """Remove records; undo brings them back with all they held."""
    changes = tuple(
        RecordRemoved(record.key, record.unit, record.filled()) for record in records
    )
    return Action(message("app.remove", count=len(changes), form=form.title), changes)


def rule_topic(rule: str) -> str:
    """Name the note that explains the findings of a rule."""
    return f"rule:{rule}"


def declare_nil(form: Form, period: Period, unit: str, *, nil: bool) -> Action:
    """Declare that there is nothing to report on a form (零报告), or take it back."""
    change = NilChange(form.id, period.code, unit, before=not nil, after=nil)
    code = "app.nil" if nil else "app.nil-undone"
    return Action(message(code, form=form.title), (change,))
