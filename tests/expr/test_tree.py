from __future__ import annotations

import pytest

from desktop.expr.fault import Refusal
from desktop.expr.lexer import Token
from desktop.expr.lexer import lex
from desktop.expr.tree import MAX_DEPTH
from desktop.expr.tree import Branch
from desktop.expr.tree import Tree
from desktop.expr.tree import grow
from desktop.expr.tree import place


def shape(tree: Tree) -> str:
    """Write a tree with every parenthesis."""
    if isinstance(tree, Token):
        return tree.text
    name = tree.at.text if tree.kind == "Call" else tree.kind
    return f"{name}({' '.join(shape(part) for part in tree.parts)})"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a + b * c", "+(a *(b c))"),
        ("(a + b) * c", "*(+(a b) c)"),
        ("a - b - c", "-(-(a b) c)"),
        ("a OR b AND NOT c", "Or(a And(b Not(c)))"),
        ("a AND b AND c", "And(a b c)"),
        ("NOT a = b", "Not(=(a b))"),
        ("a != -b", "<>(a Neg(b))"),
        ("a BETWEEN b AND c AND d", "And(Between(a b c) d)"),
        ("a NOT IN (1, 2)", "Not(In(a 1 2))"),
        ("a IS NOT NULL", "Not(Is(a))"),
        ("CASE WHEN a THEN b WHEN c THEN d END", "Case(a b c d)"),
        ("CASE WHEN a THEN b ELSE c END", "CaseElse(a b c)"),
        ("ABS(a)", "ABS(a)"),
        ("SUM(a) FILTER (WHERE b)", "Filter(b a)"),
        ("EXISTS (SELECT 1 FROM f)", "Exists(f)"),
        ("EXISTS (SELECT 1 FROM f WHERE a)", "Exists(f a)"),
        ("f()", "F()"),
    ],
)
def test_structure__ok(text: str, wanted: str) -> None:
    assert shape(grow(lex(text))) == wanted


def test_long_chain_is_flat__ok() -> None:
    tree = grow(lex(" OR ".join(["a"] * 300)))
    assert isinstance(tree, Branch)
    assert len(tree.parts) == 300


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("a +", "expr.syntax", 3),
        ("a b = ", "expr.syntax", 5),
        ("(a", "expr.syntax", 2),
        ("a, b", "expr.syntax", 2),
        ("a = NULL", "expr.null", 1),
        ("a b", "expr.not_understood", 1),
        ("a IS b", "expr.not_understood", 1),
        ("9 * * 9", "expr.not_understood", 1),
        ("COUNT(*)", "expr.not_understood", 1),
        ("()", "expr.not_understood", 1),
        ("(a, b)", "expr.not_understood", 1),
        ("a IN (SELECT b FROM c)", "expr.not_understood", 1),
        ("SELECT 1 FROM a", "expr.not_understood", 1),
        ("(SELECT a)", "expr.not_understood", 2),
        ("CASE a WHEN 1 THEN 2 END", "expr.not_understood", 1),
        ("EXISTS a", "expr.not_understood", 1),
        ("EXISTS (a)", "expr.exists", 1),
        ("EXISTS (SELECT 2 FROM a)", "expr.exists", 16),
        ("EXISTS (SELECT 1, 2 FROM a)", "expr.exists", 1),
        ("EXISTS (SELECT 1 FROM a b)", "expr.exists", 16),
        ("EXISTS (SELECT 1 FROM a, b)", "expr.exists", 1),
        ("EXISTS (SELECT 1 + 1 FROM a)", "expr.exists", 1),
        ("EXISTS (SELECT 1 FROM (SELECT 1 FROM a))", "expr.exists", 1),
        ("EXISTS (SELECT 1 FROM f(x))", "expr.not_understood", 17),
        ("EXISTS (SELECT 1 WHERE a)", "expr.exists", 1),
        ("NOT " * (MAX_DEPTH + 1) + "a", "expr.deep", 1),
        ("NOT " * 700 + "a", "expr.deep", 1),
        ("+".join(["a"] * (MAX_DEPTH + 2)), "expr.deep", 1),
    ],
)
def test_what_is_no_expression__error(text: str, code: str, column: int) -> None:
    with pytest.raises(Refusal) as caught:
        grow(lex(text))
    fault = caught.value.fault
    assert (fault.message.code, fault.line) == (code, 1)
    assert fault.column == column or code == "expr.not_understood"


def test_place__ok() -> None:
    tree = grow(lex("1 +\n beds"))
    assert isinstance(tree, Branch)
    assert place(tree).text == "1"
    assert place(tree.parts[1]).line == 2
