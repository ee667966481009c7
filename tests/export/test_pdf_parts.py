from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.export import pdf_parts
from desktop.export.pdf_fonts import Fonts
from desktop.export.pdf_page import Bookmark
from tests.export.samples import FONTS
from tests.export.samples import sample_report


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def test_contents__many_entries_take_several_pages(fonts: Fonts) -> None:
    mark = Bookmark("k", "很长的报表名称" * 20, 1, 0.0, listed=True)

    assert len(pdf_parts.contents_pages([(mark, 7)] * 60, fonts)) == 2


def test_findings__none_is_said_in_words(fonts: Fonts) -> None:
    pages = pdf_parts.finding_pages(sample_report(findings=()), fonts)

    assert len(pages) == 1


def test_findings__many_go_on_under_a_short_head(fonts: Fonts) -> None:
    report = sample_report()
    many = replace(report, findings=report.findings * 60)

    assert len(pdf_parts.finding_pages(many, fonts)) > 3


def test_indicators__many_go_on_under_a_short_head(fonts: Fonts) -> None:
    report = sample_report()
    many = replace(report, indicators=report.indicators * 20)

    assert len(pdf_parts.indicator_pages(many, fonts)) > 1


def test_definitions__of_a_pack_that_explains_nothing(fonts: Fonts) -> None:
    report = replace(sample_report(), explanations=())

    (page,) = pdf_parts.definition_pages(report, fonts)

    assert [mark.title for mark in page.bookmarks] == [
        "指标定义与出处",
        "护理型床位占比",
        "床位总数",
    ]


def test_cover__without_working_sheets_does_not_speak_of_any(fonts: Fonts) -> None:
    report = sample_report()
    legal = replace(report, forms=report.forms[1:2])

    more, fewer = (
        len(pdf_parts.cover_pages(made, fonts)[0].items) for made in (report, legal)
    )

    assert more == fewer + 1
