"""Changes into the tables: compare what is there, fold, write in bulk.

All changes of an action are first folded into drafts, one a record, against what the
ledger holds; nothing is written unless every one of them meets what it was made from.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field as default
from typing import TYPE_CHECKING
from typing import TypeAlias
from typing import assert_never

from desktop.core import layout
from desktop.core.cells import BLANK
from desktop.core.changes import CellChange
from desktop.core.changes import FacilityId
from desktop.core.changes import NilChange
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.changes import RecordMoved
from desktop.core.changes import RecordRemoved
from desktop.core.messages import message
from desktop.store import schema
from desktop.store.columns import UnfitValueError
from desktop.store.columns import tidy
from desktop.store.columns import to_json
from desktop.store.digest import compact
from desktop.store.digest import record_digest
from desktop.store.errors import UnfitChangeError
from desktop.store.records import Applied
from desktop.store.records import Conflict
from desktop.store.records import EntryKind
from desktop.store.records import Stale
from desktop.store.records import stale_cell
from desktop.store.tables import states_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.core.changes import Change
    from desktop.store.log import ActionLog
    from desktop.store.records import Answer
    from desktop.store.tables import FormTable
    from desktop.store.tables import Row


Touched: TypeAlias = tuple[
    frozenset[RecordKey], frozenset[RecordKey], frozenset[tuple[str, str, str]]
]
"""Records, records by their notes, and nil returns that an action changed."""


@dataclass(slots=True)
class _Draft:
    """A record while changes are folded into it; `unit` is None where it is not."""

    id: int | None = None
    unit: str | None = None
    cells: dict[str, Cell] = default(default_factory=dict)
    old_unit: str | None = None
    old_cells: Mapping[str, Cell] = default(default_factory=dict)

    def changed(self) -> bool:
        """Tell whether anything came of the changes."""
        return self.unit != self.old_unit or self.cells != self.old_cells

    def differing(self) -> list[str]:
        """Give the fields that differ from what was there."""
        old, new = self.old_cells, self.cells
        if not old:
            return list(new)
        fields = dict.fromkeys((*old, *new))
        return [name for name in fields if old.get(name) != new.get(name)]


def write_action(
    connection: sqlite3.Connection,
    tables: Mapping[str, FormTable],
    changes: Sequence[Change],
    log: ActionLog,
    pack: int,
) -> Answer:
    """Write an action with its log; the caller keeps the transaction.

    Raises:
        UnfitChangeError: A change names what the ledger does not have.
    """
    writer = Writer(connection, tables)
    writer.fold(changes)
    if writer.conflicts:
        return Stale(tuple(writer.conflicts))
    records, notes, nils = writer.write(log, pack)
    if log.empty:
        return Applied(log.revision - 1)
    log.write(connection)
    return Applied(log.revision, records, notes, nils)


class Writer:
    """Folds the changes of one action and writes them; for one transaction only."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        tables: Mapping[str, FormTable],
    ) -> None:
        """Take an open transaction's connection."""
        self._connection = connection
        self._tables = tables
        self._units = _column(connection, f"SELECT code FROM {layout.UNITS}")
        self._periods = _column(connection, f"SELECT code FROM {schema.PERIODS}")
        self._drafts: dict[RecordKey, _Draft] = {}
        self._notes: dict[tuple[RecordKey, str], tuple[str, str]] = {}
        self._nils: dict[tuple[str, str, str], tuple[bool, bool]] = {}
        self.conflicts: list[Conflict] = []

    def fold(self, changes: Sequence[Change]) -> None:
        """Fold changes in, in their order; `conflicts` tells what did not fit.

        Raises:
            UnfitChangeError: A change names what the ledger does not have.
        """
        self._load(changes)
        for change in changes:
            match change:
                case CellChange():
                    self._set(change)
                case RecordAdded():
                    self._add(change)
                case RecordRemoved():
                    self._remove(change)
                case RecordMoved():
                    self._move(change)
                case NoteChange():
                    self._note(change)
                case NilChange():
                    self._nil(change)
                case _:
                    assert_never(change)

    def write(self, log: ActionLog, pack: int) -> Touched:
        """Write everything that changed, and gather its log entries.

        `pack` is the row of the pack the records are now kept under.
        """
        groups: dict[str, dict[RecordKey, _Draft]] = defaultdict(dict)
        for key, draft in self._drafts.items():
            if draft.changed():
                groups[key.form][key] = draft
        for form, drafts in groups.items():
            _FormWriter(self._connection, self._tables[form], log, pack).write(drafts)
        notes = self._write_notes(log)
        nils = self._write_nils(log)
        records = frozenset(key for drafts in groups.values() for key in drafts)
        return records, notes, nils

    def _load(self, changes: Sequence[Change]) -> None:
        """Read every record the changes speak of, form by form."""
        wanted: dict[tuple[str, str], list[FacilityId]] = defaultdict(list)
        for change in changes:
            if isinstance(change, NilChange):
                self._check_nil(change)
            elif change.record not in self._drafts:
                key = change.record
                self._drafts[key] = _Draft()
                wanted[key.form, key.period].append(key.facility)
        for (form, period), facilities in wanted.items():
            self._check_place(form, period)
            table = self._tables[form]
            for row in rows_of(self._connection, table, period, facilities):
                cells = table.cells(row)
                unit = str(row[3])
                self._drafts[table.key(row)] = _Draft(
                    int(row[0] or 0), unit, cells, unit, dict(cells)
                )

    def _check_place(self, form: str, period: str) -> None:
        if form not in self._tables:
            raise UnfitChangeError(message("store.unknown-form", form=form))
        if period not in self._periods:
            raise UnfitChangeError(message("store.unknown-period", period=period))

    def _check_unit(self, unit: str) -> None:
        if unit not in self._units:
            raise UnfitChangeError(message("store.unknown-unit", unit=unit))

    def _check_nil(self, change: NilChange) -> None:
        self._check_place(change.form, change.period)
        self._check_unit(change.unit)

    def _set(self, change: CellChange) -> None:
        draft = self._drafts[change.record]
        before = self._tidy(change.record.form, change.field, change.before)
        after = self._tidy(change.record.form, change.field, change.after)
        if draft.unit is None:
            self._gone(change.record)
            return
        found = draft.cells.get(change.field, BLANK)
        if found != before:
            self.conflicts.append(
                stale_cell(change.record, change.field, before, found)
            )
        elif after is BLANK:
            draft.cells.pop(change.field, None)
        else:
            draft.cells[change.field] = after

    def _tidy(self, form: str, field: str, cell: Cell) -> Cell:
        codec = self._tables[form].codecs.get(field)
        if codec is None:
            raise UnfitChangeError(
                message("store.unknown-field", form=form, field=field)
            )
        try:
            return tidy(codec, cell)
        except UnfitValueError as error:
            text = message(
                "store.unfit-value", form=form, field=field, value=ascii(cell)[:80]
            )
            raise UnfitChangeError(text) from error

    def _tidied(self, form: str, cells: Iterable[tuple[str, Cell]]) -> dict[str, Cell]:
        pairs = ((field, self._tidy(form, field, cell)) for field, cell in cells)
        return {field: cell for field, cell in pairs if cell is not BLANK}

    def _gone(self, key: RecordKey) -> None:
        self.conflicts.append(Conflict(message("store.stale-gone"), key))

    def _add(self, change: RecordAdded) -> None:
        self._check_unit(change.unit)
        draft = self._drafts[change.record]
        cells = self._tidied(change.record.form, change.cells)
        if draft.unit is not None:
            self.conflicts.append(Conflict(message("store.stale-there"), change.record))
            return
        draft.unit, draft.cells = change.unit, cells

    def _remove(self, change: RecordRemoved) -> None:
        draft = self._drafts[change.record]
        expected = self._tidied(change.record.form, change.cells)
        if draft.unit is None:
            self._gone(change.record)
            return
        for field in dict.fromkeys((*expected, *draft.cells)):
            was, found = expected.get(field, BLANK), draft.cells.get(field, BLANK)
            if was != found:
                self.conflicts.append(stale_cell(change.record, field, was, found))
        if draft.unit != change.unit:
            self._elsewhere(change.record, change.unit, draft.unit)
        draft.unit, draft.cells = None, {}

    def _elsewhere(self, key: RecordKey, expected: str, found: str) -> None:
        text = message("store.stale-unit")
        self.conflicts.append(Conflict(text, key, None, expected, found))

    def _move(self, change: RecordMoved) -> None:
        self._check_unit(change.after)
        draft = self._drafts[change.record]
        if draft.unit is None:
            self._gone(change.record)
        elif draft.unit != change.before:
            self._elsewhere(change.record, change.before, draft.unit)
        else:
            draft.unit = change.after

    def _note(self, change: NoteChange) -> None:
        place = (change.record, change.topic)
        if place not in self._notes:
            there = read_note(self._connection, change.record, change.topic)
            self._notes[place] = (there, there)
        first, found = self._notes[place]
        if found == change.before:
            self._notes[place] = (first, change.after)
            return
        text = message("store.stale-note", topic=change.topic)
        self.conflicts.append(Conflict(text, change.record, None, change.before, found))

    def _nil(self, change: NilChange) -> None:
        place = (change.form, change.period, change.unit)
        if place not in self._nils:
            there = read_nil(self._connection, place)
            self._nils[place] = (there, there)
        first, found = self._nils[place]
        if found == change.before:
            self._nils[place] = (first, change.after)
            return
        text = message("store.stale-nil", form=change.form, unit=change.unit)
        self.conflicts.append(Conflict(text, None, None, change.before, found))

    def _write_notes(self, log: ActionLog) -> frozenset[RecordKey]:
        touched = set()
        for (key, topic), (before, after) in self._notes.items():
            if before == after:
                continue
            touched.add(key)
            place = (key.form, key.period, key.facility, topic)
            self._connection.execute(
                f"DELETE FROM {schema.NOTES} WHERE (form, period, facility, topic) "
                "= (?, ?, ?, ?)",
                place,
            )
            if after:
                self._connection.execute(
                    f"INSERT INTO {schema.NOTES} VALUES (?, ?, ?, ?, ?)",
                    (*place, after),
                )
            log.add(EntryKind.NOTE, key, {topic: [before, after]})
        return frozenset(touched)

    def _write_nils(self, log: ActionLog) -> frozenset[tuple[str, str, str]]:
        touched = set()
        for place, (before, after) in self._nils.items():
            if before == after:
                continue
            touched.add(place)
            sql = (
                f"INSERT INTO {layout.NIL} VALUES (?, ?, ?)"
                if after
                else f"DELETE FROM {layout.NIL} WHERE (form, period, unit) = (?, ?, ?)"
            )
            self._connection.execute(sql, place)
            form, period, unit = place
            log.add(
                EntryKind.NIL,
                RecordKey(form, period, FacilityId(unit)),
                {"nil": [before, after]},
            )
        return frozenset(touched)


class _FormWriter:
    """Writes the drafts of one form."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        table: FormTable,
        log: ActionLog,
        pack: int,
    ) -> None:
        self._connection = connection
        self._table = table
        self._log = log
        self._pack = pack

    def write(self, drafts: Mapping[RecordKey, _Draft]) -> None:
        removed: list[tuple[int | None]] = []
        added: list[tuple[object, ...]] = []
        moved: list[tuple[object, ...]] = []
        updates: dict[tuple[str, ...], list[tuple[object, ...]]] = defaultdict(list)
        for key, draft in drafts.items():
            fields = draft.differing()
            digest = self._enter(key, draft, fields)
            if draft.unit is None:
                removed.append((draft.id,))
            elif draft.old_unit is None:
                added.append(self._new_row(key, draft, digest))
            else:
                updates[tuple(fields)].append(self._new_values(draft, fields, digest))
                if draft.unit != draft.old_unit:
                    moved.append((draft.unit, draft.id))
        self._delete(removed)
        for columns, rows in updates.items():
            self._connection.executemany(self._table.update(columns), rows)
        self._connection.executemany(
            f"UPDATE {self._table.name} SET {layout.UNIT} = ? "
            f"WHERE {layout.RECORD} = ?",
            moved,
        )
        self._insert(added)

    def _enter(self, key: RecordKey, draft: _Draft, fields: list[str]) -> str | None:
        """Write the log entry of a record and give the record's new digest."""
        codecs = self._table.codecs
        old, new = draft.old_cells, draft.cells
        body: dict[str, object] = {}
        if draft.unit != draft.old_unit:
            body[layout.UNIT] = [draft.old_unit, draft.unit]
        for field in fields:
            codec = codecs[field]
            body[field] = [
                to_json(codec, old.get(field, BLANK)),
                to_json(codec, new.get(field, BLANK)),
            ]
        digest = None if draft.unit is None else record_digest(key, draft.unit, new)
        self._log.add(EntryKind.RECORD, key, body, digest)
        return digest

    def _new_row(
        self, key: RecordKey, draft: _Draft, digest: str | None
    ) -> tuple[object, ...]:
        return (
            key.period,
            key.facility,
            draft.unit,
            states_text(draft.cells),
            self._log.revision,
            self._pack,
            digest,
            *self._table.values(draft.cells, self._table.codecs),
        )

    def _new_values(
        self, draft: _Draft, fields: list[str], digest: str | None
    ) -> tuple[object, ...]:
        return (
            states_text(draft.cells),
            self._log.revision,
            self._pack,
            digest,
            *self._table.values(draft.cells, fields),
            draft.id,
        )

    def _delete(self, rows: list[tuple[int | None]]) -> None:
        self._connection.executemany(
            f"DELETE FROM {self._table.name} WHERE {layout.RECORD} = ?", rows
        )

    def _insert(self, rows: list[tuple[object, ...]]) -> None:
        self._connection.executemany(self._table.insert(), rows)
        if self._table.roster:
            self._connection.executemany(
                f"INSERT OR IGNORE INTO {schema.FACILITIES} VALUES (?, ?, ?)",
                [(row[1], self._table.form, row[0]) for row in rows],
            )


def rows_of(
    connection: sqlite3.Connection,
    table: FormTable,
    period: str,
    facilities: Sequence[str],
) -> Iterable[Row]:
    """Read the rows of these facilities in a period, as they come."""
    return connection.execute(
        table.select(
            f"WHERE {layout.PERIOD} = ? AND {layout.FACILITY} IN "
            "(SELECT value FROM json_each(?))"
        ),
        (period, compact(facilities)),
    )


def read_note(connection: sqlite3.Connection, key: RecordKey, topic: str) -> str:
    """Read one note; empty where there is none."""
    row = connection.execute(
        f"SELECT text FROM {schema.NOTES} "
        "WHERE (form, period, facility, topic) = (?, ?, ?, ?)",
        (key.form, key.period, key.facility, topic),
    ).fetchone()
    return str(row[0]) if row else ""


def read_nil(connection: sqlite3.Connection, place: tuple[str, str, str]) -> bool:
    """Tell whether a nil return stands."""
    row = connection.execute(
        f"SELECT 1 FROM {layout.NIL} WHERE (form, period, unit) = (?, ?, ?)", place
    ).fetchone()
    return row is not None


def _column(connection: sqlite3.Connection, sql: str) -> frozenset[str]:
    return frozenset(row[0] for row in connection.execute(sql))
