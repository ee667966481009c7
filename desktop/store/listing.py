"""Which records a view lists, what stands in a column, and who is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias
from typing import assert_never

from desktop.core import layout
from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.findings import RecordId
from desktop.forms.fields import Binding
from desktop.store import schema
from desktop.store.columns import STATES
from desktop.store.columns import to_stored
from desktop.store.conditions import Among
from desktop.store.conditions import AnyOf
from desktop.store.conditions import Between
from desktop.store.conditions import Contains
from desktop.store.conditions import Not
from desktop.store.conditions import OneOf
from desktop.store.conditions import Present
from desktop.store.conditions import Within
from desktop.store.digest import compact
from desktop.store.schema import quote
from desktop.store.sort_key import FUNCTION

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from desktop.core.cells import Cell
    from desktop.store.columns import Codec
    from desktop.store.conditions import Condition
    from desktop.store.records import Order
    from desktop.store.records import View
    from desktop.store.tables import FormTable

Sql: TypeAlias = "tuple[str, tuple[object, ...]]"
"""A piece of SQL and what its question marks stand for."""

BELOW: Final = (
    f"{layout.UNIT} IN (SELECT descendant FROM {layout.UNIT_TREE} WHERE ancestor = ?)"
)
_BELOW_ANY: Final = (
    f"{layout.UNIT} IN (SELECT descendant FROM {layout.UNIT_TREE} "
    "WHERE ancestor IN (SELECT value FROM json_each(?)))"
)
_AMONG: Final = f"{layout.RECORD} IN (SELECT value FROM json_each(?))"


def ids(
    connection: sqlite3.Connection, table: FormTable, period: str, view: View
) -> list[RecordId]:
    """List the records of a form and period as a view wants them."""
    wanted = view.conditions
    if view.unit is not None:
        wanted = (Within((view.unit,)), *wanted)
    where, params = _joined((_condition(table, one) for one in wanted), "AND", "1")
    order = [*(_order(table, by) for by in view.order), layout.RECORD]
    statement = (
        f"SELECT {layout.RECORD} FROM {table.name} "
        f"WHERE {layout.PERIOD} = ? AND {where} ORDER BY {', '.join(order)}"
    )
    return [
        RecordId(row) for (row,) in connection.execute(statement, (period, *params))
    ]


def present(
    connection: sqlite3.Connection,
    table: FormTable,
    period: str,
    field: str,
    limit: int,
) -> list[Present]:
    """Tell what stands in a column and how often, the most frequent first.

    Where several choices can be made, each is counted by itself.

    Raises:
        KeyError: The form has no such field.
    """
    codec, value = _codec(table, field), expression(table, field)
    source = table.name
    if codec is not None and codec.several:
        source += f" LEFT JOIN json_each({value}) AS one"
        value = "one.value"
    rows = connection.execute(
        f"SELECT {value}, json_extract({layout.STATES}, ?), COUNT(*) FROM {source} "
        f"WHERE {layout.PERIOD} = ? GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ?",
        (_path(field), period, limit),
    )
    return [Present(_present(codec, *row[:2]), row[2]) for row in rows]


def _present(codec: Codec | None, value: object, state: str | None) -> Cell:
    if value is None:
        return BLANK if state is None else STATES[state]
    if codec is None or codec.several:
        return value  # type: ignore[return-value]  # a text or number of our own
    return codec.decode(value)  # type: ignore[arg-type]  # what a column holds


def departed(
    connection: sqlite3.Connection, table: FormTable, period: str
) -> list[RecordId]:
    """List the facilities that an earlier period has and this one has not.

    Each is listed by its latest record before the period, as they were added.
    """
    rows = connection.execute(
        f"SELECT {layout.RECORD}, MAX({layout.PERIOD}) FROM {table.name} AS gone "
        f"WHERE {layout.PERIOD} < ? AND NOT EXISTS (SELECT 1 FROM {table.name} AS now "
        f"WHERE now.{layout.PERIOD} = ? "
        f"AND now.{layout.FACILITY} = gone.{layout.FACILITY}) "
        f"GROUP BY {layout.FACILITY} ORDER BY {layout.RECORD}",
        (period, period),
    )
    return [RecordId(row) for row, _ in rows]


def waiting_notes(
    connection: sqlite3.Connection, table: FormTable, period: str, topic: str
) -> dict[RecordKey, str]:
    """Give the notes of a topic that wait for their record to come back."""
    rows = connection.execute(
        f"SELECT facility, text FROM {schema.NOTES} AS note "
        "WHERE form = ? AND period = ? AND topic = ? AND NOT EXISTS "
        f"(SELECT 1 FROM {table.name} AS now WHERE now.{layout.PERIOD} = note.period "
        f"AND now.{layout.FACILITY} = note.facility) ORDER BY facility",
        (table.form, period, topic),
    )
    return {
        RecordKey(table.form, period, FacilityId(facility)): text
        for facility, text in rows
    }


# --- Conditions and orders ---------------------------------------------------


def _condition(table: FormTable, condition: Condition) -> Sql:
    """Write a condition; what it cannot decide does not hold.

    Raises:
        KeyError: It names a field the form does not have.
    """
    match condition:
        case Contains(field, text):
            return f"instr({expression(table, field)}, ?) > 0", (text,)
        case OneOf(field, cells):
            return _one_of(table, field, cells)
        case Between(field, low, high):
            return _between(table, field, low, high)
        case Within(units):
            return _BELOW_ANY, (compact(units),)
        case Among(records):
            return _AMONG, (compact(records),)
        case AnyOf(conditions):
            return _joined((_condition(table, one) for one in conditions), "OR", "0")
        case Not(inner):
            sql, params = _condition(table, inner)
            return f"({sql}) IS NOT TRUE", params
        case _:
            assert_never(condition)


def _joined(pieces: Iterable[Sql], word: str, nothing: str) -> Sql:
    found = list(pieces)
    text = f" {word} ".join(f"({sql})" for sql, _ in found) or nothing
    return f"({text})", tuple(param for _, params in found for param in params)


def _one_of(table: FormTable, field: str, cells: tuple[Cell, ...]) -> Sql:
    codec, value = _codec(table, field), expression(table, field)
    stored = [
        to_stored(codec, cell) if codec and not codec.several else cell
        for cell in cells
        if not isinstance(cell, Absent)
    ]
    pieces: list[Sql] = []
    if stored and codec and codec.several:
        held = f"EXISTS (SELECT 1 FROM json_each({value}) AS made WHERE made.value IN "
        pieces.append((f"{held}(SELECT value FROM json_each(?)))", (compact(stored),)))
    elif stored:
        sql = f"{value} IN (SELECT value FROM json_each(?))"
        pieces.append((sql, (compact(stored),)))
    state = f"json_extract({layout.STATES}, ?)"
    for cell in cells:
        if cell is BLANK:
            blank = f"{value} IS NULL AND {state} IS NULL"
            pieces.append((blank, (_path(field),)))
        elif isinstance(cell, Absent):
            pieces.append((f"{state} = ?", (_path(field), cell.value)))
    return _joined(pieces, "OR", "0")


def _between(table: FormTable, field: str, low: Cell | None, high: Cell | None) -> Sql:
    codec, value = _codec(table, field), expression(table, field)
    pieces: list[Sql] = [
        (f"{value} {sign} ?", (to_stored(codec, bound) if codec else bound,))
        for sign, bound in ((">=", low), ("<=", high))
        if bound is not None
    ]
    return _joined(pieces, "AND", f"{value} IS NOT NULL")


def _order(table: FormTable, by: Order) -> str:
    """Write how to sort by a field; cells without a value stand behind either way."""
    value, codec = expression(table, by.field), _codec(table, by.field)
    numeric = codec is not None and codec.column in ("INTEGER", "REAL")
    key = value if numeric else f"{FUNCTION}({value})"
    return f"{value} IS NULL, {key} {'DESC' if by.descending else 'ASC'}"


def _codec(table: FormTable, field: str) -> Codec | None:
    return table.codecs.get(field) or table.computed.get(field)


def _path(field: str) -> str:
    """Write where a field's mark stands among a record's marks."""
    return f'$."{field}"'


def expression(table: FormTable, field: str) -> str:
    """Write what a field's value is in SQL, to sort and search by.

    Raises:
        KeyError: The form has no such field.
    """
    if field in table.codecs or field in table.computed:
        return f"{table.name}.{quote(field)}"
    match table.bound[field]:
        case Binding.UNIT_CODE:
            return layout.UNIT
        case Binding.UNIT_NAME:
            return _of_unit("name")
        case Binding.UNIT_PARENT:
            return _of_unit("parent")
        case Binding.UNIT_CLASS:
            return _of_unit("class")
        case Binding.PERIOD_YEAR:
            return f"CAST(substr({layout.PERIOD}, 1, 4) AS INTEGER)"
        case binding:
            assert_never(binding)


def _of_unit(column: str) -> str:
    return f"(SELECT {column} FROM {layout.UNITS} WHERE code = {layout.UNIT})"
