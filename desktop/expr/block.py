"""One SELECT of a statement: the row it reads, and what is joined to it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import assert_never

from desktop.core import layout
from desktop.expr import dialect as engine
from desktop.expr.draft import Span
from desktop.expr.draft import span_of
from desktop.expr.nodes import Scope
from desktop.expr.rollup import Rollup
from desktop.expr.scalar import condition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.expr.draft import Draft
    from desktop.expr.nodes import Aggregate
    from desktop.expr.nodes import Exists
    from desktop.expr.nodes import FieldRef


class Block:
    """One SELECT: the row it reads, and what is joined to it.

    Implements `desktop.expr.rollup.Select`. `unit` is SQL for the row's unit.
    """

    def __init__(
        self, draft: Draft, span: Span, unit: str, *, cumulative: bool = False
    ) -> None:
        self.draft = draft
        self.dialect = draft.dialect
        self.span = span
        self.unit = unit
        self.cumulative = cumulative
        self._joins: dict[tuple[str, ...], tuple[str, str]] = {}
        self._rollups: dict[tuple[str, Span, bool], Rollup] = {}
        self.one_record = False

    def joins(self) -> str:
        """Write the joins, each with a space before it."""
        return "".join(f" {sql}" for _, sql in self._joins.values())

    def join(self, table: str, *conditions: str) -> str:
        """Join a table and give its alias; `{}` in a condition stands for the alias."""
        key = (table, *conditions)
        if key not in self._joins:
            alias = f"j{len(self._joins)}"
            terms = [text.replace("{}", alias) for text in conditions]
            sql = f"LEFT JOIN {table} AS {alias} ON {' AND '.join(terms) or '1 = 1'}"
            self._joins[key] = (alias, sql)
        return self._joins[key][0]

    def row(self, ref: FieldRef) -> str:
        """Give the alias of the record a field is in."""
        match ref.scope:
            case Scope.UNIT:
                return self.unit_record(ref.source, shift=ref.shift)
            case Scope.RECORD if ref.shift:
                draft = self.draft
                facility = draft.name(layout.FACILITY)
                return self.join(
                    draft.name(ref.source),
                    draft.periods("{}." + draft.name(layout.PERIOD), Span.PREVIOUS),
                    f"{{}}.{facility} = r.{facility}",
                )
            case Scope.RECORD | Scope.ROW:
                return "r"
            case _:
                assert_never(ref.scope)

    def unit_record(self, source: str, *, shift: bool) -> str:
        """Give the alias of the unit's own record of a unit form."""
        draft = self.draft
        span = Span.PREVIOUS if shift else Span.NOW
        return self.join(
            draft.name(source),
            draft.periods("{}." + draft.name(layout.PERIOD), span),
            f"{{}}.{draft.name(layout.UNIT)} = {self.unit}",
        )

    def field(self, ref: FieldRef) -> str:
        """Write a field."""
        alias = self.row(ref)
        if ref.column.bound:
            return self._bound(alias, ref.column.bound)
        return self.draft.column(alias, ref.column.id)

    def _bound(self, alias: str, bound: str) -> str:
        """Write what the ledger knows by itself about a record's unit or period."""
        draft = self.draft
        unit = draft.column(alias, layout.UNIT)
        if bound == "period.year":
            period = draft.column(alias, layout.PERIOD)
            return engine.whole(f"SUBSTR({period}, 1, 4)", self.dialect)
        if bound == "unit.code":
            return unit
        code = draft.name("code")
        units = self.join(draft.name(layout.UNITS), f"{{}}.{code} = {unit}")
        return draft.column(units, bound.removeprefix("unit."))

    def states(self, ref: FieldRef) -> str:
        """Write the cell states of the record a field is in."""
        return self.draft.column(self.row(ref), layout.STATES)

    def unique(self, refs: Sequence[FieldRef]) -> str:
        """Write whether no other record of the period has these values.

        One pass finds the values that stand twice; for a single record it is enough
        to look for a second one.
        """
        draft = self.draft
        mine = [self.field(ref) for ref in refs]
        theirs = [draft.column("d", _stored(ref)) for ref in refs]
        where = [draft.periods(draft.column("d", layout.PERIOD), self.span)]
        if self.one_record:
            for value, ref in zip(theirs, refs, strict=True):
                # Where it is blank there is nothing to look for in the whole table.
                own = f"({self._own(ref)})"
                where += (f"{own} IS NOT NULL", f"{value} = {own}")
        columns = ", ".join(f"{value} AS v{n}" for n, value in enumerate(theirs))
        body = (
            f"SELECT {columns} FROM {draft.name(refs[0].source)} AS d "
            f"WHERE {' AND '.join(where)} "
            f"GROUP BY {', '.join(theirs)} HAVING COUNT(*) > 1"
        )
        links = (f"{{}}.v{n} = {value}" for n, value in enumerate(mine))
        alias = self.join(draft.clause(body), *links)
        given = " AND ".join(f"{value} IS NOT NULL" for value in mine)
        return f"(CASE WHEN {given} THEN {alias}.v0 IS NULL END)"

    def _own(self, ref: FieldRef) -> str:
        """Write a SELECT of the value in the one record the statement is about."""
        draft = self.draft
        own = draft.column("o", _stored(ref))
        key = draft.column("o", layout.RECORD)
        form = draft.name(ref.source)
        return (
            f"SELECT {own} FROM {form} AS o WHERE {key} = {draft.parameter('record')}"
        )

    def aggregate(self, node: Aggregate) -> str:
        """Write an aggregate's value for this row's unit."""
        return self.rollup(node).value(node, self)

    def rollup(self, node: Aggregate) -> Rollup:
        """Give the sums an aggregate is taken from, starting them if they are new."""
        span = span_of(shift=node.shift, cumulative=self.cumulative)
        key = (node.source, span, node.child)
        if key not in self._rollups:
            draft = self.draft
            rows = Block(draft, span, draft.column("r", layout.UNIT))
            self._rollups[key] = Rollup(
                draft, span, rows, node.source, child=node.child
            )
        return self._rollups[key]

    def exists(self, node: Exists) -> str:
        """Write whether there is such a record.

        NULL while nobody has begun the form, where a link is blank, and where a
        record leaves it undecided and none decides it.
        """
        draft = self.draft
        span = Span.PREVIOUS if node.shift and not self.span.several else self.span
        links = [
            f"{{}}.k{n} = {self.field(outer)}" for n, (_, outer) in enumerate(node.keys)
        ]
        if node.within:
            links.append(f"{{}}.unit = {self.unit}")
        days = [f"{{}}.period = r.{draft.name(layout.PERIOD)}"] if span.several else []
        found = self.join(self._found(node, span), *links, *days)
        begun = self.join(draft.begun(node.source, span), *days)
        blank = [f"{self.field(outer)} IS NULL" for _, outer in node.keys]
        undecided = " OR ".join(
            [f"{found}.verdict = 1", f"{begun}.period IS NULL", *blank]
        )
        return (
            f"(CASE WHEN {found}.verdict = 2 THEN TRUE "
            f"WHEN {undecided} THEN NULL ELSE FALSE END)"
        )

    def _found(self, node: Exists, span: Span) -> str:
        """Write a clause with a verdict: 2 there is one, 1 undecided, 0 none."""
        draft = self.draft
        node = draft.shown.exists(node)
        period, unit = (
            draft.column("r", name) for name in (layout.PERIOD, layout.UNIT)
        )
        block = Block(draft, span, unit)
        groups = {f"k{n}": block.field(key) for n, (key, _) in enumerate(node.keys)}
        where = [draft.periods(period, span)]
        where += [f"{key} IS NOT NULL" for key in groups.values()]
        verdict = _verdict(condition(node.counted, node.filter, block))
        tree = ""
        if node.within:
            groups["unit"] = "t.ancestor"
            tree = f" JOIN {draft.name(layout.UNIT_TREE)} AS t ON t.descendant = {unit}"
        if span.several:
            groups["period"] = period
        columns = [f"{sql} AS {name}" for name, sql in groups.items()]
        body = (
            f"SELECT {', '.join([*columns, f'MAX({verdict}) AS verdict'])} "
            f"FROM {draft.name(node.source)} AS r{tree}{block.joins()} "
            f"WHERE {' AND '.join(where)}"
        )
        by = ", ".join(groups.values())
        return draft.clause(f"{body} GROUP BY {by}" if by else body)


def _stored(ref: FieldRef) -> str:
    """Give the column of a field that IS_UNIQUE is asked of: its own, or the unit."""
    return layout.UNIT if ref.column.bound else ref.column.id


def _verdict(condition: str) -> str:
    if not condition:
        return "2"
    return f"CASE WHEN {condition} THEN 2 WHEN NOT {condition} THEN 0 ELSE 1 END"
