from __future__ import annotations

from desktop.core.messages import message
from desktop.export.template.anchor import faults_of
from desktop.export.template.anchor import folded
from desktop.export.template.anchor import texts_of
from desktop.export.template.book import Book
from desktop.export.template.page import PageFill
from tests.export.template_books import stress

BOOK = Book("x.xlsx", stress())


def test_folded__spaces_of_every_kind() -> None:
    assert folded("\u3000表 \u3000 号：\n") == "表 号："


def test_texts__of_a_sheet_as_people_see_them() -> None:
    texts = texts_of(BOOK, "综合表")
    assert texts[1, 1] == "养老机构综合表"
    assert texts[2, 3] == "表号："
    assert texts[6, 2] == "0"
    assert (4, 2) not in texts


def test_faults__of_many_cells_in_a_large_merged_area() -> None:
    page = PageFill("综合表", {"A1": "养老机构综合表"}, {"B1": 1, "A1": 2, "B9": 3})
    said = {"sheet": "综合表", "cell": "B1", "area": "A1:D1", "first": "A1"}
    assert tuple(faults_of(BOOK, page)) == (message("template.in_merge", **said),)
    many = {f"B{row}": 1 for row in range(1, 9)}
    page = PageFill("综合表", {}, many)
    assert tuple(faults_of(BOOK, page)) == (message("template.in_merge", **said),)
