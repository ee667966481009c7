"""Setting a notice on pages: facts, one table, and room to sign and seal by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.export import notice as words
from desktop.export.layout import MM
from desktop.export.layout import NUMBER
from desktop.export.pdf.columns import Head
from desktop.export.pdf.columns import Table
from desktop.export.pdf.columns import listed
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.page import Composer
from desktop.export.pdf.page import Style
from desktop.export.pdf.pen import BODY
from desktop.export.pdf.pen import SMALL
from desktop.export.pdf.pen import THIN
from desktop.export.pdf.signed import SAID
from desktop.export.pdf.signed import SEAL
from desktop.export.pdf.signed import set_facts
from desktop.export.pdf.signed import write_signed
from desktop.export.pdf.table import set_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.export.layout import Lie
    from desktop.export.notice import Notice
    from desktop.export.pdf.page import Page
    from desktop.export.pdf.pen import Pen

TITLE: Final = Style(Face.SONG_BOLD, 22.0)
SENDER: Final = Style(Face.SONG, 14.0, above=4.0)
LINE: Final = 11 * MM
"""Room to write by hand."""


def write_notice(notice: Notice, path: Path, fonts: Path) -> int:
    """Write a notice as a PDF; gives its pages.

    Raises:
        ExportError: It could not be written; an old one is as it was.
    """
    faces = Fonts(fonts)
    pages = notice_pages(notice, faces)

    def foot(pen: Pen, number: int, lie: Lie) -> None:
        _foot(pen, f"{notice.foot}　第 {number} 页，共 {len(pages)} 页", lie)

    said = (notice.title, notice.sender, notice.subject)
    write_signed(path, pages, faces, said, foot)
    return len(pages)


def notice_pages(notice: Notice, fonts: Fonts) -> list[Page]:
    """Set a notice; the places to sign stand together at the foot of the last page."""
    composer = Composer(fonts, "notice")
    composer.centred(notice.title, TITLE)
    composer.centred(notice.sender, SENDER)
    composer.skip(10.0)
    set_facts(composer, notice.facts, notice.code)
    composer.skip(8.0)
    if notice.rows:
        _table(composer, notice)
    for said in notice.said:
        composer.paragraph(said, SAID)
    _places_to_sign(composer, notice.sides)
    return composer.pages


def _table(composer: Composer, notice: Notice) -> None:
    heads = tuple(
        Head(one.title, align=one.align, narrowest=one.narrowest, widest=one.widest)
        for one in notice.columns
    )
    last = len(notice.rows) - 1
    table = Table(
        heads,
        1,
        len(notice.rows),
        listed(notice.rows),
        lambda place: notice.summed and place == last,
    )
    set_table(table, composer)


def _places_to_sign(composer: Composer, sides: Sequence[Sequence[str]]) -> None:
    """Leave room for signature and seal of both sides, side by side."""
    height = max(max(map(len, sides)) * LINE, SEAL) + LINE
    composer.need(height)
    composer.skip(max(composer.room - height, 0.0))
    half = composer.width / 2

    def draw(pen: Pen, top: float) -> None:
        pen.rule((composer.left, top), (composer.left + composer.width, top), THIN)
        for place, labels in enumerate(sides):
            _side(pen, labels, (composer.left + place * half, top), half)

    composer.place(height, draw)


def _side(
    pen: Pen, labels: Sequence[str], corner: tuple[float, float], width: float
) -> None:
    """Set the labels: the seal's place first, lines to write on, the day last."""
    left, top = corner
    first, *others, last = labels
    pen.text(left, top - 7 * MM, first, Face.SONG, BODY)
    low = top - SEAL + LINE
    for label in others:
        pen.text(left, low, label, Face.SONG, BODY)
        start = left + pen.fonts.width(label, Face.SONG, BODY)
        pen.rule((start, low - 2), (left + width - 10 * MM, low - 2), THIN)
        low -= LINE
    pen.text(left, low, last + words.DAY, Face.SONG, BODY)


def _foot(pen: Pen, text: str, lie: Lie) -> None:
    """Say at the foot whose page it is, smaller where that is long."""
    wide = pen.fonts.width(text, Face.SONG, SMALL)
    size = SMALL * min((lie.right - lie.left - 2 * NUMBER) / wide, 1.0)
    pen.text(lie.left, lie.foot, text, Face.SONG, size)
