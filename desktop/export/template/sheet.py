"""One sheet of a template as bytes: where its cells lie, and cells put in their place.

The sheet is never parsed into a tree and written again: what is not a patched cell
stays byte for byte. Only rows that are asked for are looked into, so a large sheet
costs little. The part has been examined before: it is sound XML, its cells in order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from bisect import bisect_right
from functools import cache
from html import unescape
from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from typing import TypeAlias

    Cell: TypeAlias = re.Match[bytes]
    """A cell as it stands in the sheet, with its parts as groups (`_CELL`)."""

    Patch: TypeAlias = tuple[int, int, Cell | None, bytes]
    """Row, column, the cell that was there, and its new bytes."""

_ATTRIBUTES: Final = rb"""[^"'<>]*(?:"[^"]*"[^"'<>]*|'[^']*'[^"'<>]*)*"""
_SKIPPED: Final = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_ATTRIBUTE: Final = re.compile(rb"""([\w.:-]+)\s*=\s*("[^"]*"|'[^']*')""")
_ROOT: Final = re.compile(rb"<((?:[\w.-]+:)?)worksheet(?=[\s>])")
_CELL: Final = (
    rb"<%bc(?P<head>(?:\sr=\"(?P<letters>[A-Z]{1,3})[0-9]+\")?(?:\s[^<>]*?)?)"
    rb"(?:/>|>(?P<inner>.*?)</%bc\s*>)"
)
"""Every program writes the name of a cell first; the rest comes as it likes."""


class OddPartError(Exception):
    """A part is written in a way that cannot be patched in place."""

    def __init__(self, part: str = "") -> None:
        """Take the part's name."""
        super().__init__(part)
        self.part = part


def attributes_of(tag: bytes) -> dict[str, str]:
    """Read the attributes of a start tag."""
    return {
        name.decode(): unescape(quoted[1:-1].decode())
        for name, quoted in _ATTRIBUTE.findall(tag)
    }


@cache
def tag_pattern(prefix: bytes, names: bytes) -> re.Pattern[bytes]:
    """Find start and end tags of some names, stepping over comments and the like.

    Where the second group is None, something was stepped over.
    """
    tag = rb"<(/?)%b(%b)(?=[\s/>])%b>" % (re.escape(prefix), names, _ATTRIBUTES)
    return re.compile(_SKIPPED + b"|" + tag, re.DOTALL)


@cache
def _cell_pattern(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(_CELL % (re.escape(prefix), re.escape(prefix)), re.DOTALL)


@cache
def _end_pattern(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"</%bsheetData\s*>" % re.escape(prefix))


@cache
def _row_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """Find where rows begin among cells, and their numbers as every program has them.

    It begins with letters, as those do that find tags where nothing is stepped over:
    then the search for it does not stop at every tag.
    """
    return re.compile(rb'<%brow(?=[\s/>])(?:\sr="([0-9]+)")?' % re.escape(prefix))


@cache
def _formula_pattern(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<%bf(?=[\s/>])" % re.escape(prefix))


@cache
def _whole_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """Find a formula, from its start tag to its end tag."""
    own = re.escape(prefix)
    rest = rb"(?:(?<=/)>|>[^<]*</%bf\s*>)" % own
    return re.compile(rb"<%bf(?=[\s/>])%b%b" % (own, _ATTRIBUTES, rest))


@cache
def _value_pattern(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<%bv(?=[\s/>])" % re.escape(prefix))


class SheetBytes:
    """The part of a sheet, its rows found."""

    def __init__(self, data: bytes, part: str = "") -> None:
        """Find the rows.

        Raises:
            OddPartError: The part is no UTF-8, or has comments among its cells.
        """
        root = None if b"\0" in data[:200] else _ROOT.search(data)
        if root is None:
            raise OddPartError(part)
        self.data = data
        self.prefix = root[1]
        self._begin = self._last = 0
        self._closed = False
        self._numbers: list[int] = []
        self._starts: list[int] = []
        self._cells: dict[int, dict[int, Cell]] = {}
        self._cell = _cell_pattern(self.prefix)
        self._name = b'<%bc r="%%b%%d"' % self.prefix
        self._find_lines()
        inside = data[self._begin : self._last]
        # No spreadsheet program writes these; without them a tag is a tag.
        if not inside or b"<!" in inside or b"<?" in inside:
            raise OddPartError(part)
        self._find_rows()

    def _find_lines(self) -> None:
        """Find where the rows begin and end; both 0 where there is no place for any."""
        opening = next(self._tags(b"sheetData", 0), None)
        if opening is None:
            return
        self._closed = opening[0].endswith(b"/>")
        closing = _end_pattern(self.prefix).search(self.data, opening.end())
        if self._closed:
            self._begin, self._last = opening.span()
        elif closing is not None:
            self._begin, self._last = opening.start(), closing.start()

    def _find_rows(self) -> None:
        number = 0
        rows = _row_pattern(self.prefix)
        for row in rows.finditer(self.data, self._begin, self._last):
            written = row[1] or attributes_of(self._row_tag(row.start())).get("r")
            number = int(written) if written else number + 1
            self._numbers.append(number)
            self._starts.append(row.start())

    def _tags(
        self, names: bytes, start: int, end: int | None = None
    ) -> Iterator[re.Match[bytes]]:
        last = len(self.data) if end is None else end
        found = tag_pattern(self.prefix, names).finditer(self.data, start, last)
        return (tag for tag in found if tag[2] is not None)

    def element(self, name: bytes) -> re.Match[bytes] | None:
        """Find the first start tag of a name before the rows."""
        found = (tag for tag in self._tags(name, 0, self._begin) if not tag[1])
        return next(found, None)

    def elements(self, name: bytes) -> Iterator[dict[str, str]]:
        """Give the attributes of all start tags of a name outside the rows."""
        for tags in (self._tags(name, 0, self._begin), self._tags(name, self._last)):
            yield from (attributes_of(tag[0]) for tag in tags if not tag[1])

    # --- Looking -------------------------------------------------------------

    @property
    def rows(self) -> Sequence[int]:
        """The numbers of the rows there are."""
        return self._numbers

    def _span(self, place: int) -> tuple[int, int]:
        """Say where a row begins, and where the next thing does."""
        ends = self._starts[place + 1] if place + 1 < len(self._starts) else self._last
        return self._starts[place], ends

    def _place(self, row: int) -> int | None:
        place = bisect_left(self._numbers, row)
        there = place < len(self._numbers) and self._numbers[place] == row
        return place if there else None

    def cells(self, row: int) -> Mapping[int, Cell]:
        """Give the cells of a row by column, in order; none where it is not there."""
        if row not in self._cells:
            place = self._place(row)
            self._cells[row] = {} if place is None else self._cells_of(place)
        return self._cells[row]

    def cell(self, row: int, column: int) -> Cell | None:
        """Give one cell; None where it is not there."""
        place = self._place(row)
        if place is None:
            return None
        if row not in self._cells:
            # As every program writes it; a search costs less than reading the row.
            name = self._name % (_letters(column), row)
            at = self.data.find(name, *self._span(place))
            if at >= 0:
                return self._cell.match(self.data, at)
        return self.cells(row).get(column)

    def _cells_of(self, place: int) -> dict[int, Cell]:
        found: dict[int, Cell] = {}
        column = 0
        for cell in self._cell.finditer(self.data, *self._span(place)):
            letters = cell["letters"]
            if letters is None:
                written = attributes_of(cell["head"]).get("r")
                column = position(written)[1] if written else column + 1
            else:
                column = column_number(letters.decode())
            found[column] = cell
        return found

    def row_head(self, row: int) -> bytes:
        """Give the start tag of a row; empty where there is none."""
        place = self._place(row)
        if place is None:
            return b""
        return self._row_tag(self._starts[place])

    def _row_tag(self, start: int) -> bytes:
        found = tag_pattern(self.prefix, b"row").match(self.data, start)
        return b"" if found is None else found[0]

    def formulas(self) -> Iterator[tuple[int, int, Cell]]:
        """Give the cells that have a formula, with row and column."""
        cell_tag = b"<%bc " % self.prefix
        tags = _formula_pattern(self.prefix)
        for tag in tags.finditer(self.data, self._begin, self._last):
            place = bisect_right(self._starts, tag.start()) - 1
            row = self._numbers[place]
            at = self.data.rfind(cell_tag, self._starts[place], tag.start())
            cell = self._cell.match(self.data, at) if at >= 0 else None
            if cell is not None and cell["letters"] is not None:
                yield row, column_number(cell["letters"].decode()), cell
                continue
            for column, each in self.cells(row).items():
                if each.start() < tag.start() < each.end():
                    yield row, column, each

    def parts(self, cell: Cell, name: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Give the elements of a name in a cell: start tag and what it holds."""
        inner = cell["inner"] or b""
        opened: re.Match[bytes] | None = None
        for tag in tag_pattern(self.prefix, name).finditer(inner):
            if opened is not None:
                yield opened[0], inner[opened.end() : tag.start()]
                opened = None
            elif tag[0].endswith(b"/>"):
                yield tag[0], b""
            else:
                opened = tag

    def formula(self, cell: Cell) -> bytes:
        """Give the formula of a cell as it is written; empty where it has none."""
        found = _whole_pattern(self.prefix).search(cell["inner"] or b"")
        return b"" if found is None else found[0]

    def has_value(self, cell: Cell) -> bool:
        """Tell whether a cell says a value, or what its formula last gave."""
        return _value_pattern(self.prefix).search(cell["inner"] or b"") is not None

    def text(self, cell: Cell, strings: Sequence[str]) -> str:
        """Give the text of a cell as a person sees it, numbers as they are written."""
        kind = attributes_of(cell["head"]).get("t", "n")
        if kind == "inlineStr":
            return unescape(b"".join(self._spoken(cell)).decode())
        found = next((inner for _, inner in self.parts(cell, b"v")), b"")
        value = unescape(found.decode())
        return strings[int(value)] if kind == "s" and value else value

    def _spoken(self, cell: Cell) -> Iterator[bytes]:
        """Give the texts of an inline string without its readings (拼音)."""
        inner = cell["inner"] or b""
        reading = False
        start = 0
        for tag in tag_pattern(self.prefix, b"rPh|t").finditer(inner):
            if tag[2] == b"rPh":
                reading = not tag[1]
            elif not tag[1]:
                start = tag.end()
            elif not reading:
                yield inner[start : tag.start()]

    # --- Patching ------------------------------------------------------------

    def patched(self, cells: Iterable[Patch]) -> bytes:
        """Give the part with some cells replaced or added."""
        edits: list[tuple[int, int, int, bytes]] = []
        added: dict[int, dict[int, bytes]] = {}
        for row, column, old, new in cells:
            if old is None:
                added.setdefault(row, {})[column] = new
            else:
                edits.append((old.start(), column, old.end(), new))
        for row, inside in sorted(added.items()):
            edits += self._additions(row, inside)
        edits.sort()
        if self._closed and edits:
            # <sheetData/>: there were no rows at all.
            opening = self.data[self._begin : self._last].rstrip(b"/>").rstrip() + b">"
            rows = b"".join(new for *_, new in edits)
            closing = b"</%bsheetData>" % self.prefix
            edits = [(self._begin, 0, self._last, opening + rows + closing)]
        pieces: list[bytes] = []
        done = 0
        for start, _, end, new in edits:
            pieces += (self.data[done:start], new)
            done = end
        return b"".join((*pieces, self.data[done:]))

    def _additions(
        self, row: int, cells: Mapping[int, bytes]
    ) -> Iterator[tuple[int, int, int, bytes]]:
        """Say where cells go that are not there yet: start, rank, end, bytes."""
        place = self._place(row)
        inner = b"".join(cells[column] for column in sorted(cells))
        closing = b"</%brow>" % self.prefix
        if place is None:
            after = bisect_left(self._numbers, row)
            start = self._starts[after] if after < len(self._starts) else self._last
            new = b'<%brow r="%d">%b%b' % (self.prefix, row, inner, closing)
            yield start, row, start, new
            return
        start, end = self._span(place)
        head = self.row_head(row)
        if head.endswith(b"/>"):
            opening = head.rstrip(b"/>").rstrip() + b">"
            yield start, row, start + len(head), opening + inner + closing
            return
        for column, new in cells.items():
            gap = self._gap(row, column, end)
            yield gap, column, gap, new

    def _gap(self, row: int, column: int, end: int) -> int:
        """Say where a cell belongs that is not there yet."""
        after = (cell.start() for at, cell in self.cells(row).items() if at > column)
        found = next(after, None)
        closing = b"</%brow" % self.prefix
        return self.data.rindex(closing, 0, end) if found is None else found


@cache
def _letters(column: int) -> bytes:
    return column_letters(column).encode()


@cache
def column_number(letters: str) -> int:
    """Give the number of a column from its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@cache
def column_letters(number: int) -> str:
    """Give the letters of a column."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Give the name of a cell."""
    return f"{column_letters(column)}{row}"


def position(name: str) -> tuple[int, int]:
    """Give row and column of a cell's name."""
    letters = name.rstrip("0123456789")
    return int(name[len(letters) :]), column_number(letters)


def area(reference: str) -> tuple[int, int, int, int]:
    """Give top, left, bottom and right of `B2:D5` or `B2`."""
    first, _, last = reference.replace("$", "").partition(":")
    return (*position(first), *position(last or first))
