from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.core.findings import Level
from desktop.expr.parse import Expression
from desktop.expr.parse import RecordContext
from desktop.expr.parse import parse
from desktop.expr.schema import ValueType
from desktop.forms.implied import implied_ids
from desktop.forms.implied import implied_rules
from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.forms.model import Rule
from desktop.forms.schema import schema_of

if TYPE_CHECKING:
    from tests.forms.conftest import Packs

FORM = """\
kind: roster
id: one
title: 一张表
domain: finance
record: 一条
name: title
groups:
  - title: 一组
    fields:
      - {id: title, kind: text, title: 名称, max_length: 30}
      - {id: open, kind: yes_no, title: 是否开放, blank: required}
      - {id: beds, kind: integer, title: 床位, blank: required, visible_when: open}
      - {id: rooms, kind: integer, title: 房间, minimum: 0}
      - {id: price, kind: decimal, digits: 2, title: 价格, blank: expected,
         minimum: 0.50, maximum: 1000, visible_when: open OR beds > 0}
      - {id: mode, kind: choice, title: 方式, choices: [甲, "乙's"]}
      - {id: many, kind: choice, title: 多,
         choices: [a, b, c, d, e, f, g, h, i, j, k, l, m]}
      - {id: modes, kind: choices, title: 多选, choices: [甲, 乙]}
      - {id: since, kind: date, title: 日期}
      - {id: place, kind: unit, title: 地点}
      - {id: credit, kind: credit_code, title: 信用代码}
      - {id: phone, kind: telephone, title: 电话}
      - {id: total, kind: integer, title: 合计, computed: beds + 1, maximum: 9}
      - {id: year, kind: integer, title: 年, binds: period.year, blank: required}
"""


@pytest.fixture
def rules(packs: Packs) -> dict[str, Rule]:
    packs.write("demo/forms/one.yaml", FORM)
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack), pack
    form = pack.form_by_id["one"]
    found = implied_rules(pack)["one"]
    assert implied_ids(form) == tuple(rule.id for rule in found)
    return {rule.id.removeprefix("one."): rule for rule in found}


def test_implied_rules__each_field_brings_its_own(rules: dict[str, Rule]) -> None:
    assert {name: rule.check for name, rule in rules.items()} == {
        "title.length": "LENGTH(title) <= 30",
        "open.required": "ANSWERED(open)",
        "beds.required": "ANSWERED(beds)",
        "rooms.minimum": "rooms >= 0",
        "price.expected": "ANSWERED(price)",
        "price.minimum": "price >= 0.50",
        "price.maximum": "price <= 1000",
        "mode.listed": "mode IN ('甲', '乙''s')",
        "many.listed": "many IN ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', "
        "'k', 'l', 'm')",
        "credit.credit_code": "VALID_CREDIT_CODE(credit)",
        "phone.telephone": "VALID_TELEPHONE(phone)",
    }


def test_implied_rules__only_what_is_shown_and_given_is_judged(
    rules: dict[str, Rule],
) -> None:
    assert rules["open.required"].when is None
    assert rules["beds.required"].when == "open"
    assert rules["mode.listed"].when == "mode IS NOT NULL"
    assert rules["price.minimum"].when == "(open OR beds > 0) AND (price IS NOT NULL)"


def test_implied_rules__levels(rules: dict[str, Rule]) -> None:
    soft = {name for name, rule in rules.items() if rule.level is Level.WARNING}

    assert soft == {"price.expected", "phone.telephone"}


def test_implied_rules__speak_to_the_clerk(rules: dict[str, Rule]) -> None:
    assert rules["beds.required"].says == "请填写“床位”"
    assert rules["rooms.minimum"].says == "“房间”（{rooms}）不能小于 0"
    assert rules["price.minimum"].says == "“价格”（{price}）不能小于 0.50"
    assert rules["many.listed"].says.endswith(
        "可选：a、b、c、d、e、f、g、h、i、j、k、l等"
    )
    assert all(rule.ours and not rule.source for rule in rules.values())
    assert all(rule.fields == (name.split(".")[0],) for name, rule in rules.items())


@pytest.fixture
def needing(packs: Packs) -> Packs:
    """Give a demo pack whose fields say `needed` wherever an indicator may ask."""
    eci = "common/elderly_care/eci.yaml"
    packs.change(eci, "{id: price,", "{id: price, blank: needed,")
    packs.change(
        eci,
        "measure: 张\n        minimum: 0\n      - {id: nursing_share",
        "measure: 张\n        blank: needed\n      - {id: nursing_share",
    )
    return packs


def asked(packs: Packs) -> dict[str, str]:
    """Give what the blanks of the institutions' form are told."""
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack), pack
    rules = implied_rules(pack)["eci"]
    return {r.id: r.says for r in rules if r.id.endswith(".expected")}


def test_implied_rules__needed_where_an_indicator_rests_on_it(needing: Packs) -> None:
    assert asked(needing) == {
        "eci.opened.expected": "“开业日期”尚未填写；如确实无法填写，请说明原因",
        "eci.beds_nursing.expected": (
            "“护理型床位数”尚未填写，计算评价指标“护理型床位占比”要用到；"
            "如确实无法填写，请说明原因"
        ),
    }


def test_implied_rules__needed_counts_the_indicators(needing: Packs) -> None:
    file = "demo/indicators.yaml"
    again = (needing.root / file).read_text(encoding="utf-8")
    second = again.replace("id: nursing_bed_share", "id: second", 1)
    needing.write(file, again + second)

    assert (
        "“护理型床位占比”等 2 项要用到" in asked(needing)["eci.beds_nursing.expected"]
    )


def test_implied_rules__needed_by_no_indicator_is_optional(needing: Packs) -> None:
    (needing.root / "demo/indicators.yaml").unlink()

    assert set(asked(needing)) == {"eci.opened.expected"}


def test_implied_rules__braces_in_words_hold_no_value(packs: Packs) -> None:
    form = FORM.replace("title: 床位", 'title: "床{位}"').replace("甲,", '"{甲}",')
    packs.write("demo/forms/one.yaml", form)
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack), pack
    says = {rule.id: rule.says for rule in implied_rules(pack)["one"]}

    assert says["one.beds.required"] == "请填写“床｛位｝”"
    assert says["one.mode.listed"].endswith("可选：｛甲｝、乙's")


@pytest.mark.unmeasured
@pytest.mark.parametrize("pack_id", ["changning", "liaoning"])
def test_implied_rules__of_our_packs_can_be_read(pack_id: str) -> None:
    root = Path(__file__).parents[2] / "resources" / "packs"
    pack = load_pack(root, pack_id)
    assert isinstance(pack, Pack), pack
    schema = schema_of(pack)
    boolean = ValueType.BOOLEAN

    for form in pack.forms:
        context = RecordContext(form.id)
        rules = implied_rules(pack)[form.id]
        texts = [text for rule in rules for text in (rule.check, rule.when) if text]
        assert texts
        for text in texts:
            read = parse(text, schema, context, expect=boolean)
            assert isinstance(read, Expression), (text, read)
