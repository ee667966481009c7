from __future__ import annotations

import pytest

from desktop.app.templates import labels
from tests.small import small_pack

FORM = small_pack().form_by_id["eci"]


@pytest.mark.parametrize(
    "text",
    ["床位总数", " 床 位 总 数 ",
     "一、床位总数（张）",
     "（二）床位总数", "1.床位总数：",
     "其中：床位总数", "①床位总数", "床位总数[张]", "#床位总数"],
)  # fmt: skip
def test_plain__level_measure_and_spaces_are_no_part_of_a_label(text: str) -> None:
    assert labels.plain(text) == "床位总数"


def test_plain__keeps_what_would_be_nothing() -> None:
    assert labels.plain("（张）") == "(张)"


def test_by_label__titles_aliases_and_measures() -> None:
    field = FORM.by_id["beds_total"].replaced(aliases=("核定床位",))
    group = FORM.groups[0].replaced(fields=(field, field.replaced(id="later")))
    found = labels.by_label(FORM.replaced(groups=(group,)))
    assert found == {"总床位数": "beds_total", "总床位数张": "beds_total",
                     "核定床位": "beds_total", "核定床位张": "beds_total"}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("综合机关名称（盖章）：", "unit_name"),
        ("表　　号：", "form_number"),
        ("批准（备案）文号：", "approval_number"),
        ("床位总数", None),
    ],
)
def test_header_item__of_a_label(text: str, item: str | None) -> None:
    assert labels.header_item(text) == item


def test_signer__of_a_label() -> None:
    assert labels.signer("填 表 人：") == "填表人"
    assert labels.signer("床位") is None


def test_marks_and_gaps() -> None:
    assert [labels.is_mark(text) for text in ("甲", "(2)", "3", "床")] == [
        *(True, True, True, False)
    ]
    assert [labels.is_year_gap(text) for text in ("20  年", "20  年 月", "2025年")] == [
        *(True, True, False)
    ]
