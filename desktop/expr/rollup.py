"""Sums over one form by unit: once by the records' own unit, then up the unit tree.

Each record is read once whatever the number of aggregates; the second step adds up the
few hundred rows of the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Protocol
from typing import assert_never

from desktop.core import layout
from desktop.expr import dialect as engine
from desktop.expr.draft import Reach
from desktop.expr.kinds import digits_of
from desktop.expr.nodes import Fold
from desktop.expr.scalar import Places
from desktop.expr.scalar import condition
from desktop.expr.scalar import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.expr.draft import Draft
    from desktop.expr.draft import Span
    from desktop.expr.nodes import Aggregate

MAX_ROUNDED = 9


@dataclass(frozen=True, slots=True)
class Basis:
    """What an aggregate rests on, as SQL over the joined sums.

    `records` matched, `undecided` could not be told, `filled` of the matched hold a
    value; None means nothing can be undecided, or that all count.
    """

    alias: str
    started: str
    records: str
    undecided: str | None
    value: str | None = None
    filled: str | None = None


class Select(Places, Protocol):
    """A SELECT that sums are taken in, or joined to."""

    @property
    def unit(self) -> str:
        """SQL for the row's unit."""

    def join(self, table: str, *conditions: str) -> str:
        """Join a table and give its alias; `{}` in a condition stands for the alias."""

    def joins(self) -> str:
        """Write the joins, each with a space before it."""


class Rollup:
    """The sums over one form in one span of periods, taken in a SELECT of its records.

    Its WITH clauses are part of the draft from now on.
    """

    def __init__(
        self, draft: Draft, span: Span, rows: Select, source: str, *, child: bool
    ) -> None:
        self.draft = draft
        self.source = source
        self.span = span
        self.child = child
        self._rows = rows
        self._index = len(draft.later)
        self._columns: dict[str, tuple[str, str]] = {}
        draft.later.append(self.text)

    def _column(self, fold: str, sql: str) -> str:
        """Give the name of a partial result; `fold` is how partial results join."""
        name, _ = self._columns.setdefault(sql, (f"v{len(self._columns)}", fold))
        return name

    def basis(self, node: Aggregate, select: Select) -> Basis:
        """Join these sums to a row and tell what an aggregate rests on there."""
        draft = self.draft
        node = draft.shown.aggregate(node)
        where = condition(node.counted, node.filter, self._rows)
        alias = select.join(f"g{self._index}", f"{{}}.unit = {select.unit}")
        nil = select.join(
            draft.nil(self.source, self.span), f"{{}}.unit = {select.unit}"
        )
        started = f"({alias}.n IS NOT NULL OR {nil}.unit IS NOT NULL)"
        records, undecided = f"{alias}.n", None
        if where:
            matched = f"COUNT(CASE WHEN {where} THEN 1 END)"
            unclear = f"COUNT(CASE WHEN {where} IS NULL THEN 1 END)"
            records = f"{alias}.{self._column('SUM', matched)}"
            undecided = f"{alias}.{self._column('SUM', unclear)}"
        if node.argument is None:
            return Basis(alias, started, records, undecided)
        argument = write(node.argument, self._rows)
        given = f"CASE WHEN {where} THEN {argument} END" if where else argument
        fold = "SUM" if node.fold is Fold.AVG else node.fold.value
        value = f"{alias}.{self._column(fold, f'{fold}({given})')}"
        filled = f"{alias}.{self._column('SUM', f'COUNT({given})')}"
        return Basis(alias, started, records, undecided, value, filled)

    def value(self, node: Aggregate, select: Select) -> str:
        """Write an aggregate's value for the row's unit.

        NULL while nobody has begun; 0 where nothing matched and all was decided.
        """
        basis = self.basis(node, select)
        match node.fold:
            case Fold.MAX | Fold.MIN:
                return str(basis.value)
            case Fold.AVG:
                return engine.quotient(
                    str(basis.value), f"NULLIF({basis.filled}, 0)", self.draft.dialect
                )
            case Fold.COUNT:
                return _or_zero(f"{basis.records} > 0", basis.records, basis)
            case Fold.SUM:
                return self._sum(node, basis)
            case _:
                assert_never(node.fold)

    def _sum(self, node: Aggregate, basis: Basis) -> str:
        """Write a sum, free of the binary noise that adding decimals brings."""
        digits = digits_of(node)
        value = str(basis.value)
        if 0 < digits <= MAX_ROUNDED:
            value = f"ROUND({value}, {digits})"
        return _or_zero(f"{basis.value} IS NOT NULL", value, basis, basis.records)

    def text(self) -> Iterator[str]:
        """Write the WITH clauses of these sums."""
        index = self._index
        draft = self.draft
        deep = not self.child and draft.reach is not Reach.OWN
        top = draft.schema.by_id[self.source].top and deep
        by_period = top and self.span.several
        yield f"b{index} AS ({self._by_record_unit(by_period=by_period)})"
        if top:
            yield f"h{index} AS ({self._covered(by_period=by_period)})"
        yield f"g{index} AS ({self._by_unit(top=top, by_period=by_period)})"

    def _by_record_unit(self, *, by_period: bool) -> str:
        draft = self.draft
        unit, period = (
            draft.column("r", name) for name in (layout.UNIT, layout.PERIOD)
        )
        groups = {unit: "unit", **({period: "period"} if by_period else {})}
        columns = [f"{sql} AS {name}" for sql, name in groups.items()]
        columns.append("COUNT(*) AS n")
        columns += [f"{sql} AS {name}" for sql, (name, _) in self._columns.items()]
        where = draft.periods(period, self.span)
        if draft.root:
            tree = draft.name(layout.UNIT_TREE)
            where += (
                f" AND {unit} IN (SELECT w.descendant FROM {tree} AS w "
                f"WHERE w.ancestor = {draft.root})"
            )
        return (
            f"SELECT {', '.join(columns)} FROM {draft.name(self.source)} AS r"
            f"{self._rows.joins()} WHERE {where} GROUP BY {', '.join(groups)}"
        )

    def _covered(self, *, by_period: bool) -> str:
        """Write which records do not count where: one above speaks for them there."""
        tree = self.draft.name(layout.UNIT_TREE)
        base = f"b{self._index}"
        period = ", b.period AS period" if by_period else ""
        same = " AND o.period = b.period" if by_period else ""
        return (
            f"SELECT DISTINCT b.unit AS unit, inside.ancestor AS root{period} "
            f"FROM {base} AS b "
            f"JOIN {tree} AS above ON above.descendant = b.unit "
            "AND above.ancestor <> b.unit "
            f"JOIN {base} AS o ON o.unit = above.ancestor{same} "
            f"JOIN {tree} AS inside ON inside.descendant = o.unit"
        )

    def _by_unit(self, *, top: bool, by_period: bool) -> str:
        draft = self.draft
        if self.child:
            unit, units = "k.parent", draft.name(layout.UNITS)
            join = f"JOIN {units} AS k ON k.code = b.unit "
        else:
            unit, join = draft.above("b.unit")
        where = [f"{unit} IN ({draft.units})"] if draft.units else []
        if top:
            same = " AND h.period = b.period" if by_period else ""
            join += (
                f"LEFT JOIN h{self._index} AS h "
                f"ON h.unit = b.unit AND h.root = {unit}{same} "
            )
            where.append("h.unit IS NULL")
        columns = [f"{unit} AS unit", "SUM(b.n) AS n"]
        columns += [
            f"{fold}(b.{name}) AS {name}" for name, fold in self._columns.values()
        ]
        only = f"WHERE {' AND '.join(where)} " if where else ""
        return (
            f"SELECT {', '.join(columns)} FROM b{self._index} AS b {join}{only}"
            f"GROUP BY {unit}"
        )


def _or_zero(known: str, value: str, basis: Basis, records: str | None = None) -> str:
    """Write a value where it is known, and 0 where surely nothing matched."""
    sure = [basis.started]
    if records:
        sure.append(f"COALESCE({records}, 0) = 0")
    if basis.undecided:
        sure.append(f"COALESCE({basis.undecided}, 0) = 0")
    return f"(CASE WHEN {known} THEN {value} WHEN {' AND '.join(sure)} THEN 0 END)"
