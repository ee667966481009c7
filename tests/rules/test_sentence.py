from __future__ import annotations

from desktop.expr.parse import Fault
from desktop.expr.statement import Dialect
from desktop.forms.schema import schema_of
from desktop.rules.sentence import Sentence
from desktop.rules.sentence import compile_sentence
from tests.small import AREA
from tests.small import ECI
from tests.small import pack_data
from tests.small import pack_of
from tests.small import small_pack


def sentence(says: str) -> Sentence | Fault:
    pack = small_pack()
    rule = pack.rule_by_id["eci.price_jump"].replaced(says=says)
    return compile_sentence(rule, schema_of(pack), Dialect.SQLITE)


def test_sentence__without_values() -> None:
    ready = sentence("请说明")
    assert isinstance(ready, Sentence)
    assert ready.statement is None
    assert ready.fill(()) == "请说明"


def test_sentence__with_values() -> None:
    ready = sentence("{name}由 {prev.price} 变为 {price}，床位 {beds_total}")
    assert isinstance(ready, Sentence)
    row = ("幸福院", None, 1200.5, 30)
    assert ready.fill(row) == "幸福院由 空 变为 1200.5，床位 30"


def test_sentence__trailing_zeros_go() -> None:
    ready = sentence("{price}；{beds_total * 2}")
    assert isinstance(ready, Sentence)
    assert ready.fill((1200.0, 60.0)) == "1200；60"


def test_sentence__format_tricks_are_faults() -> None:
    assert isinstance(sentence("{price.__class__}"), Fault)
    assert isinstance(sentence("{price!r:>1000000}"), Fault)


def test_sentence__yes_and_no() -> None:
    ready = sentence("{beds_total > 10}、{price > 3}、{price > 4}")
    assert isinstance(ready, Sentence)
    assert ready.fill((1, 0, None)) == "是、否、空"


def test_sentence__a_day_and_several_choices() -> None:
    listed = {"kind": "choices", "title": "服务", "choices": ["全托", "日托"]}
    fields = [{"id": "since", "kind": "date", "title": "开业日期"}]
    group = {"title": "服务", "fields": [*fields, {"id": "modes", **listed}]}
    form = {**ECI, "groups": [*ECI["groups"], group]}
    pack = pack_of({**pack_data(), "forms": [form, AREA]})
    rule = pack.rule_by_id["eci.price_jump"]
    rule = rule.replaced(says="{since}起，{modes}")
    ready = compile_sentence(rule, schema_of(pack), Dialect.SQLITE)
    assert isinstance(ready, Sentence)
    assert (
        ready.fill(("2025-09-01", '["全托", "日托"]')) == "2025年9月1日起，全托、日托"
    )
    assert ready.fill((None, "[]")) == "空起，空"
