"""What a ledger gives and answers: records, answers to an action, log entries."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import TypeAlias

from desktop.core.cells import BLANK
from desktop.core.frozen import frozen
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.cells import Cell
    from desktop.core.changes import RecordKey
    from desktop.core.findings import RecordId
    from desktop.core.messages import Message
    from desktop.store.conditions import Condition


@frozen
class Record:
    """One record as it stands.

    `cells` holds every stored field, blank ones too; `derived` the computed and bound
    fields. `revision` is that of the action that touched the record last.
    """

    id: RecordId
    key: RecordKey
    unit: str
    cells: Mapping[str, Cell]
    revision: int
    derived: Mapping[str, Cell]

    def cell(self, field: str) -> Cell:
        """Give any field of the record, stored or derived."""
        return self.cells.get(field, self.derived.get(field, BLANK))

    def filled(self) -> tuple[tuple[str, Cell], ...]:
        """Give the stored cells that are not blank, in the form's order.

        This is what `RecordAdded` and `RecordRemoved` carry.
        """
        return tuple(item for item in self.cells.items() if item[1] is not BLANK)


@frozen
class Order:
    """One field to sort records by, texts by pinyin; what has no value comes last."""

    field: str
    descending: bool = False


@frozen
class View:
    """Which records of a form and period to list, and in what order.

    `unit` takes the unit and everything below it; all `conditions` must hold. Without
    `order`, records come as they were added.
    """

    unit: str | None = None
    conditions: tuple[Condition, ...] = ()
    order: tuple[Order, ...] = ()


@frozen
class Applied:
    """An action that is on the disk.

    `revision` counts the actions of the ledger; an action that came to nothing leaves
    it where it was. `records` are the records that changed, `notes` the ones whose
    notes did, and `nils` the `(form, period, unit)` whose nil return did. `units` tells
    whether the tree of units is another one, `choices` the periods for which something
    else is chosen.
    """

    revision: int
    records: frozenset[RecordKey] = frozenset()
    notes: frozenset[RecordKey] = frozenset()
    nils: frozenset[tuple[str, str, str]] = frozenset()
    units: bool = False
    choices: frozenset[str] = frozenset()


@frozen
class Conflict:
    """One place where the ledger no longer holds what a change was made from.

    `record` is None for a nil return; `field` is None where no cell is meant.
    """

    message: Message
    record: RecordKey | None = None
    field: str | None = None
    expected: Cell = BLANK
    found: Cell = BLANK


@frozen
class Stale:
    """An action that was refused whole, because the ledger changed meanwhile."""

    conflicts: tuple[Conflict, ...]


class EntryKind(Enum):
    """What an entry of the change log speaks of."""

    LEDGER = "ledger"
    """The file's identity: it was created, or goes on from a backup."""
    PACK = "pack"
    UNITS = "units"
    PERIOD = "period"
    RECORD = "record"
    NOTE = "note"
    NIL = "nil"
    CHOICE = "choice"
    """What was chosen for a period: definitions, parameters."""
    PACKAGE = "package"
    """What became of a package received by file."""


@frozen
class Entry:
    """One entry of the change log, undone or not.

    `before` and `after` hold the cells that changed; a record's coming, going and
    moving stand in `unit_before` and `unit_after` (None: not there). Of a note the one
    cell is its topic. `at` is the time the computer believed in; order is by `seq`.
    """

    seq: int
    revision: int
    action: str
    title: Message
    at: str
    who: str
    kind: EntryKind
    record: RecordKey
    unit_before: str | None
    unit_after: str | None
    before: Mapping[str, Cell]
    after: Mapping[str, Cell]


Answer: TypeAlias = Applied | Stale
"""What applying an action gives."""


def stale_cell(record: RecordKey, field: str, expected: Cell, found: Cell) -> Conflict:
    """Say that a cell is not what a change was made from."""
    text = message("store.stale_cell", field=field)
    return Conflict(text, record, field, expected, found)
