"""One value of a row as SQL.

What stands outside the row (records one period back, the unit's own record, sums over
other forms) is asked of `Places`, which adds the joins it takes.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final
from typing import Protocol
from typing import assert_never

from desktop.core import layout
from desktop.core.cells import Absent
from desktop.expr import dialect as engine
from desktop.expr.kinds import digits_of
from desktop.expr.nodes import Aggregate
from desktop.expr.nodes import All
from desktop.expr.nodes import AnyOf
from desktop.expr.nodes import Arithmetic
from desktop.expr.nodes import Between
from desktop.expr.nodes import Call
from desktop.expr.nodes import Case
from desktop.expr.nodes import Comparison
from desktop.expr.nodes import Defined
from desktop.expr.nodes import Exists
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import Function
from desktop.expr.nodes import IsBlank
from desktop.expr.nodes import Negative
from desktop.expr.nodes import Not
from desktop.expr.nodes import Number
from desktop.expr.nodes import OneOf
from desktop.expr.nodes import Operator
from desktop.expr.nodes import Param
from desktop.expr.nodes import Relation
from desktop.expr.nodes import Text
from desktop.expr.nodes import Truth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.expr.dialect import Dialect
    from desktop.expr.nodes import Node

_NUDGE: Final = Decimal("1.00000000000001")
"""Halves are rounded away from zero, also those a double falls just short of."""


class Places(Protocol):
    """Where the values of a row come from."""

    @property
    def dialect(self) -> Dialect:
        """The engine written for."""

    def field(self, ref: FieldRef) -> str:
        """Write a field."""

    def states(self, ref: FieldRef) -> str:
        """Write the cell states of the record a field is in."""

    def aggregate(self, node: Aggregate) -> str:
        """Write an aggregate's value."""

    def exists(self, node: Exists) -> str:
        """Write whether there is such a record."""

    def unique(self, refs: Sequence[FieldRef]) -> str:
        """Write whether no other record of the period has these values."""


def write(node: Node, places: Places) -> str:
    """Write a node as one SQL expression that needs no further parentheses."""
    match node:
        case FieldRef():
            return places.field(node)
        case Number():
            return engine.number_literal(node.value, places.dialect)
        case Text():
            return engine.text_literal(node.value, places.dialect)
        case Truth():
            return "TRUE" if node.value else "FALSE"
        case Param():
            return engine.number_literal(node.constant.value, places.dialect)
        case Defined():
            return write(node.node, places)
        case Negative():
            return f"(- {write(node.operand, places)})"
        case Arithmetic():
            return _arithmetic(node, places)
        case Call():
            return _call(node, places)
        case Case():
            return _case(node, places)
        case Aggregate():
            return places.aggregate(node)
        case Exists():
            return places.exists(node)
        case _:
            return _condition(node, places)


def _condition(
    node: Comparison | Between | OneOf | IsBlank | Not | All | AnyOf, places: Places
) -> str:
    match node:
        case Comparison():
            return _compare(node.left, node.relation, node.right, places)
        case Between():
            low = _compare(node.operand, Relation.AT_LEAST, node.low, places)
            high = _compare(node.operand, Relation.AT_MOST, node.high, places)
            return f"({low} AND {high})"
        case OneOf():
            return _one_of(node, places)
        case IsBlank():
            return f"({write(node.operand, places)} IS NULL)"
        case Not():
            return f"(NOT {write(node.operand, places)})"
        case All():
            return joined(" AND ", [write(part, places) for part in node.parts])
        case AnyOf():
            return joined(" OR ", [write(part, places) for part in node.parts])
        case _:
            assert_never(node)


def joined(operator: str, parts: list[str]) -> str:
    """Join conditions as a balanced tree: engines limit how deep one may be."""
    middle = len(parts) // 2
    if middle <= 1:
        return f"({operator.join(parts)})"
    halves = (parts[:middle], parts[middle:])
    return f"({operator.join(joined(operator, half) for half in halves)})"


def _compare(left: Node, relation: Relation, right: Node, places: Places) -> str:
    """Compare; numbers with decimals by their difference at the finer precision.

    Binary noise (0.1 + 0.2 against 0.3) is far below half a unit of that precision.
    """
    first, second = write(left, places), write(right, places)
    digits = max(digits_of(left), digits_of(right))
    if digits == 0:
        return f"({first} {relation.value} {second})"
    return f"(ROUND({first} - {second}, {digits}) {relation.value} 0)"


def _one_of(node: OneOf, places: Places) -> str:
    if max(map(digits_of, (node.operand, *node.items))) == 0:
        items = ", ".join(write(item, places) for item in node.items)
        return f"({write(node.operand, places)} IN ({items}))"
    equal = Relation.EQUAL
    parts = [_compare(node.operand, equal, item, places) for item in node.items]
    return joined(" OR ", parts)


def _arithmetic(node: Arithmetic, places: Places) -> str:
    left, right = write(node.left, places), write(node.right, places)
    match node.operator:
        case Operator.ADD | Operator.SUBTRACT:
            return f"({left} {node.operator.value} {right})"
        case Operator.MULTIPLY:
            return engine.product(left, right, places.dialect)
        case Operator.DIVIDE:
            return engine.quotient(left, _divisor(node.right, right), places.dialect)
        case _:
            assert_never(node.operator)


def _divisor(node: Node, sql: str) -> str:
    """Keep 0.1 + 0.2 - 0.3 from passing for something to divide by."""
    digits = digits_of(node)
    if digits and not isinstance(node, FieldRef | Number | Param):
        return f"ROUND({sql}, {digits})"
    return sql


def _case(node: Case, places: Places) -> str:
    parts = [
        f"WHEN {write(condition, places)} THEN {write(value, places)}"
        for condition, value in node.branches
    ]
    if node.default:
        parts.append(f"ELSE {write(node.default, places)}")
    return f"(CASE {' '.join(parts)} END)"


def _call(node: Call, places: Places) -> str:
    """Write a call; some look at the field and how it is marked, not at its value."""
    first = node.arguments[0]
    match node.function:
        case Function.IS_UNIQUE:
            return places.unique(
                [each for each in node.arguments if isinstance(each, FieldRef)]
            )
        case Function.ANSWERED if isinstance(first, FieldRef):
            state = engine.text_literal(f'"{first.column.id}":', places.dialect)
            recorded = f"COALESCE(INSTR({places.states(first)}, {state}), 0) > 0"
            return f"({places.field(first)} IS NOT NULL OR {recorded})"
        case Function.IS_NOT_APPLICABLE if isinstance(first, FieldRef):
            state = engine.json_text(
                places.states(first), first.column.id, places.dialect
            )
            marked = f"{state} = '{Absent.NOT_APPLICABLE.value}'"
            return f"COALESCE({marked}, FALSE)"
        case Function.ROUND if isinstance(node.arguments[1], Number):
            nudge = engine.number_literal(_NUDGE, places.dialect)
            return f"ROUND({write(first, places)} * {nudge}, {node.arguments[1].value})"
        case Function.HAS if isinstance(node.arguments[1], Text):
            item = json.dumps(node.arguments[1].value, ensure_ascii=False)
            choice = engine.text_literal(item, places.dialect)
            return f"(INSTR({write(first, places)}, {choice}) > 0)"
        case _:
            arguments = [write(argument, places) for argument in node.arguments]
            return _plain_call(node.function, arguments, places.dialect)


def _plain_call(function: Function, arguments: list[str], dialect: Dialect) -> str:
    first = arguments[0]
    match function:
        case Function.DAYS_BETWEEN:
            return engine.days_between(first, arguments[1], dialect)
        case Function.IMPLIES:
            return f"(NOT {first} OR {arguments[1]})"
        case Function.VALID_CREDIT_CODE:
            return engine.valid_credit_code(first)
        case Function.VALID_TELEPHONE:
            return engine.valid_telephone(first, dialect)
        case Function.YEAR:
            return engine.whole(f"SUBSTR({first}, 1, 4)", dialect)
        case _:
            return f"{function.value}({', '.join(arguments)})"


def condition(counted: Node | None, written: Node | None, places: Places) -> str:
    """Join a form's own condition and the written one; empty where there is neither."""
    parts = [write(node, places) for node in (counted, written) if node]
    return joined(" AND ", parts) if parts else ""


class Bare:
    """A record's own columns without an alias, as a generated column names them."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def field(self, ref: FieldRef) -> str:
        """Write a field by its bare name."""
        return engine.name(ref.column.id, self.dialect)

    def states(self, ref: FieldRef) -> str:  # noqa: ARG002 - there is one record
        """Write the cell states of the record."""
        return engine.name(layout.STATES, self.dialect)

    def aggregate(self, node: Aggregate) -> str:
        """Refuse: `parse(own_only=True)` lets none through."""
        raise ValueError(node)

    def exists(self, node: Exists) -> str:
        """Refuse: `parse(own_only=True)` lets none through."""
        raise ValueError(node)

    def unique(self, refs: Sequence[FieldRef]) -> str:
        """Refuse: `parse(own_only=True)` lets none through."""
        raise ValueError(refs)
