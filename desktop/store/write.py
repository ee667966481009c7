"""Drafts into the tables and the log, form by form and in bulk."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from desktop.core import layout
from desktop.core.cells import BLANK
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.store import schema
from desktop.store.blocks import block_of
from desktop.store.columns import to_stored
from desktop.store.columns import to_text
from desktop.store.digest import compact
from desktop.store.digest import record_digest
from desktop.store.drafts import Drafts
from desktop.store.new_records import insert_rows
from desktop.store.new_records import new_records_of
from desktop.store.records import Applied
from desktop.store.records import EntryKind
from desktop.store.records import Stale
from desktop.store.shapes import Shapes
from desktop.store.tables import states_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Sequence

    from desktop.core.changes import Change
    from desktop.store.columns import Stored
    from desktop.store.drafts import Draft
    from desktop.store.log import ActionLog
    from desktop.store.records import Answer
    from desktop.store.shelf import Kept
    from desktop.store.shelf import Shelf


def write_action(
    connection: sqlite3.Connection,
    shelf: Shelf,
    changes: Sequence[Change],
    log: ActionLog,
    more: Iterable[Sequence[Change]] = (),
) -> Answer:
    """Write an action with its log; the caller keeps the transaction.

    Each record is kept under the pack of its period. `more` brings further changes of
    the same action, a part at a time, none of which speaks of what another touched.

    Raises:
        UnfitChangeError: A change names what the ledger does not have.
    """
    done: list[Applied] = []
    shapes = Shapes()
    for part in chain([changes], more):
        answer = _write_part(connection, (shelf, shapes), part, log)
        if isinstance(answer, Stale):
            return answer
        done.append(answer)
        log.write(connection)
    if log.empty:
        return Applied(log.revision - 1)
    return Applied(
        log.revision,
        frozenset().union(*(each.records for each in done)),
        frozenset().union(*(each.notes for each in done)),
        frozenset(nil for each in done for nil in each.nils),
        units=any(each.units for each in done),
        choices=frozenset(period for each in done for period in each.choices),
    )


def _write_part(
    connection: sqlite3.Connection,
    by: tuple[Shelf, Shapes],
    changes: Sequence[Change],
    log: ActionLog,
) -> Answer:
    shelf, shapes = by
    block = block_of(connection, shelf, changes)
    if block is not None:
        return Applied(log.revision, block.write(connection, log))
    new = new_records_of(connection, shelf, shapes, changes)
    records = [] if new is None else new.write(connection, log)
    drafts = Drafts(connection, shelf)
    drafts.fold(changes if new is None else new.rest)
    if drafts.conflicts:
        return Stale(tuple(drafts.conflicts))
    units = drafts.units.write(log)
    groups: dict[tuple[str, int], list[tuple[RecordKey, Draft]]] = defaultdict(list)
    for key, draft in drafts.records.items():
        groups[key.form, shelf.of(key.period).row].append((key, draft))
    for (form, row), found in groups.items():
        writer = _FormWriter(connection, shelf.at(row), form, log)
        records += writer.write(found)
    notes = _write_notes(connection, drafts, log)
    nils = _write_nils(connection, drafts, log)
    choices = drafts.choices.write(log)
    return Applied(
        log.revision, frozenset(records), notes, nils, units=units, choices=choices
    )


class _FormWriter:
    """Writes the drafts of one form."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        kept: Kept,
        form: str,
        log: ActionLog,
    ) -> None:
        self._connection = connection
        self._table = kept.tables[form]
        self._log = log
        self._pack = kept.row

    def write(self, drafts: Sequence[tuple[RecordKey, Draft]]) -> list[RecordKey]:
        """Write what came of drafts, and give the records that are other ones now."""
        written: list[RecordKey] = []
        removed: list[tuple[int | None]] = []
        added: list[tuple[object, ...]] = []
        updates: dict[tuple[str, ...], list[tuple[object, ...]]] = defaultdict(list)
        for key, draft in drafts:
            fields = draft.differing()
            if not fields and draft.unit == draft.old_unit:
                continue
            written.append(key)
            digest, values = self._enter(key, draft, fields)
            if draft.unit is None:
                removed.append((draft.id,))
                continue
            states, revision = states_text(draft.cells), self._log.revision
            if draft.old_unit is None:
                head = (key.period, key.facility, draft.unit, states, revision)
                there = dict(zip(fields, values, strict=True))
                row = map(there.get, self._table.codecs)
                added.append((*head, self._pack, digest, *row))
                continue
            # A unit that is named is looked for, so one that stays is not named.
            if draft.unit != draft.old_unit:
                fields.append(layout.UNIT)
                values.append(draft.unit)
            updates[tuple(fields)].append((states, revision, digest, *values, draft.id))
        self._delete(removed)
        for columns, rows in updates.items():
            self._connection.executemany(self._table.update(columns), rows)
        insert_rows(self._connection, self._table, added)
        return written

    def _enter(
        self, key: RecordKey, draft: Draft, fields: list[str]
    ) -> tuple[str | None, list[Stored]]:
        """Write the log entry of a record; give its new digest and new values."""
        codecs = self._table.codecs
        old, new = draft.old_cells, draft.cells
        body: list[str] = []
        values: list[Stored] = []
        if draft.unit != draft.old_unit:
            body.append(f'"{layout.UNIT}":{compact((draft.old_unit, draft.unit))}')
        for field in fields:
            codec = codecs[field]
            was, now = old.get(field, BLANK), new.get(field, BLANK)
            body.append(f'"{field}":[{to_text(codec, was)},{to_text(codec, now)}]')
            values.append(to_stored(codec, now))
        digest = None if draft.unit is None else record_digest(key, draft.unit, new)
        self._log.add_record(key, f"{{{','.join(body)}}}", digest)
        return digest, values

    def _delete(self, rows: list[tuple[int | None]]) -> None:
        self._connection.executemany(
            f"DELETE FROM {self._table.name} WHERE {layout.RECORD} = ?", rows
        )


def _write_notes(
    connection: sqlite3.Connection, drafts: Drafts, log: ActionLog
) -> frozenset[RecordKey]:
    touched = set()
    for (key, topic), (before, after) in drafts.notes.items():
        if before == after:
            continue
        touched.add(key)
        place = (key.form, key.period, key.facility, topic)
        connection.execute(
            f"DELETE FROM {schema.NOTES} WHERE (form, period, facility, topic) "
            "= (?, ?, ?, ?)",
            place,
        )
        if after:
            connection.execute(
                f"INSERT INTO {schema.NOTES} VALUES (?, ?, ?, ?, ?)", (*place, after)
            )
        log.add(EntryKind.NOTE, key, {topic: [before, after]})
    return frozenset(touched)


def _write_nils(
    connection: sqlite3.Connection, drafts: Drafts, log: ActionLog
) -> frozenset[tuple[str, str, str]]:
    touched = set()
    for place, (before, after) in drafts.nils.items():
        if before == after:
            continue
        touched.add(place)
        sql = (
            f"INSERT INTO {layout.NIL} VALUES (?, ?, ?)"
            if after
            else f"DELETE FROM {layout.NIL} WHERE (form, period, unit) = (?, ?, ?)"
        )
        connection.execute(sql, place)
        form, period, unit = place
        key = RecordKey(form, period, FacilityId(unit))
        log.add(EntryKind.NIL, key, {"nil": [before, after]})
    return frozenset(touched)
