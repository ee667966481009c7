"""Cells of a submission that were changed outside the program, and taking them over.

A package stays what its manifest says. What somebody accepts of the changed cells is
noted beside it in the journal, so that whoever takes the package back takes these back,
too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.verify.verifying import in_tables
from desktop.core.cell_text import canonical
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.frozen import frozen
from desktop.core.manifest import NAME
from desktop.core.manifest import UNIT
from desktop.core.manifest_diff import Kind
from desktop.core.messages import message
from desktop.forms.model import Roster
from desktop.intake.repair import Column
from desktop.intake.repair import read_cell

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping

    from desktop.core.manifest import Envelope
    from desktop.core.manifest_diff import Difference
    from desktop.core.messages import Message
    from desktop.exchange.content import Content
    from desktop.exchange.content import Slots
    from desktop.forms.fields import Field
    from desktop.forms.model import Pack
    from desktop.intake.repair import Repair
    from desktop.intake.table import RawCell
    from desktop.intake.table import Source
    from desktop.intake.table import Table


@frozen
class Edited:
    """A difference between a workbook and its words, with the cell as it was read.

    `of` are table, record and field; it is empty where nothing of a record was altered.
    """

    difference: Difference
    of: tuple[str, str, str] | None = None
    raw: RawCell | None = None
    epoch_1904: bool = False


@frozen
class EditedCell:
    """What accepting an altered cell would write; `why` says why that cannot be.

    `text` is canonical, empty for a blank.
    """

    difference: Difference
    key: RecordKey | None = None
    field: str = ""
    text: str = ""
    repairs: tuple[Repair, ...] = ()
    why: Message | None = None

    @property
    def id(self) -> str:
        """By what it is accepted: its place in the file, `养老机构!C5`."""
        return self.difference.where


def edited_cells(source: Source, envelope: Envelope) -> tuple[Edited, ...]:
    """Find what a workbook has otherwise than it says of itself."""
    found = tuple(in_tables(source, envelope))
    sheets = {table.sheet: table for table in source.tables} if found else {}
    made = []
    for place, (difference, spot) in found:
        if spot is None or spot.of is None:
            made.append(Edited(difference))
            continue
        table = sheets[place.sheet]
        raw = _raw(table, difference.where.rpartition("!")[2])
        of = (place.table, *spot.of)
        made.append(Edited(difference, of, raw, table.epoch_1904))
    return tuple(made)


def _raw(table: Table, address: str) -> RawCell | None:
    cells = (cell for row in table.rows for cell in row)
    return next((cell for cell in cells if cell.address == address), None)


def readable(
    edited: Iterable[Edited], content: Content, pack: Pack, period: str
) -> tuple[EditedCell, ...]:
    """Read altered cells as any foreign table is read, every repair written down.

    `content` is what the package brings: a cell of another record is not taken over.
    """
    return tuple(_readable(each, content, pack, period) for each in edited)


def _readable(edited: Edited, content: Content, pack: Pack, period: str) -> EditedCell:
    difference, of = edited.difference, edited.of
    if of is None:
        altered = difference.kind is Kind.ALTERED
        code = "exchange.edit_computed" if altered else "exchange.edit_line"
        return EditedCell(difference, why=message(code))
    form = pack.form_by_id.get(of[0])
    key = RecordKey(of[0], period, FacilityId(of[1]))
    if of[2] == UNIT and key in content:
        return EditedCell(difference, why=message("exchange.edit_unit"))
    name = form.name if isinstance(form, Roster) and of[2] == NAME else of[2]
    stored = {field.id: field for field in form.stored} if form else {}
    if key not in content or name not in stored:
        return EditedCell(difference, why=message("exchange.edit_computed"))
    field = stored[name]
    choices = pack.choices(key.form, name)
    column = Column(field, choices, epoch_1904=edited.epoch_1904)
    return _read(edited, (key, field), column)


def _read(edited: Edited, at: tuple[RecordKey, Field], column: Column) -> EditedCell:
    difference, (key, field) = edited.difference, at
    if edited.raw is None:
        return EditedCell(difference, key, field.id)
    reading = read_cell(edited.raw, column)
    if reading.problem is not None:
        return EditedCell(difference, why=reading.problem.why)
    text = canonical(reading.cell) or ""
    return EditedCell(difference, key, field.id, text, reading.repairs)


def accepted_records(
    cells: Iterable[EditedCell], chosen: Collection[str], content: Content
) -> Mapping[RecordKey, tuple[Slots, Slots]]:
    """Give the records of a package before and after the cells that were accepted."""
    found: dict[RecordKey, tuple[Slots, Slots]] = {}
    for cell in cells:
        if cell.key is None or cell.id not in chosen:
            continue
        before, after = found.get(cell.key, (content[cell.key], content[cell.key]))
        kept = {slot: text for slot, text in after.items() if slot != cell.field}
        found[cell.key] = before, kept | ({cell.field: cell.text} if cell.text else {})
    return {key: pair for key, pair in found.items() if pair[0] != pair[1]}
