"""From the structure of an expression to its typed tree; the rest is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from desktop.expr import folds
from desktop.expr.definitions import by_option
from desktop.expr.definitions import defined
from desktop.expr.definitions import names_definition
from desktop.expr.functions import call
from desktop.expr.functions import known_functions
from desktop.expr.kinds import type_of
from desktop.expr.lexer import Kind
from desktop.expr.lexer import Token
from desktop.expr.names import Level
from desktop.expr.names import misspelt
from desktop.expr.names import resolve
from desktop.expr.nodes import All
from desktop.expr.nodes import AnyOf
from desktop.expr.nodes import Arithmetic
from desktop.expr.nodes import Between
from desktop.expr.nodes import Case
from desktop.expr.nodes import Comparison
from desktop.expr.nodes import Fold
from desktop.expr.nodes import Function
from desktop.expr.nodes import IsBlank
from desktop.expr.nodes import Negative
from desktop.expr.nodes import Not
from desktop.expr.nodes import Number
from desktop.expr.nodes import OneOf
from desktop.expr.nodes import Operator
from desktop.expr.nodes import Relation
from desktop.expr.nodes import Text
from desktop.expr.nodes import Truth
from desktop.expr.schema import ValueType
from desktop.expr.tree import Branch
from desktop.expr.tree import place as place_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.expr.names import Place
    from desktop.expr.nodes import Node
    from desktop.expr.tree import Tree

_OPERATORS: Final[Mapping[str, Operator]] = {
    operator.value: operator for operator in Operator
}
_RELATIONS: Final[Mapping[str, Relation]] = {
    relation.value: relation for relation in Relation
}
_EQUALITY: Final = frozenset({Relation.EQUAL, Relation.UNEQUAL})
_ORDERED: Final = frozenset({ValueType.NUMBER, ValueType.DATE})


def read(tree: Tree, place: Place, want: ValueType | None = None) -> Node:
    """Read a tree where it stands; with `want`, as a value of that type.

    Raises:
        Refusal: It cannot be said, or is of another type.
    """
    node = _leaf(tree, place) if isinstance(tree, Token) else _branch(tree, place)
    return node if want is None else check(node, want, tree)


def check(node: Node, want: ValueType, tree: Tree) -> Node:
    """Refuse a value of another type; a text beside dates becomes a date."""
    if type_of(node) is want:
        return node
    at = place_of(tree)
    if want is ValueType.DATE and isinstance(node, Text):
        return _date(node, at)
    raise at.refuse(f"expr.wanted_{want.value}", name=at.text)


def _date(text: Text, at: Token) -> Text:
    try:
        day = date.fromisoformat(text.value)
    except ValueError:
        raise at.refuse("expr.bad_date", text=text.value) from None
    if day.isoformat() != text.value:
        raise at.refuse("expr.bad_date", text=text.value)
    return replace(text, date=True)


def _leaf(token: Token, place: Place) -> Node:
    match token.kind:
        case Kind.NAME if names_definition(token):
            return defined(token, place, read)
        case Kind.NAME:
            return resolve(token, place)
        case Kind.NUMBER:
            return Number(Decimal(token.text))
        case Kind.TEXT:
            return Text(token.text)
        case _:
            # Functions, keywords and marks are never leaves of a tree.
            return Truth(token.text == "TRUE")


def _branch(branch: Branch, place: Place) -> Node:
    parts = branch.parts
    if branch.kind in _OPERATORS:
        left, right = (read(part, place, ValueType.NUMBER) for part in parts)
        return Arithmetic(_OPERATORS[branch.kind], left, right)
    if branch.kind in _RELATIONS:
        return _comparison(_RELATIONS[branch.kind], parts, place)
    match branch.kind:
        case "And":
            return All(_conditions(parts, place))
        case "Or":
            return AnyOf(_conditions(parts, place))
        case "Not":
            return Not(read(parts[0], place, ValueType.BOOLEAN))
        case "Neg":
            return Negative(read(parts[0], place, ValueType.NUMBER))
        case "Is":
            return IsBlank(read(parts[0], place))
        case _:
            return _other(branch, place)


def _other(branch: Branch, place: Place) -> Node:
    parts = branch.parts
    match branch.kind:
        case "Between":
            operand, low, high = alike(parts, place)
            if type_of(operand) not in _ORDERED:
                raise branch.at.refuse("expr.wanted_ordered", name=branch.at.text)
            return Between(operand, low, high)
        case "In":
            operand, *items = alike(parts, place)
            return OneOf(operand, tuple(items))
        case "Case" | "CaseElse":
            return by_option(branch, place, read) or _case(branch, place)
        case "Call":
            return _call(branch, None, place)
        case "Filter":
            where, *given = parts
            return _call(Branch("Call", tuple(given), branch.at), where, place)
        case _:
            return folds.exists(branch, place, read)


def _conditions(parts: Sequence[Tree], place: Place) -> tuple[Node, ...]:
    return tuple(read(part, place, ValueType.BOOLEAN) for part in parts)


def _comparison(relation: Relation, parts: Sequence[Tree], place: Place) -> Node:
    left, right = alike(parts, place)
    if relation not in _EQUALITY and type_of(left) not in _ORDERED:
        at = place_of(parts[0])
        raise at.refuse("expr.wanted_ordered", name=at.text)
    return Comparison(relation, left, right)


def alike(parts: Sequence[Tree], place: Place) -> tuple[Node, ...]:
    """Read values that must be of one type, and comparable."""
    nodes = [read(part, place) for part in parts]
    kinds = {type_of(node) for node in nodes}
    if ValueType.CHOICES in kinds:
        at = place_of(parts[0])
        raise at.refuse("expr.wanted_comparable", name=at.text)
    if kinds == {ValueType.DATE, ValueType.TEXT}:
        pairs = zip(nodes, parts, strict=True)
        return tuple(check(node, ValueType.DATE, part) for node, part in pairs)
    if len(kinds) > 1:
        raise place_of(parts[-1]).refuse("expr.types_differ")
    return tuple(nodes)


def _case(branch: Branch, place: Place) -> Case:
    """Read CASE: conditions and values in turn, and the default at the end."""
    parts = list(branch.parts)
    default = [parts.pop()] if branch.kind == "CaseElse" else []
    conditions = _conditions(parts[::2], place)
    values = alike([*parts[1::2], *default], place)
    branches = tuple(zip(conditions, values, strict=False))
    return Case(branches, values[-1] if default else None)


def _call(branch: Branch, where: Tree | None, place: Place) -> Node:
    name = branch.at.text
    if name in Fold.__members__:
        return folds.aggregate(branch, where, place, read)
    if where is not None:
        raise branch.at.refuse("expr.not_understood")
    if name == "PREV":
        return _prev(branch, place)
    if name not in Function.__members__:
        raise misspelt(branch.at, "function", name, known_functions())
    return call(Function[name], branch, place, read, alike)


def _prev(branch: Branch, place: Place) -> Node:
    """Read what PREV looks back on: everything inside it is of the period before."""
    if place.level is not Level.TOP:
        raise branch.at.refuse("expr.prev_here")
    if place.shift:
        raise branch.at.refuse("expr.prev_nested")
    if len(branch.parts) != 1:
        raise branch.at.refuse("expr.arguments", name="PREV", count=1)
    return read(branch.parts[0], replace(place, shift=True))
