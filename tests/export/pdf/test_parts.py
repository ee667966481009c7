from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.page import Bookmark
from desktop.export.pdf.parts import SEAL
from desktop.export.pdf.parts import contents_pages
from desktop.export.pdf.parts import cover_pages
from desktop.export.pdf.parts import preface_pages
from tests.export.printing import joined
from tests.export.printing import printed
from tests.export.samples import FONTS
from tests.export.samples import sample_report

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def test_contents__many_entries_take_several_pages(fonts: Fonts) -> None:
    mark = Bookmark("k", "很长的报表名称" * 20, 1, 0.0, listed=True)

    assert len(contents_pages([(mark, 7)] * 60, fonts)) == 2


def test_cover__says_what_whose_when_and_leaves_room_for_a_seal(
    fonts: Fonts, tmp_path: Path
) -> None:
    pages = cover_pages(sample_report(), fonts)
    text = joined(printed(pages, tmp_path / "a.pdf"))

    assert len(pages) == 1
    assert not pages[0].numbered
    assert text.startswith(
        "示例台账报告定海区行政区划代码330902报告期2025年工作用表（非法定统计调查表）"
    )
    assert text.endswith(
        "20年月日数据截至2026-01-08 09:30（台账第128次修订）".replace(" ", "")
    )
    assert SEAL * 25.4 / 72 >= 42


def test_cover__without_working_sheets_does_not_speak_of_any(
    fonts: Fonts, tmp_path: Path
) -> None:
    report = sample_report(revision="")
    pages = cover_pages(replace(report, forms=report.forms[1:2]), fonts)
    text = printed(pages, tmp_path / "a.pdf")

    assert "工作用表" not in text
    assert "数据截至" not in text


def test_preface__says_which_forms_are_void(fonts: Fonts, tmp_path: Path) -> None:
    late = sample_report(made_at="2028-01-01 00:00")

    said, unsaid = (
        joined(printed(preface_pages(report, fonts), tmp_path / "a.pdf"))
        for report in (late, sample_report())
    )

    assert "《行政区基本情况表》的有效期至2027年12月，填报时已过" in said
    assert "有效期" not in unsaid
