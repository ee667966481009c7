from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.export import wording
from desktop.export.pdf_fonts import Fonts
from desktop.export.pdf_form import form_pages
from desktop.export.pdf_form import table_of
from tests.export.samples import FONTS
from tests.export.samples import sample_report


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def test_table__totals_are_the_last_line_in_bold() -> None:
    table = table_of(sample_report().forms[0])

    assert table.count == 3
    assert table.row(2)[1] == wording.TOTAL
    assert [table.strong(place) for place in range(3)] == [False, False, True]
    assert table.heads[8].title == "床位总数\n（张）"


def test_table__numbers_stand_right_and_text_left() -> None:
    heads = table_of(sample_report().forms[0]).heads

    assert [head.align for head in heads[:4]] == [0, -1, 0, 0]
    assert (heads[4].align, heads[8].align) == (-1, 1)


def test_pages__a_wide_form_lies_across_and_a_narrow_one_stands(fonts: Fonts) -> None:
    report = sample_report()
    wide, narrow, empty = (form_pages(report, form, fonts) for form in report.forms)

    assert wide[0].wide
    assert not narrow[0].wide
    assert len(empty) == 1
    assert wide[0].bookmarks[0].title == "养老机构调查表"


def test_pages__a_form_without_notes_or_signatures(fonts: Fonts) -> None:
    report = replace(sample_report(), signatures=())
    form = replace(report.forms[1], notes=())

    assert len(form_pages(report, form, fonts)) == 1
