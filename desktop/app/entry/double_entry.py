"""二次录入: keying chosen fields a second time without seeing the first.

What is keyed the second time is a note beside the cell, so the first entry is never
touched before somebody has looked at the difference. A cell whose two entries agree
keeps its note: it shows that the cell was keyed twice.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.cell_text import canonical
from desktop.core.cells import Absent
from desktop.core.changes import Action
from desktop.core.changes import CellChange
from desktop.core.changes import NoteChange
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.forms.entry import format_cell
from desktop.forms.entry import parse_entry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.forms.fields import Field
    from desktop.forms.model import Pack
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record

SECOND: Final = "second:"
"""Begins the topic of a note that keeps a second entry."""


class Standing(Enum):
    """How the two entries of a cell stand to each other."""

    WAITING = "waiting"
    """Not keyed a second time."""
    AGREEING = "agreeing"
    DIFFERENT = "different"


@frozen
class SecondCell:
    """A cell and its second entry.

    `text` is the note as it stands. `second` is blank where there is none, or none that
    can be read: what an older pack took and this one does not has to be keyed again.
    """

    record: Record
    field: Field
    text: str
    second: Cell

    @property
    def first(self) -> Cell:
        """What the cell holds."""
        return self.record.cell(self.field.id)

    @property
    def standing(self) -> Standing:
        """Whether there is a second entry, and whether it is the same."""
        if self.second is Absent.BLANK:
            return Standing.WAITING
        same = canonical(self.first) == canonical(self.second)
        return Standing.AGREEING if same else Standing.DIFFERENT


def second_topic(field: str) -> str:
    """Name the note that keeps the second entry of a field."""
    return f"{SECOND}{field}"


def second_cells(
    ledger: Ledger, pack: Pack, form: str, period: str, fields: Sequence[str]
) -> tuple[SecondCell, ...]:
    """Read the chosen fields of all records with what was keyed the second time."""
    there = pack.form_by_id[form]
    chosen = [there.by_id[field] for field in fields]
    choices = {field.id: pack.choices(form, field.id) for field in chosen}
    notes = ledger.notes_of(form, period)
    cells = []
    for record in ledger.rows(form, ledger.ids(form, period)):
        kept = notes.get(record.key, {})
        for field in chosen:
            text = kept.get(second_topic(field.id), "")
            cells.append(SecondCell(record, field, text, _read(field, text, choices)))
    return tuple(cells)


def _read(field: Field, text: str, choices: Mapping[str, tuple[str, ...]]) -> Cell:
    found = parse_entry(field, text, choices[field.id])
    return Absent.BLANK if isinstance(found, Message) else found


def key_again(cell: SecondCell, second: Cell) -> Action:
    """Keep a second entry; an empty one takes it back."""
    text = format_cell(cell.field, second)
    topic = second_topic(cell.field.id)
    change = NoteChange(cell.record.key, topic, cell.text, text)
    return Action(message("app.second", field=cell.field.title), (change,))


def settle_second(
    keep_first: Iterable[SecondCell], take_second: Iterable[SecondCell]
) -> Action:
    """Settle differences one way or the other, as one action.

    Afterwards the two entries agree; a first one that is blank waits to be keyed again.
    """
    notes = [
        NoteChange(
            cell.record.key,
            second_topic(cell.field.id),
            cell.text,
            format_cell(cell.field, cell.first),
        )
        for cell in keep_first
    ]
    cells = [
        CellChange(cell.record.key, cell.field.id, cell.first, cell.second)
        for cell in take_second
    ]
    count = len(notes) + len(cells)
    return Action(message("app.second-settled", count=count), (*notes, *cells))
