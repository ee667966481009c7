"""Setting a 报送单 on a page."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING
from typing import Final

from desktop.export import delivery as words
from desktop.export.layout import MM
from desktop.export.pdf.columns import Head
from desktop.export.pdf.columns import Table
from desktop.export.pdf.columns import listed
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.page import Composer
from desktop.export.pdf.page import Style
from desktop.export.pdf.pen import BODY
from desktop.export.pdf.pen import THIN
from desktop.export.pdf.signed import SAID
from desktop.export.pdf.signed import SEAL
from desktop.export.pdf.signed import set_facts
from desktop.export.pdf.signed import write_signed
from desktop.export.pdf.table import set_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.export.delivery import DeliveryNote
    from desktop.export.pdf.page import Page
    from desktop.export.pdf.pen import Pen

TITLE: Final = Style(Face.SONG_BOLD, 18.0)
LINE: Final = 9 * MM
"""Room to write by hand."""


def write_delivery(note: DeliveryNote, path: Path, fonts: Path) -> None:
    """Write a 报送单 as a PDF.

    Raises:
        ExportError: It could not be written; an old one is as it was.
    """
    faces = Fonts(fonts)
    said = (words.TITLE, note.unit, note.period)
    write_signed(path, delivery_pages(note, faces), faces, said)


def delivery_pages(note: DeliveryNote, fonts: Fonts) -> list[Page]:
    """Set the note; the places to sign stand together at the foot."""
    composer = Composer(fonts, "delivery")
    composer.centred(words.TITLE, TITLE)
    composer.skip(10.0)
    set_facts(composer, note.facts, note.code)
    composer.skip(10.0)
    _files(composer, note)
    composer.skip(10.0)
    _forms(composer, note)
    for said in (note.open, *note.remarks, words.HINT):
        composer.paragraph(said, SAID)
    _places_to_sign(composer)
    return composer.pages


def _files(composer: Composer, note: DeliveryNote) -> None:
    number, name, size, letters = words.FILE_HEADS
    heads = (
        Head(number, align=0),
        Head(name, widest=240.0, narrowest=160.0),
        Head(size, align=1, narrowest=50.0),
        Head(letters, narrowest=96.0),
    )
    rows = [
        (str(place), file.name, file.size, file.letters or "—")
        for place, file in enumerate(note.files, 1)
    ]
    set_table(Table(heads, 1, len(rows), listed(rows)), composer)


def _forms(composer: Composer, note: DeliveryNote) -> None:
    """Set the forms in two columns, down and then across."""
    half = (len(note.forms) + 1) // 2
    pairs = zip_longest(note.forms[:half], note.forms[half:], fillvalue=("", ""))
    rows = [(*one, *other) for one, other in pairs]
    title, count = words.FORM_HEADS
    heads = (
        Head(title, widest=150.0, narrowest=120.0),
        Head(count, align=1, narrowest=48.0),
    )
    set_table(Table(heads * 2, 0, len(rows), listed(rows)), composer)


def _places_to_sign(composer: Composer) -> None:
    """Leave room for signature and seal of both ends, side by side."""
    height = max(len(words.SENDER) * LINE, SEAL + LINE)
    composer.need(height)
    composer.skip(max(composer.room - height, 0.0))
    half = composer.width / 2
    sides = ((composer.left, words.SENDER), (composer.left + half, words.RECEIVER))

    def draw(pen: Pen, top: float) -> None:
        pen.rule((composer.left, top), (composer.left + composer.width, top), THIN)
        for left, labels in sides:
            _side(pen, labels, (left, top), half)

    composer.place(height, draw)


def _side(
    pen: Pen, labels: Sequence[str], corner: tuple[float, float], width: float
) -> None:
    left, top = corner
    for place, label in enumerate(labels, 1):
        y = top - place * LINE + 3 * MM
        last = place == len(labels)
        pen.text(left, y, label + (words.DAY if last else ""), Face.SONG, BODY)
        if 1 < place < len(labels) and label:
            start = left + pen.fonts.width(label, Face.SONG, BODY)
            pen.rule((start, y - 2), (left + width - 10 * MM, y - 2), THIN)
