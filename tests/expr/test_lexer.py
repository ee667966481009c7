from __future__ import annotations

import pytest

from desktop.expr.fault import Refusal
from desktop.expr.lexer import MAX_LENGTH
from desktop.expr.lexer import MAX_PARENTHESES
from desktop.expr.lexer import MAX_TOKENS
from desktop.expr.lexer import Kind
from desktop.expr.lexer import lex


def refused(text: str) -> tuple[str, int, int]:
    with pytest.raises(Refusal) as caught:
        lex(text)
    fault = caught.value.fault
    return fault.message.code, fault.line, fault.column


def test_tokens__ok() -> None:
    tokens = lex("beds >= 1.5 and sum(eci.x)\n <> 'it''s' OR True")
    assert [(token.kind, token.text) for token in tokens] == [
        (Kind.NAME, "beds"),
        (Kind.FIXED, ">="),
        (Kind.NUMBER, "1.5"),
        (Kind.FIXED, "AND"),
        (Kind.FUNCTION, "SUM"),
        (Kind.FIXED, "("),
        (Kind.NAME, "eci.x"),
        (Kind.FIXED, ")"),
        (Kind.FIXED, "<>"),
        (Kind.TEXT, "it's"),
        (Kind.FIXED, "OR"),
        (Kind.TRUTH, "TRUE"),
    ]
    assert (tokens[8].line, tokens[8].column) == (2, 2)


def test_keyword_of_some_engine_is_a_name__ok() -> None:
    words = "type level class interval date left values index"
    assert {token.kind for token in lex(words)} == {Kind.NAME}


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("", "expr.empty", 1),
        (" \n ", "expr.empty", 1),
        ("a -- b", "expr.comment", 3),
        ("a /* b */", "expr.comment", 3),
        ("a; b", "expr.character", 2),
        ("a = 'x", "expr.text_open", 5),
        ("a = '\x00'", "expr.text_open", 5),
        ('"_id"', "expr.character", 1),
        ("`a`", "expr.character", 1),
        ("（a）", "expr.character", 1),
        ("1e5", "expr.character", 1),
        ("1.", "expr.character", 1),
        ("a.b.c", "expr.character", 1),
        ("1234567890123456", "expr.number", 1),
        ("0.12345678901", "expr.number", 1),
        ("9" * 3000, "expr.number", 1),
        ("a || b", "expr.character", 3),
        ("@@x", "expr.character", 1),
    ],
)
def test_what_no_expression_holds__error(text: str, code: str, column: int) -> None:
    assert refused(text) == (code, 1, column)


def test_size__error() -> None:
    assert refused("a" * (MAX_LENGTH + 1))[0] == "expr.long"
    assert refused("a+" * MAX_TOKENS)[0] == "expr.many"
    deep = MAX_PARENTHESES + 1
    assert refused("(" * deep + "a" + ")" * deep) == ("expr.deep", 1, deep)
    assert len(lex("(" * MAX_PARENTHESES + "a" + ")" * MAX_PARENTHESES)) > deep
