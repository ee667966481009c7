"""Writing a report as a PDF that can be read, searched and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.messages import message
from desktop.export import wording
from desktop.export.pdf_fonts import Face
from desktop.export.pdf_fonts import Fonts
from desktop.export.pdf_form import form_pages
from desktop.export.pdf_page import Bookmark
from desktop.export.pdf_parts import contents_pages
from desktop.export.pdf_parts import cover_pages
from desktop.export.pdf_parts import definition_pages
from desktop.export.pdf_parts import finding_pages
from desktop.export.pdf_parts import indicator_pages
from desktop.export.pdf_parts import preface_pages
from desktop.export.pdf_parts import version_pages
from desktop.export.pdf_pen import A4
from desktop.export.pdf_pen import FOOT
from desktop.export.pdf_pen import SMALL
from desktop.export.pdf_pen import Pen
from desktop.export.reread import check_pdf
from desktop.export.safe_file import StoppedError
from desktop.export.safe_file import write_safely

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.core.messages import Message
    from desktop.export.pdf_page import Page
    from desktop.export.report import FormTable
    from desktop.export.report import Report


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
    fonts: Path,
    progress: Callable[[int, int], bool] | None = None,
) -> WrittenPdf | None:
    """Write a report to a file; None when `progress` asked to stop.

    `fonts` is the folder of font files. `progress` is told how many pages of how many
    are drawn; where it answers False nothing is written.

    Raises:
        ExportError: The file could not be written; an old one is as it was.
    """
    faces = Fonts(fonts)
    pages = compose(report, faces)

    def write(part: Path) -> None:
        _draw(report, pages, Pen(part, faces), progress)

    try:
        write_safely(path, write, lambda part: check_pdf(part, len(pages)))
    except StoppedError:
        return None
    return WrittenPdf(len(pages), faces.missing)


def compose(report: Report, fonts: Fonts) -> tuple[Page, ...]:
    """Place everything on pages; the contents are set twice, first for their length."""
    front = cover_pages(report, fonts) + preface_pages(report, fonts)
    back = _after_contents(report, fonts)
    counted = contents_pages(_entries(back, 0), fonts)
    contents = contents_pages(_entries(back, len(front) + len(counted)), fonts)
    return (*front, *contents, *back)


def _after_contents(report: Report, fonts: Fonts) -> list[Page]:
    pages = _table_pages(report, report.forms, fonts, ("forms", wording.FORMS))
    part = ("rollups", wording.ROLLUPS)
    pages += _table_pages(report, report.rollups, fonts, part)
    pages += indicator_pages(report, fonts)
    pages += finding_pages(report, fonts)
    pages += definition_pages(report, fonts)
    pages += version_pages(report, fonts)
    return pages


def _table_pages(
    report: Report, tables: Sequence[FormTable], fonts: Fonts, part: tuple[str, str]
) -> list[Page]:
    """Set tables that stand together under one bookmark, given as key and words."""
    pages = [page for table in tables for page in form_pages(report, table, fonts)]
    if pages:
        pages[0].bookmarks.insert(0, Bookmark(*part, 0, A4[1], listed=True))
    return pages


def _entries(pages: Sequence[Page], before: int) -> list[tuple[Bookmark, int]]:
    return [
        (mark, before + number)
        for number, page in enumerate(pages, 1)
        for mark in page.bookmarks
        if mark.listed
    ]


def _draw(
    report: Report,
    pages: Sequence[Page],
    pen: Pen,
    progress: Callable[[int, int], bool] | None,
) -> None:
    pen.describe(
        f"{report.title}（{report.unit_name}，{report.period_title}）",
        report.unit_name,
        report.period_title,
        f"{report.pack.id} {report.pack.version}",
    )
    try:
        for number, page in enumerate(pages, 1):
            if progress is not None and not progress(number - 1, len(pages)):
                raise StoppedError
            _draw_page(page, pen, number, len(pages))
        pen.save()
    finally:
        pen.close()
    if progress is not None:
        progress(len(pages), len(pages))


def _draw_page(page: Page, pen: Pen, number: int, count: int) -> None:
    pen.page_size(wide=page.wide)
    for mark in page.bookmarks:
        pen.bookmark(mark.key, mark.title, mark.level, mark.top)
    for draw in page.items:
        draw(pen)
    if page.numbered:
        middle = (A4[1] if page.wide else A4[0]) / 2
        pen.centred(middle, FOOT, wording.page_of(number, count), Face.SONG, SMALL)
    pen.end_page()
