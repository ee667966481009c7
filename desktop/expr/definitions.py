"""Definitions (口径): a name stands for the expression of the option in force.

The expression is read where the name stands, so that it may be a sum over a unit, a
number, a text to ask for, or a condition on the records an aggregate looks through.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Final
from typing import Protocol

from desktop.expr.fault import Refusal
from desktop.expr.lexer import Kind
from desktop.expr.lexer import Token
from desktop.expr.lexer import lex
from desktop.expr.names import Level
from desktop.expr.names import misspelt
from desktop.expr.nodes import Defined
from desktop.expr.nodes import Text
from desktop.expr.tree import Branch
from desktop.expr.tree import grow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.expr.names import Place
    from desktop.expr.nodes import Node
    from desktop.expr.schema import Definition
    from desktop.expr.schema import Schema
    from desktop.expr.tree import Tree

MAX_EXPANDED: Final = 16_000
"""Characters of all definitions an expression comes to, each as often as it is named.

Definitions that name definitions could otherwise double at every step.
"""

MAX_NESTED: Final = 5
"""Definitions inside definitions."""

_PREFIX: Final = "definition."
_NAMED: Final = re.compile(r"\bdefinition\.([A-Za-z0-9_]+)")


class Read(Protocol):
    """Reads a tree where it stands; see `desktop.expr.convert.read`."""

    def __call__(self, tree: Tree, place: Place) -> Node: ...  # noqa: D102 - see above


def names_definition(token: Token) -> bool:
    """Tell whether a word names a definition."""
    return token.kind is Kind.NAME and token.text.startswith(_PREFIX)


def defined(token: Token, place: Place, read: Read) -> Defined:
    """Read what a definition stands for, where its name stands.

    Raises:
        Refusal: There is none, or what it stands for is wrong or does not fit here.
    """
    name = token.text.removeprefix(_PREFIX)
    if place.level is Level.COUNTED:
        raise token.refuse("expr.own_only", name=token.text)
    definition = place.schema.definition_by_id.get(name)
    if definition is None:
        raise misspelt(token, "definition", name, place.schema.definition_by_id)
    try:
        return Defined(definition, read(grow(lex(definition.text)), place))
    except Refusal:
        raise token.refuse(
            "expr.defined_wrong", name=definition.title, option=definition.option
        ) from None


def by_option(branch: Branch, place: Place, read: Read) -> Defined | None:
    """Read `CASE WHEN definition.x = 'a' THEN … ELSE … END` by what is chosen.

    Two terms can so follow one choice. Only the value that is chosen is read: the
    others may name forms that the pack at hand does not have.

    Returns:
        None where it is an ordinary CASE.
    """
    parts = list(branch.parts)
    default = parts.pop() if branch.kind == "CaseElse" else None
    asked = [_asked(condition) for condition in parts[::2]]
    if default is None or None in asked:
        return None
    pairs = [each for each in asked if each is not None]
    first = defined(pairs[0][0], place, read)
    if len({name.text for name, _ in pairs}) > 1 or not isinstance(first.node, Text):
        return None
    chosen = first.node.value
    kept = default
    for (_, word), value in reversed([*zip(pairs, parts[1::2], strict=True)]):
        if word.text == chosen:
            kept = value
        elif _is_no_option(word, first.definition) and _readable(value, place, read):
            raise _never(word, first.definition)
    return Defined(first.definition, read(kept, place), aside=True)


def _is_no_option(word: Token, definition: Definition) -> bool:
    written = "'" + word.text.replace("'", "''") + "'"
    return bool(definition.texts) and written not in definition.texts


def _never(word: Token, definition: Definition) -> Refusal:
    return word.refuse(
        "expr.defined_never",
        name=definition.id,
        text=word.text,
        texts="、".join(definition.texts),
    )


def _readable(value: Tree, place: Place, read: Read) -> bool:
    """Tell whether a value could be what an option stands for.

    An option that reads forms the pack does not have is left out of it, and what is
    held ready for it cannot be read.
    """
    try:
        read(value, place)
    except Refusal:
        return False
    return True


def _asked(condition: Tree) -> tuple[Token, Token] | None:
    """Give the definition and the text a condition compares it with."""
    if not isinstance(condition, Branch) or condition.kind != "=":
        return None
    name, word = condition.parts
    if not isinstance(name, Token) or not isinstance(word, Token):
        return None
    if not names_definition(name) or word.kind is not Kind.TEXT:
        return None
    return name, word


def check_size(tokens: Iterable[Token], schema: Schema) -> None:
    """Refuse definitions that go in a circle or come to too much.

    Raises:
        Refusal: They do.
    """
    lengths: dict[str, int] = {}
    total = 0
    for token in filter(names_definition, tokens):
        name = token.text.removeprefix(_PREFIX)
        total += _length(name, schema, lengths, (), token)
        if total > MAX_EXPANDED:
            raise token.refuse("expr.long", limit=MAX_EXPANDED)


def _length(
    name: str,
    schema: Schema,
    lengths: dict[str, int],
    above: tuple[str, ...],
    at: Token,
) -> int:
    """Count the characters a definition comes to; each is looked at once."""
    if name in above:
        raise at.refuse("expr.defined_circle", name=name)
    if len(above) > MAX_NESTED:
        raise at.refuse("expr.deep")
    definition = schema.definition_by_id.get(name)
    if definition is None:
        return 0
    if name not in lengths:
        inner = (
            _length(other, schema, lengths, (*above, name), at)
            for other in _NAMED.findall(definition.text)
        )
        lengths[name] = len(definition.text) + sum(inner)
    return lengths[name]
