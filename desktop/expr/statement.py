"""Whole SQL statements over expressions, for SQLite, DuckDB and Spark.

Tables are those of a ledger (`desktop.core.layout`); dates are ISO text on every
engine, several choices are JSON text, yes and no is INTEGER 0/1 in SQLite and BOOLEAN
elsewhere. Parameters: `period`, `previous`, and where they apply `plan_start`,
`plan_now`, `root`, `record`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core import layout
from desktop.expr.block import Block
from desktop.expr.dialect import Dialect
from desktop.expr.dialect import whole
from desktop.expr.draft import Draft
from desktop.expr.draft import Reach
from desktop.expr.draft import Span
from desktop.expr.nodes import Aggregate
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import Scope
from desktop.expr.nodes import walk
from desktop.expr.scalar import Bare
from desktop.expr.scalar import joined
from desktop.expr.scalar import write

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from desktop.expr.parse import Expression
    from desktop.expr.schema import Schema

__all__ = [
    "Dialect",
    "NamedExpression",
    "Reach",
    "computed_sql",
    "failing_statement",
    "record_statement",
    "tally_statement",
    "unit_statement",
]


@dataclass(frozen=True, slots=True)
class NamedExpression:
    """A column of a statement.

    `when` narrows the records a rule is asked of: where it is false the column is
    true, and the tally does not count it. `cumulative` makes aggregates run over the
    periods from `plan_start` to `plan_now`.
    """

    name: str
    expression: Expression
    when: Expression | None = None
    cumulative: bool = False


@dataclass(frozen=True, slots=True)
class _Records:
    """The SELECT over a form's records that three statements share."""

    draft: Draft
    block: Block
    form: str
    values: dict[str, str]

    def source(self, *conditions: str, plain: bool = False) -> str:
        """Write FROM and WHERE; call it after all values are written.

        With `plain` SQLite does not look for the period in an index.
        """
        period = self.draft.column("r", layout.PERIOD)
        if plain:
            period = f"+{period}"
        where = [self.draft.periods(period, Span.NOW), *conditions]
        return (
            f"FROM {self.draft.name(self.form)} AS r{self.block.joins()} "
            f"WHERE {' AND '.join(where)}"
        )

    def columns(self) -> str:
        """Write the record, its unit and the values by their names."""
        name = self.draft.name
        head = [
            f"r.{name(layout.RECORD)} AS {name('record')}",
            f"r.{name(layout.UNIT)} AS {name('unit')}",
        ]
        values = [f"{sql} AS {name(label)}" for label, sql in self.values.items()]
        return ", ".join([*head, *values])


def _records(
    form: str,
    columns: Iterable[NamedExpression],
    schema: Schema,
    dialect: Dialect,
    *,
    one_record: bool,
) -> _Records:
    draft = Draft(schema, dialect)
    if one_record:
        unit, key = (draft.column("o", n) for n in (layout.UNIT, layout.RECORD))
        mine = (
            f"SELECT {unit} FROM {draft.name(form)} AS o "
            f"WHERE {key} = {draft.parameter('record')}"
        )
        draft.root, draft.units = f"({mine})", mine
    block = Block(draft, Span.NOW, draft.column("r", layout.UNIT))
    block.one_record = one_record
    values = {column.name: _value(column, block) for column in columns}
    return _Records(draft, block, form, values)


def _value(column: NamedExpression, block: Block) -> str:
    sql = write(column.expression.node, block)
    if column.when is None:
        return sql
    return f"(NOT {write(column.when.node, block)} OR {sql})"


def _only(draft: Draft, *, one_record: bool) -> list[str]:
    if not one_record:
        return []
    return [f"r.{draft.name(layout.RECORD)} = {draft.parameter('record')}"]


def record_statement(
    form: str,
    columns: Sequence[NamedExpression],
    schema: Schema,
    *,
    dialect: Dialect = Dialect.SQLITE,
    where: Expression | None = None,
    one_record: bool = False,
) -> str:
    """Write a SELECT with one row a record of the period.

    Columns: `record`, `unit`, then each by its name. `where` keeps the records for
    which it is true; `one_record` keeps the record `:record`.
    """
    select = _records(form, columns, schema, dialect, one_record=one_record)
    only = _only(select.draft, one_record=one_record)
    if where:
        only.append(write(where.node, select.block))
    return select.draft.text("", f"SELECT {select.columns()} {select.source(*only)}")


def failing_statement(
    form: str,
    columns: Sequence[NamedExpression],
    schema: Schema,
    *,
    dialect: Dialect = Dialect.SQLITE,
    one_record: bool = False,
    ranged: bool = False,
) -> str:
    """Write a SELECT of the records for which at least one column is false.

    A record that passes is looked at once, in WHERE, and never handed out. With
    `ranged`, which is for SQLite, only records from `:first` to `:last` are looked at.
    """
    select = _records(form, columns, schema, dialect, one_record=one_record)
    draft = select.draft
    only = _only(draft, one_record=one_record)
    if ranged:
        first, last = draft.parameter("first"), draft.parameter("last")
        only.append(f"r.{draft.name(layout.RECORD)} BETWEEN {first} AND {last}")
    only.append(f"NOT {joined(' AND ', list(select.values.values()) or ['TRUE'])}")
    source = select.source(*only, plain=ranged)
    return draft.text("", f"SELECT {select.columns()} {source}")


_PACK = 4294967296
"""Counts of true and false travel in one sum, so that a row's rule is asked once."""


def tally_statement(
    form: str,
    columns: Sequence[NamedExpression],
    schema: Schema,
    *,
    dialect: Dialect = Dialect.SQLITE,
) -> str:
    """Write a SELECT of one row: `records`, and how each column went.

    `<name>_true`, `<name>_false`, `<name>_null`; records a rule is not asked of are in
    none of them.
    """
    select = _records(form, columns, schema, dialect, one_record=False)
    inner = ["COUNT(*) AS records"]
    outer = ["q.records AS " + select.draft.name("records")]
    for index, column in enumerate(columns):
        sql = select.values[column.name]
        packed = f"CASE {sql} WHEN TRUE THEN 1 WHEN FALSE THEN {_PACK} END"
        inner.append(f"COALESCE(SUM({packed}), 0) AS p{index}")
        if column.when:
            skipped = (
                f"CASE WHEN NOT {write(column.when.node, select.block)} THEN 1 END"
            )
            inner.append(f"COUNT({skipped}) AS s{index}")
        outer += _tallied(column, index, select.draft)
    body = f"SELECT {', '.join(inner)} {select.source()}"
    return select.draft.text("", f"SELECT {', '.join(outer)} FROM ({body}) AS q")


def _tallied(column: NamedExpression, index: int, draft: Draft) -> list[str]:
    passed = f"q.p{index} % {_PACK}"
    failed = whole(f"(q.p{index} - {passed}) / {_PACK}", draft.dialect)
    skipped = f" - q.s{index}" if column.when else ""
    counts = {
        "true": f"{passed}{skipped}",
        "false": failed,
        "null": f"q.records - {passed} - {failed}",
    }
    return [
        f"{whole(sql, draft.dialect)} AS {draft.name(f'{column.name}_{outcome}')}"
        for outcome, sql in counts.items()
    ]


def unit_statement(
    columns: Sequence[NamedExpression],
    schema: Schema,
    *,
    dialect: Dialect = Dialect.SQLITE,
    children: bool = True,
    reach: Reach = Reach.ALL,
) -> str:
    """Write a SELECT with one row a unit at or below `:root`, or of the root alone.

    `reach` says how far down a unit's aggregates look. Columns: `unit`; for each
    expression `<name>`, how many records it rests on (`<name>_records`), how many
    blank or undecided cells among them (`<name>_blank`), and whether all its forms
    were begun (`<name>_started`).
    """
    draft = Draft(schema, dialect)
    draft.root = draft.parameter("root")
    draft.reach = reach
    # Asked of every unit, SQLite would try each of them against each record's unit.
    draft.units = None if children else "SELECT unit FROM scope"
    outputs = ["s.unit AS " + draft.name("unit")]
    blocks = Block(draft, Span.NOW, "s.unit")
    for column in columns:
        blocks.cumulative = column.cumulative
        figures = {"": write(column.expression.node, blocks), **_basis(column, blocks)}
        outputs += [
            f"{sql} AS {draft.name(column.name + suffix)}"
            for suffix, sql in figures.items()
        ]
    tree = draft.name(layout.UNIT_TREE)
    alone = "" if children else f" AND t.descendant = {draft.root}"
    scope = (
        f"scope AS (SELECT t.descendant AS unit FROM {tree} AS t "
        f"WHERE t.ancestor = {draft.root}{alone})"
    )
    select = f"SELECT {', '.join(outputs)} FROM scope AS s{blocks.joins()}"
    return draft.text(scope, select)


def _basis(column: NamedExpression, block: Block) -> dict[str, str]:
    """Write what a figure rests on; one selection of records counts once."""
    nodes = list(walk(column.expression.node))
    folds = dict.fromkeys(node for node in nodes if isinstance(node, Aggregate))
    units = dict.fromkeys(
        node
        for node in nodes
        if isinstance(node, FieldRef) and node.scope is Scope.UNIT
    )
    records: dict[str, None] = {}
    blanks: dict[str, None] = {}
    started: dict[str, None] = {}
    for node in folds:
        basis = block.rollup(node).basis(node, block)
        started[basis.started] = None
        records[f"COALESCE({basis.records}, 0)"] = None
        if basis.filled:
            blanks[f"COALESCE({basis.records} - {basis.filled}, 0)"] = None
        if basis.undecided:
            blanks[f"COALESCE({basis.undecided}, 0)"] = None
    for ref in units:
        row = f"{block.row(ref)}.{block.draft.name(layout.UNIT)} IS NOT NULL"
        started[f"({row})"] = None
        records[f"(CASE WHEN {row} THEN 1 ELSE 0 END)"] = None
        empty = f"{row} AND {block.field(ref)} IS NULL"
        if asked := block.draft.shown.asked(ref):
            empty += f" AND {write(asked, block)}"
        blanks[f"(CASE WHEN {empty} THEN 1 ELSE 0 END)"] = None
    return {
        "_records": " + ".join(records) or "0",
        "_blank": " + ".join(blanks) or "0",
        "_started": " AND ".join(started) or "TRUE",
    }


def computed_sql(expression: Expression, *, dialect: Dialect = Dialect.SQLITE) -> str:
    """Write a computed field over the bare columns of its own record.

    Fit for a generated column; the expression must come from `parse(own_only=True)`.
    """
    return write(expression.node, Bare(dialect))
