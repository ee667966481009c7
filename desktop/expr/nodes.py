"""The typed tree of a checked expression: a small closed union of frozen values.

Whatever walks it ends in `assert_never`, so a new node that misses the words or the
SQL is a type error. Values carry their type and precision from where they were read.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING
from typing import TypeAlias
from typing import assert_never

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from decimal import Decimal

    from desktop.expr.schema import Column
    from desktop.expr.schema import Constant
    from desktop.expr.schema import Definition


class Scope(Enum):
    """Whose record a field is read from."""

    RECORD = "record"
    """The record the expression is asked of."""
    UNIT = "unit"
    """The reporting unit's own record of a unit form."""
    ROW = "row"
    """The row an aggregate or EXISTS is looking at."""


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A field; with `shift` as it stood one period earlier."""

    scope: Scope
    source: str
    column: Column
    shift: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Text:
    """A text, or a date where it stands beside one."""

    value: str
    date: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """TRUE or FALSE."""

    value: bool


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of the pack."""

    constant: Constant


@dataclass(frozen=True, slots=True)
class Defined:
    """What a definition stands for: the expression of its option in force.

    With `aside` it is what the expression itself holds ready for that option, and the
    words are those of the node.
    """

    definition: Definition
    node: Node
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Negative:
    """The number with the other sign."""

    operand: Node


class Operator(Enum):
    """The four ways to combine numbers."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers combined."""

    operator: Operator
    left: Node
    right: Node


class Relation(Enum):
    """How two values are compared."""

    EQUAL = "="
    UNEQUAL = "<>"
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values of one type compared, numbers at the finer declared precision."""

    relation: Relation
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between:
    """A value within two bounds, both included."""

    operand: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class OneOf:
    """A value in a list."""

    operand: Node
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class IsBlank:
    """Whether a value is absent."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    operand: Node


@dataclass(frozen=True, slots=True)
class All:
    """且: every part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """或: some part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """The value of the first condition that holds, else the default, else nothing."""

    branches: tuple[tuple[Node, Node], ...]
    default: Node | None


class Function(Enum):
    """Functions proved equal on every engine."""

    ABS = "ABS"
    ANSWERED = "ANSWERED"
    COALESCE = "COALESCE"
    DAYS_BETWEEN = "DAYS_BETWEEN"
    HAS = "HAS"
    IMPLIES = "IMPLIES"
    IS_NOT_APPLICABLE = "IS_NOT_APPLICABLE"
    IS_UNIQUE = "IS_UNIQUE"
    LENGTH = "LENGTH"
    ROUND = "ROUND"
    VALID_CREDIT_CODE = "VALID_CREDIT_CODE"
    VALID_TELEPHONE = "VALID_TELEPHONE"
    YEAR = "YEAR"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the record's own values."""

    function: Function
    arguments: tuple[Node, ...]


class Fold(Enum):
    """How an aggregate makes one value of many."""

    SUM = "SUM"
    COUNT = "COUNT"
    MAX = "MAX"
    MIN = "MIN"
    AVG = "AVG"


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A value over the records of a form within a unit.

    `filter` is what was written, `counted` the form's own condition where it applies.
    `child` looks at the units directly below only; `shift` one period back.
    """

    fold: Fold
    source: str
    argument: Node | None
    filter: Node | None
    counted: Node | None
    child: bool = False
    shift: bool = False


@dataclass(frozen=True, slots=True)
class Exists:
    """Whether some record of a form meets a condition.

    `keys` pair a field of that form with the value it must equal in the row outside.
    `within` confines it to the unit of the row outside and everything below;
    otherwise it looks through the whole ledger.
    """

    source: str
    keys: tuple[tuple[FieldRef, FieldRef], ...]
    filter: Node | None
    counted: Node | None
    within: bool
    shift: bool = False


Node: TypeAlias = (
    FieldRef
    | Number
    | Text
    | Truth
    | Param
    | Defined
    | Negative
    | Arithmetic
    | Comparison
    | Between
    | OneOf
    | IsBlank
    | Not
    | All
    | AnyOf
    | Case
    | Call
    | Aggregate
    | Exists
)


def children(node: Node) -> tuple[Node, ...]:
    """Give the nodes directly inside a node, those of EXISTS and aggregates too."""
    match node:
        case FieldRef() | Number() | Text() | Truth() | Param():
            return ()
        case Defined():
            return (node.node,)
        case Negative() | IsBlank() | Not():
            return (node.operand,)
        case Arithmetic() | Comparison():
            return (node.left, node.right)
        case Between():
            return (node.operand, node.low, node.high)
        case OneOf():
            return (node.operand, *node.items)
        case All() | AnyOf():
            return node.parts
        case Case():
            pairs = tuple(part for pair in node.branches for part in pair)
            return (*pairs, node.default) if node.default else pairs
        case Call():
            return node.arguments
        case Aggregate():
            inner = (node.argument, node.filter, node.counted)
            return tuple(part for part in inner if part)
        case Exists():
            outer = tuple(part for pair in node.keys for part in pair)
            return (*outer, *(part for part in (node.filter, node.counted) if part))
        case _:
            assert_never(node)


def changed(node: Node, change: Callable[[Node], Node]) -> Node:
    """Build a node anew of its changed parts; aggregates and EXISTS are left alone."""
    match node:
        case (
            FieldRef() | Number() | Text() | Truth() | Param() | Aggregate() | Exists()
        ):
            return node
        case Defined():
            return replace(node, node=change(node.node))
        case Negative() | IsBlank() | Not():
            return replace(node, operand=change(node.operand))
        case Arithmetic() | Comparison():
            return replace(node, left=change(node.left), right=change(node.right))
        case Between():
            return Between(change(node.operand), change(node.low), change(node.high))
        case OneOf():
            return OneOf(change(node.operand), tuple(map(change, node.items)))
        case All() | AnyOf():
            return replace(node, parts=tuple(map(change, node.parts)))
        case Case():
            pairs = tuple((change(when), change(then)) for when, then in node.branches)
            return Case(pairs, node.default and change(node.default))
        case Call():
            return Call(node.function, tuple(map(change, node.arguments)))
        case _:
            assert_never(node)


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and everything inside it."""
    yield node
    for child in children(node):
        yield from walk(child)
