"""A small pack's schema, and rows of it in SQLite and DuckDB side by side."""

from __future__ import annotations

import math
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from dataclasses import field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING
from typing import Any
from typing import Self

import duckdb
import sqlglot

from desktop.core import layout
from desktop.expr.parse import Expression
from desktop.expr.parse import Fault
from desktop.expr.parse import RecordContext
from desktop.expr.parse import UnitContext
from desktop.expr.parse import parse
from desktop.expr.schema import Column
from desktop.expr.schema import Constant
from desktop.expr.schema import Schema
from desktop.expr.schema import Source
from desktop.expr.schema import ValueType
from desktop.expr.statement import Dialect
from desktop.expr.statement import NamedExpression
from desktop.expr.statement import Reach
from desktop.expr.statement import failing_statement
from desktop.expr.statement import record_statement
from desktop.expr.statement import tally_statement
from desktop.expr.statement import unit_statement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

NUMBER, TEXT, BOOLEAN = ValueType.NUMBER, ValueType.TEXT, ValueType.BOOLEAN
DATE, CHOICES = ValueType.DATE, ValueType.CHOICES

AREA = Source(
    "area",
    "统计单元与人口表",
    False,
    (
        Column("code", "单元代码", TEXT, bound="unit.code"),
        Column("level", "单元层级", TEXT, bound="unit.class"),
        Column("year", "年份", NUMBER, bound="period.year"),
        Column("pop", "常住人口", NUMBER),
        Column("villages", "下辖行政村数", NUMBER),
        Column("minutes", "步行时间", NUMBER),
        Column("walk", "到村室时间", NUMBER, visible_when="level = '行政村'"),
    ),
)
VIS = Source(
    "vis",
    "探访服务表",
    False,
    (Column("done", "已改造户数", NUMBER), Column("rest", "其中:在册", NUMBER)),
    top=True,
)
ECI = Source(
    "eci",
    "养老机构调查表",
    True,
    (
        Column("status", "运营状态", TEXT),
        Column("type", "机构类型", TEXT),
        Column("beds", "床位总数", NUMBER),
        Column("nursing", "护理型床位数", NUMBER),
        Column("price", "收费", NUMBER, 2),
        Column("market", "市场价", NUMBER, 1),
        Column("opened", "开业日期", DATE),
        Column("licensed", "是否备案", BOOLEAN),
        Column("services", "服务项目", CHOICES),
        Column("hos_id", "合作医院编号", TEXT),
        Column("tel", "联系电话", TEXT),
        Column("code", "统一社会信用代码", TEXT),
        Column("home", "所在单元代码", TEXT, bound="unit.code"),
    ),
    counted_when="status = '运营'",
)
CEF = Source(
    "cef",
    "社区养老设施表",
    True,
    (Column("type", "设施类型", TEXT), Column("beds", "床位总数", NUMBER)),
)
HOS = Source(
    "hos",
    "医院表",
    True,
    (Column("id", "医院编号", TEXT), Column("doctors", "医师数", NUMBER)),
)
SCH = Source(
    "sch",
    "学校调查表",
    True,
    (
        Column("stage", "学段", TEXT),
        Column("pupils", "学生数", NUMBER),
        Column("masters", "硕士生数", NUMBER, visible_when="stage = '高校'"),
        Column("doctoral", "博士生数", NUMBER, visible_when="stage = '高校'"),
        Column("dual", "双师数", NUMBER, 1, visible_when="stage IN ('高校', '中职')"),
        Column("honoured", "是否双优", BOOLEAN, visible_when="stage = '中职'"),
        Column("rank", "双优等级", TEXT, visible_when="honoured"),
        Column("clinic", "附属医院编号", TEXT, visible_when="NOT (stage <> '高校')"),
    ),
    counted_when="stage <> '撤并'",
)
SCHEMA = Schema(
    (AREA, VIS, ECI, CEF, HOS, SCH),
    (Constant("ceiling", "价格上限", Decimal("0.8")),),
)
UNIT = UnitContext()

TREE: Mapping[str, tuple[str | None, str]] = {
    "A": (None, "县(市、区)"),
    "A1": ("A", "街道"),
    "A2": ("A", "街道"),
    "A11": ("A1", "行政村"),
    "A12": ("A1", "行政村"),
}
"""Units with parent and class."""


def ancestors(unit: str | None) -> list[str]:
    """Give a unit and all above it."""
    return [unit, *ancestors(TREE[unit][0])] if unit else []


def read(text: str, form: str | None = "eci", schema: Schema = SCHEMA) -> Expression:
    """Read an expression that is right."""
    found = parse(text, schema, RecordContext(form) if form else UNIT)
    assert isinstance(found, Expression), (text, found)
    return found


def fault(text: str, form: str | None = "eci", schema: Schema = SCHEMA) -> Fault:
    """Read an expression that is wrong."""
    found = parse(text, schema, RecordContext(form) if form else UNIT)
    assert isinstance(found, Fault), (text, found)
    return found


@dataclass
class Row:
    """A record; what is not said is blank."""

    form: str
    unit: str
    values: dict[str, object] = field(default_factory=dict)
    period: str = "2025"
    facility: str = ""
    states: str | None = None


@dataclass(frozen=True)
class Nil:
    """A nil return."""

    form: str
    unit: str
    period: str = "2025"


def _tables() -> dict[str, str]:
    """Give the columns of every table."""
    kinds = {NUMBER: "BIGINT", BOOLEAN: "BOOLEAN"}
    tables = {
        layout.UNITS: "code TEXT, name TEXT, parent TEXT, level TEXT, "
        "class TEXT, virtual BOOLEAN",
        layout.UNIT_TREE: "ancestor TEXT, descendant TEXT",
        layout.NIL: "form TEXT, period TEXT, unit TEXT",
    }
    for source in SCHEMA.sources:
        own = [
            f'"{column.id}" '
            + ("DOUBLE" if column.digits else kinds.get(column.type, "TEXT"))
            for column in source.columns
            if column.bound is None
        ]
        head = "_id BIGINT, _unit TEXT, _period TEXT, _facility TEXT, _states TEXT"
        tables[source.id] = ", ".join([head, *own])
    return tables


@cache
def _connections() -> tuple[sqlite3.Connection, duckdb.DuckDBPyConnection]:
    """Make the tables once: a new DuckDB takes longer than most tests."""
    lite, duck = sqlite3.connect(":memory:"), duckdb.connect()
    for name, columns in _tables().items():
        lite.execute(f"CREATE TABLE {name} ({columns})")
        duck.execute(f"CREATE TABLE {name} ({columns})")
    return lite, duck


def close() -> None:
    """Let go of both engines."""
    for connection in _connections():
        connection.close()
    _connections.cache_clear()


def _empty() -> tuple[sqlite3.Connection, duckdb.DuckDBPyConnection]:
    lite, duck = _connections()
    for name in _tables():
        lite.execute(f"DELETE FROM {name}")
        duck.execute(f"DELETE FROM {name}")
    return lite, duck


class Engines:
    """The same rows in both engines; every answer is asked of both."""

    def __init__(self, rows: Sequence[Row] = (), nils: Sequence[Nil] = ()) -> None:
        self.lite, self.duck = _empty()
        for unit, (parent, kind) in TREE.items():
            self._put(layout.UNITS, (unit, f"名{unit}", parent, "level", kind, False))
            for above in ancestors(unit):
                self._put(layout.UNIT_TREE, (above, unit))
        for nil in nils:
            self._put(layout.NIL, (nil.form, nil.period, nil.unit))
        for number, row in enumerate(rows, 1):
            self._row(number, row)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the tables to the next; they are emptied when they are asked for."""

    def _put(self, table: str, values: Sequence[object], names: str = "") -> None:
        marks = ", ".join("?" * len(values))
        text = f"INSERT INTO {table} {names} VALUES ({marks})"
        self.lite.execute(text, values)
        self.duck.execute(text, list(values))

    def _row(self, number: int, row: Row) -> None:
        unit_form = not SCHEMA.by_id[row.form].roster
        facility = row.facility or (row.unit if unit_form else f"f{number}")
        names = ["_id", "_unit", "_period", "_facility", "_states", *row.values]
        values = [number, row.unit, row.period, facility, row.states]
        quoted = ", ".join(f'"{name}"' for name in names)
        self._put(row.form, [*values, *row.values.values()], f"({quoted})")

    def ask(
        self, sqlite: str, duck: str, parameters: Mapping[str, object]
    ) -> list[dict[str, Any]]:
        """Run a statement on both, compare, and give SQLite's rows."""
        with closing(self.lite.execute(sqlite, dict(parameters))) as cursor:
            names = [column[0] for column in cursor.description]
            mine = sorted(cursor.fetchall(), key=_plain)
        used = {name: parameters[name] for name in parameters if f"${name}" in duck}
        answer = self.duck.execute(duck, used)
        assert [column[0] for column in answer.description] == names
        theirs = sorted(answer.fetchall(), key=_plain)
        assert len(mine) == len(theirs)
        for left, right in zip(mine, theirs, strict=True):
            assert all(_pairs(left, right)), (left, right, sqlite)
        return [dict(zip(names, row, strict=True)) for row in mine]


def _plain(row: Sequence[object]) -> tuple[int, str]:
    """Give what rows are sorted by: the record, or the unit's code."""
    first = row[0]
    return (first, "") if isinstance(first, int) else (0, str(first))


def _pairs(left: Sequence[object], right: Sequence[object]) -> list[bool]:
    return [_alike(mine, other) for mine, other in zip(left, right, strict=True)]


def _alike(mine: object, other: object) -> bool:
    if isinstance(mine, int | float) and isinstance(other, int | float):
        return math.isclose(mine, other, rel_tol=1e-12, abs_tol=1e-12)
    return mine == other


PARAMETERS: Mapping[str, object] = {
    "period": "2025",
    "previous": "2024",
    "plan_start": "2023",
    "plan_now": "2025",
    "root": "A",
    "record": 1,
}


@cache
def spark(text: str) -> None:
    """Hold a statement to Spark's grammar."""
    sqlglot.parse_one(text, read="spark", error_level=sqlglot.ErrorLevel.RAISE)


def records(
    engines: Engines,
    texts: Sequence[str],
    form: str = "eci",
    where: str | None = None,
    record: int | None = None,
) -> dict[int, dict[str, Any]]:
    """Ask expressions of records; rows by record, columns by the text itself."""
    columns = [NamedExpression(text, read(text, form)) for text in texts]
    kept = read(where, form) if where else None
    sqlite, duck, third = (
        record_statement(
            form,
            columns,
            SCHEMA,
            dialect=dialect,
            where=kept,
            one_record=record is not None,
        )
        for dialect in Dialect
    )
    spark(third)
    rows = engines.ask(sqlite, duck, {**PARAMETERS, "record": record})
    return {row["record"]: row for row in rows}


def one(engines: Engines, text: str, form: str = "eci", record: int = 1) -> Any:  # noqa: ANN401 - whatever it yields
    """Ask an expression of one record, alone and among all."""
    alone = records(engines, [text], form, record=record)[record][text]
    assert _alike(records(engines, [text], form)[record][text], alone)
    return alone


def value(text: str) -> Any:  # noqa: ANN401 - whatever it yields
    """Work out an expression over a record with nothing in it."""
    with Engines([Row("eci", "A1", {"status": "运营"})]) as engines:
        return one(engines, text)


def failing(engines: Engines, columns: Sequence[NamedExpression]) -> list[int]:
    """Give the records of which some column is false."""
    sqlite, duck, third = (
        failing_statement("eci", columns, SCHEMA, dialect=dialect)
        for dialect in Dialect
    )
    spark(third)
    return [row["record"] for row in engines.ask(sqlite, duck, PARAMETERS)]


def tally(engines: Engines, columns: Sequence[NamedExpression]) -> dict[str, int]:
    """Count how columns went."""
    sqlite, duck, third = (
        tally_statement("eci", columns, SCHEMA, dialect=dialect) for dialect in Dialect
    )
    spark(third)
    (row,) = engines.ask(sqlite, duck, PARAMETERS)
    return row


def units(
    engines: Engines,
    text: str,
    *,
    cumulative: bool = False,
    children: bool = True,
    reach: Reach = Reach.ALL,
    root: str = "A",
) -> dict[str, dict[str, Any]]:
    """Work out an expression for each unit; the value stands under `x`."""
    columns = [NamedExpression("x", read(text, None), cumulative=cumulative)]
    sqlite, duck, third = (
        unit_statement(columns, SCHEMA, dialect=dialect, children=children, reach=reach)
        for dialect in Dialect
    )
    spark(third)
    rows = engines.ask(sqlite, duck, {**PARAMETERS, "root": root})
    return {row["unit"]: row for row in rows}


def figures(
    engines: Engines,
    text: str,
    *,
    cumulative: bool = False,
    reach: Reach = Reach.ALL,
) -> dict[str, Any]:
    """Work out an expression for each unit and give the values alone."""
    found = units(engines, text, cumulative=cumulative, reach=reach)
    return {unit: row["x"] for unit, row in found.items()}
