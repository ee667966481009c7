from __future__ import annotations

from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.export.build import OURS
from desktop.export.build import build_report
from tests.export.samples import CONTENTS
from tests.export.samples import PACK
from tests.export.samples import sample_report


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


def test_report__without_words_a_rule_says_its_own_sentence() -> None:
    report = build_report(PACK, "ab12", CONTENTS)

    assert report.findings[0].rule == ""
    assert any("不能大于" in note for note in report.forms[0].notes)
