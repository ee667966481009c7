from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.expr.definitions import MAX_EXPANDED
from desktop.expr.definitions import MAX_NESTED
from desktop.expr.nodes import Case
from desktop.expr.parse import Fault
from desktop.expr.parse import RecordContext
from desktop.expr.parse import parse
from desktop.expr.schema import Definition
from desktop.expr.schema import Schema
from desktop.expr.schema import ValueType
from desktop.expr.statement import NamedExpression
from desktop.expr.statement import record_statement
from desktop.expr.statement import unit_statement
from desktop.expr.words import say
from tests.expr.sample import ECI
from tests.expr.sample import SCHEMA
from tests.expr.sample import fault
from tests.expr.sample import read


def schema(**texts: str) -> Schema:
    """Give the sample's schema with definitions; titles are the ids in capitals."""
    return replace(
        SCHEMA,
        definitions=tuple(
            Definition(name, name.upper(), f"按{name}", text)
            for name, text in texts.items()
        ),
    )


BEDS = schema(
    beds="SUM(eci.beds) + SUM(cef.beds)",
    half="0.5",
    open="eci.status = '运营'",
    both="definition.beds * definition.half",
)


@pytest.mark.parametrize(
    ("text", "form", "plain"),
    [
        ("definition.beds / 2", None, "(SUM(eci.beds) + SUM(cef.beds)) / 2"),
        ("2 * definition.both", None, "2 * ((SUM(eci.beds) + SUM(cef.beds)) * 0.5)"),
        ("PREV(definition.beds)", None, "PREV(SUM(eci.beds) + SUM(cef.beds))"),
        ("SUM(eci.beds * definition.half)", None, "SUM(eci.beds * 0.5)"),
        ("SUM(definition.half * eci.beds)", None, "SUM(0.5 * eci.beds)"),
        ("beds <= definition.half * 3", "eci", "beds <= 0.5 * 3"),
        ("definition.half = price", "eci", "0.5 = price"),
        (
            "SUM(eci.beds) FILTER (WHERE definition.open)",
            None,
            "SUM(eci.beds) FILTER (WHERE eci.status = '运营')",
        ),
        (
            "EXISTS (SELECT 1 FROM hos WHERE hos.doctors > definition.half)",
            None,
            "EXISTS (SELECT 1 FROM hos WHERE hos.doctors > 0.5)",
        ),
    ],
)
def test_stands_for_its_option__ok(text: str, form: str | None, plain: str) -> None:
    """The SQL is that of the option written out in parentheses."""
    mine, other = read(text, form, BEDS), read(plain, form, BEDS)
    assert (mine.type, mine.digits) == (other.type, other.digits)
    if form:
        written = [
            record_statement(form, [NamedExpression("x", each)], BEDS)
            for each in (mine, other)
        ]
    else:
        written = [
            unit_statement([NamedExpression("x", each)], BEDS) for each in (mine, other)
        ]
    assert written[0] == written[1]


def test_mentions_what_it_stands_for__ok() -> None:
    found = read("definition.both + SUM(eci.beds)", None, BEDS).mentions
    assert found.definitions == ("both", "beds", "half")
    assert found.sources == ("eci", "cef")
    assert SCHEMA.definition_by_id == {}


def test_said_by_title_and_option__ok() -> None:
    found = read("SUM(eci.nursing) / definition.beds", None, BEDS)
    assert say(found, BEDS) == "养老机构护理型床位数 ÷ BEDS（口径：按beds）"


@pytest.mark.parametrize(
    ("text", "form", "code", "params"),
    [
        ("definition.bed", None, "unknown_definition_nearest", {"nearest": "beds"}),
        ("definition.zzz", None, "unknown_definition", {"name": "zzz"}),
        ("defnition.beds", "eci", "unknown_form_nearest", {"nearest": "definition"}),
        (
            "definition.open",
            None,
            "defined_wrong",
            {"name": "OPEN", "option": "按open"},
        ),
        ("SUM(eci.beds * definition.beds)", None, "defined_wrong", {"name": "BEDS"}),
        ("definition.half AND TRUE", None, "wanted_boolean", {}),
        ("IS_UNIQUE(definition.half)", "eci", "field_wanted", {}),
    ],
)
def test_names__error(
    text: str, form: str | None, code: str, params: dict[str, str]
) -> None:
    found = fault(text, form, BEDS).message
    assert found.code == f"expr.{code}"
    assert params.items() <= dict(found.params).items()


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        ({"a": "1 + definition.a"}, "a"),
        ({"a": "definition.b", "b": "definition.c * 2", "c": "definition.a"}, "a"),
        ({"a": "2 * definition.b", "b": "definition.c", "c": "definition.b"}, "b"),
    ],
)
def test_a_circle_is_refused__error(texts: dict[str, str], named: str) -> None:
    found = fault("1 + definition.a", None, schema(**texts))
    assert found.message.code == "expr.defined_circle"
    assert dict(found.message.params) == {"name": named}
    assert (found.line, found.column) == (1, 5)


def test_a_wrong_option_is_told_of_at_the_name__error() -> None:
    wrong = schema(a="SUM(eci.bedz)", b="1 +", c="definition.zzz")
    for name in "abc":
        found = fault(f"1 + definition.{name}", None, wrong)
        assert found.message.code == "expr.defined_wrong"
        assert dict(found.message.params)["name"] == name.upper()
        assert found.column == 5


def test_doubling_definitions_end__error() -> None:
    names = [f"d{level}" for level in range(40)]
    doubling = {
        name: f"definition.{below} + definition.{below}"
        for name, below in zip(names, [*names[1:], "last"], strict=True)
    }
    deep = fault("definition.d0", None, schema(**doubling, last="1"))
    assert deep.message.code == "expr.deep"
    wide = {"a": "1" + " + definition.b" * 200, "b": "1" + " + 1" * 200}
    found = fault("definition.a", None, schema(**wide))
    assert found.message.code == "expr.long"
    assert dict(found.message.params) == {"limit": MAX_EXPANDED}
    chain = {f"c{n}": f"definition.c{n + 1}" for n in range(MAX_NESTED)}
    read("definition.c0", None, schema(**chain, **{f"c{MAX_NESTED}": "1"}))


def test_a_record_cannot_rest_on_a_choice__error() -> None:
    """Computed fields are columns of the file, which a ledger's choice cannot move."""
    found = parse("beds * definition.half", BEDS, RecordContext("eci"), own_only=True)
    assert isinstance(found, Fault)
    assert found.message.code == "expr.own_only"
    counted = replace(ECI, counted_when="beds > definition.half")
    other = replace(BEDS, sources=(counted,))
    assert fault("COUNT(eci)", None, other).message.code == "expr.counted_when"


def test_a_date_option_is_no_date__error() -> None:
    found = fault("opened > definition.day", "eci", schema(day="'2020-01-01'"))
    assert found.message.code == "expr.wanted_date"
    assert read("definition.day = type", "eci", schema(day="'x'")).type is (
        ValueType.BOOLEAN
    )


@pytest.mark.parametrize(
    ("chosen", "plain"),
    [
        ("'all'", "SUM(eci.beds) + SUM(cef.beds)"),
        ("'some'", "SUM(eci.beds)"),
        ("'other'", "COUNT(eci)"),
    ],
)
def test_two_terms_follow_one_choice__ok(chosen: str, plain: str) -> None:
    """Only what is chosen is read, so the rest may name what the pack does not have."""
    text = (
        "1 + CASE WHEN definition.scope = 'all' THEN SUM(eci.beds) + SUM(cef.beds) "
        "WHEN definition.scope = 'some' THEN SUM(eci.beds) ELSE COUNT(eci) END"
    )
    if chosen == "'some'":
        text = text.replace("ELSE COUNT(eci)", "ELSE SUM(nowhere.beds)")
    scoped = schema(scope=chosen)
    found, other = read(text, None, scoped), read(f"1 + ({plain})", None, scoped)
    assert found.mentions.aggregates == other.mentions.aggregates
    assert found.mentions.definitions == ("scope",)
    assert say(found, scoped) == say(other, scoped)
    assert unit_statement([NamedExpression("x", found)], scoped) == unit_statement(
        [NamedExpression("x", other)], scoped
    )


@pytest.mark.parametrize(
    "text",
    [
        "CASE WHEN definition.scope = 'all' THEN SUM(eci.beds) END",
        "CASE WHEN definition.scope <> 'all' THEN SUM(eci.beds) ELSE 1 END",
        "CASE WHEN 'all' = definition.scope THEN SUM(eci.beds) ELSE 1 END",
        "CASE WHEN COUNT(eci) = 1 THEN SUM(eci.beds) ELSE 1 END",
        "CASE WHEN definition.scope = 'all' AND 1 = 1 THEN SUM(eci.beds) ELSE 1 END",
        "CASE WHEN unit.pop = 1 THEN SUM(eci.beds) ELSE 1 END",
        "CASE WHEN definition.half = 1 THEN SUM(eci.beds) ELSE 1 END",
        (
            "CASE WHEN definition.scope = 'all' THEN SUM(eci.beds) "
            "WHEN definition.other = 'x' THEN 2 ELSE 1 END"
        ),
    ],
)
def test_other_cases_are_ordinary__ok(text: str) -> None:
    found = read(text, None, schema(scope="'all'", other="'x'", half="0.5"))
    assert isinstance(found.node, Case)


def test_no_text_chosen_is_an_ordinary_case__error() -> None:
    text = "CASE WHEN definition.half = 'x' THEN 1 ELSE 2 END"
    assert fault(text, None, BEDS).message.code == "expr.types_differ"


def test_a_text_that_is_no_option__error() -> None:
    scope = Definition("scope", "范围", "全部", "'all'", ("'all'", "'it''s'"))
    scoped = replace(SCHEMA, definitions=(scope,))
    case = "CASE WHEN definition.scope = '{}' THEN 1 ELSE 2 END"
    read(case.format("it''s"), None, scoped)
    found = fault(case.format("al"), None, scoped)
    assert found.message.code == "expr.defined_never"
    assert dict(found.message.params)["texts"] == "'all'、'it''s'"
    # An option that reads a form the pack does not have is left out of the pack.
    absent = "CASE WHEN definition.scope = 'more' THEN SUM(nowhere.beds) ELSE 2 END"
    read(absent, None, scoped)
