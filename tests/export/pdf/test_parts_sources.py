from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.parts_sources import SAID
from desktop.export.pdf.parts_sources import definition_pages
from desktop.export.pdf.parts_sources import version_pages
from desktop.export.report import Rests
from tests.export.printing import joined
from tests.export.printing import printed
from tests.export.samples import FONTS
from tests.export.samples import judged_report
from tests.export.samples import sample_report
from tests.export.stamped import DIGEST
from tests.export.stamped import stamped_report

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.export.report import Report


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def resting(*rests: Rests, said: int = 1) -> Report:
    report = sample_report()
    first, *others = report.indicators
    (finding,) = report.findings
    return replace(
        report,
        indicators=(replace(first, rests=rests), *others),
        findings=tuple(replace(finding, number=1) for _ in range(said)),
    )


def test_definitions__of_a_pack_that_explains_nothing(fonts: Fonts) -> None:
    report = replace(sample_report(), explanations=())

    (page,) = definition_pages(report, fonts)

    assert [mark.title for mark in page.bookmarks] == [
        "指标定义与出处",
        "护理型床位占比",
        "床位总数",
    ]


def test_note__leads_to_terms_records_explanation_and_sentence(
    fonts: Fonts, tmp_path: Path
) -> None:
    report = resting(
        Rests("分子", "eci", (1,), blank=(2,)),
        Rests("分母", "area", (1,)),
        Rests("分母", "plain", (), undecided=()),
        Rests("分母", "elsewhere", (1,)),
        Rests("评定", "eci", (2,)),
    )
    pages = definition_pages(report, fonts)
    keys = ("form-eci-1", "form-area-1", "form-plain-1")
    text = joined(printed(pages, tmp_path / "a.pdf", keys))

    for words in (
        "1．护理型床位占比计算方法：护理型床位数之和÷床位总数之和×100",
        "分子：护理型床位数120张（2条，空白1）分子依据",
        "床位总数缺（0条，空白0）",
        "分母：床位总数308张（2条，空白0）",
        "分子依据：养老机构调查表，第1行；没有填的：第2行。",
        "分母依据：行政区基本情况表，第1栏。",
        "分母依据：简表，没有记录。评定依据：养老机构调查表，第2行。",
        "情况说明：养老机构调查表（第1行）干𬒗镇敬老院：护理型床位数（209）",
        "——已核实，次月更正。",
        "原文：“护理型床位占比不低于55%”",
        "出处：《示例方案》（原文文件plan.txt）",
    ):
        assert words in text
    links = (tmp_path / "a.pdf").read_bytes().count(b"/Subtype /Link")
    assert links >= 3


def test_note__many_explanations_are_cut(fonts: Fonts, tmp_path: Path) -> None:
    report = resting(Rests("分子", "eci", (1,)), said=SAID + 2)
    pages = definition_pages(report, fonts)
    text = joined(printed(pages, tmp_path / "a.pdf", ("form-eci-1",)))

    assert text.count("——已核实，次月更正。") == SAID
    assert f"共{SAID + 2}条，全部名单见工作簿。" in text


def test_note__of_a_commitment_in_words(fonts: Fonts, tmp_path: Path) -> None:
    pages = definition_pages(judged_report(), fonts)
    text = joined(printed(pages, tmp_path / "a.pdf"))

    for words in (
        "评定：已实现3、未实现1",
        "进度：按直线进度，本年应达48%",
        "责任部门：民政局、卫生健康委",
    ):
        assert words in text
    assert "分子：护理型床位数" not in text


def test_version__proves_data_and_pages(fonts: Fonts, tmp_path: Path) -> None:
    pages = version_pages(stamped_report(), fonts, 12)
    text = joined(printed(pages, tmp_path / "a.pdf"))

    assert "修改记录末尾：第310条，c0ffee" in text
    assert f"SHA-256{DIGEST}" in text
    assert "页数：12" in text
    assert f"|330902|2025|128|{DIGEST}" in text


def test_version__without_data_has_no_code(fonts: Fonts, tmp_path: Path) -> None:
    text = joined(printed(version_pages(sample_report(), fonts), tmp_path / "a.pdf"))

    assert "数据时间：2026-01-08 09:30".replace(" ", "") in text
    assert "二维码" not in text
    assert "SHA-256" not in text
