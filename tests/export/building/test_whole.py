from __future__ import annotations

from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.export.building.whole import OURS
from desktop.export.building.whole import Contents
from desktop.export.building.whole import build_report
from desktop.export.report import ChoiceLine
from desktop.export.wording import version_lines
from desktop.forms.settle import settle
from tests.export.samples import CONTENTS
from tests.export.samples import PACK
from tests.export.samples import sample_report
from tests.small import COUNTY
from tests.small import YEAR
from tests.small import choosing_pack


def test_report__says_whose_and_on_what() -> None:
    report = sample_report()

    assert report.title == "示例台账报告"
    assert (report.unit_name, report.unit_code) == ("定海区", "330902")
    assert report.period_title == "2025年"
    assert (report.pack.id, report.pack.version, report.pack.digest) == (
        "sample",
        "1.2.0",
        "ab12",
    )
    assert [form.id for form in report.forms] == ["eci", "area", "plain"]


def test_report__a_finding_names_fields_rule_and_explanation() -> None:
    (finding,) = sample_report().findings

    assert finding.level is Level.ERROR
    assert finding.outcome is Outcome.FAILED
    assert finding.form == "养老机构调查表"
    assert finding.record == "干𬒗镇敬老院"
    assert finding.fields == "护理型床位数、床位总数"
    assert finding.rule == "护理型床位数 ≤ 床位总数"
    assert finding.explanation == "已核实，次月更正。"


def test_report__explanations_say_whose_words_they_are() -> None:
    first, second = sample_report().explanations

    assert (first.field, first.source) == ("床位总数", "民政统计制度")
    assert (second.field, second.source) == ("护理型床位数", OURS)


def test_report__says_by_which_definitions_it_goes() -> None:
    choices = {"definition.beds": "closed_too", "param.free": "0.75"}
    contents = Contents(YEAR, COUNTY, "长宁区", {}, choices=choices)

    report = build_report(settle(choosing_pack(), choices), "ab12", contents)

    assert report.choices == (
        ChoiceLine("养老服务床位", "连同停业的床位", own=True),
        ChoiceLine("涨幅", "2 倍", own=False, number=True),
        ChoiceLine("界限", "0.75", own=True, number=True),
    )
    assert version_lines(report)[-3:] == (
        ("口径", "养老服务床位：连同停业的床位（本台账选定）"),
        ("参数", "涨幅：2 倍"),
        ("参数", "界限：0.75（本台账选定）"),
    )


def test_report__without_words_a_rule_says_its_own_sentence() -> None:
    report = build_report(PACK, "ab12", CONTENTS)

    assert report.findings[0].rule == ""
    assert any("不能大于" in note for note in report.forms[0].notes)
