"""Whether the values that units report of a term may be added up (可加)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.expr.nodes import Aggregate
from desktop.expr.nodes import Arithmetic
from desktop.expr.nodes import Call
from desktop.expr.nodes import Defined
from desktop.expr.nodes import Exists
from desktop.expr.nodes import Fold
from desktop.expr.nodes import Function
from desktop.expr.nodes import Negative
from desktop.expr.nodes import Number
from desktop.expr.nodes import Operator
from desktop.expr.nodes import Param
from desktop.expr.nodes import walk

if TYPE_CHECKING:
    from desktop.expr.nodes import Node

_SUMS: Final = (Fold.SUM, Fold.COUNT)


def adds_up(node: Node) -> bool:
    """Tell whether a term of a unit is the sum of the same term of its parts.

    Sums and counts of records are, and what is added, taken away or multiplied by a
    number; nothing of the unit itself, and no largest, smallest or mean.
    """
    match node:
        case Aggregate():
            return node.fold in _SUMS and not node.child and not _looks_around(node)
        case Defined() as defined:
            return adds_up(defined.node)
        case Negative():
            return adds_up(node.operand)
        case Arithmetic(Operator.ADD | Operator.SUBTRACT, left, right):
            return adds_up(left) and adds_up(right)
        case Arithmetic(Operator.MULTIPLY, left, right):
            return (_fixed(left) and adds_up(right)) or (
                adds_up(left) and _fixed(right)
            )
        case Arithmetic(Operator.DIVIDE, left, right):
            return adds_up(left) and _fixed(right)
        case Call(Function.COALESCE, (first, Number(value=value))):
            return value == 0 and adds_up(first)
        case _:
            return False


def _fixed(node: Node) -> bool:
    return isinstance(node, Number | Param)


def _looks_around(node: Aggregate) -> bool:
    """Tell whether what is counted depends on other records that a ledger has."""
    return any(isinstance(each, Exists) for each in walk(node))
