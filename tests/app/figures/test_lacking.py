from __future__ import annotations

from typing import Any

import pytest

from desktop.app.figures.lacking import lacking
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words
from desktop.indicators.compute import compile_indicators
from tests.small import AREA
from tests.small import ECI
from tests.small import INDICATORS
from tests.small import pack_data
from tests.small import pack_of

NO_CHOICE = (
    "The field 运营状态 of the form 养老机构调查表 in this ledger has no choice 停业."
)
SERVICES = {
    "id": "services",
    "kind": "choices",
    "title": "服务",
    "choices": ["全托", "日托"],
}
"""A field both forms have, but for one of its choices."""


def form(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - YAML
    groups = [*ECI["groups"], {"title": "服务", "fields": list(fields.values())}]
    return {**ECI, "groups": groups}


def said(value: str) -> list[str]:
    """Say what a ledger without 街道, day care and people does not have."""
    there = pack_data()
    there["forms"] = [form(services=SERVICES), AREA]
    count = {**INDICATORS[1], "numerator": {"title": "数", "value": value}}
    there["indicators"] = [count]
    here = pack_data()
    here["forms"] = [form(services={**SERVICES, "choices": ["全托"]})]
    groups = [*ECI["groups"]]
    fields = [
        {**each, "choices": ["运营"]} if each["id"] == "status" else each
        for each in groups[0]["fields"]
        if each["id"] != "code"
    ]
    made = form(services={**SERVICES, "choices": ["全托"]})
    made["groups"] = [{**groups[0], "fields": fields}, *made["groups"][1:]]
    made["code"] = None
    here["forms"], here["rules"], here["indicators"] = [made], [], []
    other = pack_of(there)
    [ready] = compile_indicators(other).indicators
    words = Words(CATALOGUE)
    return [words.message(each) for each in lacking(ready, other, pack_of(here))]


@pytest.mark.parametrize(
    ("value", "sentences"),
    [
        ("SUM(eci.beds_total)", []),
        ("COUNT(eci) FILTER (WHERE eci.status = '运营')", []),
        ("COUNT(eci) FILTER (WHERE eci.name = '任何')", []),
        (
            "COUNT(area) + SUM(area.pop_60plus)",
            ["This ledger has no form 统计单元与人口表."],
        ),
        (
            "CASE WHEN EXISTS (SELECT 1 FROM area) THEN 1 ELSE unit.pop_60plus END",
            ["This ledger has no form 统计单元与人口表."],
        ),
        (
            "COUNT(eci) FILTER (WHERE eci.code = 'a')",
            ["The form 养老机构调查表 of this ledger has no field 机构编号."],
        ),
        (
            "COUNT(eci) FILTER (WHERE '停业' = eci.status)",
            [NO_CHOICE],
        ),
        (
            "COUNT(eci) FILTER (WHERE eci.status IN ('停业', '运营'))",
            [NO_CHOICE],
        ),
        (
            "COUNT(eci) FILTER (WHERE HAS(eci.services, '日托'))",
            [
                (
                    "The field 服务 of the form 养老机构调查表 in this ledger has no "
                    "choice 日托."
                )
            ],
        ),
    ],
)
def test_lacking__in_words(value: str, sentences: list[str]) -> None:
    assert said(value) == sentences
