"""The parts of the PDF before the forms: cover, 报送说明, contents."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.export import wording
from desktop.export.layout import MM
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.headings import head_part
from desktop.export.pdf.page import Composer
from desktop.export.pdf.page import Page
from desktop.export.pdf.page import Style
from desktop.export.pdf.pen import BODY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.export.pdf.fonts import Fonts
    from desktop.export.pdf.page import Bookmark
    from desktop.export.pdf.pen import Pen
    from desktop.export.report import Report

COVER_TITLE: Final = Style(Face.SONG_BOLD, 22.0)
"""二号."""
COVER_LINE: Final = Style(Face.SONG, 16.0, above=8.0)
"""三号."""
COVER_NOTE: Final = Style(Face.SONG, 12.0, above=6.0)
PREFACE: Final = Style(Face.SONG, 14.0, indent=28.0, hanging=-28.0)
"""四号, each paragraph two characters in."""
PREFACE_NOTE: Final = Style(Face.SONG_BOLD, 14.0, indent=28.0, hanging=-28.0)
SEAL: Final = 46 * MM
"""Room for a round seal of 42 mm, which a person sets: none is ever drawn."""
SEAL_WIDTH: Final = 86 * MM
"""Of the place at the lower right where is signed and sealed."""
ENTRY: Final = 18.0


def cover_pages(report: Report, fonts: Fonts) -> list[Page]:
    """Set the cover: what, whose, for when; at the lower right who stands for it."""
    composer = Composer(fonts, "cover")
    composer.skip(composer.room * 0.16)
    composer.centred(report.title, COVER_TITLE)
    composer.skip(composer.room * 0.1)
    composer.centred(report.unit_name, COVER_LINE)
    composer.centred(f"行政区划代码　{report.unit_code}", COVER_LINE)
    composer.centred(f"报告期　{report.period_title}", COVER_LINE)
    if report.working_sheet:
        composer.centred(wording.WORKING_SHEET, COVER_NOTE)
    composer.skip(composer.room - SEAL - 2 * ENTRY)
    _place_for_seal(composer, report)
    composer.pages[0].numbered = False
    return composer.pages


def _place_for_seal(composer: Composer, report: Report) -> None:
    """Leave room for the seal over the line of the date, as it is set by hand."""
    left = composer.left + composer.width - SEAL_WIDTH
    style = COVER_NOTE

    def draw(pen: Pen, top: float) -> None:
        pen.text(left, top - style.size, wording.SEAL_HERE, style.face, style.size)
        low = top - SEAL
        pen.text(left, low, wording.DAY, style.face, style.size)
        state = wording.as_of(report)
        pen.text(composer.left, low - 2 * ENTRY, state, style.face, BODY)

    composer.place(SEAL + 2 * ENTRY, draw)


def preface_pages(report: Report, fonts: Fonts) -> list[Page]:
    """Set the 报送说明; forms that are void say so here too."""
    composer = Composer(fonts, "preface")
    head_part(composer, wording.PREFACE)
    for text in report.preface:
        composer.paragraph(text, PREFACE)
    for text in wording.lapsed_lines(report):
        composer.paragraph(text, PREFACE_NOTE)
    return composer.pages


def contents_pages(entries: Sequence[tuple[Bookmark, int]], fonts: Fonts) -> list[Page]:
    """Set the table of contents from bookmarks and their page numbers."""
    composer = Composer(fonts, "contents")
    head_part(composer, wording.CONTENTS)
    for mark, page in entries:
        _entry(composer, mark, page)
    return composer.pages


def _entry(composer: Composer, mark: Bookmark, page: int) -> None:
    left = composer.left + mark.level * 2 * BODY
    right = composer.left + composer.width
    title = composer.fonts.lines(mark.title, right - left - 60, Face.SONG, BODY)[0]

    def draw(pen: Pen, top: float) -> None:
        y = top - BODY * 1.15
        pen.text(left, y, title, Face.SONG, BODY)
        pen.to_right(right, y, str(page), Face.SONG, BODY)
        start = left + pen.fonts.width(title, Face.SONG, BODY) + 6
        end = right - pen.fonts.width(str(page), Face.SONG, BODY) - 6
        pen.dots((start, y + 2), end)
        pen.link(mark.key, (left, top - ENTRY + 3, right, top))

    composer.need(ENTRY)
    composer.place(ENTRY, draw)
