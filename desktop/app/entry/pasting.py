"""What pasting a block would do, worked out before anything is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.app.entry import edits
from desktop.app.entry.blocks import shown
from desktop.app.progress import Progress
from desktop.core.cells import Absent
from desktop.core.changes import Action
from desktop.core.changes import CellChange
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.forms.entry import parse_entry
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.entry.blocks import Block
    from desktop.app.progress import Steps
    from desktop.core.cells import Cell
    from desktop.core.changes import Change
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.entry import Entry
    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.store.records import Record

    _At: TypeAlias = "tuple[int, Record | None]"

SLICE: Final = 200
"""Rows of a block read between two words of progress."""


@frozen
class Edit:
    """A cell that would hold something else; `row` counts from 0."""

    row: int
    record: Record
    field: Field
    after: Cell

    @property
    def before(self) -> Cell:
        """What stands there now."""
        return self.record.cells[self.field.id]


@frozen
class Refused:
    """A text that is not taken, and why.

    `field` is None to the right of the form, `record` below its last one.
    """

    row: int
    record: Record | None
    field: Field | None
    text: str
    why: Message


@frozen
class BlockPlan:
    """What a block would change, what it would not, and what has no record yet.

    `same` counts the texts that say what stands there already, `surplus` has the cells
    of the rows below the last record.
    """

    edits: tuple[Edit, ...]
    refused: tuple[Refused, ...] = ()
    surplus: tuple[tuple[tuple[str, Cell], ...], ...] = ()
    same: int = 0

    @property
    def fits(self) -> bool:
        """Whether all of it can be done without asking."""
        return not self.refused and not self.surplus

    @property
    def added(self) -> int:
        """Count the cells that new records would bring."""
        return sum(map(len, self.surplus))


@frozen
class Target:
    """Where a block goes.

    `first` is the row of its first cell, `records` are those from there on, as many as
    the block has rows or fewer, `fields` the columns from its first cell on.
    """

    form: Form
    first: int
    records: Sequence[Record]
    fields: Sequence[Field]
    choices: Mapping[str, tuple[str, ...]]
    units: Mapping[str, Unit]


def plan_paste(block: Block, target: Target) -> Steps[BlockPlan]:
    """Read every text of a block by the kind of the field it falls on."""
    reader = Reader(target)
    for number, texts in enumerate(block):
        if number % SLICE == 0:
            yield Progress(number, len(block), message("app.paste.reading"))
        if number < len(target.records):
            reader.change(target.first + number, target.records[number], texts)
        else:
            reader.add(target.first + number, texts)
    return reader.plan()


class Reader:
    """Reads texts into a plan; equal texts of a column are read once."""

    def __init__(self, target: Target) -> None:
        """Take what the texts fall on."""
        self._target = target
        self._typed = frozenset(field.id for field in target.form.stored)
        self._known: dict[tuple[str, str], Entry] = {}
        self._edits: list[Edit] = []
        self._refused: list[Refused] = []
        self._surplus: list[tuple[tuple[str, Cell], ...]] = []
        self._same = 0

    def plan(self) -> BlockPlan:
        """Give what was found."""
        return BlockPlan(
            tuple(self._edits),
            tuple(self._refused),
            tuple(self._surplus),
            self._same,
        )

    def change(self, row: int, record: Record, texts: Sequence[str]) -> None:
        """Read a row that falls on a record."""
        units, at = self._target.units, (row, record)
        for field, text in self._on_fields(at, texts):
            if self.takes(field):
                self.put(row, record, field, text)
                continue
            there = shown(field, record.cell(field.id), units)
            if text.strip() in ("", there):
                self._same += 1
            else:
                self._refuse(at, field, text, message("app.paste.locked"))

    def takes(self, field: Field) -> bool:
        """Tell whether a field is typed into."""
        return field.id in self._typed

    def put(self, row: int, record: Record, field: Field, text: str) -> None:
        """Read a text that falls on a cell of a field that takes one."""
        entry = self._read(field, text)
        if isinstance(entry, Message):
            self._refuse((row, record), field, text, entry)
        elif same_cell(record.cells[field.id], entry):
            self._same += 1
        else:
            self._edits.append(Edit(row, record, field, entry))

    def add(self, row: int, texts: Sequence[str]) -> None:
        """Read a row below the last record; an empty one says nothing."""
        takes = isinstance(self._target.form, Roster)
        cells: list[tuple[str, Cell]] = []
        at = (row, None)
        for field, text in self._on_fields(at, texts):
            if not text.strip():
                continue
            entry: Entry = message("app.paste.below")
            if takes and self.takes(field):
                entry = self._read(field, text)
            elif takes:
                entry = message("app.paste.locked")
            if isinstance(entry, Message):
                self._refuse(at, field, text, entry)
            else:
                cells.append((field.id, entry))
        if cells:
            self._surplus.append(tuple(cells))

    def _on_fields(self, at: _At, texts: Sequence[str]) -> Iterator[tuple[Field, str]]:
        fields = self._target.fields
        yield from zip(fields, texts, strict=False)
        for text in texts[len(fields) :]:
            if text.strip():
                self._refuse(at, None, text, message("app.paste.beside"))

    def _refuse(self, at: _At, field: Field | None, text: str, why: Message) -> None:
        self._refused.append(Refused(*at, field, text, why))

    def _read(self, field: Field, text: str) -> Entry:
        place = (field.id, text)
        if place not in self._known:
            choices = self._target.choices[field.id]
            self._known[place] = parse_entry(field, text, choices)
        return self._known[place]


def same_cell(one: Cell, other: Cell) -> bool:
    """Tell whether two cells hold the same; 1 is not 是, and blank is not 0."""
    if isinstance(one, Absent) or isinstance(other, Absent):
        return one is other
    return isinstance(one, bool) is isinstance(other, bool) and one == other


# --- Filling ------------------------------------------------------------------


def plan_fill(
    rows: Sequence[int],
    records: Sequence[Record],
    fields: Sequence[Field],
    cell: Cell,
) -> BlockPlan:
    """Set all cells of a block to one content, where their fields take it."""
    takes = [
        field
        for field in _typed(records, fields)
        if cell is not Absent.NOT_APPLICABLE or field.not_applicable
    ]
    return _plan(rows, records, [(field, cell) for field in takes])


def plan_down(
    rows: Sequence[int], records: Sequence[Record], fields: Sequence[Field]
) -> BlockPlan:
    """Repeat what the first of the records holds in those below it."""
    cells = [(field, records[0].cells[field.id]) for field in _typed(records, fields)]
    return _plan(rows, records, cells)


def _typed(records: Sequence[Record], fields: Sequence[Field]) -> list[Field]:
    """Give the fields that are typed into: only they are kept."""
    return [field for field in fields if field.id in records[0].cells]


def _plan(
    rows: Sequence[int],
    records: Sequence[Record],
    cells: Sequence[tuple[Field, Cell]],
) -> BlockPlan:
    return BlockPlan(
        tuple(
            Edit(row, record, field, cell)
            for row, record in zip(rows, records, strict=True)
            for field, cell in cells
            if not same_cell(record.cells[field.id], cell)
        )
    )


def to_the_right(
    records: Sequence[Record], fields: Sequence[Field], units: Mapping[str, Unit]
) -> list[list[str]]:
    """Repeat what stands in the first of the columns over all, as texts to paste."""
    first = fields[0]
    return [
        [shown(first, record.cell(first.id), units)] * len(fields) for record in records
    ]


# --- Actions ------------------------------------------------------------------


def action_of(plan: BlockPlan, title: str) -> Action:
    """Give the action that changes what fits; `title` counts the cells."""
    return Action(message(title, count=len(plan.edits)), _changes(plan))


def with_new_records(
    plan: BlockPlan,
    form: Form,
    place: tuple[Period, str],
    new_id: Callable[[], str],
) -> Action:
    """Give the action that also adds a record for each row below the last.

    `place` is the period, and the code of the unit the records belong to.
    """
    period, unit = place
    added = [
        change
        for cells in plan.surplus
        for change in edits.add_record(
            form, period, unit, new_id(), dict(cells)
        ).changes
    ]
    count = len(plan.edits) + plan.added
    title = message("app.paste-and-add", count=count, records=len(plan.surplus))
    return Action(title, (*_changes(plan), *added))


def _changes(plan: BlockPlan) -> tuple[Change, ...]:
    return tuple(
        CellChange(edit.record.key, edit.field.id, edit.before, edit.after)
        for edit in plan.edits
    )
