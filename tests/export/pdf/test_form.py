from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.export import wording
from desktop.export.pdf.code import SIDE
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.form import Foot
from desktop.export.pdf.form import form_pages
from desktop.export.pdf.form import table_of
from desktop.export.pdf.page import Composer
from tests.export.printing import joined
from tests.export.printing import printed
from tests.export.printing import read
from tests.export.samples import FONTS
from tests.export.samples import sample_report
from tests.export.stamped import DIGEST
from tests.export.stamped import stamped_report

if TYPE_CHECKING:
    from pathlib import Path

MARKS = ("制定机关", "批准机关", "批准文号", "有效期至", "计量单位")


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def test_table__totals_are_the_last_line_in_bold() -> None:
    table = table_of(sample_report().forms[0])

    assert table.count == 3
    assert table.rows(2, 3)[0][1] == wording.TOTAL
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


def test_head__the_marks_stand_at_the_right_and_a_void_form_says_so(
    fonts: Fonts, tmp_path: Path
) -> None:
    report = sample_report(made_at="2028-01-01 00:00")
    pages = form_pages(report, report.forms[1], fonts)
    lines = printed(pages, tmp_path / "a.pdf", ("forms",)).splitlines()
    words = read(tmp_path / "a.pdf", "-bbox")

    starts = re.findall(rf'xMin="([\d.]+)"[^>]*>(?:{"|".join(MARKS)})：', words)
    assert len(starts) == len(MARKS)
    assert len(set(starts)) == 1
    (until,) = [line for line in lines if "有效期至" in line]
    assert until.split() == [
        "综合机关名称（盖章）：定海区",
        "有效期至：2027年12月（已过期）",
    ]
    assert "工作用表" not in "".join(lines)


@pytest.mark.unmeasured
def test_foot__stays_with_the_last_row_and_has_room_to_sign(
    fonts: Fonts, tmp_path: Path
) -> None:
    """Code and signatures stand below the last row, which never stands alone."""
    (first, _) = sample_report().forms[0].rows
    for count in (15, 19):
        report = stamped_report()
        form = replace(report.forms[0], rows=(first,) * count, notes=(), totals=None)
        pages = form_pages(report, form, fonts)
        text = printed(pages, tmp_path / "a.pdf", ("forms",)).split("\f")[-2]

        assert text.count("52330902MJ8765432X") >= 2
        assert "报出日期：20" in joined(text)
        assert f"数据摘要：{DIGEST}" in joined(text)


def test_foot__without_data_there_is_no_code(fonts: Fonts) -> None:
    plain, stamped = sample_report(), stamped_report()
    composer = Composer(fonts, "t")
    form = plain.forms[1]

    assert Foot(stamped, form, composer).height >= SIDE
    bare = replace(plain, signatures=())
    assert Foot(bare, form, composer).height < SIDE


@pytest.mark.unmeasured
def test_pages__a_table_that_goes_on_says_so(fonts: Fonts, tmp_path: Path) -> None:
    report = sample_report()
    (first, _) = report.forms[0].rows
    long = replace(report.forms[0], rows=(first,) * 60)
    pages = form_pages(report, long, fonts)
    heads = printed(pages, tmp_path / "a.pdf", ("forms",)).split("\f")[:-1]

    assert len(heads) > 3
    for text in heads[1:]:
        assert "养老机构调查表（续表）" in text
        assert "工作用表（非法定统计调查表）" in text
        assert {"甲", "乙"} <= set(text.split())


def test_notes__stand_closer_where_that_saves_a_page(fonts: Fonts) -> None:
    """However many they are, no page has a last line or two alone."""
    report = sample_report()
    pages = []
    for count in range(30, 50):
        form = replace(report.forms[2], notes=("说明一条。",) * count)
        pages.append(form_pages(report, form, fonts))

    alone = [len(made[1].items) for made in pages if len(made) > 1]
    assert len(pages[0]) == 1
    assert len(pages[-1]) == 2
    assert min(alone) > 5
