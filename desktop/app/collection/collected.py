"""分发采集表 come back: what is in them, what is wrong cell by cell, what is good.

A returned workbook is read as any foreign file is, and planned as any import is. The
plan is then carried out on a copy of the ledger that is thrown away, and the audit
asked there: what it finds in these records is said of the cells they came from.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.app.audit.auditing import audit_form
from desktop.app.audit.explained import explained
from desktop.app.audit.standing import Standing
from desktop.app.collection.rows import Teller
from desktop.app.collection.rows import book_of
from desktop.app.collection.rows import faults_of
from desktop.app.collection.values import RefusedBook
from desktop.app.collection.values import ReturnedBook
from desktop.app.compiled import compiled_for
from desktop.app.files.importing import read_file
from desktop.app.progress import Progress
from desktop.core.changes import Action
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export.collection import words as collection_words
from desktop.indicators.periods import period_parameters
from desktop.intake.action import to_action
from desktop.intake.plan_values import RowKind
from desktop.store.rehearsal import rehearsal

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.collection.values import Book
    from desktop.app.collection.values import CellFault
    from desktop.app.compiled import CompiledPack
    from desktop.app.person import Person
    from desktop.app.progress import Steps
    from desktop.core.findings import Finding
    from desktop.core.period import Period
    from desktop.core.words import Words
    from desktop.forms.model import Pack
    from desktop.intake.plan_values import RowPlan
    from desktop.intake.table import Source
    from desktop.store.ledger import Ledger

ReadFile: TypeAlias = "tuple[Path, Source | Message]"

_TOLD: Final = (Level.ERROR, Level.WARNING)


def read_files(
    paths: Sequence[Path],
    reader: tuple[str, ...],
    watch: Callable[[Progress], object],
) -> tuple[ReadFile, ...]:
    """Read returned workbooks, each in processes of its own.

    What `watch` raises stops the work.
    """
    found: list[ReadFile] = []
    for done, path in enumerate(paths):
        watch(Progress(done, len(paths), message("collection.reading")))
        found.append((path, read_file(path, reader)))
    watch(Progress(len(paths), len(paths), message("collection.reading")))
    return tuple(found)


def look_through(
    ledger: Ledger,
    period: Period,
    files: Sequence[ReadFile],
    person: Person,
    words: Words,
) -> Steps[tuple[Book, ...]]:
    """Plan every file and say what is wrong in it; the ledger is only read.

    Raises:
        StoreError: No copy could be written to try the plans out on.
    """
    books: list[Book] = []
    for done, (path, source) in enumerate(files):
        yield Progress(done, len(files) + 1, message("collection.planning"))
        if isinstance(source, Message):
            books.append(RefusedBook(path, source))
        else:
            books.append(book_of(ledger, period, (path, source), person.new_id))
    pack = ledger.pack(period.code)
    books = list(_once_only(books, pack))
    sound = [book for book in books if isinstance(book, ReturnedBook)]
    if not sound:
        return tuple(books)
    yield Progress(len(files), len(files) + 1, message("collection.trying"))
    with closing(rehearsal(ledger)) as tried:
        for book in sound:
            tried.apply(_action(book, words, None))
        compiled = compiled_for(tried, period)
        found = yield from _findings(tried, compiled, period, sound)
    return tuple(_with_findings(book, pack, found) for book in books)


def collected_action(books: Iterable[Book], words: Words) -> Action:
    """Make the one action that takes in the good rows of all books."""
    sound = [book for book in books if isinstance(book, ReturnedBook) and book.good]
    parts = [_action(book, words, book.good) for book in sound]
    changes = tuple(change for part in parts for change in part.changes)
    count = sum(len(book.good) for book in sound)
    return Action(message("collection.action", files=len(sound), count=count), changes)


def _action(book: ReturnedBook, words: Words, rows: frozenset[int] | None) -> Action:
    facilities = book.facilities
    return to_action(book.ready.plan, lambda row: facilities[row.row], words, rows)


def _once_only(books: Iterable[Book], pack: Pack) -> Iterator[Book]:
    """Keep rows back whose record an earlier file speaks of already."""
    taken: dict[tuple[str, str], str] = {}
    for book in books:
        if isinstance(book, RefusedBook):
            yield book
            continue
        rows = tuple(_once(book, row, taken) for row in book.ready.plan.rows)
        for row in rows:
            if row.kind is not RowKind.PROBLEM:
                for key in _keys(book, row):
                    taken.setdefault(key, book.path.name)
        plan = replace(book.ready.plan, rows=rows)
        found = replace(book, ready=replace(book.ready, plan=plan))
        yield replace(found, faults=tuple(faults_of(found, pack)))


def _once(
    book: ReturnedBook, row: RowPlan, taken: Mapping[tuple[str, str], str]
) -> RowPlan:
    files = [taken[key] for key in _keys(book, row) if key in taken]
    if not files or row.kind is RowKind.PROBLEM:
        return row
    why = message("collection.in_both", file=files[0])
    return replace(row, kind=RowKind.PROBLEM, problem=why)


def _keys(book: ReturnedBook, row: RowPlan) -> tuple[tuple[str, str], ...]:
    """Give by what a record is known: its identity, and its name within its unit."""
    named = f"{row.unit} {row.name}"
    return ((book.form.id, book.facilities[row.row]), (book.form.id, named))


# --- What the audit says --------------------------------------------------------------

_Found: TypeAlias = "dict[tuple[str, str], list[Finding]]"


def _findings(
    tried: Ledger,
    compiled: CompiledPack,
    period: Period,
    books: Sequence[ReturnedBook],
) -> Steps[_Found]:
    """Audit the forms on the copy; gives what is open by form and facility."""
    parameters = period_parameters(compiled.pack, period)
    found: _Found = {}
    for form in dict.fromkeys(book.form.id for book in books):
        result = yield from audit_form(tried, compiled.audit.of(form), parameters)
        records = tried.rows(form, list(result.findings))
        failed = [
            each
            for record in records
            for each in result.findings[record.id]
            if each.outcome is Outcome.FAILED and each.level in _TOLD
        ]
        for told in explained(tried, failed, {form: records}):
            # Of an explanation that holds nobody is asked again.
            if told.record and told.said.standing is not Standing.STANDS:
                key = form, str(told.record.key.facility)
                found.setdefault(key, []).append(told.finding)
    return found


def _with_findings(book: Book, pack: Pack, found: _Found) -> Book:
    """Say of the cells of a book what the audit finds, after what reading found."""
    if isinstance(book, RefusedBook):
        return book
    teller = Teller(book, pack)
    faults: list[CellFault] = []
    for row in book.ready.plan.rows:
        own = [each for each in book.faults if each.row == row.row]
        faults += own
        if row.kind is not RowKind.PROBLEM:
            said = {each.cell for each in own}
            failed = found.get((book.form.id, book.facilities[row.row]), ())
            faults += _of_row(teller, row, failed, said)
    told = {row.row for row in book.ready.plan.rows}
    faults += [each for each in book.faults if each.row not in told]
    return replace(book, faults=tuple(faults))


def _of_row(
    teller: Teller, row: RowPlan, failed: Iterable[Finding], said: set[str]
) -> Iterator[CellFault]:
    """Say findings of a row; of a cell that could not be read, nothing more."""
    matching = teller.book.ready.plan.matching
    for finding in failed:
        fields = [name for name in finding.fields if matching.column_of(name)]
        why = message("collection.finding", text=finding.text)
        first = fields[0] if fields else finding.fields[0]
        fault = teller.fault(row, first, why)
        if fault.cell in said:
            continue
        mend = fault.mend
        if len(fields) > 1:
            titles = "、".join(map(teller.title, fields))
            mend = collection_words.CHECK.format(fields=titles)
        yield replace(fault, mend=mend, level=finding.level)
