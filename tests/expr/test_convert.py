from __future__ import annotations

import pytest

from desktop.expr.nodes import Between
from desktop.expr.nodes import Comparison
from desktop.expr.nodes import Text
from tests.expr.sample import fault
from tests.expr.sample import read


@pytest.mark.parametrize(
    "text",
    [
        "nursing <= beds",
        "-beds < 1 + 2 - 3 * 4 / 5",
        "type = 'x' OR type <> 'y' AND NOT licensed",
        "type IN ('x', 'y') AND beds NOT IN (1, 2)",
        "beds BETWEEN 1 AND 2",
        "opened >= '2020-01-01' AND opened IS NOT NULL",
        "licensed = TRUE",
        "licensed IN (TRUE)",
        "services IS NULL",
        "CASE WHEN licensed THEN 'a' ELSE 'b' END = 'a'",
        "CASE WHEN licensed THEN 1 END = 1",
        "PREV(beds + unit.pop) = prev.beds",
        "EXISTS (SELECT 1 FROM cef)",
    ],
)
def test_conditions__ok(text: str) -> None:
    assert read(text).type.value == "boolean"


def test_text_beside_a_date_is_one__ok() -> None:
    node = read("opened = '2020-01-01'").node
    assert isinstance(node, Comparison)
    assert node.right == Text("2020-01-01", date=True)
    node = read("'2020-01-01' BETWEEN prev.opened AND opened").node
    assert isinstance(node, Between)
    assert node.operand == Text("2020-01-01", date=True)


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("beds + type > 3", "expr.wanted_number", 8),
        ("beds AND licensed", "expr.wanted_boolean", 1),
        ("NOT beds", "expr.wanted_boolean", 5),
        ("-type = 1", "expr.wanted_number", 2),
        ("beds = type", "expr.types_differ", 8),
        ("type < 'x'", "expr.wanted_ordered", 1),
        ("licensed > FALSE", "expr.wanted_ordered", 1),
        ("type BETWEEN 'a' AND 'b'", "expr.wanted_ordered", 1),
        ("services = '餐饮'", "expr.wanted_comparable", 1),
        ("opened > '2025-13-01'", "expr.bad_date", 10),
        ("opened > '2025-W01-1'", "expr.bad_date", 10),
        ("opened = code", "expr.wanted_date", 10),
        ("CASE WHEN beds THEN 1 END", "expr.wanted_boolean", 11),
        ("CASE WHEN licensed THEN 1 ELSE 'x' END", "expr.types_differ", 32),
        ("beds IN (1, 'x')", "expr.types_differ", 13),
        ("ABS(beds) FILTER (WHERE licensed)", "expr.not_understood", 1),
        ("beds FILTER (WHERE licensed)", "expr.syntax", 13),
        ("SUM(cef.beds) FILTER (WHERE PREV(TRUE))", "expr.prev_here", 29),
        ("PREV(PREV(beds))", "expr.prev_nested", 6),
        ("PREV(beds, 1)", "expr.arguments", 1),
        ("PREV()", "expr.arguments", 1),
        ("TODAY() > opened", "expr.unknown_function", 1),
    ],
)
def test_conditions__error(text: str, code: str, column: int) -> None:
    found = fault(text)
    assert (found.message.code, found.line, found.column) == (code, 1, column)


def test_place_in_several_lines__error() -> None:
    found = fault("beds > 1\n  AND nursin > 2")
    assert (found.line, found.column) == (2, 7)
