"""The words of an expression, read before any SQL parser sees the text.

The parser (`desktop.expr.tree`) is handed only what stands here: names, texts and
numbers are replaced by placeholders, so no comment, semicolon, quoting trick or
keyword of some engine ever reaches it, and each placeholder knows its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from desktop.core.cells import SIGNIFICANT_DIGITS
from desktop.core.messages import message
from desktop.expr.fault import Fault
from desktop.expr.fault import Refusal

MAX_LENGTH: Final = 4000
MAX_TOKENS: Final = 1000
MAX_PARENTHESES: Final = 20
_MAX_DECIMALS: Final = 10

KEYWORDS: Final = frozenset(
    {"AND", "OR", "NOT", "IN", "IS", "NULL", "BETWEEN", "CASE", "WHEN", "THEN"}
    | {"ELSE", "END", "EXISTS", "SELECT", "FROM", "WHERE", "FILTER"}
)

_TOKEN: Final = re.compile(
    r"""
      (?P<space>[ \t\r\n]+)
    | (?P<comment>--|/\*)
    | (?P<text>'(?:[^'\x00]|'')*')
    | (?P<number>[0-9]+(?:\.[0-9]+)?(?![A-Za-z0-9_.]))
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?(?![A-Za-z0-9_.]))
    | (?P<mark><=|>=|<>|!=|[=<>+*/(),-])
    """,
    re.VERBOSE,
)


class Kind(Enum):
    """What a token is."""

    NAME = "name"
    FUNCTION = "function"
    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"
    FIXED = "fixed"
    """A keyword or mark, handed on as it is."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of an expression and where it begins, counting from 1."""

    kind: Kind
    text: str
    line: int
    column: int

    def refuse(self, code: str, **params: str | int) -> Refusal:
        """Make the refusal that points here."""
        return Refusal(Fault(message(code, **params), self.line, self.column))


def lex(text: str) -> tuple[Token, ...]:
    """Split an expression into tokens.

    Raises:
        Refusal: The text is too long or holds what no expression holds.
    """
    start = Token(Kind.FIXED, "", 1, 1)
    if len(text) > MAX_LENGTH:
        raise start.refuse("expr.long", limit=MAX_LENGTH)
    tokens: list[Token] = []
    line, begin, place = 1, 0, 0
    while place < len(text):
        here = Token(Kind.FIXED, text[place], line, place - begin + 1)
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise _unreadable(here)
        if match.lastgroup != "space":
            tokens.append(_token(match, here))
        breaks = match[0].count("\n")
        if breaks:
            line, begin = line + breaks, place + match[0].rindex("\n") + 1
        place = match.end()
    if not tokens:
        raise start.refuse("expr.empty")
    _check_size(tokens)
    return _functions(tokens)


def _unreadable(here: Token) -> Refusal:
    if here.text == "'":
        return here.refuse("expr.text_open")
    return here.refuse("expr.character", character=here.text)


def _token(match: re.Match[str], here: Token) -> Token:
    text = match[0]
    match match.lastgroup:
        case "comment":
            raise here.refuse("expr.comment")
        case "text":
            inside = text[1:-1].replace("''", "'")
            return Token(Kind.TEXT, inside, here.line, here.column)
        case "number":
            return Token(Kind.NUMBER, _number(text, here), here.line, here.column)
        case "word":
            return _word(text, here)
        case _:
            return Token(Kind.FIXED, text, here.line, here.column)


def _number(text: str, here: Token) -> str:
    """Refuse a number that a double would not keep exactly as written."""
    decimals = len(text.partition(".")[2])
    figures = len(text.replace(".", ""))
    if figures > SIGNIFICANT_DIGITS or decimals > _MAX_DECIMALS:
        raise here.refuse("expr.number", text=text)
    return text


def _word(text: str, here: Token) -> Token:
    upper = text.upper()
    if upper in KEYWORDS:
        return Token(Kind.FIXED, upper, here.line, here.column)
    if upper in {"TRUE", "FALSE"}:
        return Token(Kind.TRUTH, upper, here.line, here.column)
    return Token(Kind.NAME, text, here.line, here.column)


def _check_size(tokens: list[Token]) -> None:
    if len(tokens) > MAX_TOKENS:
        raise tokens[MAX_TOKENS].refuse("expr.many", limit=MAX_TOKENS)
    depth = 0
    for token in tokens:
        if token.kind is Kind.FIXED and token.text in {"(", "CASE"}:
            depth += 1
        elif token.kind is Kind.FIXED and token.text in {")", "END"}:
            depth -= 1
        if depth > MAX_PARENTHESES:
            raise token.refuse("expr.deep")


def _functions(tokens: list[Token]) -> tuple[Token, ...]:
    """Tell functions from names: an opening parenthesis follows them."""
    following = [*tokens[1:], Token(Kind.FIXED, "", 1, 1)]
    return tuple(
        Token(Kind.FUNCTION, token.text.upper(), token.line, token.column)
        if token.kind is Kind.NAME and after.kind is Kind.FIXED and after.text == "("
        else token
        for token, after in zip(tokens, following, strict=True)
    )
