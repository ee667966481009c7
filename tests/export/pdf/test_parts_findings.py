from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.parts_findings import CHUNK
from desktop.export.pdf.parts_findings import NAMED
from desktop.export.pdf.parts_findings import chunks
from desktop.export.pdf.parts_findings import finding_pages
from tests.export.printing import joined
from tests.export.printing import printed
from tests.export.samples import FONTS
from tests.export.samples import sample_report

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.export.report import FindingLine
    from desktop.export.report import Report


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def report_of(*lines: FindingLine) -> Report:
    return replace(sample_report(), findings=lines)


def blank(place: int, *, number: int = 0) -> FindingLine:
    (line,) = sample_report().findings
    return replace(
        line,
        level=Level.WARNING,
        outcome=Outcome.MISSING,
        unit=f"{place % 3}号镇",
        record=f"第{place}敬老院",
        fields="床位总数",
        text="“床位总数”尚未填写",
        rule="",
        rule_id="eci.beds.required",
        explanation="",
        number=number,
    )


def test_findings__none_is_said_in_words(fonts: Fonts, tmp_path: Path) -> None:
    text = printed(finding_pages(report_of(), fonts), tmp_path / "a.pdf")

    assert "本期没有未通过的审核关系。" in text


@pytest.mark.unmeasured
def test_findings__a_ledger_full_of_blanks_takes_a_page(
    fonts: Fonts, tmp_path: Path
) -> None:
    """One line a rule, with the lines of the form, whatever their number."""
    lines = [
        replace(blank(place, number=place), rule_id=f"r{rule}", fields=f"第{rule}项")
        for rule in range(4)
        for place in (*range(1, 400), 402)
    ]

    pages = finding_pages(report_of(*lines), fonts)
    text = joined(printed(pages, tmp_path / "a.pdf"))

    assert len(pages) == 1
    assert "共1600条，已有情况说明0条" in text
    assert "2．〔核实性·缺数据〕养老机构调查表第1项" in text
    assert text.count("对象（400条）：第1—399、402行。") == 4


def test_findings__few_are_named_under_their_units(
    fonts: Fonts, tmp_path: Path
) -> None:
    own = replace(blank(5), unit="2号镇", record="2号镇")
    report = report_of(blank(1), blank(4), own)

    text = joined(printed(finding_pages(report, fonts), tmp_path / "a.pdf"))

    assert "对象（3条）：1号镇：第1敬老院、第4敬老院；2号镇。" in text
    assert "审核结果：“床位总数”尚未填写" in text
    assert "审核关系：" not in text


def test_findings__each_with_its_own_numbers_is_told(
    fonts: Fonts, tmp_path: Path
) -> None:
    (first,) = sample_report().findings
    other = replace(first, record="白泉院", text="数（9）大于（8）。", number=2)
    report = report_of(first, replace(other, explanation=""))

    text = joined(printed(finding_pages(report, fonts), tmp_path / "a.pdf"))

    assert "审核关系：护理型床位数≤床位总数" in text
    assert "对象（2条，已说明1条）：" in text
    assert "白泉院（第2行）：数（9）大于（8）。" in text
    assert "情况说明序号级别" in text
    assert "已核实，次月更正。" in text


def test_findings__many_are_cut_and_counted(fonts: Fonts, tmp_path: Path) -> None:
    lines = [blank(place) for place in range(NAMED + 5)]

    text = joined(printed(finding_pages(report_of(*lines), fonts), tmp_path / "a.pdf"))

    assert f"第{NAMED - 1}敬老院……共{NAMED + 5}条，全部名单见工作簿。" in text
    assert f"第{NAMED}敬老院" not in text


def test_findings__a_long_explanation_goes_on_over_pages(
    fonts: Fonts, tmp_path: Path
) -> None:
    (first,) = sample_report().findings
    words = "".join(f"第{number}点情况已经核实无误。" for number in range(150))
    same_unit = replace(first, explanation=words, record=first.unit)

    pages = finding_pages(report_of(same_unit), fonts)
    text = joined(printed(pages, tmp_path / "a.pdf"))

    assert len(pages) > 2
    assert "审核结果与情况说明（续）" in text
    assert "第149点情况" in text


def test_chunks__nothing_is_lost() -> None:
    text = "说明" * CHUNK

    assert "".join(chunks(text)) == text
    assert [len(part) for part in chunks(text)] == [CHUNK, CHUNK]
    assert chunks("") == [""]
