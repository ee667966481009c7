from __future__ import annotations

import pytest

from desktop.export.template.book import Book
from desktop.export.template.book import asking_anew
from desktop.export.template.sheet import OddPartError
from tests.export.template_books import BOOK
from tests.export.template_books import STRESS_SHEET
from tests.export.template_books import packed
from tests.export.template_books import relation
from tests.export.template_books import relations
from tests.export.template_books import stress
from tests.export.template_books import stress_parts

SHEETS = b"<workbook><sheets><sheet/></sheets>"


def changed(old: str, new: str) -> Book:
    parts = stress_parts()
    parts["xl/workbook.xml"] = BOOK.replace(old, new).encode()
    return Book("x.xlsx", packed(parts))


def test_book__its_sheets_texts_and_days() -> None:
    book = Book("x.xlsx", stress())
    assert list(book.sheets) == ["综合表", "字典"]
    assert book.strings[1] == "床位总数 "
    assert not book.epoch_1904
    # 176 shows a day; in 177 the word day is only quoted.
    assert [style for style in "0123456" if book.shows_day(style)] == ["3"]
    assert not book.shows_day("")
    assert book.merged("综合表") == ((1, 1, 1, 4), (4, 3, 5, 3))
    assert book.merged("综合表") is book.merged("综合表")


def test_book__without_styles_texts_or_a_link_that_leaves_it() -> None:
    parts = stress_parts()
    parts["xl/_rels/workbook.xml.rels"] = relations(
        relation(1, "worksheet", "worksheets/sheet1.xml"),
        relation(2, "chartsheet", "worksheets/sheet2.xml"),
        relation(3, "hyperlink", "http://x").replace("/>", ' TargetMode="External"/>'),
    )
    book = Book("x.xlsx", packed(parts))
    assert list(book.sheets) == ["综合表"]
    assert book.strings == ()
    assert not book.shows_day("3")
    assert book.arrows("xl/styles.xml") == {}


def test_book__days_from_1904() -> None:
    assert changed("<workbookPr/>", '<workbookPr date1904="1"/>').epoch_1904


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("单位名称", "综合表!$B$2", ("综合表", "B2")),
        ("单位名称", "'综合表'!$B$2:$C$2", ("综合表", "B2")),
        ("单位名称", "综合表!$B$2,综合表!$C$2", None),
        ("单位名称", "#REF!", None),
        ("单位名称", "别处!$B$2", None),
        ("没有", "综合表!$B$2", None),
    ],
)
def test_cell_named__only_what_is_one_cell(
    name: str, text: str, found: tuple[str, str] | None
) -> None:
    book = changed("综合表!$B$2", text)
    assert book.cell_named(name, "综合表") == found


def test_cell_named__a_sheets_own_name_goes_before() -> None:
    own = '<definedName name="单位名称" localSheetId="1">字典!$A$1</definedName>'
    book = changed("</definedNames>", f"{own}</definedNames>")
    assert book.cell_named("单位名称", "字典") == ("字典", "A1")
    assert book.cell_named("单位名称", "综合表") == ("综合表", "B2")


def test_sheet__error_names_the_part() -> None:
    parts = stress_parts()
    parts[STRESS_SHEET] = b"\0" * 9
    with pytest.raises(OddPartError) as refused:
        Book("x.xlsx", packed(parts)).sheet("综合表")
    assert refused.value.part == STRESS_SHEET


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<calcPr calcId='1'/>", b"<calcPr calcId='1' fullCalcOnLoad=\"1\"/>"),
        (b'<calcPr fullCalcOnLoad="0"/>', b'<calcPr fullCalcOnLoad="1"/>'),
        (
            b'<calcPr fullCalcOnLoad="1"></calcPr>',
            b'<calcPr fullCalcOnLoad="1"></calcPr>',
        ),
        (b"<definedNames/>", b'<definedNames/><calcPr fullCalcOnLoad="1"/>'),
        (b"", b'<calcPr fullCalcOnLoad="1"/>'),
    ],
)
def test_asking_anew__where_it_belongs(before: bytes, after: bytes) -> None:
    told = asking_anew(SHEETS + before + b"</workbook>")
    assert told == SHEETS + after + b"</workbook>"
