"""停用 and 恢复: facilities that leave a period's roster, and those that come back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.audit.explained import record_name
from desktop.core.changes import Action
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordRemoved
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.store.records import EntryKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import date

    from desktop.core.cells import Cell
    from desktop.core.changes import Cells
    from desktop.core.changes import Change
    from desktop.core.changes import RecordKey
    from desktop.core.findings import RecordId
    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.forms.model import Form
    from desktop.store.ledger import Ledger

CLOSED: Final = "closed"
"""The topic of the note that says when and why a facility left."""


@frozen
class Gone:
    """A facility that is not in a period's roster.

    `last` is the latest period that has it. `said` tells when and why it was closed in
    this period; then `cells` are what it held, and otherwise there are none.
    """

    key: RecordKey
    name: str
    unit: str
    last: str
    said: str = ""
    cells: tuple[tuple[str, Cell], ...] = ()


def close_facilities(
    ledger: Ledger, form: Form, records: Sequence[RecordId], when: date, why: str
) -> Action:
    """Take facilities out of their period, and keep when and why.

    Their earlier periods stay, and the next one begins without them. Undo brings them
    back with all they held.
    """
    changes: list[Change] = []
    names = []
    said = f"{when.isoformat()} {why.strip()}"
    for record in ledger.rows(form.id, records):
        before = ledger.notes(record.key).get(CLOSED, "")
        changes.append(NoteChange(record.key, CLOSED, before, said))
        changes.append(RecordRemoved(record.key, record.unit, record.filled()))
        names.append(record_name(form, record.cells, record.unit))
    return Action(_title("close", names), tuple(changes))


def gone_facilities(ledger: Ledger, form: Form, period: str) -> tuple[Gone, ...]:
    """Find the facilities a period's roster could have and has not, by name.

    They stand in an earlier period, or were closed in this one.
    """
    units = {str(unit.code): unit.name for unit in ledger.units()}
    found: dict[str, Gone] = {}
    for record in ledger.rows(form.id, ledger.departed(form.id, period)):
        name = record_name(form, record.cells, units.get(record.unit, record.unit))
        last = record.key.period
        found[record.key.facility] = Gone(record.key, name, record.unit, last)
    for key, said in ledger.waiting_notes(form.id, period, CLOSED).items():
        left = _left(ledger, form, key)
        if left is not None:
            unit, cells = left
            name = record_name(form, cells, units.get(unit, unit))
            kept = tuple(cells.items())
            found[key.facility] = Gone(key, name, unit, period, said, kept)
    return tuple(sorted(found.values(), key=lambda each: (each.last, each.name)))


def reopen_facilities(
    ledger: Ledger, form: Form, period: Period, gone: Iterable[Gone]
) -> Action:
    """Bring facilities back under their identity.

    Those closed in the period have all they held; the others what stands still, as
    when a period begins with the roster of another.
    """
    changes: list[Change] = []
    names: list[str] = []
    earlier: dict[str, list[str]] = {}
    for one in gone:
        names.append(one.name)
        if one.last == period.code:
            changes.append(RecordAdded(one.key, one.unit, one.cells))
            changes.append(NoteChange(one.key, CLOSED, one.said, ""))
        else:
            earlier.setdefault(one.last, []).append(str(one.key.facility))
    sources = {each.code: each for each in ledger.periods()}
    for last, facilities in earlier.items():
        changes += ledger.returning(sources[last], period, form.id, facilities)
    return Action(_title("reopen", names), tuple(changes))


def _left(ledger: Ledger, form: Form, key: RecordKey) -> tuple[str, Cells] | None:
    """Give the unit and the cells with which a record was taken away last."""
    asked = {field.id for field in form.stored}
    for entry in reversed(ledger.history(key)):
        if entry.kind is EntryKind.RECORD and entry.unit_before is not None:
            cells = {name: cell for name, cell in entry.before.items() if name in asked}
            return entry.unit_before, cells
    return None


def _title(what: str, names: Sequence[str]) -> Message:
    if len(names) == 1:
        return message(f"app.{what}-one", name=names[0])
    return message(f"app.{what}", count=len(names))
