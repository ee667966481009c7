"""Blocks of cells, worked out column by column: pastes, and what takes them back.

A block sets the same fields in one record after the other. What holds of a whole column
(its cells are whole numbers, all are what they were) is found out at once, in a third
of the time it takes cell by cell. A block is written here only where nothing is in the
way. Where a cell is not what it was, or does not fit, or is 不适用, everything goes the
way of all other changes (`desktop.store.drafts`), which knows what to say.
"""

from __future__ import annotations

from itertools import repeat
from operator import attrgetter
from operator import eq
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple
from typing import TypeAlias
from typing import cast

from desktop.core import layout
from desktop.core.cells import BLANK
from desktop.core.cells import EXACT
from desktop.core.cells import Absent
from desktop.core.changes import CellChange
from desktop.store.columns import UnfitValueError
from desktop.store.columns import tidy
from desktop.store.columns import to_stored
from desktop.store.columns import to_text
from desktop.store.digest import cell_line
from desktop.store.digest import compact
from desktop.store.digest import lines_digest
from desktop.store.schema import quote

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.core.changes import Change
    from desktop.core.changes import RecordKey
    from desktop.store.columns import Codec
    from desktop.store.columns import Stored
    from desktop.store.log import ActionLog
    from desktop.store.shelf import Shelf
    from desktop.store.tables import FormTable

    _Values: TypeAlias = Sequence[Stored]

FEWEST: Final = 20
"""Records of a block: for fewer, looking at columns costs more than it saves."""

_HEAD: Final = (layout.RECORD, layout.FACILITY, layout.UNIT, layout.STATES)
_MARKS: Final = frozenset({Absent.NOT_APPLICABLE, Absent.UNKNOWN})
_PARTS: Final = tuple(map(attrgetter, ("record", "field", "before", "after")))


class _Wanted(NamedTuple):
    """Records of one form and period, and by field their cells before and after."""

    keys: tuple[RecordKey, ...]
    cells: Mapping[str, tuple[Sequence[Cell], Sequence[Cell]]]


class Block(NamedTuple):
    """A block that fits: the values to be written, and what the log says of them."""

    table: FormTable
    keys: Sequence[RecordKey]
    ids: _Values
    values: Mapping[str, _Values]
    bodies: Sequence[str]
    digests: Sequence[str]

    def write(
        self, connection: sqlite3.Connection, log: ActionLog
    ) -> frozenset[RecordKey]:
        """Write it with its log entries; the caller keeps the transaction."""
        rows = zip(
            repeat(None),
            repeat(log.revision),
            self.digests,
            *self.values.values(),
            self.ids,
        )
        connection.executemany(self.table.update([*self.values]), rows)
        for key, body, digest in zip(self.keys, self.bodies, self.digests, strict=True):
            log.add_record(key, body, digest)
        return frozenset(self.keys)


def block_of(
    connection: sqlite3.Connection, shelf: Shelf, changes: Sequence[Change]
) -> Block | None:
    """Give changes as a block, if they are one and meet what they were made from.

    Raises:
        ValueError: A row was damaged.
    """
    wanted = _wanted(changes)
    if wanted is None:
        return None
    form, period, _ = wanted.keys[0]
    table = shelf.of(period).tables.get(form)
    if table is None or not wanted.cells.keys() <= table.codecs.keys():
        return None
    found = _read(connection, table, wanted)
    return None if found is None else _made(table, wanted, found)


def _wanted(changes: Sequence[Change]) -> _Wanted | None:
    """See whether changes set the same fields of one record after the other."""
    if len(changes) < FEWEST or set(map(type, changes)) != {CellChange}:
        return None
    records, fields, before, after = (tuple(map(part, changes)) for part in _PARTS)
    width = 1
    while width < len(records) and records[width] is records[0]:
        width += 1
    keys, named = records[::width], fields[:width]
    even = (
        len(keys) >= FEWEST
        and fields == named * len(keys)
        and all(records[place::width] == keys for place in range(1, width))
    )
    places = {key[:2] for key in keys}
    if not even or len(places) > 1 or len({*named}) < width or len({*keys}) < len(keys):
        return None
    columns = {
        field: (before[place::width], after[place::width])
        for place, field in enumerate(named)
    }
    return _Wanted(keys, columns)


def _read(
    connection: sqlite3.Connection, table: FormTable, wanted: _Wanted
) -> Mapping[str, _Values] | None:
    """Read the records by column, if all are there and no cell is 不适用 or 不详."""
    facilities = tuple(key.facility for key in wanted.keys)
    of = (wanted.keys[0].period, compact(facilities))
    names = sorted(table.codecs)
    # Of a wide form most columns hold nothing, and each that is read costs time.
    counts = table.seek(f"count({quote(name)})" for name in names)
    used = zip(names, connection.execute(counts, of).fetchone(), strict=True)
    names = [*_HEAD, *(name for name, n in used if n or name in wanted.cells)]
    rows = connection.execute(table.seek(map(quote, names)), of).fetchall()
    if not rows:
        return None
    found = dict(zip(names, zip(*rows, strict=True), strict=True))
    there = found[layout.FACILITY] == facilities
    return found if there and not any(found[layout.STATES]) else None


class _Column(NamedTuple):
    """The cells of a field: the values to be written, and both in the log's words."""

    values: _Values
    before: Iterable[str]
    after: Sequence[str]


def _made(
    table: FormTable, wanted: _Wanted, found: Mapping[str, _Values]
) -> Block | None:
    """Hold the cells against what is there; None where anything is in the way."""
    columns: dict[str, _Column] = {}
    for field, cells in wanted.cells.items():
        column = _column(table.codecs[field], found[field], *cells)
        if column is None:
            return None
        columns[field] = column
    said = ",".join(f'"{field}":[%s,%s]' for field in columns)
    texts = (each for column in columns.values() for each in column[1:])
    return Block(
        table,
        wanted.keys,
        found[layout.RECORD],
        {field: column.values for field, column in columns.items()},
        [*map(f"{{{said}}}".__mod__, zip(*texts, strict=True))],
        _digests(table, wanted.keys, found, columns),
    )


def _column(
    codec: Codec, found: _Values, before: Sequence[Cell], after: Sequence[Cell]
) -> _Column | None:
    """Hold the cells of a field against its values; None where they do not fit."""
    if _are_whole(codec, after) and {*map(type, found), *map(type, before)} == {int}:
        if found != before or any(map(eq, before, after)):
            return None
        values = cast("_Values", after)
        return _Column(values, map(repr, before), [*map(repr, after)])
    was = [BLANK if value is None else codec.decode(value) for value in found]
    try:
        now = [tidy(codec, cell) for cell in after]
    except UnfitValueError:
        return None
    same = was == [*before] and [*map(type, was)] == [*map(type, before)]
    if not same or any(map(eq, was, now)) or not _MARKS.isdisjoint(now):
        return None
    return _Column(
        [to_stored(codec, cell) for cell in now],
        [to_text(codec, cell) for cell in was],
        [to_text(codec, cell) for cell in now],
    )


def _are_whole(codec: Codec, cells: Sequence[object]) -> bool:
    """Tell whether cells or values are whole numbers that are written as they are."""
    return (
        codec.plain
        and codec.column == "INTEGER"
        and {*map(type, cells)} == {int}
        and min(cast("Sequence[int]", cells)) > -EXACT
        and max(cast("Sequence[int]", cells)) < EXACT
    )


def _digests(
    table: FormTable,
    keys: Sequence[RecordKey],
    found: Mapping[str, _Values],
    columns: Mapping[str, _Column],
) -> list[str]:
    """Give the digest of each record with the columns that are to be written."""
    lines: list[str] = []
    texts: list[Iterable[str]] = []
    for field in sorted(found.keys() & table.codecs.keys()):
        codec, values = table.codecs[field], found[field]
        if field in columns:
            values = columns[field].values
        if _are_whole(codec, values):
            lines.append(f',"{field}=n:%s"')
            texts.append(
                columns[field].after if field in columns else map(repr, values)
            )
        else:
            lines.append("%s")
            texts.append(_lines(field, codec, values))
    units = map(str, found[layout.UNIT])
    rest = map("".join(lines).__mod__, zip(*texts, strict=True))
    return [*map(lines_digest, keys, units, rest)]


def _lines(field: str, codec: Codec, values: _Values) -> list[str]:
    """Write what digests say of a column, with a comma before; nothing of a NULL."""
    if _are_whole(codec, [value for value in values if value is not None]):
        return ["" if value is None else f',"{field}=n:{value}"' for value in values]
    decode = codec.decode
    return [
        "" if value is None else f",{cell_line(field, decode(value))}"
        for value in values
    ]
