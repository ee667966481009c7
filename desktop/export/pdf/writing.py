"""Writing a report as a PDF that can be read, searched and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message
from desktop.export import wording
from desktop.export.layout import NUMBER
from desktop.export.layout import Binding
from desktop.export.layout import lie_of
from desktop.export.pdf.archive import USUAL
from desktop.export.pdf.archive import kept_of
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.form import form_pages
from desktop.export.pdf.page import Bookmark
from desktop.export.pdf.parts import contents_pages
from desktop.export.pdf.parts import cover_pages
from desktop.export.pdf.parts import preface_pages
from desktop.export.pdf.parts_figures import chart_pages
from desktop.export.pdf.parts_figures import indicator_pages
from desktop.export.pdf.parts_findings import finding_pages
from desktop.export.pdf.parts_sources import definition_pages
from desktop.export.pdf.parts_sources import version_pages
from desktop.export.pdf.pen import Pen
from desktop.export.report import Chapter
from desktop.export.reread import check_pdf
from desktop.export.safe_file import StoppedError
from desktop.export.safe_file import write_safely

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.core.messages import Message
    from desktop.export.layout import Lie
    from desktop.export.pdf.archive import Archiving
    from desktop.export.pdf.fonts import Typefaces
    from desktop.export.pdf.page import Page
    from desktop.export.report import FormTable
    from desktop.export.report import Report

IDENTITY: Final = 7.5
"""Size of the line at each page's foot that says whose it is."""


@dataclass(frozen=True, slots=True)
class WrittenPdf:
    """What was written; `missing` are characters no font has."""

    pages: int
    missing: tuple[str, ...]

    @property
    def remarks(self) -> tuple[Message, ...]:
        """Give what the person should know about the file."""
        if not self.missing:
            return ()
        spelt = "、".join(f"U+{ord(character):04X}" for character in self.missing)
        return (message("export.missing_glyphs", characters=spelt),)


def write_pdf(
    report: Report,
    path: Path,
    fonts: Path | Typefaces,
    progress: Callable[[int, int], bool] | None = None,
    binding: Binding = Binding.BOUND,
    archiving: Archiving = USUAL,
) -> WrittenPdf | None:
    """Write a report to a file; None when `progress` asked to stop.

    `fonts` is the folder of font files, or what was read of it for another report.
    `progress` is told how many pages of how many are drawn; where it answers False
    nothing is written.

    Raises:
        ExportError: The file could not be written; an old one is as it was.
    """
    faces = Fonts(fonts)
    pages = compose(report, faces)

    def write(part: Path) -> None:
        pen = Pen(part, faces, kept_of(report, archiving))
        _draw(report, Bound(pages, binding), pen, progress)

    try:
        write_safely(path, write, lambda part: check_pdf(part, len(pages)))
    except StoppedError:
        return None
    return WrittenPdf(len(pages), faces.missing)


def compose(report: Report, fonts: Fonts) -> tuple[Page, ...]:
    """Place everything on pages; the contents are set twice, first for their length.

    The last part is set twice too: it says how many pages there are.
    """
    front = cover_pages(report, fonts)
    if Chapter.PREFACE not in report.left_out:
        front += preface_pages(report, fonts)
    body = _after_contents(report, fonts)
    version = version_pages(report, fonts)
    counted = contents_pages(_entries(body + version, 0), fonts)
    before = len(front) + len(counted)
    contents = contents_pages(_entries(body + version, before), fonts)
    version = version_pages(report, fonts, before + len(body) + len(version))
    return (*front, *contents, *body, *version)


def _after_contents(report: Report, fonts: Fonts) -> list[Page]:
    """Set the chapters between contents and data version."""
    left = report.left_out
    pages = _table_pages(report, report.forms, fonts, ("forms", wording.FORMS))
    part = ("rollups", wording.ROLLUPS)
    pages += _table_pages(report, report.rollups, fonts, part)
    if Chapter.INDICATORS not in left:
        noted = Chapter.DEFINITIONS not in left
        pages += indicator_pages(report, fonts, noted=noted)
    if not {Chapter.INDICATORS, Chapter.CHARTS} & left:
        pages += chart_pages(report, fonts)
    if Chapter.FINDINGS not in left:
        pages += finding_pages(report, fonts)
    if Chapter.DEFINITIONS not in left:
        pages += definition_pages(report, fonts)
    return pages


def _table_pages(
    report: Report, tables: Sequence[FormTable], fonts: Fonts, part: tuple[str, str]
) -> list[Page]:
    """Set tables that stand together under one bookmark, given as key and words."""
    pages = [page for table in tables for page in form_pages(report, table, fonts)]
    if pages:
        mark = Bookmark(*part, 0, pages[0].height, listed=True)
        pages[0].bookmarks = (mark, *pages[0].bookmarks)
    return pages


def _entries(pages: Sequence[Page], before: int) -> list[tuple[Bookmark, int]]:
    return [
        (mark, before + number)
        for number, page in enumerate(pages, 1)
        for mark in page.bookmarks
        if mark.listed
    ]


@dataclass(frozen=True, slots=True)
class Bound:
    """Pages, and how they lie on the paper."""

    pages: Sequence[Page]
    binding: Binding


def _draw(
    report: Report,
    bound: Bound,
    pen: Pen,
    progress: Callable[[int, int], bool] | None,
) -> None:
    pen.describe(
        f"{report.title}（{report.unit_name}，{report.period_title}）",
        report.unit_name,
        report.period_title,
        f"{report.pack.id} {report.pack.version}",
    )
    identity = wording.identity(report)
    count = len(bound.pages)
    try:
        for number, page in enumerate(bound.pages, 1):
            if progress is not None and not progress(number - 1, count):
                raise StoppedError
            lie = lie_of(number, wide=page.wide, binding=bound.binding)
            draw_page(page, pen, lie)
            if page.numbered:
                _draw_foot(pen, (number, count), identity, lie)
            pen.end_page()
        pen.save()
    finally:
        pen.close()
    if progress is not None:
        progress(count, count)


def draw_page(page: Page, pen: Pen, lie: Lie) -> None:
    """Draw what stands in a page's frame."""
    pen.page_size(lie.size)
    for mark in page.bookmarks:
        pen.bookmark(mark.key, mark.title, mark.level, lie.top(mark.top))
    pen.begin_frame(lie.matrix)
    for draw in page.items:
        draw(pen)
    pen.end_frame()


def _draw_foot(pen: Pen, page: tuple[int, int], identity: str, lie: Lie) -> None:
    """Draw the page's number at the outer side, and whose page it is at the inner.

    The number stands as the standard has it; beside it, smaller, of how many pages it
    is. A long name of a unit is set smaller, so that it never reaches them.
    """
    number, count = page
    words, total = wording.page_number(number), wording.page_total(count)
    inside = NUMBER + pen.fonts.width(words, Face.SONG, NUMBER) + IDENTITY
    taken = inside + pen.fonts.width(total, Face.SONG, IDENTITY) + 2 * IDENTITY
    wide = pen.fonts.width(identity, Face.SONG, IDENTITY)
    size = IDENTITY * min((lie.right - lie.left - taken) / wide, 1.0)
    if number % 2:
        pen.to_right(lie.right - NUMBER, lie.foot, words, Face.SONG, NUMBER)
        pen.to_right(lie.right - inside, lie.foot, total, Face.SONG, IDENTITY)
        pen.text(lie.left, lie.foot, identity, Face.SONG, size)
    else:
        pen.text(lie.left + NUMBER, lie.foot, words, Face.SONG, NUMBER)
        pen.text(lie.left + inside, lie.foot, total, Face.SONG, IDENTITY)
        pen.to_right(lie.right, lie.foot, identity, Face.SONG, size)
