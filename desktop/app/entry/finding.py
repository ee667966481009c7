"""Finding a text in a form, a cell's edge in a column, and a place by its name."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from bisect import bisect_right
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.entry.selection_sums import Part
from desktop.app.progress import Progress
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.core.pinyin import initials

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.app.progress import Steps
    from desktop.core.findings import RecordId
    from desktop.forms.fields import Field
    from desktop.store.ledger import Ledger
    from desktop.store.search import Sought

SLICE: Final = 2000
"""Records of one column looked through at once."""
CELLS: Final = 12_000
"""Cells looked through at once: entries that are typed meanwhile go between."""
WIDE: Final = 1 << 16
"""More columns than a form has: a cell of the grid is one number."""


@frozen
class Where:
    """A form and a period, and its records in the order of the grid."""

    form: str
    period: str
    records: Sequence[RecordId]


@frozen
class Found:
    """The cells that have a text, in the order one reads, eight bytes each."""

    cells: array[int]

    @classmethod
    def at(cls, places: Iterable[tuple[int, int]]) -> Found:
        """Take places of the grid by row and column, in any order, some maybe twice."""
        return cls(array("q", sorted(set(map(_cell, places)))))

    def __len__(self) -> int:
        """Count the cells."""
        return len(self.cells)

    def place(self, number: int) -> tuple[int, int]:
        """Give row and column of a hit."""
        return divmod(self.cells[number], WIDE)

    def number(self, place: tuple[int, int]) -> int | None:
        """Tell which hit a cell is, None if it is none."""
        cell = _cell(place)
        number = bisect_left(self.cells, cell)
        there = number < len(self.cells) and self.cells[number] == cell
        return number if there else None

    def behind(self, place: tuple[int, int]) -> int | None:
        """Give the number of the first hit behind a place; behind the last, 0."""
        if not self.cells:
            return None
        return bisect_right(self.cells, _cell(place)) % len(self.cells)

    def before(self, place: tuple[int, int]) -> int | None:
        """Give the number of the last hit before a place; at the first, the last."""
        if not self.cells:
            return None
        return (bisect_left(self.cells, _cell(place)) - 1) % len(self.cells)

    def columns(self, row: int) -> tuple[int, ...]:
        """Give the columns of a row that are hits."""
        first = bisect_left(self.cells, row * WIDE)
        last = bisect_left(self.cells, (row + 1) * WIDE)
        return tuple(cell % WIDE for cell in self.cells[first:last])


def _cell(place: tuple[int, int]) -> int:
    row, column = place
    return row * WIDE + column


@frozen
class Scope:
    """The cells of a grid that are looked through.

    `where` has its records and `fields` its columns as they stand, `parts` what of them
    is meant; of that, what is not in the grid any more is passed over.
    """

    where: Where
    fields: Sequence[Field]
    parts: Sequence[Part]

    def pieces(self) -> Iterator[tuple[Part, Progress]]:
        """Give the parts in pieces, and how far one is when a piece is done."""
        total, done = sum(len(part.records) for part in self.parts), 0
        for part in self.parts:
            size = max(CELLS // max(len(part.fields), 1), 1)
            for first in range(0, len(part.records), size):
                records = part.records[first : first + size]
                done += len(records)
                progress = Progress(done, total, message("app.finding"))
                yield Part(records, part.fields), progress


def find(ledger: Ledger, scope: Scope, sought: Sought) -> Steps[Found]:
    """Look for something in the cells of a form, read by a view or not."""
    rows = {record: row for row, record in enumerate(scope.where.records)}
    columns = {field.id: column for column, field in enumerate(scope.fields)}
    search = ledger.search(scope.where.form, scope.where.period)
    cells: list[int] = []
    for piece, progress in scope.pieces():
        cells += [
            _cell((rows[hit.record], columns[hit.field]))
            for hit in search.hits(piece.records, piece.fields, sought)
            if hit.record in rows
        ]
        yield progress
    if len(scope.parts) > 1:
        cells = sorted(set(cells))
    return Found(array("q", cells))


def edge(cells: Iterable[bool]) -> int:
    """Tell how far Ctrl and an arrow go, over cells that are filled or not.

    The first is the one left. Within a run of filled cells they go to its end,
    otherwise to the next filled one, and at last to the end.
    """
    filled = iter(cells)
    here, steps = next(filled), 0
    run: bool | None = None
    for there in filled:
        if run is None:
            run = here and there
        if run and not there:
            return steps
        steps += 1
        if not run and there:
            return steps
    return steps


def edge_in(ledger: Ledger, where: Where, field: Field) -> Steps[int]:
    """Go through a column from the first of some records to the edge of its data."""
    search = ledger.search(where.form, where.period)
    cells: list[bool] = []
    for first in range(0, len(where.records), SLICE):
        records = where.records[first : first + SLICE]
        filled = search.filled(records, field)
        cells += [record in filled for record in records]
        steps = edge(cells)
        if steps < len(cells) - 1:
            return steps
        yield Progress(len(cells), len(where.records), message("app.finding"))
    return edge(cells)


# --- Going to a place ---------------------------------------------------------


@frozen
class Named:
    """Records in the order of the grid with their names, ready to be searched."""

    names: tuple[str, ...]
    keys: tuple[str, ...]
    """Name and first letters of each, in lower case."""


def names_in(ledger: Ledger, where: Where, field: Field) -> Steps[Named]:
    """Read what all records are called, and the first letters of their readings."""
    search = ledger.search(where.form, where.period)
    names: list[str] = []
    keys: list[str] = []
    for first in range(0, len(where.records), SLICE):
        records = where.records[first : first + SLICE]
        texts = dict(search.texts(records, field))
        for record in records:
            name = texts.get(record, "")
            names.append(name)
            keys.append(_key(name))
        done = first + len(records)
        yield Progress(done, len(where.records), message("app.finding"))
    return Named(tuple(names), tuple(keys))


def rows_named(named: Named, text: str, limit: int) -> list[int]:
    """Give the rows of records a text may mean: number, name, or first letters."""
    wanted = text.strip().lower()
    if not wanted:
        return list(range(min(limit, len(named.names))))
    found: dict[int, None] = {}
    if wanted.isdecimal() and 0 < int(wanted) <= len(named.names):
        found[int(wanted) - 1] = None
    for row, key in enumerate(named.keys):
        if len(found) >= limit:
            break
        if wanted in key:
            found[row] = None
    return list(found)


def fields_named(fields: Sequence[Field], text: str) -> list[int]:
    """Give the columns of fields a text may mean, by name or first letters."""
    wanted = text.strip().lower()
    return [
        column
        for column, field in enumerate(fields)
        if wanted and wanted in _key(field.title)
    ]


def _key(name: str) -> str:
    return f"{name.lower()} {initials(name)}"
