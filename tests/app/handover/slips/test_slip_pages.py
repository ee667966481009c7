from __future__ import annotations

from dataclasses import replace

from desktop.app.handover.slips.slip_pages import receipt_notice
from desktop.app.handover.slips.slip_pages import slip_notice
from desktop.app.handover.slips.slip_pages import state_in_words
from desktop.app.handover.slips.slip_pages import stood
from desktop.exchange.slip import FormLine
from desktop.exchange.slip import PackageState
from tests.exchange.test_slip_files import ITEM
from tests.exchange.test_slip_files import RECEIPT
from tests.exchange.test_slip_files import SLIP

DIGEST = "0123456789abcdef" * 4


def test_slip_notice__facts_and_items() -> None:
    found = replace(
        ITEM,
        number=2,
        field="",
        rule="eci.r",
        fields=("a", "b"),
        returned=("n:30", "", "", ""),
        field_title="甲、乙",
        says="甲不能大于乙",
        round=2,
        reason="长" * 400,
    )
    bare = replace(found, number=3, field_title="", round=1)
    item = replace(ITEM, form_title="养老机构调查表", name="甲院", field_title="床位")

    made = slip_notice(replace(SLIP, items=(item, found, bare)), DIGEST)

    facts = dict(made.facts)
    assert facts["退回给"] == "华阳路街道（310105001）"
    assert facts["请于"] == "2026-01-20 之前改正并重新上报"
    assert facts["校验码（前 12 位）"] == "abab abab abab"
    first, second, third = made.rows
    assert first == ("1", "养老机构调查表", "甲院", "床位", "1", "请核对")
    assert second[3:5] == ("甲、乙：甲不能大于乙", "30、（空）")
    assert len(second[5]) == 300
    assert third[3] == "甲不能大于乙"
    assert made.code == "slip|310105001|2025|ab12-1|0123456789abcdef"
    assert dict(slip_notice(replace(SLIP, due=""), DIGEST).facts)["请于"] == (
        "尽快改正并重新上报"
    )
    again = replace(item, round=3, reason="再核")
    (line,) = slip_notice(replace(SLIP, items=(again,)), DIGEST).rows
    assert line[5] == "再核（第 3 次退回）"


def test_stood__of_many_cells_nobody_sees_which_is_meant() -> None:
    many = replace(ITEM, fields=tuple("abcde"), returned=("n:1",) * 7)
    assert stood(many) == ""
    assert stood(replace(ITEM, returned=())) == ""


def test_receipt_notice__counts_and_their_sums() -> None:
    void = FormLine("area", "人口表", 0, nil=True)
    made = receipt_notice(replace(RECEIPT, forms=(*RECEIPT.forms, void)), DIGEST)

    assert dict(made.facts)["状态"] == "验收　2026-01-03"
    assert made.rows == (
        ("养老机构调查表", "2", "1", "2", "3"),
        ("人口表", "零报告", "0", "0", "0"),
        ("合计", "2", "1", "2", "3"),
    )
    assert made.summed


def test_state_in_words() -> None:
    told = [
        state_in_words(replace(RECEIPT, state=state, accepted=""))
        for state in PackageState
    ]
    assert told == ["已接收", "退回", "验收"]
