"""What a node yields: its type, and at how many decimals a number is exact."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

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
from desktop.expr.nodes import Fold
from desktop.expr.nodes import Function
from desktop.expr.nodes import IsBlank
from desktop.expr.nodes import Negative
from desktop.expr.nodes import Not
from desktop.expr.nodes import Number
from desktop.expr.nodes import OneOf
from desktop.expr.nodes import Operator
from desktop.expr.nodes import Param
from desktop.expr.nodes import Text
from desktop.expr.nodes import Truth
from desktop.expr.schema import ValueType

if TYPE_CHECKING:
    from decimal import Decimal

    from desktop.expr.nodes import Node

MAX_DIGITS: Final = 10
"""Precision of a quotient, and the most that a product adds up to."""


def type_of(node: Node) -> ValueType:
    """Tell what a node yields."""
    match node:
        case FieldRef():
            return node.column.type
        case Defined():
            return type_of(node.node)
        case (
            Number()
            | Param()
            | Negative()
            | Arithmetic()
            | Aggregate(fold=Fold.SUM | Fold.COUNT | Fold.AVG)
        ):
            return ValueType.NUMBER
        case Text():
            return ValueType.DATE if node.date else ValueType.TEXT
        case Aggregate():
            return ValueType.NUMBER if node.argument is None else type_of(node.argument)
        case Case():
            return type_of(node.branches[0][1])
        case Call():
            return _call_type(node)
        case (
            Truth()
            | Comparison()
            | Between()
            | OneOf()
            | IsBlank()
            | Not()
            | All()
            | AnyOf()
            | Exists()
        ):
            return ValueType.BOOLEAN
        case _:
            assert_never(node)


def _call_type(call: Call) -> ValueType:
    match call.function:
        case (
            Function.ABS
            | Function.DAYS_BETWEEN
            | Function.LENGTH
            | Function.ROUND
            | Function.YEAR
        ):
            return ValueType.NUMBER
        case Function.COALESCE:
            return type_of(call.arguments[0])
        case (
            Function.ANSWERED
            | Function.HAS
            | Function.IMPLIES
            | Function.IS_NOT_APPLICABLE
            | Function.IS_UNIQUE
            | Function.VALID_CREDIT_CODE
            | Function.VALID_TELEPHONE
        ):
            return ValueType.BOOLEAN
        case _:
            assert_never(call.function)


def digits_of(node: Node) -> int:
    """Tell at how many decimals a number is exact; 0 for anything else."""
    match node:
        case FieldRef():
            return node.column.digits
        case Number():
            return decimals(node.value)
        case Param():
            return decimals(node.constant.value)
        case Defined():
            return digits_of(node.node)
        case Negative():
            return digits_of(node.operand)
        case Arithmetic():
            return _arithmetic_digits(node)
        case Case():
            yields = [value for _, value in node.branches]
            yields += [node.default] if node.default else []
            return max(map(digits_of, yields))
        case Call():
            return _call_digits(node)
        case Aggregate(fold=Fold.AVG):
            return MAX_DIGITS
        case Aggregate():
            return digits_of(node.argument) if node.argument else 0
        case _:
            return 0


def decimals(value: Decimal) -> int:
    """Count the decimals a number was written with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _arithmetic_digits(node: Arithmetic) -> int:
    left, right = digits_of(node.left), digits_of(node.right)
    match node.operator:
        case Operator.ADD | Operator.SUBTRACT:
            return max(left, right)
        case Operator.MULTIPLY:
            return min(left + right, MAX_DIGITS)
        case Operator.DIVIDE:
            return MAX_DIGITS
        case _:
            assert_never(node.operator)


def _call_digits(call: Call) -> int:
    first = call.arguments[0]
    match call.function:
        case Function.ABS:
            return digits_of(first)
        case Function.COALESCE:
            return max(map(digits_of, call.arguments))
        case Function.ROUND:
            places = call.arguments[1]
            return int(places.value) if isinstance(places, Number) else 0
        case _:
            return 0
