"""Bring a foreign table into a form: read, plan, show, apply."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from desktop.core.changes import FacilityId
from desktop.core.layout import UNIT
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.unit import UnitCode
from desktop.forms.model import Roster
from desktop.intake.action import to_action
from desktop.intake.header import Head
from desktop.intake.header import Header
from desktop.intake.header import match_columns
from desktop.intake.header import read_head
from desktop.intake.plan import plan_import
from desktop.intake.plan_values import Existing
from desktop.intake.plan_values import ImportContext
from desktop.intake.plan_values import ImportOptions
from desktop.intake.source import read_source

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.core.changes import Action
    from desktop.core.period import Period
    from desktop.core.words import Words
    from desktop.forms.model import Form
    from desktop.intake.header import Matching
    from desktop.intake.plan_values import ImportPlan
    from desktop.intake.plan_values import RowPlan
    from desktop.intake.table import Source
    from desktop.intake.table import Table
    from desktop.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class ImportWish:
    """Which file goes into which form, and how.

    `sheet` picks one of several. `heads` takes the person's word for which field a
    column carries, by the text of its head; an empty field leaves the column aside,
    and `unit` stands for the unit a row belongs to.
    """

    path: Path
    form: str
    sheet: str | None = None
    heads: Mapping[str, str] = field(default_factory=dict)
    options: ImportOptions = field(default_factory=ImportOptions)


@dataclass(frozen=True, slots=True)
class ReadyImport:
    """A plan with what was said of the file it came from."""

    source: Source
    table: Table
    plan: ImportPlan


def read_file(path: Path, reader: tuple[str, ...]) -> Source | Message:
    """Read a foreign file in processes of their own, or say why it is refused."""
    return read_source(path, reader)


def plan_file(
    ledger: Ledger, period: Period, source: Source, wish: ImportWish
) -> ReadyImport | Message:
    """Plan what a file would do to a form of a period."""
    pack = ledger.pack(period.code)
    form = pack.form_by_id.get(wish.form)
    if form is None:
        known = "、".join(pack.form_by_id)
        return message("app.unknown-form", form=wish.form, known=known)
    table = _table(source, wish.sheet)
    if isinstance(table, Message):
        return table
    matching = read_head(table, form, pack)
    if isinstance(matching, Message):
        header = header_named(table, wish.heads)
        if header is None:
            return matching
        matching = match_columns(table, form, pack, header)
    matching = _with_word(matching, wish.heads, form)
    if isinstance(matching, Message):
        return matching
    context = import_context(ledger, form, period)
    plan = plan_import(table, form, pack, matching, context, options=wish.options)
    return plan if isinstance(plan, Message) else ReadyImport(source, table, plan)


def header_named(table: Table, heads: Collection[str]) -> Header | None:
    """Find the first row that has all the heads a person names."""
    for row in table.rows:
        texts = {cell.column: cell.text.strip() for cell in row}
        if heads and set(heads) <= set(texts.values()):
            number = row[0].row
            named = tuple(Head(at, (text,)) for at, text in texts.items() if text)
            return Header(number, number, named)
    return None


def import_context(ledger: Ledger, form: Form, period: Period) -> ImportContext:
    """Gather what a plan needs to know of the ledger."""
    units = ledger.units()
    notes = ledger.notes_of(form.id, period.code)
    records = ledger.rows(form.id, ledger.ids(form.id, period.code))
    return ImportContext(
        units=units,
        root=units[0].code,
        period=period.code,
        records=tuple(
            Existing(
                record.key.facility,
                UnitCode(record.unit),
                record.cells,
                notes.get(record.key, {}),
            )
            for record in records
        ),
    )


def import_action(
    ready: ReadyImport, form: Form, words: Words, new_id: Callable[[], str]
) -> Action:
    """Turn a plan into the action that carries it out."""

    def identity(row: RowPlan) -> FacilityId:
        return FacilityId(new_id() if isinstance(form, Roster) else row.unit)

    return to_action(ready.plan, identity, words)


def _with_word(
    matching: Matching, heads: Mapping[str, str], form: Form
) -> Matching | Message:
    columns: dict[int, str | None] = {}
    for text, target in heads.items():
        head = matching.head_named(text)
        if head is None:
            known = "、".join(each.text for each in matching.header.heads)
            return message("app.no-such-head", head=text, heads=known)
        if target in form.by_id:
            columns[head.column] = target
        elif target in ("", "unit"):
            columns[head.column] = UNIT if target else None
        else:
            return message("app.no-such-field", form=form.title, field=target)
    return matching.override(columns, form)


def _table(source: Source, sheet: str | None) -> Table | Message:
    names = "、".join(table.sheet for table in source.tables)
    if sheet is None:
        filled = [table for table in source.tables if table.rows]
        if len(filled) == 1:
            return filled[0]
        return message("app.which-sheet", file=source.file, sheets=names)
    for table in source.tables:
        if table.sheet == sheet:
            return table
    return message("app.no-such-sheet", sheet=sheet, sheets=names)
