from __future__ import annotations

from desktop.export.template.book import Book
from desktop.export.template.page import PageFill
from desktop.export.template.page import spots_of
from tests.export.template_books import stress


def test_spots__cells_and_names() -> None:
    page = PageFill("字典", {}, {"AB12": 1, "单位名称": 2, "没有": 3})
    assert spots_of(Book("x.xlsx", stress()), page) == {
        "AB12": ("字典", 12, 28),
        "单位名称": ("综合表", 2, 2),
        "没有": None,
    }


def test_sheet__the_copy_if_it_is_one() -> None:
    assert PageFill("续表", {}, {}).sheet == "续表"
    assert PageFill("续表", {}, {}, frozenset(), "续表(2)").sheet == "续表(2)"
