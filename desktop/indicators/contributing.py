"""Which records an indicator's terms rest on, by the same SQL that adds them up.

Every aggregate of a term becomes one statement over the form's records: the same
argument, the same filter, asked of each record instead of all together.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.expr.kinds import digits_of
from desktop.expr.nodes import All
from desktop.expr.nodes import AnyOf
from desktop.expr.nodes import Call
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import Function
from desktop.expr.nodes import Number
from desktop.expr.nodes import Scope
from desktop.expr.nodes import Truth
from desktop.expr.nodes import walk
from desktop.expr.parse import Expression
from desktop.expr.parse import RecordContext
from desktop.expr.shown import Shown
from desktop.expr.statement import NamedExpression
from desktop.expr.statement import record_statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.expr.nodes import Aggregate
    from desktop.expr.nodes import Node
    from desktop.expr.schema import Schema
    from desktop.indicators.compute import CompiledIndicator

ONE: Final = Decimal(1)
"""What a record adds to a count."""


class Role(Enum):
    """On which side of an indicator a record counts."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    JUDGED = "judged"
    """A commitment in words: the record says how it stands."""


@dataclass(frozen=True, slots=True)
class Basis:
    """The records of one form that a term looks at, as a statement.

    `field` is what is read of them, None where they are merely counted. The statement
    yields record, unit, amount, and whether it is decided that the record counts;
    records that do not count are left out. `own` asks for the unit's own record only.
    With `top`, a record covers the units below its own.
    """

    role: Role
    form: str
    field: str | None
    digits: int
    sql: str
    own: bool = False
    top: bool = False


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one record adds; None where it left blank what is asked for.

    `undecided`: what is blank in it keeps anybody from telling whether it counts.
    """

    record: int
    unit: str
    amount: Decimal | None
    undecided: bool


def bases(ready: CompiledIndicator, schema: Schema) -> Iterator[Basis]:
    """Compile what an indicator's records are found by.

    Sums of an earlier period rest on no record of this one and are left out. What is
    read from the unit's own form is `own`.
    """
    terms = (
        (Role.NUMERATOR, ready.numerator),
        (Role.DENOMINATOR, ready.denominator),
    )
    for role, term in terms:
        if term is not None:
            for fold in term.mentions.aggregates:
                if not fold.shift:
                    yield _basis(role, fold, schema)
            for ref in dict.fromkeys(_own(term)):
                yield _written(role, ref.source, (ref, None), schema, own=True)
    folds = (fold for each in ready.choices for fold in each.count.mentions.aggregates)
    if ready.choices:
        yield _judged(tuple(folds), schema)


def read_row(basis: Basis, row: Sequence[object]) -> Contribution:
    """Read a row of a basis's statement."""
    record, unit, amount, decided = row
    number = None if amount is None else round(Decimal(repr(amount)), basis.digits)
    return Contribution(int(str(record)), str(unit), number, decided is None)


def _basis(role: Role, written: Aggregate, schema: Schema) -> Basis:
    fold = Shown(schema).aggregate(written)
    amount = Number(ONE) if fold.argument is None else fold.argument
    parts = tuple(part for part in (fold.filter, fold.counted) if part is not None)
    return _written(role, fold.source, (amount, All(parts) if parts else None), schema)


def _judged(folds: tuple[Aggregate, ...], schema: Schema) -> Basis:
    """Take the records that somebody has judged; each choice is a filter."""
    made = tuple(fold.filter for fold in folds if fold.filter is not None)
    counted = folds[0].counted
    holds: Node = AnyOf(made)
    if counted is not None:
        holds = All((holds, counted))
    return _written(Role.JUDGED, folds[0].source, (Number(ONE), holds), schema)


def _own(term: Expression) -> Iterator[FieldRef]:
    for node in walk(term.node):
        if isinstance(node, FieldRef) and node.scope is Scope.UNIT and not node.shift:
            yield replace(node, scope=Scope.RECORD)


def _written(
    role: Role,
    form: str,
    asked: tuple[Node, Node | None],
    schema: Schema,
    *,
    own: bool = False,
) -> Basis:
    """Write the statement of an amount, and of what must hold for it to count."""
    amount, holds = asked
    context = RecordContext(form)
    decided = holds or Truth(value=True)
    columns = (
        NamedExpression("amount", Expression("", context, amount)),
        NamedExpression("decided", Expression("", context, decided)),
    )
    maybe = Call(Function.COALESCE, (decided, Truth(value=True)))
    where = Expression("", context, maybe) if holds else None
    sql = record_statement(form, columns, schema, where=where)
    fields = [node.column.id for node in walk(amount) if isinstance(node, FieldRef)]
    return Basis(
        role,
        form,
        next(iter(fields), None),
        digits_of(amount),
        sql,
        own=own,
        top=schema.by_id[form].top,
    )
