from __future__ import annotations

from dataclasses import replace

from desktop.export.delivery import CLEAN
from desktop.export.delivery import DeliveredFile
from desktop.export.delivery import DeliveryNote
from desktop.export.delivery import in_words
from desktop.export.delivery import left_rosters
from desktop.export.delivery import subject

NOTE = DeliveryNote(
    unit="华阳路街道",
    unit_code="310105001",
    period="2025年",
    pack="基本养老服务调查",
    revision=12,
    made="2026-01-08 09:30",
    handed="2026-01-10 14:05",
    who="李梅",
    place="U 盘　KINGSTON",
    files=(
        DeliveredFile("310105001-2025-r0012-ab12cd.xlsx", "1.2 MB", "abcd ef01 2345"),
        DeliveredFile("说明.pdf", "20 KB", ""),
    ),
    forms=(("养老机构调查表", "12 条"), ("统计单元与人口表", "零报告")),
    code="|310105001|2025|12|abcdef0123456789",
)


def test_words__say_all_that_the_paper_says() -> None:
    note = replace(NOTE, errors=2, unexplained=1, remarks=(left_rosters(["甲", "乙"]),))
    text = in_words(note)

    for said in (
        "华阳路街道（310105001）",
        "第 12 版（截至 2026-01-08 09:30）",
        "1. 310105001-2025-r0012-ab12cd.xlsx（1.2 MB，校验码 abcd ef01 2345）",
        "2. 说明.pdf（20 KB）",
        "养老机构调查表 12 条；统计单元与人口表 零报告",
        "强制性问题 2 个、未说明的核实性问题 1 个",
        "名册没有随报，只报合计：甲、乙。",
    ):
        assert said in text


def test_words__of_several_mails_each_names_all_that_belongs_together() -> None:
    assert "附件：" in in_words(NOTE)
    assert "附件（本次共 3 封邮件，以下是全部附件，请收齐）：" in in_words(NOTE, 3)


def test_words__nothing_is_open() -> None:
    assert CLEAN in in_words(NOTE)


def test_subject() -> None:
    one = "【基本养老服务调查】华阳路街道　2025年　上报材料　第 12 版"

    assert subject(NOTE) == one
    assert subject(NOTE, 2, 3) == f"{one}（第 2 封，共 3 封）"
