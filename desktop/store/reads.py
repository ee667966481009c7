"""Questions to a ledger file, as functions over its connection."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from contextlib import suppress
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from desktop.core import layout
from desktop.core.cells import BLANK
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.messages import message
from desktop.core.period import parse_period
from desktop.forms.fields import Binding
from desktop.store import schema
from desktop.store.digest import compact
from desktop.store.errors import InterruptedReadError
from desktop.store.errors import damaged
from desktop.store.listing import BELOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path
    from typing import TypeAlias

    from desktop.core.cells import Cell
    from desktop.core.findings import RecordId
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.model import Pack
    from desktop.forms.problems import Problem
    from desktop.store.records import Record
    from desktop.store.tables import Bound
    from desktop.store.tables import FormTable

    PackReader: TypeAlias = Callable[[str], Pack | tuple[Problem, ...]]


OPERATIONS: Final = 10_000
"""Steps of SQLite's machine between two looks at what else is wanted: under 1 ms."""


def count(
    connection: sqlite3.Connection, table: FormTable, period: str, unit: str | None
) -> int:
    """Count the records of a form and period, of one unit and all below it."""
    where, params = f"{layout.PERIOD} = ?", [period]
    if unit is not None:
        where, params = f"{where} AND {BELOW}", [period, unit]
    sql = f"SELECT COUNT(*) FROM {table.name} WHERE {where}"
    return int(connection.execute(sql, params).fetchone()[0])


def by_unit(
    connection: sqlite3.Connection, table: FormTable, period: str
) -> dict[str, tuple[int, int]]:
    """Count a form's records by unit, and those written to since the period began."""
    rows = connection.execute(
        f"SELECT {layout.UNIT}, COUNT(*), SUM({schema.REVISION} > "
        f"(SELECT revision FROM {schema.PERIODS} WHERE code = :period)) "
        f"FROM {table.name} WHERE {layout.PERIOD} = :period GROUP BY {layout.UNIT}",
        {"period": period},
    )
    return {unit: (records, written) for unit, records, written in rows}


def last(table: FormTable) -> str:
    """Write the question for the number of a form's newest record."""
    return f"SELECT MAX({layout.RECORD}) FROM {table.name}"


def bound_cell(
    units: Mapping[str, Unit], binding: Binding, unit: str, period: str
) -> Cell:
    """Give what the ledger knows by itself."""
    match binding:
        case Binding.UNIT_CODE:
            return unit
        case Binding.UNIT_NAME:
            return units[unit].name_in(period)
        case Binding.UNIT_PARENT:
            return units[unit].parent or BLANK
        case Binding.UNIT_CLASS:
            return units[unit].class_.value
        case Binding.PERIOD_YEAR:
            return int(period[:4])
        case _:
            assert_never(binding)


def rows(
    connection: sqlite3.Connection,
    tables: Mapping[int, FormTable],
    wanted: Sequence[RecordId],
    bound: Bound,
) -> list[Record]:
    """Read records in the order asked for; one that is gone is left out.

    `tables` are the form's, by the row of the pack that a record is kept under.

    Raises:
        ValueError: A row was damaged.
    """
    found: dict[object, Record] = {}
    for pack_row, table in tables.items():
        sql = table.select(
            f"WHERE {layout.RECORD} IN (SELECT value FROM json_each(?)) "
            f"AND {schema.PACK} = ?"
        )
        for row in connection.execute(sql, (compact(list(wanted)), pack_row)):
            found[row[0]] = table.record(row, bound)
    return [found[one] for one in wanted if one in found]


def record(
    connection: sqlite3.Connection,
    table: FormTable,
    key: RecordKey,
    bound: Bound,
) -> Record | None:
    """Read the record of a key.

    Raises:
        ValueError: The row was damaged.
    """
    sql = table.select(f"WHERE {layout.PERIOD} = ? AND {layout.FACILITY} = ?")
    row = connection.execute(sql, (key.period, key.facility)).fetchone()
    return None if row is None else table.record(row, bound)


def ids_of(
    connection: sqlite3.Connection,
    table: FormTable,
    period: str,
    facilities: Iterable[str],
) -> list[RecordId]:
    """Give the records there are, of the facilities named."""
    asked = (period, compact([*facilities]))
    return [row for (row,) in connection.execute(table.seek([layout.RECORD]), asked)]


def notes(connection: sqlite3.Connection, key: RecordKey) -> dict[str, str]:
    """Read the notes of a record by topic."""
    rows = connection.execute(
        f"SELECT topic, text FROM {schema.NOTES} "
        "WHERE (form, period, facility) = (?, ?, ?) ORDER BY topic",
        (key.form, key.period, key.facility),
    )
    return dict(rows.fetchall())


def notes_of(
    connection: sqlite3.Connection,
    table: FormTable,
    period: str,
    *,
    waiting: bool = False,
) -> dict[RecordKey, dict[str, str]]:
    """Read the notes of all records of a form and period.

    The notes of a record that was removed wait for it to come back; `waiting` has them
    read, too.
    """
    rows = connection.execute(
        f"SELECT facility, topic, text FROM {schema.NOTES} "
        "WHERE form = ? AND period = ? AND "
        f"(? OR EXISTS (SELECT 1 FROM {table.name} "
        f"WHERE {layout.PERIOD} = period AND {layout.FACILITY} = facility)) "
        "ORDER BY facility, topic",
        (table.form, period, waiting),
    )
    found: dict[RecordKey, dict[str, str]] = {}
    for facility, topic, text in rows:
        key = RecordKey(table.form, period, FacilityId(facility))
        found.setdefault(key, {})[topic] = text
    return found


def touched(connection: sqlite3.Connection, table: FormTable, period: str) -> bool:
    """Tell whether a record of a form was written to since the period began."""
    # Row by row from the table: by way of the index it takes ten times as long.
    row = connection.execute(
        f"SELECT 1 FROM {table.name} WHERE +{layout.PERIOD} = :period "
        f"AND {schema.REVISION} > (SELECT revision FROM {schema.PERIODS} "
        "WHERE code = :period) LIMIT 1",
        {"period": period},
    ).fetchone()
    return row is not None


def nils(connection: sqlite3.Connection, period: str) -> frozenset[tuple[str, str]]:
    """Read the nil returns of a period as `(form, unit)`."""
    rows = connection.execute(
        f"SELECT form, unit FROM {layout.NIL} WHERE period = ?", (period,)
    )
    return frozenset(rows.fetchall())


def periods(connection: sqlite3.Connection) -> tuple[Period, ...]:
    """Read the ledger's periods, earliest first.

    Raises:
        ValueError: A row was damaged.
    """
    found = []
    for (code,) in connection.execute(
        f"SELECT code FROM {schema.PERIODS} ORDER BY code"
    ):
        period = parse_period(code)
        if period is None:
            raise ValueError(code)
        found.append(period)
    return tuple(found)


def checked_pack(text: str) -> Pack | tuple[Problem, ...]:
    """Read a pack that may come from anyone."""
    from desktop.forms.load import pack_from_json  # noqa: PLC0415 - brings YAML and pydantic

    return pack_from_json(text)


def pack_rows(
    connection: sqlite3.Connection, path: Path
) -> tuple[list[int], dict[str, int]]:
    """Read the rows of a ledger's packs, the earliest first, and each period's.

    Raises:
        DamagedError: There is no pack, or a period goes by one that is not there.
    """
    rows = [
        row
        for (row,) in connection.execute(f"SELECT id FROM {schema.PACKS} ORDER BY id")
    ]
    periods = dict(
        connection.execute(f"SELECT code, pack FROM {schema.PERIODS}").fetchall()
    )
    if not rows or not set(periods.values()) <= set(rows):
        raise damaged(path, "pack")
    return rows, periods


def pack(
    connection: sqlite3.Connection, path: Path, row: int, read: PackReader
) -> Pack:
    """Read a pack of a ledger.

    Raises:
        DamagedError: Its text is none.
    """
    (text,) = connection.execute(
        f"SELECT text FROM {schema.PACKS} WHERE id = ?", (row,)
    ).fetchone()
    found = read(text)
    if isinstance(found, tuple):
        raise damaged(path, "pack")
    return found


class Questions:
    """Runs compiled SELECT statements, and nothing that could change the file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take the ledger's connection."""
        self._connection = connection
        self._checked: set[str] = set()
        self._open: list[sqlite3.Cursor] = []
        self.interrupted = False

    def ask(
        self, sql: str, params: Mapping[str, object]
    ) -> Iterator[tuple[object, ...]]:
        """Run one SELECT and give its rows as they come.

        Raises:
            sqlite3.Error: The statement is no pure question, or the file is not whole.
        """
        if sql not in self._checked:
            self._check(sql, params)
            self._checked.add(sql)
        cursor = self._connection.execute(sql, params)
        self._open.append(cursor)
        try:
            # `yield from` would close the cursor by itself, too early or too late.
            for row in cursor:  # noqa: UP028
                yield row
        except sqlite3.ProgrammingError as error:
            # Only `stop` closes a cursor under our hands.
            raise InterruptedReadError(message("store.interrupted")) from error
        finally:
            self._open.remove(cursor)
            self.interrupted = self.interrupted and bool(self._open)
            # The whole ledger may have been closed under an unfinished answer.
            with suppress(sqlite3.ProgrammingError):
                cursor.close()

    @contextmanager
    def giving_way(self, wanted: Callable[[], bool]) -> Iterator[None]:
        """Interrupt what is asked in between as soon as something else is wanted."""
        self._connection.set_progress_handler(wanted, OPERATIONS)
        try:
            yield
        finally:
            self._connection.set_progress_handler(None, 0)

    def mark_interrupted(self) -> None:
        """Remember that the open questions have been interrupted."""
        self.interrupted = bool(self._open)

    def stop(self) -> None:
        """End the questions that are still being answered."""
        for cursor in self._open:
            cursor.close()

    def _check(self, sql: str, params: Mapping[str, object]) -> None:
        """Let SQLite plan the statement while everything but reading is forbidden.

        The guard is taken off again at once: it would cost at every preparation.
        """
        self._connection.set_authorizer(_only_reading)
        try:
            self._connection.execute(f"EXPLAIN {sql}", params).close()
        finally:
            self._connection.set_authorizer(None)


_READING: Final = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
    }
)


def _only_reading(
    action: int, _: str | None, second: str | None, *__: str | None
) -> int:
    if action not in _READING or second == "load_extension":
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK
