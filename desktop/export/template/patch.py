"""Cells of a template with new content: bytes that differ in nothing else."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html import unescape
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never
from xml.sax.saxutils import escape

from desktop.core.frozen import frozen
from desktop.export.template.sheet import area
from desktop.export.template.sheet import attributes_of
from desktop.export.template.sheet import cell_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.export.template.book import Book
    from desktop.export.template.page import Value
    from desktop.export.template.page import Written
    from desktop.export.template.sheet import Cell
    from desktop.export.template.sheet import Patch
    from desktop.export.template.sheet import SheetBytes

_OF_VALUE: Final = re.compile(rb"""\s(?:t|vm)\s*=\s*(?:"[^"]*"|'[^']*')""")
_OF_FORMULA: Final = re.compile(rb"""\s(?:t|vm|cm)\s*=\s*(?:"[^"]*"|'[^']*')""")
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
TEXT_LENGTH: Final = 32_767
_BEFORE_1900: Final = date(1899, 12, 30)
_FIRST_DAY: Final = date(1900, 3, 1)
"""From this day on Excel counts as the calendar does: it has a 29 February 1900."""
_DAY_0_OF_1904: Final = date(1904, 1, 1)


@frozen
class SheetPatch:
    """A sheet with its new bytes.

    `dropped` says that some formula lost what it last gave, `overwritten` are the cells
    where one gave way to a value. `written` is what cells hold now by row and column:
    a day as its number or its words.
    """

    data: bytes
    dropped: bool
    overwritten: tuple[str, ...]
    written: Mapping[tuple[int, int], Written]


class FormulaBlockError(Exception):
    """A formula that stands for several cells cannot give way in one of them."""

    def __init__(self, cell: str) -> None:
        """Take the cell's name."""
        super().__init__(cell)
        self.cell = cell


def patch(
    book: Book,
    sheet: SheetBytes,
    values: Mapping[tuple[int, int], Value],
    instead: frozenset[tuple[int, int]] = frozenset(),
) -> SheetPatch:
    """Put values into a sheet.

    A formula that the values do not speak of loses what it last gave: that may no
    longer be true, and a wrong number is worse than none.

    Raises:
        FormulaBlockError: One of `instead` is part of a formula over several cells.
    """
    work = _Work(book, sheet)
    for (row, column), value in values.items():
        work.put(row, column, value, instead=(row, column) in instead)
    dropped = work.drop_stale(values)
    data = _widened(sheet.patched(work.patches), sheet, values)
    return SheetPatch(data, dropped, tuple(work.overwritten), work.written)


class _Work:
    """The cells of a sheet that get new bytes."""

    def __init__(self, book: Book, sheet: SheetBytes) -> None:
        self._book = book
        self._sheet = sheet
        self.patches: list[Patch] = []
        self.overwritten: list[str] = []
        self.written: dict[tuple[int, int], Written] = {}
        self._columns = [
            (int(each["min"]), int(each["max"]), each["style"])
            for each in sheet.elements(b"col")
            if "style" in each
        ]

    def put(self, row: int, column: int, value: Value, *, instead: bool) -> None:
        """Give a cell a value."""
        old = self._sheet.cell(row, column)
        inner = None if old is None else old["inner"]
        formula = b"" if old is None or not inner else self._sheet.formula(old)
        if formula and instead:
            _refuse_block(self._sheet, old, cell_name(row, column))
            self.overwritten.append(cell_name(row, column))
            formula = b""
        if isinstance(value, date):
            value = self._day(value, self._style(row, column, old))
        self.written[row, column] = value
        if value is None and not inner:
            return
        kind, content = self._content(value, told=bool(formula))
        head = self._head(row, column, old, bare=not formula)
        new = self._cell(head, kind, formula + content)
        self.patches.append((row, column, old, new))

    def drop_stale(self, kept: Mapping[tuple[int, int], Value]) -> bool:
        """Take away what formulas last gave, but for those just told."""
        dropped = False
        for row, column, cell in self._sheet.formulas():
            if (row, column) in kept or not self._sheet.has_value(cell):
                continue
            head = self._head(row, column, cell, bare=False)
            formula = self._sheet.formula(cell)
            new = self._cell(head, b"", formula)
            self.patches.append((row, column, cell, new))
            dropped = True
        return dropped

    def _style(self, row: int, column: int, old: Cell | None) -> str:
        """Give the style of a cell; of one that is not there its row's or column's."""
        if old is not None:
            return attributes_of(old["head"]).get("s", "")
        own = attributes_of(self._sheet.row_head(row))
        if own.get("customFormat") in {"1", "true"}:
            return own.get("s", "")
        found = (style for low, high, style in self._columns if low <= column <= high)
        return next(found, "")

    def _head(self, row: int, column: int, old: Cell | None, *, bare: bool) -> bytes:
        """Write the attributes of a cell; those of an old one stay as they are."""
        if old is None:
            style = self._style(row, column, None)
            own = f' r="{cell_name(row, column)}"'
            return (own + (f' s="{style}"' if style else "")).encode()
        # cm belongs to the formula, vm to the value.
        head = old["head"]
        if b"t=" not in head and b"m" not in head:
            return head
        return (_OF_FORMULA if bare else _OF_VALUE).sub(b"", head)

    def _content(self, value: Written, *, told: bool) -> tuple[bytes, bytes]:
        """Give type and content of a cell; `told` beside a formula."""
        tag = self._sheet.prefix
        match value:
            case None:
                return b"", b""
            case int() | Decimal():
                whole = isinstance(value, int)
                number = (str(value) if whole else format(value, "f")).encode()
                return b"", b"<%bv>%b</%bv>" % (tag, number, tag)
            case str() if told:
                return b"str", b"<%bv>%b</%bv>" % (tag, sayable(value), tag)
            case str():
                inner = b'<%bt xml:space="preserve">%b</%bt>' % (
                    tag,
                    sayable(value),
                    tag,
                )
                return b"inlineStr", b"<%bis>%b</%bis>" % (tag, inner, tag)
            case _:
                assert_never(value)

    def _cell(self, head: bytes, kind: bytes, content: bytes) -> bytes:
        tag = self._sheet.prefix
        typed = b' t="%b"' % kind if kind else b""
        if not content:
            return b"<%bc%b%b/>" % (tag, head, typed)
        return b"<%bc%b%b>%b</%bc>" % (tag, head, typed, content, tag)

    def _day(self, day: date, style: str) -> int | str:
        """Write a day as its number where the cell shows that as a day, or in words."""
        first, zero = _FIRST_DAY, _BEFORE_1900
        if self._book.epoch_1904:
            first = zero = _DAY_0_OF_1904
        if self._book.shows_day(style) and day >= first:
            return (day - zero).days
        return f"{day.year}年{day.month}月{day.day}日"


def _refuse_block(sheet: SheetBytes, old: Cell | None, name: str) -> None:
    tags = () if old is None else sheet.parts(old, b"f")
    for tag, _ in tags:
        if "ref" in attributes_of(tag):
            raise FormulaBlockError(name)


def sayable(text: str) -> bytes:
    """Write a text so that any reader of workbooks reads just it."""
    legal = _ILLEGAL.sub(lambda found: f"〔U+{ord(found[0]):04X}〕", text)
    cut = legal.encode("utf-16-le")[: 2 * TEXT_LENGTH].decode("utf-16-le", "ignore")
    told = _LOOKS_ESCAPED.sub("_x005F_", cut.replace("\r", ""))
    return escape(told).encode()


def _widened(
    data: bytes, sheet: SheetBytes, values: Mapping[tuple[int, int], Value]
) -> bytes:
    """Let the sheet say that it reaches as far as the values do, where it said less."""
    found = sheet.element(b"dimension")
    told = "" if found is None else attributes_of(found[0]).get("ref", "")
    if found is None or not told or not values:
        return data
    top, left, bottom, right = area(told)
    rows = [row for row, _ in values]
    columns = [column for _, column in values]
    new = (
        min(top, *rows),
        min(left, *columns),
        max(bottom, *rows),
        max(right, *columns),
    )
    if new == (top, left, bottom, right):
        return data
    reach = f"{cell_name(*new[:2])}:{cell_name(*new[2:])}".encode()
    tag = found[0].replace(told.encode(), reach)
    return data[: found.start()] + tag + data[found.end() :]


def without_results(book: Book, sheet: SheetBytes) -> SheetPatch:
    """Take away what all formulas of a sheet last gave."""
    return patch(book, sheet, {})


def formulas_of(sheet: SheetBytes) -> Iterator[str]:
    """Give the formulas of a sheet."""
    for _, _, cell in sheet.formulas():
        yield from (unescape(inner.decode()) for _, inner in sheet.parts(cell, b"f"))
