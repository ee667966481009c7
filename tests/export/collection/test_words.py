from __future__ import annotations

import pytest

from desktop.export.collection.words import hint
from desktop.export.collection.words import words_for_none
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.forms.fields import TextField
from tests.kinds import TEXT_KINDS
from tests.kinds import field_of_kind
from tests.kinds import kinds_pack

TAIL = "。确实不适用，填“不适用”；不掌握，填“不详”。"
HINTS = {
    "text": "填文字，不超过 200 个字",
    "integer": "填整数，单位：个（不要写在格子里）",
    "decimal": "填数字，最多 2 位小数",
    "choice": "从下拉列表中选一项",
    "choices": "可填多项，用“、”隔开：助餐、助浴、助医",
    "date": "填日期，如 2025-12-31",
    "yes_no": "选“是”或“否”",
    "unit": "填行政区划代码",
    "credit_code": "填 18 位统一社会信用代码",
    "telephone": "填 11 位手机号，或带区号的固定电话，如 021-12345678",
}


@pytest.mark.parametrize("kind", TEXT_KINDS)
def test_hint__each_kind(kind: str) -> None:
    field = field_of_kind(kind)
    choices = kinds_pack().choices("kinds", field.id)
    assert hint(field, choices) == HINTS[kind] + TAIL


@pytest.mark.parametrize(
    ("minimum", "maximum", "said"),
    [
        (0, None, "，不小于 0"),
        (None, 9, "，不大于 9"),
        (1, 9, "，1 到 9 之间"),
        (None, None, ""),
    ],
)
def test_hint__bounds(minimum: int | None, maximum: int | None, said: str) -> None:
    field = IntegerField(
        id="n", title="数", kind="integer", minimum=minimum, maximum=maximum
    )
    assert hint(field, ()) == f"填整数{said}{TAIL}"
    share = DecimalField(id="n", title="数", kind="decimal", digits=1)
    assert hint(share, ()) == f"填数字，最多 1 位小数{TAIL}"


def test_words_for_none__only_what_the_field_takes() -> None:
    free = TextField(id="t", title="文", kind="text")
    bound = TextField(id="t", title="文", kind="text", not_applicable=False)
    assert words_for_none(free) == ("不适用", "不详")
    assert words_for_none(bound) == ("不详",)
    assert hint(bound, ()) == "填文字，不超过 200 个字。不掌握，填“不详”。"
    assert words_for_none(free, ("不详", "不适用")) == ()
    assert hint(free, ("不详", "不适用")) == "填文字，不超过 200 个字。"
