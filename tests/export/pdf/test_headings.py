from __future__ import annotations

from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.headings import head_on
from desktop.export.pdf.headings import head_part
from desktop.export.pdf.page import Composer
from tests.export.samples import FONTS


def test_head__stands_in_the_contents_and_goes_on() -> None:
    composer = Composer(Fonts(FONTS), "t")

    head_part(composer, "评价指标")
    head_on(composer, "评价指标")
    first = composer.y
    composer.begin_page()

    (mark,) = composer.pages[0].bookmarks
    assert (mark.title, mark.level, mark.listed) == ("评价指标", 0, True)
    assert first < composer.y < composer.top
    assert composer.pages[1].bookmarks == ()
