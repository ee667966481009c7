from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from desktop.forms.answer_rows import AnswerRow
from desktop.forms.answer_rows import answer_rows
from tests.small import AREA
from tests.small import pack_data
from tests.small import pack_of

if TYPE_CHECKING:
    from desktop.forms.model import Pack

ADM: dict[str, Any] = {
    "kind": "roster",
    "id": "adm",
    "title": "部门数据表",
    "domain": "projects",
    "record": "一个指标",
    "name": "about",
    "answers": {
        "key": "about",
        "number": {"numerator": "SUM(adm.value)", "preset": {"way": "数"}},
        "ratio": {"numerator": "SUM(adm.value)", "preset": {"way": "比"}},
        "words": {"judgement": "stands", "preset": {"way": "定性"}},
        "tells": {"measure": "measure", "above": "over_100"},
        "rows": True,
    },
    "groups": [
        {
            "title": "数据",
            "fields": [
                {
                    "id": "about",
                    "kind": "choice",
                    "title": "指标",
                    "choices": ["参保人数", "参保率", "应保尽保"],
                },
                {"id": "way", "kind": "text", "title": "方式"},
                {"id": "measure", "kind": "text", "title": "单位", "default": "人"},
                {"id": "above", "kind": "yes_no", "title": "可超过"},
                {"id": "value", "kind": "integer", "title": "数"},
                {"id": "stands", "kind": "choice", "title": "情况", "choices": ["是"]},
                {"id": "law", "kind": "text", "title": "依据"},
            ],
        }
    ],
}
INDICATOR: dict[str, Any] = {
    "domain": "social_assistance",
    "ours": "演示",
    "numerator": {"title": "参保人数", "value": "SUM(adm.value)"},
}
INDICATORS: list[dict[str, Any]] = [
    {
        **INDICATOR,
        "id": "insured",
        "title": "参保人数",
        "kind": "count",
        "measure": "万人",
        "over_100": False,
        "answered_by": "adm",
    },
    {
        **INDICATOR,
        "id": "share",
        "title": "参保率",
        "kind": "ratio",
        "measure": "%",
        "over_100": True,
        "denominator": {"title": "人数", "value": "SUM(adm.value)"},
        "answered_by": "adm",
    },
    {
        **INDICATOR,
        "id": "promise",
        "title": "应保尽保",
        "kind": "count",
        "qualitative": True,
        "numerator": {"title": "应保尽保"},
        "judged_by": "adm",
    },
    {**INDICATOR, "id": "other", "title": "另外", "kind": "count"},
]


def adm_pack(**answers: Any) -> Pack:  # noqa: ANN401 - it is JSON
    """Give a pack with a form that departments answer indicators in."""
    form = {**ADM, "answers": {**ADM["answers"], **answers}}
    data = {**pack_data(), "forms": [form, AREA], "rules": [], "parameters": []}
    return pack_of({**data, "indicators": INDICATORS})


def rows(pack: Pack) -> list[AnswerRow]:
    return [row for form in pack.forms for row in answer_rows(pack, form)]


def test_answer_rows__ok() -> None:
    assert [(row.indicator, row.title) for row in rows(adm_pack())] == [
        ("insured", "参保人数"),
        ("share", "参保率"),
        ("promise", "应保尽保"),
    ]
    assert [dict(row.cells) for row in rows(adm_pack())] == [
        {"about": "参保人数", "way": "数", "measure": "万人", "above": False},
        {"about": "参保率", "way": "比", "measure": "%", "above": True},
        {"about": "应保尽保", "way": "定性", "measure": "人", "above": True},
    ]


def test_answer_rows__not_asked_for() -> None:
    assert rows(adm_pack(rows=False)) == []
    assert "way" not in dict(rows(adm_pack(ratio=None))[1].cells)
