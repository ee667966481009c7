"""The expressions of many indicators as few statements, each within SQLite's limits.

One statement answers as much as it can: what several indicators ask of a form is read
once a statement. A result has at most 2,000 columns in SQLite and a SELECT at most 64
tables, which a long plan exceeds; then indicators that read the same forms stay
together, so that no form is read more often than need be.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING
from typing import Final

from desktop.expr.nodes import Aggregate
from desktop.expr.nodes import Exists
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import Scope
from desktop.expr.nodes import walk
from desktop.expr.statement import unit_statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.expr.schema import Schema
    from desktop.expr.statement import Dialect
    from desktop.expr.statement import NamedExpression

PER_EXPRESSION: Final = 4
"""Columns an expression takes in a row: value, records, blank, started."""
COLUMNS: Final = 1000
"""Half of what SQLite allows; wider statements take it longer to plan than to run."""
TABLES: Final = 60
"""SQLite's 64 tables of a join, less the one that holds the units, and some air."""
_PER_AGGREGATE = 4
"""Columns an aggregate takes at most in the sums over its form."""
_JOINED = 2
"""Tables that an aggregate or EXISTS joins: what it found, and whether it was begun."""


@dataclass(frozen=True, slots=True)
class Part:
    """A statement and the places of the indicators it answers, in its order.

    `all_units` yields a row for each unit at or below `:root`, `one_unit` that of
    `:root` alone: `unit`, then four columns an expression.
    """

    places: tuple[int, ...]
    all_units: str
    one_unit: str


class _Load:
    """What one statement holds so far; it counts too much rather than too little."""

    def __init__(self) -> None:
        self.places: list[int] = []
        self._columns = 1
        self._tables: Counter[object] = Counter()

    def take(self, place: int, columns: Sequence[NamedExpression]) -> bool:
        """Add an indicator if it still fits; an empty statement takes any."""
        wide = self._columns + PER_EXPRESSION * len(columns)
        tables = self._tables + Counter(chain.from_iterable(map(_tables, columns)))
        widest = max(tables.values(), default=0) * _PER_AGGREGATE
        full = max(wide, widest) > COLUMNS or len(tables) * _JOINED > TABLES
        if self.places and full:
            return False
        self.places.append(place)
        self._columns, self._tables = wide, tables
        return True


def parts_of(
    wanted: Sequence[Sequence[NamedExpression]], schema: Schema, dialect: Dialect
) -> tuple[Part, ...]:
    """Write the statements that answer the columns of each indicator."""
    whole = _Load()
    if all(whole.take(place, columns) for place, columns in enumerate(wanted)):
        loads = [whole]
    else:
        loads = _packed(wanted)
    return tuple(_part(load.places, wanted, schema, dialect) for load in loads)


def _packed(wanted: Sequence[Sequence[NamedExpression]]) -> list[_Load]:
    alike = sorted(range(len(wanted)), key=lambda place: (_reads(wanted[place]), place))
    loads = [_Load()]
    for place in alike:
        if not loads[-1].take(place, wanted[place]):
            loads.append(_Load())
            loads[-1].take(place, wanted[place])
    return loads


def _part(
    places: Sequence[int],
    wanted: Sequence[Sequence[NamedExpression]],
    schema: Schema,
    dialect: Dialect,
) -> Part:
    columns = [column for place in places for column in wanted[place]]
    return Part(
        tuple(places),
        unit_statement(columns, schema, dialect=dialect),
        unit_statement(columns, schema, dialect=dialect, children=False),
    )


def _reads(columns: Sequence[NamedExpression]) -> tuple[str, ...]:
    """Name the forms that columns read, to put like beside like."""
    forms = {form for each in columns for form in each.expression.mentions.sources}
    return tuple(sorted(forms))


def _tables(column: NamedExpression) -> Iterator[object]:
    """Name what a column joins, an aggregate's sums once for each aggregate."""
    for node in walk(column.expression.node):
        match node:
            case Aggregate():
                yield node.source, node.shift, node.child, column.cumulative
            case Exists():
                yield node, column.cumulative
            case FieldRef(scope=Scope.UNIT):
                yield node.source, node.shift
            case _:
                continue
