from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.expr.parse import Expression
from desktop.expr.parse import UnitContext
from desktop.expr.parse import parse
from desktop.expr.words import say
from desktop.forms.load import pack_from_json
from desktop.forms.needed import needed_fields
from desktop.forms.schema import schema_of
from desktop.forms.settle import adjustable
from desktop.forms.settle import choosable
from desktop.forms.settle import in_force
from desktop.forms.settle import number_text
from desktop.forms.settle import refusal
from desktop.forms.settle import settle
from desktop.forms.settle import value_of
from desktop.forms.written import digest
from desktop.forms.written import pack_to_json
from tests.small import choosing_pack

PACK = choosing_pack()


def test_settle__an_option_and_a_number_are_in_force() -> None:
    choices = {"definition.beds": "closed_too", "param.jump": "1.5"}
    found = settle(PACK, choices)

    assert found.definition_by_id["beds"].default == "closed_too"
    values = [each.value for each in found.parameters]
    assert values == [Decimal("1.5"), Decimal("0.5"), 2]
    assert [chosen.option.title for chosen in in_force(found)] == ["连同停业的床位"]
    assert found.forms is PACK.forms
    assert needed_fields(found).keys() == needed_fields(PACK).keys()
    assert PACK.definition_by_id["beds"].default == "all"


def test_settle__expressions_follow() -> None:
    for option, title, plain in (
        ("all", "运营中的床位", "SUM(eci.beds_total)"),
        (
            "closed_too",
            "连同停业的床位",
            "SUM(eci.beds_total) FILTER (WHERE eci.status IN ('运营', '停业'))",
        ),
    ):
        schema = schema_of(settle(PACK, {"definition.beds": option}))
        found = parse("definition.beds * param.jump", schema, UnitContext())
        other = parse(plain, schema, UnitContext())
        assert isinstance(found, Expression)
        assert isinstance(other, Expression)
        assert say(found, schema) == f"养老服务床位（口径：{title}） × 涨幅"
        assert found.mentions.aggregates == other.mentions.aggregates


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"definition.beds": "all"},
        {"definition.beds": "gone"},
        {"definition.gone": "all"},
        {"param.jump": "2.0"},
        {"param.jump": "3.1"},
        {"param.jump": "0"},
        {"param.jump": "many"},
        {"param.jump": "1e3"},
        {"param.fixed": "3"},
        {"beds": "closed_too"},
    ],
)
def test_settle__what_does_not_fit_changes_nothing(choices: dict[str, str]) -> None:
    assert settle(PACK, choices) is PACK


CHOICES = st.dictionaries(
    st.sampled_from([*choosable(PACK), "param.fixed", "definition.gone"]),
    st.sampled_from(["all", "closed_too", "0", "0.25", "1", "7", "x", ""]),
)


@given(CHOICES)
def test_settle__twice_is_once_and_is_a_pack(choices: dict[str, str]) -> None:
    once = settle(PACK, choices)

    assert settle(once, choices) == once
    assert pack_from_json(pack_to_json(once)) == once
    assert (digest(once) == digest(PACK)) == (once == PACK)
    for name, value in choices.items():
        if refusal(PACK, name, value) is None:
            found = choosable(once)[name]
            kept = value_of(found)
            assert kept == value or Decimal(kept) == Decimal(value)


@given(CHOICES)
def test_settle__the_last_choice_counts(choices: dict[str, str]) -> None:
    back = {"definition.beds": "all", "param.jump": "2", "param.free": "0.5"}
    assert settle(settle(PACK, choices), back).definitions == PACK.definitions
    assert settle(settle(PACK, choices), back).parameters == PACK.parameters


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("definition.beds", "closed_too", None),
        ("param.jump", "3", None),
        ("param.free", "-7.125", None),
        ("definition.beds", "half", "option"),
        ("definition.bed", "all", "misspelt"),
        ("param.fixed", "1", "fixed"),
        ("fixed", "1", "fixed"),
        ("bed", "all", "misspelt"),
        ("x", "1", "unknown"),
        ("param.jump", "3.5", "high"),
        ("param.jump", "0.9", "low"),
        ("param.jump", "", "number"),
        ("param.jump", "NaN", "number"),
        ("param.jump", "1234567890", "number"),
        ("param.jump", "٣", "number"),
    ],
)
def test_refusal(name: str, value: str, code: str | None) -> None:
    found = refusal(PACK, name, value)
    assert (found.code if found else None) == (f"forms.choice.{code}" if code else None)


def test_choosable__what_is_fixed_is_left_out() -> None:
    assert list(choosable(PACK)) == ["definition.beds", "param.jump", "param.free"]
    assert [each.id for each in adjustable(PACK)] == ["jump", "free"]
    assert [value_of(each) for each in choosable(PACK).values()] == ["all", "2", "0.5"]
    assert number_text(Decimal("1E+3")) == "1000"
    assert number_text(Decimal(1200)) == "1200"


def test_in_force__a_default_that_is_no_option_is_none() -> None:
    wrong = PACK.definitions[0].replaced(default="gone")
    broken = PACK.replaced(definitions=(wrong,))
    assert in_force(broken) == ()
    assert schema_of(broken).definition_by_id["beds"].text == ""
