"""Aggregates and EXISTS: which form they look through and what confines them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import Protocol

from desktop.expr.context import RecordContext
from desktop.expr.fault import Refusal
from desktop.expr.kinds import digits_of
from desktop.expr.kinds import type_of
from desktop.expr.lexer import Kind
from desktop.expr.lexer import Token
from desktop.expr.lexer import lex
from desktop.expr.names import Level
from desktop.expr.names import Place
from desktop.expr.names import misspelt
from desktop.expr.names import resolve
from desktop.expr.names import unit_form
from desktop.expr.nodes import Aggregate
from desktop.expr.nodes import All
from desktop.expr.nodes import Exists
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import Fold
from desktop.expr.nodes import Scope
from desktop.expr.nodes import walk
from desktop.expr.schema import ValueType
from desktop.expr.tree import Branch
from desktop.expr.tree import grow
from desktop.expr.tree import place as place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.expr.nodes import Node
    from desktop.expr.schema import Schema
    from desktop.expr.schema import Source
    from desktop.expr.tree import Tree

_LINKS: Final = frozenset({ValueType.TEXT, ValueType.NUMBER, ValueType.DATE})
_VALUES: Final = frozenset({"param", "definition"})
"""Qualifiers of what belongs to no form."""


class Read(Protocol):
    """Reads a tree where it stands; see `desktop.expr.convert.read`."""

    def __call__(  # noqa: D102 - the class says it
        self, tree: Tree, place: Place, want: ValueType | None = None
    ) -> Node: ...


def aggregate(
    branch: Branch, where: Tree | None, place: Place, read: Read
) -> Aggregate:
    """Read `SUM(…)`, `COUNT(form)` and so on, with the condition of their FILTER."""
    token = branch.at
    fold = Fold[token.text]
    if place.level is not Level.TOP:
        raise token.refuse("expr.aggregate_here", name=token.text)
    if len(branch.parts) != 1:
        raise token.refuse("expr.arguments", name=token.text, count=1)
    operand = branch.parts[0]
    source, qualifier = _source(fold, token, operand, where, place)
    inner = place.inside(Level.AGGREGATE, source, qualifier)
    argument = None if fold is Fold.COUNT else _argument(fold, operand, inner, read)
    condition = read(where, inner, ValueType.BOOLEAN) if where else None
    return Aggregate(
        fold,
        source.id,
        argument,
        condition,
        _counted(token, source, condition, place, read),
        child=qualifier == "child",
        shift=place.shift,
    )


def _argument(fold: Fold, operand: Tree, inner: Place, read: Read) -> Node:
    if fold in {Fold.SUM, Fold.AVG}:
        return read(operand, inner, ValueType.NUMBER)
    node = read(operand, inner)
    if type_of(node) not in {ValueType.NUMBER, ValueType.DATE}:
        at = place_of(operand)
        raise at.refuse("expr.wanted_number", name=at.text)
    return node


def _names(tree: Tree) -> Iterator[Token]:
    """Yield the names in a tree, but not those inside its EXISTS."""
    if isinstance(tree, Token):
        if tree.kind is Kind.NAME:
            yield tree
    elif tree.kind != "Exists":
        for part in tree.parts:
            yield from _names(part)


def _source(
    fold: Fold, token: Token, operand: Tree, where: Tree | None, place: Place
) -> tuple[Source, str]:
    """Tell which form an aggregate looks through, and by what name."""
    if fold is Fold.COUNT:
        if not isinstance(operand, Token) or operand.kind is not Kind.NAME:
            raise token.refuse("expr.aggregate_argument", name=token.text)
        if operand.text == "child":
            return _counted_child(operand, where, place), "child"
        return form_of(operand, place), operand.text
    for name in _names(operand):
        qualifier, _, field = name.text.rpartition(".")
        if qualifier == "child":
            return unit_form(name, field, place), "child"
        if qualifier in place.schema.by_id:
            return place.schema.by_id[qualifier], qualifier
        if qualifier not in _VALUES:
            raise _no_form(name, qualifier, place)
    raise token.refuse("expr.aggregate_argument", name=token.text)


def _no_form(name: Token, qualifier: str, place: Place) -> Refusal:
    if not qualifier or qualifier in {"prev", "unit"}:
        return name.refuse("expr.aggregate_argument", name=name.text)
    return misspelt(name, "form", qualifier, place.schema.by_id)


def form_of(token: Token, place: Place) -> Source:
    """Find a form by the name written for it."""
    if token.text not in place.schema.by_id:
        raise misspelt(token, "form", token.text, place.schema.by_id)
    return place.schema.by_id[token.text]


def _counted_child(token: Token, where: Tree | None, place: Place) -> Source:
    """Tell which form `COUNT(child)` counts: by its condition, else the only one."""
    for name in _names(where) if where else ():
        qualifier, _, field = name.text.rpartition(".")
        if qualifier == "child":
            return unit_form(name, field, place)
    if place.form and not place.form.roster:
        return place.form
    forms = [source for source in place.schema.sources if not source.roster]
    if len(forms) != 1:
        names = "、".join(source.id for source in forms)
        raise token.refuse("expr.ambiguous_unit", name=token.text, forms=names)
    return forms[0]


def _counted(
    token: Token, source: Source, written: Node | None, place: Place, read: Read
) -> Node | None:
    """Read a form's own condition, unless the written one names a field of it."""
    if source.counted_when is None:
        return None
    try:
        condition = own_condition(source.counted_when, source, place.schema, read)
    except Refusal:
        raise token.refuse("expr.counted_when", form=source.id) from None
    if written and _fields(written) & _fields(condition):
        return None
    return condition


def own_condition(text: str, source: Source, schema: Schema, read: Read) -> Node:
    """Read a condition of a form over its own fields, of the row that is looked at.

    Raises:
        Refusal: It is wrong, or names more than that.
    """
    place = Place(schema, RecordContext(source.id), Level.COUNTED, source, source.id)
    return read(grow(lex(text)), place, ValueType.BOOLEAN)


def _fields(node: Node) -> frozenset[str]:
    return frozenset(
        part.column.id
        for part in walk(node)
        if isinstance(part, FieldRef) and part.scope is Scope.ROW
    )


def exists(branch: Branch, place: Place, read: Read) -> Exists:
    """Read EXISTS: its links to the row outside, and its own condition."""
    token = branch.at
    if place.level in {Level.EXISTS, Level.COUNTED}:
        raise token.refuse("expr.aggregate_here", name="EXISTS")
    source = form_of(token, place)
    inner = place.inside(Level.EXISTS, source, source.id)
    links, rest = _split(branch.parts[1:], source.id)
    keys = tuple(_key(link, place, inner) for link in links)
    parts = tuple(read(part, inner, ValueType.BOOLEAN) for part in rest)
    written = _conjunction(parts)
    outside = place.row or place.form
    return Exists(
        source.id,
        keys,
        written,
        _counted(token, source, written, place, read),
        within=outside is None or not outside.roster,
        shift=place.shift,
    )


def _conjunction(parts: tuple[Node, ...]) -> Node | None:
    if len(parts) > 1:
        return All(parts)
    return parts[0] if parts else None


def _split(
    condition: tuple[Tree, ...], form: str
) -> tuple[list[tuple[Token, Token]], list[Tree]]:
    """Part the links `form.field = field` from what speaks of the form alone."""
    links: list[tuple[Token, Token]] = []
    rest: list[Tree] = []
    for whole in condition:
        and_ = isinstance(whole, Branch) and whole.kind == "And"
        for part in whole.parts if and_ and isinstance(whole, Branch) else (whole,):
            link = _link(part, form)
            if link:
                links.append(link)
            else:
                rest.append(part)
    return links, rest


def _link(tree: Tree, form: str) -> tuple[Token, Token] | None:
    """Give the field of the form and the one outside, if that is what a part says."""
    if not isinstance(tree, Branch) or tree.kind != "=":
        return None
    left, right = tree.parts
    for inner, outer in ((left, right), (right, left)):
        if (
            isinstance(inner, Token)
            and isinstance(outer, Token)
            and _belongs(inner, form)
            and not _belongs(outer, form)
            and outer.kind is Kind.NAME
            and outer.text.partition(".")[0] not in _VALUES
        ):
            return inner, outer
    return None


def _belongs(token: Token, form: str) -> bool:
    return token.kind is Kind.NAME and token.text.startswith(f"{form}.")


def _key(
    link: tuple[Token, Token], place: Place, inner: Place
) -> tuple[FieldRef, FieldRef]:
    mine, other = resolve(link[0], inner), resolve(link[1], place)
    if (
        not isinstance(mine, FieldRef)
        or not isinstance(other, FieldRef)
        or type_of(mine) is not type_of(other)
        or type_of(mine) not in _LINKS
    ):
        raise link[1].refuse("expr.types_differ")
    if digits_of(mine) or digits_of(other):
        raise link[1].refuse("expr.exists_link")
    return mine, other
