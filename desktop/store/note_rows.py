"""The notes of a form's records, with what a reader needs to judge them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core import layout
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.findings import RecordId
from desktop.core.frozen import frozen
from desktop.store import schema

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from desktop.store.tables import FormTable


@frozen
class NotedRecord:
    """A record that has notes, by topic; `digest` is that of its content."""

    id: RecordId
    key: RecordKey
    unit: str
    digest: str
    notes: Mapping[str, str]


def noted_records(
    connection: sqlite3.Connection, table: FormTable, period: str
) -> dict[RecordId, NotedRecord]:
    """Read the records of a form and period that have notes, with all of them."""
    rows = connection.execute(
        f"SELECT {layout.RECORD}, facility, {layout.UNIT}, {schema.DIGEST}, topic, "
        f"text FROM {schema.NOTES} JOIN {table.name} "
        f"ON {layout.PERIOD} = period AND {layout.FACILITY} = facility "
        "WHERE form = ? AND period = ? ORDER BY facility, topic",
        (table.form, period),
    )
    found: dict[RecordId, NotedRecord] = {}
    notes: dict[str, str] = {}
    for row, facility, unit, digest, topic, text in rows:
        record = RecordId(row)
        if record not in found:
            key = RecordKey(table.form, period, FacilityId(facility))
            notes = {}
            found[record] = NotedRecord(record, key, unit, digest, notes)
        notes[topic] = text
    return found
