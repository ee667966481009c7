"""手工表: a workbook typed by hand, taken in as the ledger's own work.

It has no lineage, so it cannot be merged as a submission is. Its rows are planned as
any import is; what they change is kept beside the package in the journal, and counts
while the package does.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING
from typing import Final
from uuid import UUID

from desktop.app.collection.rows import book_of
from desktop.app.collection.rows import faults_of
from desktop.app.collection.values import ReturnedBook
from desktop.app.files.importing import ReadyImport
from desktop.app.files.importing import import_context
from desktop.core.cell_text import canonical
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.frozen import frozen
from desktop.core.layout import UNIT
from desktop.core.manifest import Line
from desktop.core.manifest import Manifest
from desktop.core.manifest import Stamp
from desktop.core.manifest import Table
from desktop.core.manifest import TableKind
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.unit import UnitCode
from desktop.exchange.content import UNIT as UNIT_SLOT
from desktop.exchange.packing import travelling_forms
from desktop.forms.model import Roster
from desktop.forms.written import digest
from desktop.intake.header import read_head
from desktop.intake.plan import plan_import
from desktop.intake.plan_values import RowKind
from desktop.intake.plan_values import UnitFrom
from desktop.intake.table import RawCell

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.collection.values import CellFault
    from desktop.app.handover.receiving.reading import Read
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.core.words import Words
    from desktop.exchange.content import Slots
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.intake.header import Matching
    from desktop.intake.plan_values import RowPlan
    from desktop.intake.repair import Repair
    from desktop.intake.table import Source
    from desktop.intake.table import Table as RawTable
    from desktop.store.ledger import Ledger

TYPED: Final = "typed-"
"""What stands for the ledger of a package that was typed by hand."""
KNOWN_HEADS: Final = 0.5
"""Share of the heads of a sheet that a form must know."""
_UNIT_HEAD: Final = "unit"
_TAKEN: Final = (RowKind.NEW, RowKind.UPDATE)

Pairs = dict[RecordKey, tuple["Slots", "Slots"]]


@frozen
class TypedBook:
    """What a workbook typed by hand would bring, form by form.

    `unit` is whose it is; it is empty where neither file nor person tells.
    """

    period: Period
    unit: str
    sheets: tuple[ReturnedBook, ...]

    @property
    def faults(self) -> tuple[CellFault, ...]:
        """What is wrong in it, cell by cell."""
        return tuple(fault for book in self.sheets for fault in book.faults)

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """What was repaired in reading it."""
        rows = (row for book in self.sheets for row in book.ready.plan.rows)
        return tuple(repair for row in rows for repair in row.repairs)

    @property
    def rows(self) -> int:
        """How many rows are taken."""
        return sum(1 for book in self.sheets for _ in _rows(book))

    @property
    def kept_back(self) -> int:
        """How many rows wait until something is mended."""
        rows = (row for book in self.sheets for row in book.ready.plan.rows)
        return sum(row.kind is RowKind.PROBLEM for row in rows)


def mark_of(source: Source) -> str:
    """Give what stands for the ledger of a typed file: the same for equal files."""
    return TYPED + source.digest[:24]


def is_typed(ledger: str) -> bool:
    """Tell by what stands for its ledger whether a package was typed by hand."""
    return ledger.startswith(TYPED)


# --- Reading -----------------------------------------------------------------


def typed_book(
    ledger: Ledger, period: Period, source: Source, unit: str = ""
) -> TypedBook | Message:
    """Plan what a workbook would bring to a period, or say why it brings nothing."""
    collected = _collected(ledger, period, source)
    if isinstance(collected, Message):
        return collected
    whose = unit or _named(ledger, period, source)
    sheets = collected or tuple(_sheets(ledger, period, source, whose))
    if not sheets:
        return message("exchange.no_manifest")
    pack = ledger.pack(period.code)
    whose = whose or _shared(ledger, sheets)
    found = tuple(
        replace(book, faults=tuple(_faults(book, pack, whose))) for book in sheets
    )
    return TypedBook(period, whose, found)


def _faults(book: ReturnedBook, pack: Pack, whose: str) -> Iterator[CellFault]:
    """Give what is wrong; where it is known whose it is, rows need not tell."""
    faults = faults_of(book, pack)
    return (f for f in faults if not (whose and f.why.code == "collection.no_unit"))


def _ids(source: Source) -> Iterator[str]:
    """Name new facilities so that the same file always gives the same names."""
    texts = (f"{source.digest}:{number}".encode() for number in count())
    return (str(UUID(bytes=sha256(t).digest()[:16], version=4)) for t in texts)


def _collected(
    ledger: Ledger, period: Period, source: Source
) -> tuple[ReturnedBook, ...] | Message:
    """Plan a collection workbook; nothing where it is none."""
    from pathlib import Path  # noqa: PLC0415 - only its name is wanted

    ids = _ids(source)
    book = book_of(ledger, period, (Path(source.file), source), lambda: next(ids))
    if isinstance(book, ReturnedBook):
        return (book,)
    # Said of a workbook that is none of the collection's.
    none = book.why.code == "collection.not_ours"
    return () if none else book.why


def _sheets(
    ledger: Ledger, period: Period, source: Source, unit: str
) -> Iterator[ReturnedBook]:
    """Plan each sheet for the form that knows its heads best; one sheet a form."""
    from pathlib import Path  # noqa: PLC0415 - as above

    pack = ledger.pack(period.code)
    ids, taken = _ids(source), set[str]()
    for sheet in source.tables:
        form = None if sheet.hidden else _form_of(sheet, pack, taken)
        if form is None:
            continue
        table = _with_unit(sheet, form, pack, unit)
        matching = read_head(table, form, pack)
        context = import_context(ledger, form, period)
        if unit:
            context = replace(context, root=UnitCode(unit))
        # For the type checker: its head was read a moment ago.
        assert not isinstance(matching, Message)  # noqa: S101 - see above
        plan = plan_import(table, form, pack, matching, context)
        if isinstance(plan, Message):
            continue
        taken.add(form.id)
        facilities = {
            row.row: row.facility or _identity(form, row, ids) for row in plan.rows
        }
        ready = ReadyImport(source, table, plan)
        yield ReturnedBook(Path(source.file), form, ready, facilities)


def _identity(form: Form, row: RowPlan, ids: Iterator[str]) -> FacilityId:
    return FacilityId(next(ids) if isinstance(form, Roster) else row.unit)


def _form_of(table: RawTable, pack: Pack, taken: set[str]) -> Form | None:
    """Find the form that knows most heads of a sheet, and at least half of them."""
    best: tuple[float, Form] | None = None
    for form in travelling_forms(pack):
        matching = read_head(table, form, pack)
        if isinstance(matching, Message) or form.id in taken:
            continue
        known = len(matching.matches) + len(matching.locked)
        heads = [head for head in matching.header.heads if head.text.strip()]
        if known < max(KNOWN_HEADS * len(heads), 2):
            continue
        if best is None or known > best[0]:
            best = known, form
    return best[1] if best else None


def _with_unit(table: RawTable, form: Form, pack: Pack, unit: str) -> RawTable:
    """Name the unit in every row of a form of units that has no column for it."""
    matching = read_head(table, form, pack)
    if isinstance(form, Roster) or not unit or not _lacks_unit(matching):
        return table
    # For the type checker: without a head it was no sheet of this form.
    assert not isinstance(matching, Message)  # noqa: S101 - see above
    last = matching.header.last_row
    column = 1 + max(cell.column for row in table.rows for cell in row)
    rows = []
    for row in table.rows:
        at = row[0].row
        text = _UNIT_HEAD if at == last else unit
        added = (RawCell(at, column, text),) if at >= last else ()
        rows.append((*row, *added))
    return replace(table, rows=tuple(rows))


def _lacks_unit(matching: Matching | Message) -> bool:
    return not isinstance(matching, Message) and matching.column_of(UNIT) is None


def _named(ledger: Ledger, period: Period, source: Source) -> str:
    """Find the one unit that the file's name or the lines above a table name."""
    texts = [source.file]
    for table in source.tables:
        texts += [cell.text for row in table.rows[:4] for cell in row]
    below = ledger.units()[1:]
    named = [unit for unit in below if any(_names(unit, period, t) for t in texts)]
    above = {str(unit.parent) for unit in named}
    found = [unit for unit in named if str(unit.code) not in above]
    return str(found[0].code) if len(found) == 1 else ""


def _names(unit: Unit, period: Period, text: str) -> bool:
    return unit.name_in(period.code) in text or str(unit.code) in text


def _shared(ledger: Ledger, books: Iterable[ReturnedBook]) -> str:
    """Give the one unit that all rows belong to; nothing where one names none."""
    rows = [row for book in books for row in book.ready.plan.rows]
    rows = [row for row in rows if row.kind is not RowKind.PROBLEM]
    units = {str(row.unit) for row in rows}
    if not units or any(row.unit_from is UnitFrom.ROOT for row in rows):
        return ""
    return units.pop() if len(units) == 1 else str(ledger.units()[0].code)


# --- What it brings ----------------------------------------------------------


def _rows(book: ReturnedBook) -> Iterator[RowPlan]:
    return (row for row in book.ready.plan.rows if row.kind in _TAKEN)


def accepted_rows(
    book: TypedBook, holds: Callable[[RecordKey], Slots], words: Words
) -> Pairs:
    """Give the records before and after the rows, by what is held of them.

    A text that fits into no cell is kept as a remark on it.
    """
    found: Pairs = {}
    for sheet in book.sheets:
        for row in _rows(sheet):
            facility = sheet.facilities[row.row]
            key = RecordKey(sheet.form.id, book.period.code, facility)
            before = holds(key)
            found[key] = before, _after(row, before, words)
    return {key: pair for key, pair in found.items() if pair[0] != pair[1]}


def _after(row: RowPlan, before: Slots, words: Words) -> Slots:
    after = {**before}
    if not before or row.moved_from is not None:
        after[UNIT_SLOT] = str(row.unit)
    texts = ((field, canonical(cell)) for field, cell in row.cells)
    after.update((field, text) for field, text in texts if text is not None)
    for remark in row.remarks:
        topic, said = f"field:{remark.field}", words.message(remark.words)
        noted = after.get(topic, "")
        after[topic] = f"{noted}\n{said}" if noted else said
    return after


def packed(ledger: Ledger, read: Read, book: TypedBook, pairs: Pairs) -> Manifest:
    """Give the manifest of a typed file: what it brings, and whose it is."""
    # For the type checker: only what was read can be packed.
    assert read.source is not None  # noqa: S101 - see above
    units = {str(unit.code): unit for unit in ledger.units()}
    period = book.period
    pack, unit = ledger.pack(period.code), units[book.unit]
    stamp = Stamp(
        pack=pack.id,
        pack_version=pack.version,
        pack_digest=digest(pack),
        unit=book.unit,
        unit_name=unit.name_in(period.code),
        period=period.code,
        period_title=period.title,
        ledger=mark_of(read.source),
        epoch="",
        head=read.source.digest,
        made=read.saved,
        revision=0,
        seq=0,
    )
    tables = tuple(_table(sheet.form, pairs) for sheet in book.sheets)
    sides = (slots for pair in pairs.values() for slots in pair if slots)
    codes = dict.fromkeys([book.unit, *(slots[UNIT_SLOT] for slots in sides)])
    named = tuple((code, units[code].name_in(period.code)) for code in codes)
    return Manifest(stamp, tables, named)


def _table(form: Form, pairs: Mapping[RecordKey, tuple[Slots, Slots]]) -> Table:
    records = {key: after for key, (_, after) in pairs.items() if key.form == form.id}
    there = {slot for after in records.values() for slot in after}
    fields = [field for field in form.stored if field.id in there]
    lines = [
        _line(form, key, after, [f.id for f in fields])
        for key, after in records.items()
    ]
    titles = tuple((field.id, field.title) for field in fields)
    return Table(form.id, form.title, TableKind.FORM, titles, tuple(lines))


def _line(form: Form, key: RecordKey, after: Slots, fields: Sequence[str]) -> Line:
    name = after.get(form.name, "")[2:] if isinstance(form, Roster) else ""
    cells = tuple(after.get(field) for field in fields)
    return Line(key.facility, after[UNIT_SLOT], name, cells)
