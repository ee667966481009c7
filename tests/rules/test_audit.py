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
    rules = [rule.id for rule in rules_of(pack.form_by_id["eci"], pack)]
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
