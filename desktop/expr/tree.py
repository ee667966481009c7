"""The structure of an expression, by the SQL parser: sqlglot is known only here.

It sees placeholders (`t3`, `f5(`) in place of names, texts and numbers, and what it
makes of them is a plain `Branch` or a `Token`; a kind of node outside the whitelist is
refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import TypeAlias

from desktop.expr.lexer import Kind
from desktop.expr.lexer import Token

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from sqlglot import Expr as Parsed

MAX_DEPTH: Final = 50
_PLACEHOLDER: Final = re.compile(r"[tf](\d+)")

_BINARY: Final[Mapping[str, str]] = {
    "Add": "+",
    "Sub": "-",
    "Mul": "*",
    "Div": "/",
    "EQ": "=",
    "NEQ": "<>",
    "LT": "<",
    "LTE": "<=",
    "GT": ">",
    "GTE": ">=",
}


@dataclass(frozen=True, slots=True)
class Branch:
    """A kind of structure, what it holds, and the token it is reported at."""

    kind: str
    parts: tuple[Tree, ...]
    at: Token


Tree: TypeAlias = "Branch | Token"


def place(tree: Tree) -> Token:
    """Give the token a tree is reported at."""
    return tree.at if isinstance(tree, Branch) else tree


def grow(tokens: Sequence[Token]) -> Tree:
    """Read the structure of the tokens.

    Raises:
        Refusal: They are no expression, or one of a kind that is not allowed.
    """
    import sqlglot

    words = [_placeholder(token, index) for index, token in enumerate(tokens)]
    try:
        parsed = sqlglot.parse_one(" ".join(words))
    except sqlglot.ParseError as error:
        raise _where(error.errors, words, tokens).refuse("expr.syntax") from None
    except RecursionError:
        raise tokens[0].refuse("expr.deep") from None
    return _Reader(tokens).tree(parsed, MAX_DEPTH)


def _placeholder(token: Token, index: int) -> str:
    match token.kind:
        case Kind.FIXED:
            return token.text
        case Kind.FUNCTION:
            return f"f{index}"
        case _:
            return f"t{index}"


def _where(
    errors: Sequence[dict[str, object]], words: Sequence[str], tokens: Sequence[Token]
) -> Token:
    """Find the token at which the parser gave up, from the column where it ends."""
    column = errors[0].get("col") if errors else None
    ends = accumulate(len(word) + 1 for word in words)
    after = (
        token
        for end, token in zip(ends, tokens, strict=True)
        if isinstance(column, int) and column < end
    )
    return next(after, tokens[-1])


class _Reader:
    """Turns what the parser made into branches, by a whitelist of its kinds."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._last = tokens[0]

    def tree(self, node: Parsed | None, depth: int) -> Tree:
        """Read one node; `depth` says how many levels may still follow."""
        if node is None or depth == 0:
            code = "expr.deep" if node else "expr.not_understood"
            raise self._last.refuse(code)
        kind = type(node).__name__
        if kind in _BINARY:
            return self._branch(_BINARY[kind], [node.this, node.expression], depth)
        match kind:
            case "Paren":
                return self.tree(node.this, depth - 1)
            case "And" | "Or":
                return self._branch(kind, _flat(node), depth)
            case "Column":
                return self._leaf(node)
            case _:
                return self._other(kind, node, depth)

    def _other(self, kind: str, node: Parsed, depth: int) -> Tree:
        args = node.args
        match kind:
            case "Not" | "Neg":
                return self._branch(kind, [node.this], depth)
            case "Is" if type(args["expression"]).__name__ == "Null":
                return self._branch("Is", [node.this], depth)
            case "Null":
                raise self._last.refuse("expr.null")
            case "Between" if not args.get("symmetric"):
                return self._branch(kind, [node.this, args["low"], args["high"]], depth)
            case "In" if set(_present(args)) == {"this", "expressions"}:
                return self._branch(kind, [node.this, *node.expressions], depth)
            case "Case" if not args.get("this"):
                return self._case(node, depth)
            case "Anonymous":
                return self._call(node, depth)
            case "Filter" if type(node.this).__name__ == "Anonymous":
                where = self.tree(args["expression"].this, depth - 1)
                call = self._call(node.this, depth)
                return Branch(kind, (where, *call.parts), call.at)
            case "Exists":
                return self._exists(node, depth)
            case _:
                raise self._last.refuse("expr.not_understood")

    def _branch(self, kind: str, nodes: Sequence[Parsed | None], depth: int) -> Branch:
        parts = tuple(self.tree(node, depth - 1) for node in nodes)
        return Branch(kind, parts, place(parts[0]))

    def _leaf(self, node: Parsed) -> Token:
        """Give the token a placeholder stands for."""
        match = _PLACEHOLDER.fullmatch(node.name)
        if match is None:
            raise self._last.refuse("expr.not_understood")
        self._last = self._tokens[int(match[1])]
        return self._last

    def _call(self, node: Parsed, depth: int) -> Branch:
        token = self._leaf(node)
        parts = tuple(self.tree(part, depth - 1) for part in node.expressions)
        return Branch("Call", parts, token)

    def _case(self, node: Parsed, depth: int) -> Branch:
        nodes = [part for pair in node.args["ifs"] for part in _branch_parts(pair)]
        default = node.args.get("default")
        kind = "CaseElse" if default else "Case"
        return self._branch(kind, [*nodes, *([default] if default else [])], depth)

    def _exists(self, node: Parsed, depth: int) -> Branch:
        """Read `EXISTS (SELECT 1 FROM form [WHERE condition])` and nothing more."""
        select = node.this
        given = _present(select.args) if type(select).__name__ == "Select" else {}
        plain = (
            {"from_", "expressions"}
            <= set(given)
            <= {
                "from_",
                "expressions",
                "where",
            }
        )
        if not plain or len(select.expressions) != 1:
            raise self._last.refuse("expr.exists")
        self._check_select(select)
        form = self._leaf(given["from_"].this)
        where = given.get("where")
        parts = (self.tree(where.this, depth - 1),) if where else ()
        return Branch("Exists", (form, *parts), form)

    def _check_select(self, select: Parsed) -> None:
        column = select.expressions[0]
        table = select.args["from_"].this
        if type(column).__name__ != "Column" or type(table).__name__ != "Table":
            raise self._last.refuse("expr.exists")
        if self._leaf(column).text != "1" or set(_present(table.args)) != {"this"}:
            raise self._last.refuse("expr.exists")


def _present(args: Mapping[str, Any]) -> dict[str, Any]:
    """Give the arguments of a node that say something."""
    return {name: value for name, value in args.items() if value}


def _branch_parts(pair: Parsed) -> tuple[Parsed, Parsed]:
    return pair.this, pair.args["true"]


def _flat(node: Parsed) -> list[Parsed]:
    """Give the parts of a chain of one kind, so that a long one is not deep."""
    kind = type(node)
    parts: list[Parsed] = []
    pending = [node]
    while pending:
        current = pending.pop()
        if type(current) is kind:
            pending += [current.args["expression"], current.this]
        else:
            parts.append(current)
    return parts
