from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.export.template.book import Book
from desktop.export.template.patch import TEXT_LENGTH
from desktop.export.template.patch import FormulaBlockError
from desktop.export.template.patch import SheetPatch
from desktop.export.template.patch import formulas_of
from desktop.export.template.patch import patch
from desktop.export.template.patch import sayable
from desktop.export.template.patch import without_results
from tests.export.template_books import BEFORE
from tests.export.template_books import BOOK
from tests.export.template_books import STRESS_SHEET
from tests.export.template_books import packed
from tests.export.template_books import stress_parts
from tests.export.template_books import worksheet

if TYPE_CHECKING:
    from desktop.export.template.page import Value

ROWS = (
    '<row r="1"><c r="A1" s="3" t="e" cm="1" vm="2"><f>B1</f><v>#N/A</v></c></row>'
    '<row r="2"><c r="A2" t="str"><f t="shared" ref="A2:A3" si="0">B2</f><v>x</v></c>'
    '</row><row r="3"><c r="A3"><f t="shared" si="0"/><v>7</v></c>'
    '<c r="B3" s="3"/></row>'
    '<row r="4"><c r="A4"><f>1+1</f></c></row>'
)


def book_of(
    rows: str = ROWS, before: str = BEFORE, old: str = "", new: str = ""
) -> Book:
    parts = stress_parts()
    parts[STRESS_SHEET] = worksheet(rows, before)
    parts["xl/workbook.xml"] = BOOK.replace(old, new).encode()
    return Book("x.xlsx", packed(parts))


def patched(
    book: Book, *pairs: tuple[tuple[int, int], Value], instead: bool = False
) -> SheetPatch:
    values = dict(pairs)
    gone = frozenset(values) if instead else frozenset[tuple[int, int]]()
    return patch(book, book.sheet("综合表"), values, gone)


def test_patch__text_beside_a_formula() -> None:
    done = patched(book_of(), ((1, 1), "甲"), ((2, 1), "乙"), ((3, 1), 1))
    assert (
        b'<c r="A1" s="3" cm="1" t="str"><f>B1</f><v>\xe7\x94\xb2</v></c>' in done.data
    )
    assert b'<f t="shared" si="0"/><v>1</v>' in done.data
    assert not done.dropped


def test_patch__a_value_instead_of_a_formula() -> None:
    done = patched(book_of(), ((1, 1), 5), ((3, 1), 6), instead=True)
    assert b'<c r="A1" s="3"><v>5</v></c>' in done.data
    assert b'<c r="A3"><v>6</v></c>' in done.data
    assert done.overwritten == ("A1", "A3")


def test_patch__error_instead_of_the_head_of_a_shared_formula() -> None:
    with pytest.raises(FormulaBlockError) as refused:
        patched(book_of(), ((2, 1), 5), instead=True)
    assert refused.value.cell == "A2"


def test_without_results__leaves_formulas_alone() -> None:
    book = book_of()
    sheet = book.sheet("综合表")
    done = without_results(book, sheet)
    assert done.dropped
    assert b'<c r="A1" s="3" cm="1"><f>B1</f></c>' in done.data
    assert b"<v>" not in done.data
    assert list(formulas_of(sheet)) == ["B1", "B2", "", "1+1"]


@pytest.mark.parametrize(
    ("day", "epoch", "content"),
    [
        (date(2026, 1, 2), "", b"<v>46024</v>"),
        (date(1900, 3, 1), "", b"<v>61</v>"),
        (date(1900, 2, 28), "", "1900年2月28日".encode()),
        (date(1904, 1, 2), '<workbookPr date1904="1"/>', b"<v>1</v>"),
        (date(1903, 12, 31), '<workbookPr date1904="1"/>', "1903年".encode()),
    ],
)
def test_patch__days_as_the_template_counts_them(
    day: date, epoch: str, content: bytes
) -> None:
    book = book_of(old="<workbookPr/>", new=epoch or "<workbookPr/>")
    assert content in patched(book, ((3, 2), day)).data


def test_patch__a_day_where_the_cell_shows_no_day() -> None:
    done = patched(book_of(), ((4, 1), date(2026, 1, 2)), ((9, 9), date(2026, 1, 3)))
    assert "<f>1+1</f><v>2026年1月2日</v>".encode() in done.data
    assert done.written == {(4, 1): "2026年1月2日", (9, 9): "2026年1月3日"}


def test_patch__a_new_cell_looks_like_its_row_or_column() -> None:
    rows = '<row r="8" s="5" customFormat="1"/><row r="9" s="5"/>'
    done = patched(book_of(rows), ((8, 3), 1), ((9, 3), 2), ((9, 2), 3))
    assert b'<c r="C8" s="5"><v>1</v></c>' in done.data
    assert b'<c r="B9"><v>3</v></c><c r="C9" s="2"><v>2</v></c>' in done.data


@pytest.mark.parametrize("before", ["", "<dimension/>", '<dimension ref="A1:Z99"/>'])
def test_patch__how_far_the_sheet_reaches_is_only_said_where_it_was(
    before: str,
) -> None:
    done = patched(book_of(before=before), ((5, 5), 1))
    assert before.encode() in done.data
    assert b'"E5"' in done.data


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\x07b", "a〔U+0007〕b"),
        ("a\r\nb", "a\nb"),
        ("_x0041_", "_x005F_x0041_"),
        ("<&>", "&lt;&amp;&gt;"),
        ("长" * (TEXT_LENGTH + 5), "长" * TEXT_LENGTH),
    ],
)
def test_sayable__is_read_back_as_it_was(text: str, told: str) -> None:
    assert sayable(text).decode() == told
