"""What differs between two files of ours, cell by cell."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import TypeAlias

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.core.manifest import Line
    from desktop.core.manifest import Manifest
    from desktop.core.manifest import Table

Shown: TypeAlias = "Callable[[str | None], str]"
"""Gives what a reader sees of a canonical text."""


class Kind(Enum):
    """What may differ."""

    ALTERED = "altered"
    ROW_GONE = "row_gone"
    ROW_ADDED = "row_added"
    COLUMN_GONE = "column_gone"
    HEAD_GONE = "head_gone"
    """The head of a table is not there any more; its lines cannot be told."""
    TABLE_GONE = "table_gone"
    """A table, or the sheet it stood in."""
    TABLE_ADDED = "table_added"
    NIL = "nil"
    """One says that there is nothing to report (零报告), the other does not."""


@frozen
class Difference:
    """One difference: what stands in the first (`was`) and in the second (`now`).

    `form`, `record` and `field` are titles; `field` may be one of the marks of
    `desktop.core.manifest` that say what a column holds. `where` is a sheet's cell.
    """

    kind: Kind
    form: str
    record: str = ""
    field: str = ""
    was: str = ""
    now: str = ""
    where: str = ""


def differences(one: Manifest, other: Manifest, shown: Shown) -> Iterator[Difference]:
    """Hold two manifests against each other, table by table, row by row."""
    others = {table.id: table for table in other.tables}
    for table in one.tables:
        against = others.pop(table.id, None)
        if against is None:
            yield Difference(Kind.TABLE_GONE, table.title)
        elif table != against:
            yield from _in_table(table, against, shown)
    for table in others.values():
        yield Difference(Kind.TABLE_ADDED, table.title)


def _in_table(one: Table, other: Table, shown: Shown) -> Iterator[Difference]:
    if one.nil != other.nil:
        yield Difference(Kind.NIL, one.title)
    rows = _keyed(other)
    titles = dict(other.fields)
    for key, row in _keyed(one).items():
        against = rows.pop(key, None)
        if against is None:
            yield Difference(Kind.ROW_GONE, one.title, row.name)
        elif row != against:
            yield from in_rows(one, row, dict(_cells(other, against)), shown)
    for row in rows.values():
        yield Difference(Kind.ROW_ADDED, one.title, row.name)
    for id_, title in one.fields:
        if id_ not in titles:
            yield Difference(Kind.COLUMN_GONE, one.title, field=title)


def in_rows(
    table: Table, row: Line, cells: Mapping[str, str | None], shown: Shown
) -> Iterator[Difference]:
    """Hold a row against cells by field; a field that is not among them is left out."""
    pairs = zip(table.fields, row.cells, strict=True)
    for (id_, title), cell in pairs:
        if id_ not in cells or cells[id_] == cell:
            continue
        was, now = shown(cell), shown(cells[id_])
        if was != now:
            yield Difference(Kind.ALTERED, table.title, row.name, title, was, now)


def _cells(table: Table, row: Line) -> Iterator[tuple[str, str | None]]:
    names = (id_ for id_, _ in table.fields)
    return zip(names, row.cells, strict=True)


def _keyed(table: Table) -> dict[tuple[str, int], Line]:
    """Give the rows by key; where one stands twice, by its occurrence too."""
    found: dict[tuple[str, int], Line] = {}
    seen: dict[str, int] = {}
    totals = () if table.totals is None else (table.totals,)
    for row in (*table.rows, *totals):
        seen[row.key] = number = seen.get(row.key, 0) + 1
        found[row.key, number] = row
    return found
