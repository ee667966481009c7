"""A statement being written: its WITH clauses and the periods it reads.

A draft lives for one call of `desktop.expr.statement` and is seen by nobody else;
whatever is asked twice is written once.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import assert_never

from desktop.core import layout
from desktop.expr import dialect as engine
from desktop.expr.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

    from desktop.expr.dialect import Dialect
    from desktop.expr.schema import Schema


class Span(Enum):
    """Which periods a SELECT reads."""

    NOW = "now"
    PREVIOUS = "previous"
    PLAN = "plan"
    """From the plan's first period to now."""
    PLAN_PREVIOUS = "plan_previous"
    """From the plan's first period to the one before now."""

    @property
    def several(self) -> bool:
        """Whether it can be more than one period."""
        return self in {Span.PLAN, Span.PLAN_PREVIOUS}


class Reach(Enum):
    """Which records a unit's aggregates look at."""

    ALL = "all"
    """Its own and those of everything below (完全汇总)."""
    NEAR = "near"
    """Its own and those of the units directly below (节点汇总)."""
    OWN = "own"
    """Its own."""


def span_of(*, shift: bool, cumulative: bool) -> Span:
    """Tell the periods of an aggregate."""
    if cumulative:
        return Span.PLAN_PREVIOUS if shift else Span.PLAN
    return Span.PREVIOUS if shift else Span.NOW


class Draft:
    """One statement.

    `root` is SQL for the unit below which everything lies, None for the whole ledger;
    `units` is a SELECT of the units that aggregates are wanted for, None for all.
    """

    def __init__(
        self,
        schema: Schema,
        dialect: Dialect,
        root: str | None = None,
        units: str | None = None,
    ) -> None:
        self.schema = schema
        self.dialect = dialect
        self.root = root
        self.units = units
        self.reach = Reach.ALL
        self._clauses: dict[str, str] = {}
        self.shown = Shown(schema)
        self.later: list[Callable[[], Iterable[str]]] = []
        """Write the WITH clauses that grow until all else is written."""

    def name(self, text: str) -> str:
        """Quote an identifier."""
        return engine.name(text, self.dialect)

    def parameter(self, label: str) -> str:
        """Write a named parameter."""
        return engine.parameter(label, self.dialect)

    def column(self, alias: str, name: str) -> str:
        """Write a column of an alias."""
        return f"{alias}.{self.name(name)}"

    def clause(self, body: str) -> str:
        """Give the name of a WITH clause, writing it if it is new."""
        return self._clauses.setdefault(body, f"c{len(self._clauses)}")

    def periods(self, column: str, span: Span) -> str:
        """Write that a column is a period of a span."""
        match span:
            case Span.NOW:
                return f"{column} = {self.parameter('period')}"
            case Span.PREVIOUS:
                return f"{column} = {self.parameter('previous')}"
            case Span.PLAN:
                first, last = "plan_start", "plan_now"
            case Span.PLAN_PREVIOUS:
                first, last = "plan_start", "previous"
            case _:
                assert_never(span)
        return f"{column} BETWEEN {self.parameter(first)} AND {self.parameter(last)}"

    def nil(self, source: str, span: Span) -> str:
        """Write the units a nil return speaks for: its own, those above and below.

        One below counts as one record below does, as far down as the reach goes:
        somebody has begun to answer.
        """
        tree, nil = self.name(layout.UNIT_TREE), self.name(layout.NIL)
        form = engine.text_literal(source, self.dialect)
        where = f"n.{self.name('form')} = {form}"
        where += f" AND {self.periods(self.column('n', 'period'), span)}"
        unit = f"n.{self.name('unit')}"
        below = f"JOIN {tree} AS t ON t.{self.name('ancestor')} = {unit} "
        halves = [f"SELECT t.descendant AS unit FROM {nil} AS n {below}WHERE {where}"]
        if self.reach is not Reach.OWN:
            above, join = self.above(unit)
            halves.append(f"SELECT {above} AS unit FROM {nil} AS n {join}WHERE {where}")
        return self.clause(" UNION ".join(halves))

    def above(self, unit: str) -> tuple[str, str]:
        """Write the units whose aggregates look at a unit's records, and the join.

        The join ends in a space, or is empty.
        """
        match self.reach:
            case Reach.ALL:
                tree = self.name(layout.UNIT_TREE)
                return "t.ancestor", f"JOIN {tree} AS t ON t.descendant = {unit} "
            case Reach.NEAR:
                units = self.name(layout.UNITS)
                near = self.clause(
                    f"SELECT u.code AS unit, u.code AS above FROM {units} AS u "
                    f"UNION ALL SELECT u.code, u.parent FROM {units} AS u"
                )
                return "t.above", f"JOIN {near} AS t ON t.unit = {unit} "
            case Reach.OWN:
                return unit, ""
            case _:
                assert_never(self.reach)

    def begun(self, source: str, span: Span) -> str:
        """Write the periods of a span in which anybody has begun a form."""
        form = engine.text_literal(source, self.dialect)
        period = self.column("r", layout.PERIOD)
        records = (
            f"SELECT {period} AS period FROM {self.name(source)} AS r "
            f"WHERE {self.periods(period, span)}"
        )
        given = self.column("n", "period")
        nil = (
            f"SELECT {given} AS period FROM {self.name(layout.NIL)} AS n "
            f"WHERE {self.column('n', 'form')} = {form} "
            f"AND {self.periods(given, span)}"
        )
        limit = "" if span.several else " LIMIT 1"
        return self.clause(
            f"SELECT b.period FROM ({records}{limit}) AS b "
            f"UNION SELECT n.period FROM ({nil}{limit}) AS n"
        )

    def text(self, first: str, select: str) -> str:
        """Put the statement together; `first` is a clause that others may use."""
        clauses = [first] if first else []
        later = [text for write in self.later for text in write()]
        clauses += [f"{name} AS ({body})" for body, name in self._clauses.items()]
        clauses += later
        head = f"WITH {', '.join(clauses)} " if clauses else ""
        return head + select
