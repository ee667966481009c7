"""What the views read, as functions that run on the ledger's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.findings import RecordId
    from desktop.forms.model import Form
    from desktop.store.ledger import Ledger
    from desktop.store.records import Entry
    from desktop.store.records import Record

NAMES_AT_ONCE: Final = 2000
"""Records whose names are read in one go for a list of findings."""


@frozen
class Row:
    """A record as a grid shows it; `hidden` fields are not asked for."""

    record: Record
    hidden: frozenset[str]


def history(
    ledger: Ledger, form: str, record: RecordId, field: str
) -> tuple[Entry, ...]:
    """Read what happened to one cell, newest first."""
    found = ledger.rows(form, [record])
    if not found:
        return ()
    return tuple(reversed(ledger.history(found[0].key, field)))


def names(
    ledger: Ledger, form: Form, records: Sequence[RecordId]
) -> dict[RecordId, str]:
    """Read what records are called."""
    units = {str(unit.code): unit.name for unit in ledger.units()}
    found: dict[RecordId, str] = {}
    for first in range(0, len(records), NAMES_AT_ONCE):
        for record in ledger.rows(form.id, records[first : first + NAMES_AT_ONCE]):
            found[record.id] = name_of(form, record, units)
    return found


def name_of(form: Form, record: Record, units: Mapping[str, str]) -> str:
    """Give what a roster's record is called; its unit's name in a unit form."""
    from desktop.app.audit.explained import record_name  # noqa: PLC0415 - the first window need not wait for it

    unit = units.get(record.unit, record.unit)
    return record_name(form, record.cells, unit)
