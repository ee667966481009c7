"""New records by the ten thousand, worked out column by column: imports and packages.

They are written here only where nothing is in the way. Where a record is there already,
or a cell does not fit, everything goes the way of all other changes
(`desktop.store.drafts`), which knows what to say.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple
from typing import TypeAlias

from desktop.core import layout
from desktop.core.changes import CellChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordMoved
from desktop.core.changes import RecordRemoved
from desktop.core.changes import UnitChange
from desktop.store import schema
from desktop.store.columns import UnfitValueError
from desktop.store.digest import compact
from desktop.store.digest import lines_digest

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from desktop.core.changes import Change
    from desktop.core.changes import RecordKey
    from desktop.store.log import ActionLog
    from desktop.store.shapes import NewRow
    from desktop.store.shapes import Shapes
    from desktop.store.shelf import Kept
    from desktop.store.shelf import Shelf
    from desktop.store.tables import FormTable

    _Rows: TypeAlias = Sequence[tuple[object, ...]]

FEWEST: Final = 20
"""Records of an action: for fewer, looking at columns costs more than it saves."""

_OF_RECORDS: Final = (CellChange, RecordMoved, RecordRemoved)


class _Form(NamedTuple):
    """New records of one form and period, and what they are to the file."""

    kept: Kept
    added: Sequence[RecordAdded]
    rows: Sequence[NewRow]

    def write(self, connection: sqlite3.Connection, log: ActionLog) -> None:
        form = self.added[0].record.form
        table, rows = self.kept.tables[form], []
        revision, pack = log.revision, self.kept.row
        for change, row in zip(self.added, self.rows, strict=True):
            key, unit = change.record, change.unit
            body = f'{{"{layout.UNIT}":[null,{compact(unit)}]{row.logged}}}'
            digest = lines_digest(key, unit, row.lines)
            log.add_record(key, body, digest)
            head = (key.period, key.facility, unit, row.states, revision, pack, digest)
            rows.append((*head, *row.values))
        insert_rows(connection, table, rows)


class NewRecords(NamedTuple):
    """New records that fit, and the other changes of their action."""

    forms: Sequence[_Form]
    rest: Sequence[Change]

    def write(self, connection: sqlite3.Connection, log: ActionLog) -> list[RecordKey]:
        """Write them with their log entries; the caller keeps the transaction."""
        for form in self.forms:
            form.write(connection, log)
        return [change.record for form in self.forms for change in form.added]


def new_records_of(
    connection: sqlite3.Connection,
    shelf: Shelf,
    shapes: Shapes,
    changes: Sequence[Change],
) -> NewRecords | None:
    """Take the new records out of changes, if there are many and all of them fit."""
    added = [change for change in changes if type(change) is RecordAdded]
    if len(added) < FEWEST:
        return None
    rest = [change for change in changes if type(change) is not RecordAdded]
    keys = {change.record for change in added}
    alone = len(keys) == len(added) and not any(_concerns(each, keys) for each in rest)
    if not alone or not _are_there(connection, {change.unit for change in added}):
        return None
    groups: dict[tuple[str, str], list[RecordAdded]] = defaultdict(list)
    for change in added:
        groups[change.record.form, change.record.period].append(change)
    forms = [_form(connection, shelf, shapes, group) for group in groups.values()]
    there = [form for form in forms if form is not None]
    return NewRecords(there, rest) if len(there) == len(forms) else None


def _concerns(change: Change, keys: set[RecordKey]) -> bool:
    """Tell whether another change could be about the new records, or their units."""
    if isinstance(change, UnitChange):
        return True
    return isinstance(change, _OF_RECORDS) and change.record in keys


def _are_there(connection: sqlite3.Connection, units: set[str]) -> bool:
    found = connection.execute(f"SELECT code FROM {layout.UNITS}")
    return units <= {row[0] for row in found}


def _form(
    connection: sqlite3.Connection,
    shelf: Shelf,
    shapes: Shapes,
    added: Sequence[RecordAdded],
) -> _Form | None:
    form, period, _ = added[0].record
    kept = shelf.of(period)
    if period not in shelf.periods or form not in kept.tables:
        return None
    facilities = [change.record.facility for change in added]
    there = kept.tables[form].seek((layout.RECORD,))
    if connection.execute(there, (period, compact(facilities))).fetchone():
        return None
    records = [dict(change.cells) for change in added]
    if sum(map(len, records)) != sum(len(change.cells) for change in added):
        return None
    try:
        return _Form(kept, added, [*shapes.of(kept, form).rows(records)])
    except (KeyError, TypeError, UnfitValueError):
        return None


def insert_rows(connection: sqlite3.Connection, table: FormTable, rows: _Rows) -> None:
    """Insert rows of new records, and keep their facilities."""
    connection.executemany(table.insert(), rows)
    if table.roster:
        connection.executemany(
            f"INSERT OR IGNORE INTO {schema.FACILITIES} VALUES (?, ?, ?)",
            [(row[1], table.form, row[0]) for row in rows],
        )
