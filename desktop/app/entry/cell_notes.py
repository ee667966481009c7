"""Comments and follow-up flags on cells: kept as notes, listed for a whole period."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.audit.explained import record_name
from desktop.core.changes import Action
from desktop.core.changes import NoteChange
from desktop.core.frozen import frozen
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.app.entry.returned_cells import SentBack
    from desktop.core.findings import RecordId
    from desktop.core.period import Period
    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record

_COMMENT: Final = "field:"
_FLAG: Final = "flag:"
_FLAGGED: Final = "1"


@frozen
class CellMarks:
    """What somebody wrote about a cell, and whether it is to be looked at again.

    `back` says why it was sent back by whoever received it, if it was.
    """

    comment: str = ""
    flagged: bool = False
    back: SentBack | None = None


NO_MARKS: Final = CellMarks()


@frozen
class CellNote:
    """A marked cell as a list shows it."""

    form: str
    form_title: str
    record: RecordId
    name: str
    unit: str
    field: str
    field_title: str
    marks: CellMarks


def marks_by_field(notes: Mapping[str, str]) -> dict[str, CellMarks]:
    """Find the marks of cells among a record's notes; explanations are none."""
    found: dict[str, CellMarks] = {}
    for topic, text in notes.items():
        if topic.startswith(_COMMENT):
            field = topic.removeprefix(_COMMENT)
            found[field] = CellMarks(text, found.get(field, NO_MARKS).flagged)
        elif topic.startswith(_FLAG):
            field = topic.removeprefix(_FLAG)
            found[field] = CellMarks(found.get(field, NO_MARKS).comment, flagged=True)
    return found


def comment(record: Record, field: Field, before: str, after: str) -> Action:
    """Write a comment on a cell; an empty one takes it away."""
    change = NoteChange(record.key, f"{_COMMENT}{field.id}", before, after)
    return Action(message("app.comment", field=field.title), (change,))


def flag(record: Record, field: Field, *, flagged: bool) -> Action:
    """Flag a cell to be looked at again, or say that this was done."""
    texts = ("", _FLAGGED) if flagged else (_FLAGGED, "")
    change = NoteChange(record.key, f"{_FLAG}{field.id}", *texts)
    code = "app.flag" if flagged else "app.flag-undone"
    return Action(message(code, field=field.title), (change,))


def cell_notes(ledger: Ledger, period: Period) -> tuple[CellNote, ...]:
    """List the marked cells of a period, by form, record and field."""
    forms = ledger.pack(period.code).forms
    return tuple(note for form in forms for note in _of_form(ledger, form, period))


def _of_form(ledger: Ledger, form: Form, period: Period) -> Iterator[CellNote]:
    notes = ledger.notes_of(form.id, period.code)
    marked = {key: marks_by_field(topics) for key, topics in notes.items()}
    units = {str(unit.code): unit.name for unit in ledger.units()}
    for key, fields in sorted(marked.items(), key=lambda each: each[0].facility):
        record = ledger.record(key) if fields else None
        if record is None:
            continue
        unit = units.get(record.unit, record.unit)
        for field in form.fields:
            if field.id in fields:
                yield CellNote(
                    form=form.id,
                    form_title=form.title,
                    record=record.id,
                    name=record_name(form, record.cells, unit),
                    unit=unit,
                    field=field.id,
                    field_title=field.title,
                    marks=fields[field.id],
                )
