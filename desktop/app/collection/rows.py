"""One workbook that came back: whose it is, which facility each row, what fits not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.collection.collecting import units_within
from desktop.app.collection.values import CellFault
from desktop.app.collection.values import RefusedBook
from desktop.app.collection.values import ReturnedBook
from desktop.app.files.importing import ReadyImport
from desktop.app.files.importing import import_context
from desktop.core.changes import FacilityId
from desktop.core.findings import Level
from desktop.core.frozen import frozen
from desktop.core.layout import UNIT
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export.collection import words as collection_words
from desktop.export.collection.plan import FACILITY_HEAD
from desktop.export.collection.plan import KIND
from desktop.export.collection.plan import MEMO
from desktop.export.collection.plan import UNIT_HEAD
from desktop.export.collection.plan import VERSION
from desktop.forms.model import Roster
from desktop.intake.header import read_head
from desktop.intake.plan import plan_import
from desktop.intake.plan_values import RowKind
from desktop.intake.plan_values import UnitFrom
from desktop.intake.table import RawCell

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.core.period import Period
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.intake.plan_values import ImportContext
    from desktop.intake.plan_values import RowPlan
    from desktop.intake.plan_values import SkippedRow
    from desktop.intake.table import Source
    from desktop.intake.table import Table
    from desktop.store.ledger import Ledger

FIRST: Final = 1
"""The column a fault is shown in where its own is gone."""


def book_of(
    ledger: Ledger,
    period: Period,
    read: tuple[Path, Source],
    new_id: Callable[[], str],
) -> ReturnedBook | RefusedBook:
    """Plan what one workbook would do, or say why it is not one of ours."""
    path, source = read
    pack = ledger.pack(period.code)
    sheet = _sheet_of(source, pack, period)
    if isinstance(sheet, Message):
        return RefusedBook(path, sheet)
    form, table, unit = sheet
    units = [each for each in ledger.units() if each.exists_in(period.code)]
    own = units_within(units, unit)
    only = str(own[0].code) if len(own) == 1 else ""
    table, ids = _cleared(table, only)
    matching = read_head(table, form, pack)
    if isinstance(matching, Message):
        return RefusedBook(path, matching)
    context = import_context(ledger, form, period)
    plan = plan_import(table, form, pack, matching, context)
    if isinstance(plan, Message):
        return RefusedBook(path, plan)
    known = _Known.of(ledger, form, period, context)
    rows = tuple(known.recognised(row, ids.get(row.row)) for row in plan.rows)
    facilities = {
        row.row: known.identity(form, row, ids.get(row.row), new_id) for row in rows
    }
    ready = ReadyImport(source, table, replace(plan, rows=rows))
    return ReturnedBook(path, form, ready, facilities)


def faults_of(book: ReturnedBook, pack: Pack) -> Iterator[CellFault]:
    """Give what reading and planning found wrong, row by row."""
    teller = Teller(book, pack)
    for row in book.ready.plan.rows:
        for unfit in row.unfit:
            yield teller.fault(row, unfit.field, unfit.why, text=unfit.text)
        if row.problem is not None:
            name = book.form.name if isinstance(book.form, Roster) else UNIT
            yield teller.fault(row, name, row.problem)
        elif row.unit_from is UnitFrom.ROOT:
            yield teller.fault(row, UNIT, message("collection.no_unit"))
    for skipped in book.ready.plan.skipped:
        if skipped.text:
            yield teller.aside(skipped)


@frozen
class Teller:
    """Says faults of a book's cells."""

    book: ReturnedBook
    pack: Pack

    def fault(
        self, row: RowPlan, field: str, why: Message, *, text: str | None = None
    ) -> CellFault:
        """Say what is wrong with a field of a row."""
        column = self.book.ready.plan.matching.column_of(field) or FIRST
        cell = self._raw(row.row, column)
        return CellFault(
            sheet=self.book.ready.table.sheet,
            cell=RawCell(row.row, column, None).address,
            row=row.row,
            record=row.name,
            field=self.title(field),
            text=text if text is not None else cell,
            why=why,
            mend=self.mend(field),
        )

    def aside(self, skipped: SkippedRow) -> CellFault:
        """Say that a row is taken for no record."""
        return CellFault(
            sheet=self.book.ready.table.sheet,
            cell=RawCell(skipped.row, FIRST + 1, None).address,
            row=skipped.row,
            record="",
            field="",
            text=skipped.text,
            why=message("collection.no_record"),
            mend="",
            level=Level.WARNING,
        )

    def title(self, field: str) -> str:
        """Give the title of a field, or of the unit."""
        found = self.book.form.by_id.get(field)
        return collection_words.UNIT_OF if found is None else found.title

    def mend(self, field: str) -> str:
        """Say what may stand in a field."""
        form = self.book.form
        found = form.by_id.get(field)
        if found is None:
            return collection_words.UNIT_HINT
        return collection_words.hint(found, self.pack.choices(form.id, field))

    def _raw(self, row: int, column: int) -> str:
        cells = (cell for line in self.book.ready.table.rows for cell in line)
        found = (c.text for c in cells if (c.row, c.column) == (row, column))
        return next(found, "")


# --- Whose it is ----------------------------------------------------------------------


def _sheet_of(
    source: Source, pack: Pack, period: Period
) -> tuple[Form, Table, str] | Message:
    """Find the sheet that was filled in, by what the hidden sheet says."""
    sheets = {table.sheet: table for table in source.tables}
    memo = _memo(sheets.get(MEMO))
    if memo.get("kind") != KIND:
        return message("collection.not_ours", file=source.file)
    if memo.get("version") != VERSION:
        return message("collection.newer", file=source.file)
    form = pack.form_by_id.get(memo.get("form", ""))
    if memo.get("pack") != pack.id or form is None:
        theirs = memo.get("pack", "")
        return message(
            "collection.other_pack", file=source.file, theirs=theirs, ours=pack.id
        )
    if memo.get("period") != period.code:
        return message(
            "collection.other_period",
            file=source.file,
            theirs=memo.get("period", ""),
            ours=period.code,
        )
    table = sheets.get(memo.get("sheet", ""))
    if table is None:
        sheet = memo.get("sheet", "")
        return message("collection.no_sheet", file=source.file, sheet=sheet)
    return form, table, memo.get("unit", "")


def _memo(table: Table | None) -> dict[str, str]:
    rows = () if table is None else table.rows
    texts = [{cell.column: cell.text for cell in row} for row in rows]
    return {text.get(1, ""): text.get(2, "") for text in texts}


def _cleared(table: Table, only: str) -> tuple[Table, dict[int, str]]:
    """Take out the hidden column and rows nobody filled in; name the only unit.

    Gives the facilities of the rows as well, as the hidden column has them.
    """
    heads = _heads(table)
    if heads is None:
        return table, {}
    row, places = heads
    hidden, unit = places[FACILITY_HEAD], places.get(UNIT_HEAD)
    rows = []
    ids: dict[int, str] = {}
    for cells in table.rows:
        kept = tuple(cell for cell in cells if cell.column != hidden)
        at = cells[0].row
        if at > row:
            ids.update((at, c.text) for c in cells if c.column == hidden)
            if all(cell.column == unit for cell in kept):
                continue
            if only and unit and not any(cell.column == unit for cell in kept):
                kept = (RawCell(at, unit, only), *kept)
        if kept:
            rows.append(kept)
    return replace(table, rows=tuple(rows)), ids


def _heads(table: Table) -> tuple[int, dict[str, int]] | None:
    for row in table.rows:
        places = {cell.text: cell.column for cell in row}
        if FACILITY_HEAD in places:
            return row[0].row, places
    return None


# --- Which facility a row is ----------------------------------------------------------


@frozen
class _Known:
    """The facilities of the period by identity with their names, and earlier ones."""

    names: Mapping[str, str]
    earlier: frozenset[str]

    @classmethod
    def of(
        cls, ledger: Ledger, form: Form, period: Period, context: ImportContext
    ) -> _Known:
        """Ask the ledger."""
        name = form.name if isinstance(form, Roster) else ""
        names = {
            str(record.facility): str(record.cells.get(name, ""))
            for record in context.records
        }
        gone = ledger.rows(form.id, ledger.departed(form.id, period.code))
        return cls(names, frozenset(str(record.key.facility) for record in gone))

    def recognised(self, row: RowPlan, sent: str | None) -> RowPlan:
        """Hold a row back that was sent for one facility and speaks of another."""
        if row.kind is RowKind.PROBLEM or sent is None or sent not in self.names:
            return row
        if row.facility == sent:
            return row
        why = message("collection.other_name", name=self.names[sent])
        return replace(row, kind=RowKind.PROBLEM, problem=why)

    def identity(
        self, form: Form, row: RowPlan, sent: str | None, new_id: Callable[[], str]
    ) -> FacilityId:
        """Say which facility a row is: the one it was sent for, or a new one."""
        if row.facility is not None:
            return row.facility
        if not isinstance(form, Roster):
            return FacilityId(row.unit)
        if sent is not None and sent in self.earlier:
            return FacilityId(sent)
        return FacilityId(new_id())
