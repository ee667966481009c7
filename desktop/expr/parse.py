"""Read one expression of a pack: `parse` gives an `Expression` or a `Fault`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from typing import TypeVar

from desktop.expr.context import RecordContext
from desktop.expr.context import UnitContext
from desktop.expr.convert import read
from desktop.expr.definitions import check_size
from desktop.expr.fault import Fault
from desktop.expr.fault import Refusal
from desktop.expr.kinds import digits_of
from desktop.expr.kinds import type_of
from desktop.expr.lexer import lex
from desktop.expr.names import Place
from desktop.expr.nodes import Aggregate
from desktop.expr.nodes import Call
from desktop.expr.nodes import Defined
from desktop.expr.nodes import Exists
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import Function
from desktop.expr.nodes import Param
from desktop.expr.nodes import Scope
from desktop.expr.nodes import walk
from desktop.expr.tree import grow
from desktop.expr.tree import place as place_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.expr.context import Context
    from desktop.expr.lexer import Token
    from desktop.expr.nodes import Node
    from desktop.expr.schema import Schema
    from desktop.expr.schema import ValueType

T = TypeVar("T")

__all__ = [
    "Expression",
    "Fault",
    "Mentions",
    "RecordContext",
    "UnitContext",
    "parse",
]


@dataclass(frozen=True, slots=True)
class Mentions:
    """What an expression names, each in the order of first mention.

    `own` and `prev` are field ids of the context's form; `unit` holds (form, field);
    `sources` are all forms it reads besides the record itself; `constants` are ids
    of parameters, `definitions` of definitions; what those name is among the rest.
    """

    own: tuple[str, ...] = ()
    prev: tuple[str, ...] = ()
    unit: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()


@dataclass(frozen=True)
class Expression:
    """A checked expression; `node` is its typed tree (`desktop.expr.nodes`)."""

    text: str
    context: Context
    node: Node

    @property
    def type(self) -> ValueType:
        """What it yields."""
        return type_of(self.node)

    @property
    def digits(self) -> int:
        """At how many decimals it is exact."""
        return digits_of(self.node)

    @cached_property
    def mentions(self) -> Mentions:
        """What it names."""
        return _mentions(self.node)


def parse(
    text: str,
    schema: Schema,
    context: Context,
    *,
    expect: ValueType | None = None,
    own_only: bool = False,
) -> Expression | Fault:
    """Read an expression; whatever cannot be said comes back as a `Fault`.

    With `expect` it must yield that type: a rule's check is `ValueType.BOOLEAN`.
    With `own_only` it may name only stored fields of the record itself and
    parameters: a computed field, a visible-when, a `counted_when`.
    """
    try:
        tokens = lex(text)
        check_size(tokens, schema)
        tree = grow(tokens)
        node = read(tree, Place(schema, context), expect)
        if own_only:
            _refuse_others(node, place_of(tree))
    except Refusal as refusal:
        return refusal.fault
    return Expression(text, context, node)


def _refuse_others(root: Node, at: Token) -> None:
    for node in walk(root):
        match node:
            case FieldRef(scope=Scope.RECORD, shift=False) if not node.column.bound:
                continue
            case FieldRef():
                raise at.refuse("expr.own_only", name=node.column.id)
            case Aggregate():
                raise at.refuse("expr.own_only", name=node.fold.value)
            case Exists():
                raise at.refuse("expr.own_only", name="EXISTS")
            case Defined():
                raise at.refuse("expr.own_only", name=node.definition.id)
            case Call(function=Function.IS_UNIQUE):
                raise at.refuse("expr.own_only", name=node.function.value)
            case _:
                continue


def _mentions(root: Node) -> Mentions:
    nodes = list(walk(root))
    fields = [node for node in nodes if isinstance(node, FieldRef)]
    records = [field for field in fields if field.scope is Scope.RECORD]
    units = [field for field in fields if field.scope is Scope.UNIT]
    folds = [node for node in nodes if isinstance(node, Aggregate)]
    exists = [node for node in nodes if isinstance(node, Exists)]
    return Mentions(
        own=_once(field.column.id for field in records if not field.shift),
        prev=_once(field.column.id for field in records if field.shift),
        unit=_once((field.source, field.column.id) for field in units),
        sources=_once(
            [fold.source for fold in folds]
            + [there.source for there in exists]
            + [field.source for field in units]
        ),
        constants=_once(node.constant.id for node in nodes if isinstance(node, Param)),
        definitions=_once(
            node.definition.id for node in nodes if isinstance(node, Defined)
        ),
        aggregates=_once(folds),
    )


def _once(found: Iterable[T]) -> tuple[T, ...]:
    """Keep the first of each."""
    return tuple(dict.fromkeys(found))
