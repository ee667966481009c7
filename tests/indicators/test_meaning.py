from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest

from desktop.indicators.meaning import Difference
from desktop.indicators.meaning import definitions_named
from desktop.indicators.meaning import differences
from tests.small import INDICATORS
from tests.small import pack_data
from tests.small import pack_of

if TYPE_CHECKING:
    from desktop.forms.indicator import Indicator
    from desktop.forms.model import Pack

SHARE = INDICATORS[0]
TARGET = SHARE["targets"][0]
BELOW = SHARE["denominator"]


def meant(
    over: dict[str, Any], default: str = "all", indicator: dict[str, Any] = SHARE
) -> tuple[Pack, Indicator]:
    data = pack_data()
    options = [
        {"id": name, "title": name, "value": "SUM(eci.beds_total)", "ours": "演示"}
        for name in ("all", "homes")
    ]
    data["definitions"] = [
        {"id": "base", "title": "床位", "options": options, "default": default}
    ]
    data["indicators"] = [{**indicator, **over}]
    pack = pack_of(data)
    return pack, pack.indicators[0]


@pytest.mark.parametrize(
    ("over", "found"),
    [
        ({"title": "护理床位比例", "digits": 0}, ()),
        ({"denominator": {**BELOW, "value": "SUM( eci.beds_total )"}}, ()),
        ({"numerator": {**BELOW, "value": "COUNT(eci)"}}, (Difference.NUMERATOR,)),
        (
            {"denominator": {**BELOW, "value": "SUM(area.pop_60plus)"}},
            (Difference.DENOMINATOR,),
        ),
        ({"denominator": None}, (Difference.DENOMINATOR,)),
        ({"multiplier": 1000}, (Difference.MULTIPLIER,)),
        ({"aggregation": "flow_annual"}, (Difference.AGGREGATION,)),
        ({"targets": [{**TARGET, "value": 60}]}, (Difference.TARGET,)),
        ({"targets": [{**TARGET, "operator": ">"}]}, (Difference.OPERATOR,)),
        ({"targets": [{**TARGET, "year": 2030}]}, (Difference.YEAR,)),
        ({"targets": [{**TARGET, "binding": True}]}, ()),
        ({"targets": []}, (Difference.TARGET,)),
    ],
)
def test_differences(over: dict[str, Any], found: tuple[Difference, ...]) -> None:
    assert differences([meant({}), meant(over)], 2025) == found


def test_differences__binding_for_one_and_not_for_the_other() -> None:
    strict = meant({"targets": [{**TARGET, "binding": True}]})
    soft = meant({"targets": [{**TARGET, "binding": False}]})
    assert differences([strict, soft], 2025) == (Difference.BINDING,)


def test_differences__only_those_of_the_formula_make_it_another_figure() -> None:
    assert {each for each in Difference if each.of_meaning} == {
        Difference.NUMERATOR,
        Difference.DENOMINATOR,
        Difference.MULTIPLIER,
        Difference.AGGREGATION,
    }


def test_differences__another_option_of_a_definition_is_another_figure() -> None:
    named = {"denominator": {**BELOW, "value": "definition.base"}}
    every, homes = meant(named), meant(named, "homes")
    assert definitions_named(every[1]) == {"base"}
    assert differences([every, every], 2025) == ()
    assert differences([every, homes], 2025) == (Difference.DENOMINATOR,)
    assert differences([meant({}), meant({}, "homes")], 2025) == ()


def test_differences__what_departments_answer_is_told_by_its_form_not_its_title() -> (
    None
):
    def answered(title: str) -> dict[str, Any]:
        value = f"SUM(eci.beds_total) FILTER (WHERE eci.name = '{title}')"
        return {"title": title, "numerator": {**BELOW, "value": value}}

    assert differences([meant(answered("甲")), meant(answered("乙"))], 2025) == ()


def test_differences__a_commitment_in_words_is_what_its_words_say() -> None:
    words = [
        meant({"numerator": {"title": title}, "denominator": None, "targets": []})
        for title in ("应保尽保", "应保尽保", "愿改尽改")
    ]
    assert differences(words[:2], 2025) == ()
    assert differences(words, 2025) == (Difference.NUMERATOR,)
