"""Cells that their record does not ask for, in what looks through many records.

A field with `visible_when` is hidden where that is false. Aggregates and EXISTS take
such a cell as absent: it adds nothing to a sum and is no blank behind it, and what a
condition says of it does not hold, nor does the opposite. Only what asks for absence
itself (IS NULL, ANSWERED, COALESCE, CASE) sees it, as a blank. Where the field that
decides is blank, nothing is known and all stays as it would be without `visible_when`.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from desktop.expr.convert import read
from desktop.expr.fault import Refusal
from desktop.expr.folds import own_condition
from desktop.expr.nodes import Aggregate
from desktop.expr.nodes import All
from desktop.expr.nodes import AnyOf
from desktop.expr.nodes import Arithmetic
from desktop.expr.nodes import Call
from desktop.expr.nodes import Case
from desktop.expr.nodes import Defined
from desktop.expr.nodes import Exists
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import Fold
from desktop.expr.nodes import Function
from desktop.expr.nodes import IsBlank
from desktop.expr.nodes import Negative
from desktop.expr.nodes import Not
from desktop.expr.nodes import Number
from desktop.expr.nodes import Operator
from desktop.expr.nodes import Truth
from desktop.expr.nodes import changed
from desktop.expr.nodes import children
from desktop.expr.nodes import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.expr.nodes import Node
    from desktop.expr.schema import Schema

_ADDING: Final = frozenset({Operator.ADD, Operator.SUBTRACT})
_MARKS: Final = frozenset({Function.ANSWERED, Function.IS_NOT_APPLICABLE})
_NOTHING: Final = Number(Decimal(0))


class Shown:
    """Rewrites trees for one statement; what names no such field stays as it is."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._conditions: dict[tuple[str, str], Node | None] = {}
        self._aggregates: dict[Aggregate, Aggregate] = {}

    def aggregate(self, node: Aggregate) -> Aggregate:
        """Leave the cells that are hidden out of an aggregate."""
        if node not in self._aggregates:
            self._aggregates[node] = self._aggregate(node) if _touched(node) else node
        return self._aggregates[node]

    def exists(self, node: Exists) -> Exists:
        """Leave the cells that are hidden out of what an EXISTS looks for."""
        if not _touched(node):
            return node
        keys = tuple(guard for key, _ in node.keys for guard in self._guards(key))
        return replace(
            node,
            filter=self._narrowed(node.filter, keys),
            counted=self._narrowed(node.counted, ()),
        )

    def asked(self, ref: FieldRef) -> Node | None:
        """Say where a field is not hidden for certain; None where it never is."""
        found = self._condition_of(ref)
        if found is None:
            return None
        there = _moved(found, ref)
        return Call(Function.COALESCE, (there, Truth(value=True)))

    def _condition_of(self, ref: FieldRef) -> Node | None:
        """Read a field's own condition; one that cannot be read hides nothing."""
        text = ref.column.visible_when
        if text is None:
            return None
        key = (ref.source, text)
        if key not in self._conditions:
            # Fields that wait for each other are asked for.
            self._conditions[key] = None
            source = self._schema.by_id[ref.source]
            try:
                node = own_condition(text, source, self._schema, read)
            except Refusal:
                return None
            self._conditions[key] = self._condition(node)
        return self._conditions[key]

    def _aggregate(self, node: Aggregate) -> Aggregate:
        counted = self._narrowed(node.counted, ())
        if node.argument is None:
            return replace(
                node, filter=self._narrowed(node.filter, ()), counted=counted
            )
        argument, guards = self._argument(node.argument, node.fold)
        where = self._narrowed(node.filter, guards)
        return replace(node, argument=argument, filter=where, counted=counted)

    def _narrowed(self, node: Node | None, guards: tuple[Node, ...]) -> Node | None:
        parts = (self._condition(node), *guards) if node else guards
        return _all(parts) if parts else None

    def _argument(self, node: Node, fold: Fold) -> tuple[Node, tuple[Node, ...]]:
        """Give what is folded, and where it is asked for at all.

        Of a sum of several fields those that are hidden add nothing.
        """
        terms = tuple(_terms(node)) if fold is Fold.SUM else (node,)
        found = dict.fromkeys(self._guards(term) for term in terms)
        if len(found) == 1:
            return self._value(node), next(iter(found))
        some = () if () in found else (AnyOf(tuple(map(_all, found))),)
        return self._summed(node), some

    def _summed(self, node: Node) -> Node:
        if _adds(node):
            return changed(node, self._summed)
        guards, value = self._guards(node), self._value(node)
        return Case(((_all(guards), value),), _NOTHING) if guards else value

    def _condition(self, node: Node, *, holds: bool = True) -> Node:
        """Say a condition, or without `holds` the opposite, of what is not hidden."""
        if not _touched(node):
            return node if holds else Not(node)
        match node:
            case Defined():
                return self._condition(node.node, holds=holds)
            case Not():
                return self._condition(node.operand, holds=not holds)
            case All() | AnyOf():
                parts = tuple(self._condition(part, holds=holds) for part in node.parts)
                return All(parts) if isinstance(node, All) is holds else AnyOf(parts)
            case Call(Function.IMPLIES, (given, then)):
                premise = self._condition(given)
                rest = self._condition(then, holds=holds)
                return AnyOf((Not(premise), rest)) if holds else All((premise, rest))
            case _:
                said = self._value(node)
                return _all((said if holds else Not(said), *self._guards(node)))

    def _guards(self, node: Node) -> tuple[Node, ...]:
        """Say where all that a node reads plainly is asked for."""
        found = (self.asked(ref) for ref in _plainly(node))
        return tuple(dict.fromkeys(guard for guard in found if guard is not None))

    def _value(self, node: Node) -> Node:
        """Show a hidden cell as a blank to whatever asks for absence."""
        match node:
            case Case():
                pairs = tuple(
                    (self._condition(when), self._blanked(value))
                    for when, value in node.branches
                )
                return Case(pairs, node.default and self._blanked(node.default))
            case Call(function=mark) if mark in _MARKS:
                guards = tuple(map(self.asked, _fields(node)))
                return _all((node, *(guard for guard in guards if guard)))
            case IsBlank() | Call(function=Function.COALESCE):
                return changed(node, self._blanked)
            case _:
                return changed(node, self._value)

    def _blanked(self, node: Node) -> Node:
        if isinstance(node, FieldRef):
            guard = self.asked(node)
            return Case(((guard, node),), None) if guard else node
        if _tells_absence(node):
            return self._value(node)
        return changed(node, self._blanked)


def _touched(node: Node) -> bool:
    """Tell whether a node names a field that may be hidden."""
    return any(ref.column.visible_when is not None for ref in _fields(node))


def _fields(node: Node) -> Iterator[FieldRef]:
    return (part for part in walk(node) if isinstance(part, FieldRef))


def _tells_absence(node: Node) -> bool:
    match node:
        case IsBlank() | Case() | Call(function=Function.COALESCE):
            return True
        case Call(function=mark):
            return mark in _MARKS
        case _:
            return False


def _plainly(node: Node) -> Iterator[FieldRef]:
    """Yield the fields of the row whose absence would leave a node undecided."""
    match node:
        case FieldRef():
            yield node
        case Exists():
            yield from (outer for _, outer in node.keys)
        case _ if not _tells_absence(node):
            for child in children(node):
                yield from _plainly(child)
        case _:
            return


def _adds(node: Node) -> bool:
    adds = isinstance(node, Arithmetic) and node.operator in _ADDING
    return adds or isinstance(node, Negative)


def _terms(node: Node) -> Iterator[Node]:
    """Yield what is added up."""
    if _adds(node):
        for child in children(node):
            yield from _terms(child)
    else:
        yield node


def _all(parts: tuple[Node, ...]) -> Node:
    return All(parts) if len(parts) > 1 else parts[0]


def _moved(node: Node, ref: FieldRef) -> Node:
    """Read a condition in the record that a field is read from."""
    if isinstance(node, FieldRef):
        return replace(node, scope=ref.scope, shift=ref.shift)
    return changed(node, lambda child: _moved(child, ref))
