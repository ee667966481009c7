from __future__ import annotations

import pytest

from desktop.rules.audit import compile_rules
from desktop.rules.audit import rules_of
from tests.small import RULES
from tests.small import pack_data
from tests.small import pack_of
from tests.small import small_pack


def test_rules_of__implied_first() -> None:
    pack = small_pack()
    rules = [rule.id for rule in rules_of(pack)["eci"]]
    assert rules[0] == "eci.name.required"
    assert rules[-2:] == ["eci.nursing_within_total", "eci.price_jump"]


def test_compile__marks_the_fields_a_check_names() -> None:
    audit = compile_rules(small_pack()).of("eci")
    by_id = {rule.rule.id: rule for rule in audit.rules}
    assert by_id["eci.nursing_within_total"].fields == ("beds_nursing", "beds_total")
    assert by_id["eci.price_jump"].fields == ("price",)
    assert not audit.broken


def test_compile__unknown_form() -> None:
    with pytest.raises(KeyError):
        compile_rules(small_pack()).of("cef")


@pytest.mark.parametrize(
    "change",
    [
        {"check": "beds_nursing <= bed_total"},
        {"when": "status = 1"},
        {"says": "护理型床位数（{beds_nursin}）"},
    ],
    ids=["check", "when", "says"],
)
def test_compile__a_faulty_rule_is_broken_and_the_rest_run(
    change: dict[str, str],
) -> None:
    rules = [{**RULES[0], **change}, *RULES[1:]]
    audit = compile_rules(pack_of({**pack_data(), "rules": rules})).of("eci")
    assert [broken.rule.id for broken in audit.broken] == ["eci.nursing_within_total"]
    assert audit.rules[-1].rule.id == "eci.price_jump"


def test_apart__what_looks_at_other_records_is_far() -> None:
    unique = {**RULES[0], "id": "eci.unique", "check": "IS_UNIQUE(name, code)"}
    unique["says"] = "{name}"
    audit = compile_rules(pack_of({**pack_data(), "rules": [*RULES, unique]}))
    eci, area = audit.of("eci"), audit.of("area")
    assert [rule.rule.id for rule in eci.far.rules] == ["eci.unique"]
    assert "area.beds_within_elders" in {rule.rule.id for rule in area.far.rules}
    assert {*eci.near.rules, *eci.far.rules} == set(eci.rules)
    assert ":first" in eci.near.failing
    assert [eci.places[rule.rule.id] for rule in eci.rules] == list(
        range(len(eci.rules))
    )


def test_turned__forms_whose_rules_read_what_changed() -> None:
    unique = {**RULES[0], "id": "eci.unique", "check": "IS_UNIQUE(name, code)"}
    unique["says"] = "{name}"
    unit = {**RULES[0], "id": "eci.unit", "check": "beds_total <= unit.pop_60plus"}
    unit["says"] = "{beds_total}"
    rules = [*RULES, unique, unit]
    audit = compile_rules(pack_of({**pack_data(), "rules": rules}))
    assert list(audit.turned("eci", ["beds_nursing"])) == []
    assert list(audit.turned("eci", ["beds_total"])) == ["area"]
    assert list(audit.turned("eci", ["code"])) == ["eci"]
    assert list(audit.turned("area", ["pop_60plus"])) == ["eci"]
    assert set(audit.turned("eci", None)) == {"eci", "area"}
