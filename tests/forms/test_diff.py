from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.forms.diff import Part
from desktop.forms.diff import Sort
from desktop.forms.diff import diff
from desktop.forms.diff import in_words
from desktop.forms.diff import target_text
from tests.forms.test_carrying import field
from tests.forms.test_carrying import system
from tests.small import choosing_pack
from tests.small import small_pack

if TYPE_CHECKING:
    from desktop.forms.model import Pack

Told = set[tuple[str, str, str, str, str, str]]


def told(old: Pack, new: Pack) -> Told:
    return {
        (each.sort.value, each.part.value, each.id, each.what, each.old, each.new)
        for each in diff(old, new).differences
    }


def test_diff__nothing() -> None:
    found = diff(small_pack(), small_pack())

    assert found.differences == ()
    assert found.hindrances == ()


def test_diff__fields_and_choices() -> None:
    old = system(
        field("a", "integer", minimum=0),
        field("b", "text"),
        field("c", "choice", choices=["甲", "乙", "丙"]),
        field("gone", "text"),
    )
    new = system(
        field("a", "decimal", digits=2, minimum=1, blank="required"),
        field("b2", "text", formerly="b", aliases=["别名"]),
        field("c", "choice", choices=["一", "乙", "丁"], value_aliases={"甲": "一"}),
        field("more", "yes_no"),
    )

    assert told(old, new) == {
        ("changed", "field", "home.a", "kind", "integer", "decimal"),
        ("changed", "field", "home.a", "digits", "", "2"),
        ("changed", "field", "home.a", "minimum", "0", "1"),
        ("changed", "field", "home.a", "blank", "optional", "required"),
        ("renamed", "field", "home.b2", "id", "b", "b2"),
        ("changed", "field", "home.b2", "title", "b", "b2"),
        ("changed", "field", "home.b2", "aliases", "", "别名"),
        ("removed", "field", "home.gone", "", "", ""),
        ("added", "field", "home.more", "", "", ""),
        ("renamed", "choice", "home.c", "title", "甲", "一"),
        ("removed", "choice", "home.c", "", "", ""),
        ("added", "choice", "home.c", "", "", ""),
        ("changed", "field", "home.c", "value_aliases", "", "甲: 一"),
    }
    choices = [each for each in diff(old, new).differences if each.part is Part.CHOICE]
    assert {each.title for each in choices} == {"一", "丙", "丁"}


def test_diff__forms_rules_parameters_definitions() -> None:
    old = choosing_pack()
    eci, *others = old.forms
    rule, *rules = old.rules
    definition, *definitions = old.definitions
    parameter, *parameters = old.parameters
    option = definition.options[0]
    new = old.replaced(
        version="2.0.0",
        title="新名称",
        forms=(eci.replaced(title="新表名"), others[0].replaced(id="zone")),
        rules=(rule.replaced(check="beds_total > 0"), *rules[1:]),
        definitions=(
            definition.replaced(
                options=(option.replaced(value="1"), *definition.options[1:])
            ),
            *definitions,
        ),
        parameters=(parameter.replaced(value=Decimal("2.50")), *parameters),
    )

    found = told(old, new)

    assert found >= {
        ("changed", "pack", old.id, "title", old.title, "新名称"),
        ("changed", "form", "eci", "title", eci.title, "新表名"),
        ("removed", "form", others[0].id, "", "", ""),
        ("added", "form", "zone", "", "", ""),
        ("changed", "rule", rule.id, "check", rule.check, "beds_total > 0"),
        ("removed", "rule", rules[0].id, "", "", ""),
        (
            "changed",
            "option",
            f"{definition.id}.{option.id}",
            "value",
            option.value,
            "1",
        ),
    }
    assert any(each[:2] == ("changed", "parameter") for each in found)
    assert diff(old, new).of(Sort.RENAMED) == ()
    fewer = old.replaced(definitions=())
    assert ("removed", "definition", definition.id, "", "", "") in told(old, fewer)
    assert ("added", "definition", definition.id, "", "", "") in told(fewer, old)


def test_diff__indicators_and_targets() -> None:
    old = small_pack()
    first = next(each for each in old.indicators if each.targets)
    target = first.targets[0]
    other = target.replaced(value=Decimal(99))
    later = target.replaced(year=2030)
    base = old.replaced(indicators=(first.replaced(targets=(target,)),))
    new = old.replaced(
        indicators=(first.replaced(title="改了名", targets=(other, later)),)
    )
    none = old.replaced(indicators=(first.replaced(targets=()),))

    assert told(base, new) == {
        ("renamed", "indicator", first.id, "title", first.title, "改了名"),
        (
            "changed",
            "target",
            first.id,
            "target",
            target_text(target),
            target_text(other),
        ),
        ("added", "target", first.id, "target", "", target_text(later)),
    }
    gone = ("removed", "target", first.id, "target", target_text(target), "")
    assert told(base, none) == {gone}
    assert ("added", "indicator", first.id, "", "", "") in told(
        old.replaced(indicators=()), base
    )


def test_target_text__all_of_it() -> None:
    first = next(each for each in small_pack().indicators if each.targets)
    target = first.targets[0].replaced(
        qualifier="力争",
        upper=Decimal(5),
        text="全覆盖",
        binding=True,
        since=2024,
        until=2025,
    )

    said = target_text(target)

    assert all(
        word in said
        for word in ("力争", "~ 5", "全覆盖", "约束性", "since 2024", "until 2025")
    )
    bare = target.replaced(
        operator=None, value=None, upper=None, year=None, binding=False
    )
    assert "预期性" in target_text(bare)


def test_in_words__every_sort_of_value() -> None:
    pack = small_pack()

    assert in_words(value=None) == ""
    assert in_words(value=True) == "true"
    assert in_words(value=False) == "false"
    assert in_words(pack.period_kind) == pack.period_kind.value
    assert in_words(Decimal("1.50")) == "1.5"
    assert in_words(("甲", "乙")) == "甲、乙"
    assert in_words({"a": 1}) == "a: 1"
    assert in_words("一\n二") == "一 二"
    assert "title: " in in_words(pack.plan)
