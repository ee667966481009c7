from __future__ import annotations

import tracemalloc

import pytest

from desktop.export.pdf.fonts import Face
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.page import Composer
from desktop.export.pdf.page import Style
from tests.export.samples import FONTS


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def test_paragraph__goes_on_over_pages(fonts: Fonts) -> None:
    composer = Composer(fonts, "t")

    composer.paragraph("养老" * 3000, Style())

    assert len(composer.pages) == 4
    assert composer.y > 0


def test_paragraph__a_heading_takes_its_text_along(fonts: Fonts) -> None:
    composer = Composer(fonts, "t")
    composer.skip(composer.room - 25)

    composer.paragraph("标题", Style(Face.HEI_BOLD, heading=True, above=8))

    assert len(composer.pages) == 2
    assert composer.pages[0].items == ()


def test_running_head__stands_on_every_further_page(fonts: Fonts) -> None:
    composer = Composer(fonts, "t")
    composer.running_head = lambda: composer.centred("续表", Style())

    composer.begin_page()
    composer.begin_page()

    assert [len(page.items) for page in composer.pages] == [0, 1, 1]
    assert composer.y < composer.top


def test_skip__never_leaves_the_page(fonts: Fonts) -> None:
    composer = Composer(fonts, "t", wide=True)

    composer.skip(10_000)
    composer.skip(10)

    assert composer.y == pytest.approx(0)


def test_need__an_empty_page_is_not_turned(fonts: Fonts) -> None:
    composer = Composer(fonts, "t")

    composer.need(10_000)

    assert len(composer.pages) == 1


def test_bookmark__has_a_key_of_its_own(fonts: Fonts) -> None:
    composer = Composer(fonts, "t")

    composer.bookmark("一", 0)
    composer.bookmark("二", 1, listed=False)

    first, second = composer.pages[0].bookmarks
    assert (first.key, second.key) == ("t-1", "t-2")
    assert (first.listed, second.listed) == (True, False)


def test_bookmark__may_have_a_key_that_links_know(fonts: Fonts) -> None:
    composer = Composer(fonts, "t")

    composer.bookmark("一", 0, key="note-a")

    assert composer.pages[0].bookmarks[0].key == "note-a"


def test_page__is_as_high_as_its_frame(fonts: Fonts) -> None:
    for wide in (True, False):
        composer = Composer(fonts, "t", wide=wide)
        assert composer.pages[0].height == composer.top == composer.room


def test_pages__of_a_long_table_are_small(fonts: Fonts) -> None:
    """Its head is kept once; a page keeps where it stands and what is on it."""
    composer = Composer(fonts, "t")
    composer.running_head = lambda: composer.centred("续表", Style())
    composer.begin_page()

    def grown(pages: int) -> float:
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(pages):
            composer.begin_page()
            composer.place(100.0, print_nothing)
        after, _ = tracemalloc.get_traced_memory()
        return (after - before) / pages

    tracemalloc.start()
    grown(100)
    each = grown(2000)
    tracemalloc.stop()

    assert each < 300


def print_nothing(_pen: object, _top: float) -> None:
    """Stand for an item."""
