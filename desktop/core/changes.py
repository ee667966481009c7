"""Changes to a ledger as values: what one action does, and how to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple
from typing import NewType
from typing import TypeAlias
from typing import assert_never

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.cells import Cell
    from desktop.core.messages import Message
    from desktop.core.unit import Unit

FacilityId = NewType("FacilityId", str)
"""A facility's identity over all periods; for a unit form, the unit's code."""

Cells: TypeAlias = "Mapping[str, Cell]"
"""Cells by field id; a field that is not named is blank."""


class RecordKey(NamedTuple):
    """Where a record lives: the form, the period, and whose it is.

    The key is the same on every machine, so packages that travel speak of records
    by it; `_id` is local to one ledger file. It is a tuple because planning looks
    records up by the hundred thousand, and a tuple's hash is not Python's work.
    """

    form: str
    period: str
    facility: FacilityId


@frozen
class CellChange:
    """One cell set from one content to another."""

    record: RecordKey
    field: str
    before: Cell
    after: Cell


@frozen
class RecordAdded:
    """A record that was not there before."""

    record: RecordKey
    unit: str
    cells: tuple[tuple[str, Cell], ...] = ()


@frozen
class RecordRemoved:
    """A record taken away, with all it held, so that it can come back."""

    record: RecordKey
    unit: str
    cells: tuple[tuple[str, Cell], ...] = ()


@frozen
class RecordMoved:
    """A record given to another unit."""

    record: RecordKey
    before: str
    after: str


@frozen
class NoteChange:
    """A text kept beside a record's cell or rule: remark or 情况说明.

    `topic` is `rule:<id>` for an explanation of a finding, `field:<id>` for a remark
    on a cell and `flag:<id>` for a cell to be looked at again; an empty text means
    there is none.
    """

    record: RecordKey
    topic: str
    before: str
    after: str


@frozen
class NilChange:
    """A unit declares 零报告 on a form (nothing to report), or takes it back."""

    form: str
    period: str
    unit: str
    before: bool
    after: bool


@frozen
class UnitChange:
    """A unit of the tree that was made, renamed, put elsewhere or ended.

    None stands for a unit that is not there.
    """

    code: str
    before: Unit | None
    after: Unit | None


@frozen
class DefinitionChange:
    """A definition's option (口径) or a parameter's value chosen for a period.

    `name` is what expressions write, `definition.<id>` or `param.<id>`; the texts are
    an option's id or a number, empty where the pack's own is in force. What begins
    with `period.` holds for the period itself: `period.deadline` is the day by which it
    is to be handed in, as `2026-01-31`. What begins with `ledger.` holds for the whole
    ledger, and its period is empty.
    """

    period: str
    name: str
    before: str
    after: str


Change: TypeAlias = (
    CellChange
    | RecordAdded
    | RecordRemoved
    | RecordMoved
    | NoteChange
    | NilChange
    | UnitChange
    | DefinitionChange
)


@frozen
class Action:
    """What a person did in one step: its name for the undo menu, and its changes."""

    title: Message
    changes: tuple[Change, ...]


def inverse(change: Change) -> Change:
    """Give the change that takes a change back."""
    match change:
        case CellChange(record, field, before, after):
            return CellChange(record, field, after, before)
        case RecordAdded(record, unit, cells):
            return RecordRemoved(record, unit, cells)
        case RecordRemoved(record, unit, cells):
            return RecordAdded(record, unit, cells)
        case RecordMoved(record, before, after):
            return RecordMoved(record, after, before)
        case NoteChange(record, topic, before, after):
            return NoteChange(record, topic, after, before)
        case NilChange(form, period, unit, was, now):
            return NilChange(form, period, unit, now, was)
        case UnitChange(code, before, after):
            return UnitChange(code, after, before)
        case DefinitionChange(period, name, chosen, other):
            return DefinitionChange(period, name, other, chosen)
        case _:
            assert_never(change)


def undo(action: Action) -> tuple[Change, ...]:
    """Give the changes that take an action back, last first."""
    return tuple(inverse(change) for change in reversed(action.changes))
