from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.messages.expr import MESSAGES
from desktop.expr.parse import Expression
from desktop.expr.parse import Fault
from desktop.expr.parse import RecordContext
from desktop.expr.parse import UnitContext
from desktop.expr.parse import parse
from desktop.expr.schema import ValueType
from desktop.expr.statement import NamedExpression
from desktop.expr.statement import record_statement
from desktop.expr.statement import unit_statement
from desktop.expr.words import say
from tests.expr.sample import SCHEMA
from tests.expr.sample import read

HOSTILE = [
    "9**9**9",
    "9" * 4000,
    "1e999999",
    "PRAGMA writable_schema = 1",
    "ATTACH 'x' AS y",
    "load_extension('x')",
    "beds; DROP TABLE eci",
    "beds /* */ > 1",
    "beds > 1 --",
    "(SELECT sql FROM sqlite_master)",
    "EXISTS (SELECT 1 FROM _log)",
    "EXISTS (SELECT 1 FROM cef UNION SELECT 1 FROM eci)",
    "EXISTS (SELECT 1 FROM cef JOIN eci)",
    "EXISTS (SELECT 1 FROM cef ORDER BY 1)",
    "_id = 1",
    "eci._id = 1",
    '"_id" = 1',
    "[beds] = 1",
    "'a' 'b' = 'c'",
    "x'00' = type",
    "type LIKE 'x%'",
    "type || 'x' = 'y'",
    "CAST(beds AS TEXT) = 'x'",
    "beds::text = 'x'",
    "beds COLLATE NOCASE = 1",
    ":period = '2025'",
    "? = 1",
    "$root",
    "beds & 1 = 1",
    "beds % 2 = 1",
    "SUM(eci.beds) OVER ()",
    "COUNT(DISTINCT eci.type)",
    "beds = ALL (SELECT 1)",
    "{beds}",
    "__import__('os')",
    "\\",
    "\ud800",
    "(" * 2000,
    ")" * 2000,
    "-" * 3999,
    "CASE WHEN " * 300,
    "NOT " * 900 + "licensed",
    "SUM(" * 15 + "eci.beds" + ")" * 15,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_refused__error(text: str) -> None:
    for context in (RecordContext("eci"), UnitContext()):
        found = parse(text, SCHEMA, context)
        assert isinstance(found, Fault)
        assert found.message.code in MESSAGES


WORDS = [
    "beds",
    "nursing",
    "price",
    "type",
    "licensed",
    "services",
    "opened",
    "code",
    "prev.beds",
    "unit.pop",
    "param.ceiling",
    "eci.beds",
    "eci.type",
    "cef.beds",
    "cef.type",
    "hos.id",
    "hos_id",
    "area.pop",
    "child.pop",
    "eci",
    "cef",
    "child",
    "_id",
    "1",
    "0.5",
    "'x'",
    "'2020-01-01'",
    "''",
    "TRUE",
    "NULL",
    "+",
    "-",
    "*",
    "/",
    "(",
    ")",
    "(",
    ")",
    ",",
    "=",
    "<>",
    "<",
    "<=",
    "AND",
    "OR",
    "NOT",
    "IN",
    "IS",
    "BETWEEN",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
    "EXISTS",
    "SELECT",
    "FROM",
    "WHERE",
    "FILTER",
    "SUM(",
    "COUNT(",
    "MAX(",
    "AVG(",
    "PREV(",
    "IMPLIES(",
    "HAS(",
    "ANSWERED(",
    "IS_UNIQUE(",
    "ROUND(",
    "COALESCE(",
    ";",
    "--",
]
CONTEXTS = st.sampled_from([RecordContext("eci"), RecordContext("area"), UnitContext()])


@given(st.lists(st.sampled_from(WORDS), max_size=14), CONTEXTS)
def test_any_words_give_an_expression_or_a_fault__ok(
    words: list[str], context: RecordContext | UnitContext
) -> None:
    check(" ".join(words), context)


@given(st.text(max_size=60), CONTEXTS)
def test_any_text_gives_an_expression_or_a_fault__ok(
    text: str, context: RecordContext | UnitContext
) -> None:
    check(text, context)


def check(text: str, context: RecordContext | UnitContext) -> None:
    found = parse(text, SCHEMA, context)
    if isinstance(found, Fault):
        assert found.message.code in MESSAGES
        assert 1 <= found.line <= text.count("\n") + 1
        assert 1 <= found.column <= max(1, len(text))
        return
    assert say(found, SCHEMA)
    column = [NamedExpression("x", found)]
    if isinstance(context, RecordContext):
        assert record_statement(context.form, column, SCHEMA)
    else:
        assert unit_statement(column, SCHEMA)


LEAVES = st.sampled_from(
    ["beds", "nursing", "prev.beds", "unit.pop", "3", "0.25", "price"]
)
NUMBERS = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner)
        | st.builds("ABS({})".format, inner)
        | st.builds("-{}".format, inner)
        | st.builds("COALESCE({}, {})".format, inner, inner)
    ),
    max_leaves=8,
)


@given(NUMBERS, NUMBERS, st.sampled_from(["=", "<=", ">", "<>"]))
def test_every_sum_is_an_expression__ok(left: str, right: str, relation: str) -> None:
    # Two minus signs without a space would begin a comment.
    text = re.sub("-(?=-)", "- ", f"{left} {relation} {right}")
    found = parse(text, SCHEMA, RecordContext("eci"), expect=ValueType.BOOLEAN)
    assert isinstance(found, Expression), found


def test_expect__ok() -> None:
    found = parse("beds", SCHEMA, RecordContext("eci"), expect=ValueType.BOOLEAN)
    assert isinstance(found, Fault)
    assert found.message.code == "expr.wanted_boolean"
    day = parse("'2020-01-01'", SCHEMA, RecordContext("eci"), expect=ValueType.DATE)
    assert isinstance(day, Expression)
    assert day.type is ValueType.DATE


def test_mentions__ok() -> None:
    text = (
        "nursing <= beds * param.ceiling AND beds > prev.beds AND unit.pop > 1 "
        "AND SUM(cef.beds) > 1 AND EXISTS (SELECT 1 FROM hos WHERE hos.id = hos_id)"
    )
    found = read(text).mentions
    assert found.own == ("nursing", "beds", "hos_id")
    assert found.prev == ("beds",)
    assert found.unit == (("area", "pop"),)
    assert found.sources == ("cef", "hos", "area")
    assert found.constants == ("ceiling",)
    assert [fold.source for fold in found.aggregates] == ["cef"]


@pytest.mark.parametrize(
    "text", ["beds + nursing", "ANSWERED(beds)", "beds * param.ceiling", "ABS(beds)"]
)
def test_own_only__ok(text: str) -> None:
    found = parse(text, SCHEMA, RecordContext("eci"), own_only=True)
    assert isinstance(found, Expression)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("prev.beds", "eci"),
        ("unit.pop", "eci"),
        ("SUM(cef.beds)", "eci"),
        ("EXISTS (SELECT 1 FROM cef)", "eci"),
        ("IS_UNIQUE(code)", "eci"),
        ("level = 'x'", "area"),
    ],
)
def test_own_only__error(text: str, form: str) -> None:
    found = parse(text, SCHEMA, RecordContext(form), own_only=True)
    assert isinstance(found, Fault)
    assert found.message.code == "expr.own_only"
