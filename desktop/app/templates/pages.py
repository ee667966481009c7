"""Which value goes into which cell of a template: a layout applied to records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import assert_never

from desktop.core.cells import Absent
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export import wording
from desktop.export.template.copy import free_names
from desktop.export.template.page import PageFill
from desktop.forms.entry import NO
from desktop.forms.entry import YES
from desktop.forms.entry import format_cell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.core.period import Period
    from desktop.export.template.book import Book
    from desktop.export.template.page import Value
    from desktop.forms.fields import Field
    from desktop.forms.layout import Layout
    from desktop.forms.layout import Page
    from desktop.forms.model import Form
    from desktop.store.records import Record


@frozen
class Contents:
    """What stands in a ledger for one form: the records of a unit and below it."""

    form: Form
    unit_code: str
    unit_name: str
    period: Period
    day: date
    signers: Mapping[str, str]
    records: tuple[Record, ...]
    nil: bool = False

    @property
    def own(self) -> Record | None:
        """The unit's own record."""
        found = (each for each in self.records if each.unit == self.unit_code)
        return next(found, None)


@frozen
class _Sheet:
    """One sheet to be: its page in the layout, its place, and its lines."""

    page: Page
    place: int
    first: int
    """The running number of its first line."""
    records: tuple[Record, ...]
    copy: str | None = None


def pages_of(
    layout: Layout, contents: Contents, book: Book
) -> tuple[PageFill, ...] | Message:
    """Lay records out over the sheets of a template, or say that they do not fit."""
    sheets = [*_sheets(layout, contents.records)]
    done = sum(len(sheet.records) for sheet in sheets)
    left = contents.records[done:]
    if left and any(page.rows for page in layout.pages):
        last = layout.pages[-1]
        if not layout.continued or last.rows is None or last.sheet not in book.sheets:
            said = {"count": len(contents.records), "room": done}
            return message("template.no_room", **said)
        size = last.rows.count
        starts = range(0, len(left), size)
        names = free_names(book, last.sheet, len(starts))
        sheets += [
            _Sheet(
                last,
                len(sheets) + place,
                done + start + 1,
                left[start : start + size],
                name,
            )
            for place, (start, name) in enumerate(zip(starts, names, strict=True), 1)
        ]
    used = max((each.place for each in sheets if each.records), default=1)
    added = any(sheet.copy is not None for sheet in sheets)
    writing = _Writing(contents, max(used, 1), added=added)
    return tuple(writing.filled(sheet) for sheet in sheets)


def _sheets(layout: Layout, records: tuple[Record, ...]) -> Iterator[_Sheet]:
    """Give the sheets that the template has, with what goes onto each."""
    done = 0
    for place, page in enumerate(layout.pages, 1):
        count = 0 if page.rows is None else page.rows.count
        own = records[done : done + count]
        yield _Sheet(page, place, done + 1, own)
        done += len(own)


@frozen
class _Writing:
    """The values of all sheets."""

    contents: Contents
    used: int
    """How many sheets have figures."""
    added: bool
    """Whether sheets were added that the template's formulas know nothing of."""

    def filled(self, sheet: _Sheet) -> PageFill:
        """Give a sheet's values by cell or name."""
        page = sheet.page
        head = self._head(sheet.place)
        lines = sheet.records
        values: dict[str, Value] = {
            **{cell: words.format(**_said(head)) for cell, words in page.words.items()},
            **{spot: head[item] for item, spot in page.header.items()},
            **self._signers(page),
            **self._own(page),
            **dict(self._lines(sheet)),
            **{spot: _sum(lines, name) for name, spot in page.sums.items()},
            **self._totals(page),
        }
        instead = frozenset(page.totals.values()) if self.added else frozenset[str]()
        return PageFill(page.sheet, page.anchors, values, instead, sheet.copy)

    def _head(self, place: int) -> dict[str, Value]:
        contents = self.contents
        legal = contents.form.legal
        marks = ("form_number", "authority", "approval_authority", "approval_number")
        return {
            "unit_name": contents.unit_name,
            "unit_code": contents.unit_code,
            "period": contents.period.title,
            "year": contents.period.year,
            "date": contents.day,
            "page": place,
            "pages": self.used,
            **{
                mark: None if legal is None else getattr(legal, mark)
                for mark in (*marks, "valid_until")
            },
        }

    def _signers(self, page: Page) -> dict[str, Value]:
        """Give the names of those who sign; who is not named signs by hand."""
        given = self.contents.signers
        return {
            spot: given[label] for label, spot in page.signers.items() if label in given
        }

    def _own(self, page: Page) -> dict[str, Value]:
        """Give the fields of the unit's own record."""
        record = self.contents.own
        return {
            spot: None if record is None else self._value(record, name)
            for name, spot in page.fields.items()
        }

    def _lines(self, sheet: _Sheet) -> Iterator[tuple[str, Value]]:
        """Give the lines; those without a record are emptied."""
        rows = sheet.page.rows
        if rows is None:
            return
        for place in range(rows.count):
            row = rows.first + place
            there = place < len(sheet.records)
            if rows.number is not None:
                yield f"{rows.number}{row}", sheet.first + place if there else None
            for name, column in rows.columns.items():
                value = self._value(sheet.records[place], name) if there else None
                yield f"{column}{row}", value

    def _totals(self, page: Page) -> dict[str, Value]:
        records = self.contents.records
        return {spot: _sum(records, name) for name, spot in page.totals.items()}

    def _value(self, record: Record, name: str) -> Value:
        return value_of(self.contents.form.by_id[name], record.cell(name))


def value_of(field: Field, cell: Cell) -> Value:
    """Say what a template's cell gets for a cell of the ledger."""
    match cell:
        case Absent():
            return wording.ABSENT[cell] or None
        case bool():
            return YES if cell else NO
        case tuple():
            return format_cell(field, cell) or None
        case int() | Decimal() | str() | date():
            return cell
        case _:
            assert_never(cell)


def _said(head: Mapping[str, Value]) -> dict[str, str]:
    """Give the items of the header as they stand in a sentence."""
    return {item: _in_words(value) for item, value in head.items()}


def _in_words(value: Value) -> str:
    match value:
        case None:
            return ""
        case str() | int() | Decimal():
            return str(value)
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case _:
            assert_never(value)


def _sum(records: Sequence[Record], name: str) -> int | Decimal:
    """Add a field up; a cell without a number adds nothing, as in the template."""
    cells = (record.cell(name) for record in records)
    numbers = [
        cell
        for cell in cells
        if isinstance(cell, int | Decimal) and not isinstance(cell, bool)
    ]
    return sum(numbers, start=0)
