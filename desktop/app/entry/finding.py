"""Finding a text in a form, a cell's edge in a column, and a place by its name."""

from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.progress import Progress
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.core.pinyin import initials

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from desktop.app.progress import Steps
    from desktop.core.findings import RecordId
    from desktop.forms.fields import Field
    from desktop.store.ledger import Ledger
    from desktop.store.search import Hit

SLICE: Final = 2000
"""Records looked through at once."""
MOST: Final = 20_000
"""Cells a search stops at: nobody steps through more."""


@frozen
class Where:
    """A form and a period, and its records in the order of the grid."""

    form: str
    period: str
    records: Sequence[RecordId]


@frozen
class Found:
    """The cells that have a text, as row and column of the grid, in reading order."""

    places: tuple[tuple[int, int], ...]
    more: bool = False
    """Whether the search stopped at the most a person wants to see."""

    def behind(self, place: tuple[int, int]) -> int | None:
        """Give the number of the first hit behind a place; behind the last, 0."""
        if not self.places:
            return None
        return bisect_right(self.places, place) % len(self.places)

    def before(self, place: tuple[int, int]) -> int | None:
        """Give the number of the last hit before a place; at the first, the last."""
        if not self.places:
            return None
        return (bisect_left(self.places, place) - 1) % len(self.places)


def find(
    ledger: Ledger, where: Where, fields: Sequence[Field], text: str
) -> Steps[Found]:
    """Look for a text in every cell of some records, read by a view or not."""
    rows = {record: row for row, record in enumerate(where.records)}
    columns = {field.id: column for column, field in enumerate(fields)}
    search = ledger.search(where.form, where.period)
    found: list[tuple[int, int]] = []
    for first in range(0, len(where.records), SLICE):
        records = where.records[first : first + SLICE]
        hits: list[Hit] = search.hits(records, fields, text)
        found += [(rows[hit.record], columns[hit.field]) for hit in hits]
        if len(found) > MOST:
            return Found(tuple(found[:MOST]), more=True)
        done = first + len(records)
        yield Progress(done, len(where.records), message("app.finding"))
    return Found(tuple(found))


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
