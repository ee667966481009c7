"""A form on paper: marks, head lines, table, signatures, code and 说明."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING
from typing import Final

from desktop.export import wording
from desktop.export.layout import FRAME
from desktop.export.pdf.code import SIDE
from desktop.export.pdf.code import draw_code
from desktop.export.pdf.columns import Head
from desktop.export.pdf.columns import Table
from desktop.export.pdf.columns import measure
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.page import TIGHT
from desktop.export.pdf.page import Composer
from desktop.export.pdf.page import Style
from desktop.export.pdf.pen import SMALL
from desktop.export.pdf.said import FormWords
from desktop.export.pdf.table import set_table

if TYPE_CHECKING:
    from desktop.export.pdf.fonts import Fonts
    from desktop.export.pdf.page import Page
    from desktop.export.pdf.pen import Pen
    from desktop.export.report import Column
    from desktop.export.report import FormTable
    from desktop.export.report import Report

TITLE: Final = Style(Face.SONG_BOLD, 16.0)
AGAIN: Final = Style(Face.SONG_BOLD, 12.0)
LINE: Final = 13.0
NOTE: Final = Style(Face.SONG, SMALL)
HANGING: Final = Style(Face.SONG, SMALL, hanging=SMALL)
EMPTY: Final = Style(Face.HEI, 10.5, above=8.0)
PROOF: Final = 7.5
"""Size of the lines that say what a table stands on."""
PROOF_LINE: Final = 10.5
SIGN: Final = 22.0
"""Height of a line to be signed on."""
SIGN_WIDTH: Final = 116.0
"""Least width of a signature with its label."""
HEAD: Final = 10.0
"""What the word 说明 takes beyond a line of it."""
HEAD_AGAIN: Final = AGAIN.leading + LINE + 3.0
"""Height of the head of a page that goes on."""
GAP: Final = 10.0
"""Between the words below a table and its code."""
NAME_WIDTH: Final = 178.0
"""Widest column of names: nineteen characters, more than most institutions have."""


def form_pages(report: Report, form: FormTable, fonts: Fonts) -> list[Page]:
    """Set one form; it lies across the page when it is too wide to stand."""
    table = table_of(form)
    measures = measure(table, fonts)
    wide = bool(form.rows) and sum(measures.natural) > FRAME[0]
    composer = Composer(fonts, f"form-{form.id}", wide=wide)
    composer.bookmark(form.title, 1)
    setter = _FormSetter(report, form, composer)
    setter.head()
    composer.running_head = setter.head_again
    foot = Foot(report, form, composer)
    if form.rows:
        set_table(table, composer, foot.height, measures)
    else:
        composer.paragraph(form.empty or "", EMPTY)
    foot.set()
    setter.notes()
    return composer.pages


def table_of(form: FormTable) -> Table:
    """Turn a form into the rows and columns of a printed table."""
    lines = (*form.rows, form.totals) if form.totals else form.rows
    across = form.across
    return Table(
        heads=(
            *(_stub(form, place) for place in range(len(form.stub))),
            *(_head(column, numeric=across) for column in form.columns),
        ),
        frozen=len(form.stub),
        count=len(lines),
        rows=FormWords(form, lines),
        strong=lambda place: lines[place].heading or lines[place] is form.totals,
    )


def _stub(form: FormTable, place: int) -> Head:
    column = form.stub[place]
    if place == form.wide_stub:
        return Head(column.title, column.number, widest=NAME_WIDTH, narrowest=72.0)
    return Head(column.title, column.number, align=0)


def _head(column: Column, *, numeric: bool) -> Head:
    numeric = numeric or column.shape.numeric
    title = f"{column.title}\n（{column.measure}）" if column.measure else column.title
    align = 1 if numeric else -1
    return Head(title, column.number, column.group, align)


@dataclass(frozen=True, slots=True)
class _FormSetter:
    """What stands above a form's table, and the notes below it."""

    report: Report
    form: FormTable
    composer: Composer

    def head(self) -> None:
        """Set the title, the legal marks and the head lines."""
        composer = self.composer
        composer.centred(self.form.title, TITLE)
        composer.skip(4.0)
        right = [*self._marks(), f"计量单位：{self.form.measure}"]
        first, *others = self.form.header
        header = [first.replace("：", wording.SEALED, 1), *others]
        left = [""] * (len(right) - len(header)) + header
        margin = self._margin(right)
        for place, words in enumerate(right):
            last = place == len(right) - 1
            middle = self.report.period_title if last else ""
            self._line(left[place], middle, (words, margin))
        composer.skip(3.0)

    def _marks(self) -> list[str]:
        """Give the legal marks; what has none says that it is a working sheet."""
        if not self.form.marks:
            return [wording.WORKING_SHEET]
        marks = [f"{label}：{value}" for label, value in self.form.marks]
        if self.form.lapsed:
            marks[-1] += wording.LAPSED
        return marks

    def head_again(self) -> None:
        """Set the short head of a page that goes on."""
        composer = self.composer
        composer.centred(self.form.title + wording.CONTINUED, AGAIN)
        words = self._marks()[0]
        place = (words, self._margin([words]))
        self._line(self.form.header[0], self.report.period_title, place)
        composer.skip(3.0)

    def notes(self) -> None:
        """Set the 说明, closer together where that saves a page."""
        composer = self.composer
        if not self.form.notes:
            return
        head = Style(Face.HEI, SMALL, above=4.0, heading=True)
        tight = replace(HANGING, spread=TIGHT)
        lines = 1 + sum(
            len(composer.fonts.lines(note, composer.width - SMALL, Face.SONG, SMALL))
            for note in self.form.notes
        )
        saves = self._pages(lines, tight) < self._pages(lines, HANGING)
        composer.paragraph(wording.NOTES, head)
        for note in self.form.notes:
            composer.paragraph(note, tight if saves else HANGING)

    def _pages(self, lines: int, style: Style) -> int:
        """Count the pages that lines take beyond the one they begin on."""
        left = lines - int((self.composer.room - HEAD) / style.leading)
        page = int((self.composer.top - HEAD_AGAIN) / style.leading)
        return max(ceil(left / page), 0)

    def _margin(self, lines: list[str]) -> float:
        """Find where lines begin so that the longest ends at the right."""
        fonts, composer = self.composer.fonts, self.composer
        widest = max(fonts.width(line, Face.SONG, SMALL) for line in lines)
        return composer.left + composer.width - widest

    def _line(self, left: str, middle: str, right: tuple[str, float]) -> None:
        composer = self.composer
        start, end = composer.left, composer.left + composer.width
        words, margin = right

        def draw(pen: Pen, top: float) -> None:
            y = top - SMALL * 1.15
            pen.text(start, y, left, Face.SONG, SMALL)
            pen.centred((start + end) / 2, y, middle, Face.SONG, SMALL)
            pen.text(margin, y, words, Face.SONG, SMALL)

        composer.place(LINE, draw)


class Foot:
    """What stands below a table's last row and stays with it.

    Legend, signatures, and what the table stands on; at the right its code.
    """

    def __init__(self, report: Report, form: FormTable, composer: Composer) -> None:
        """Measure it."""
        self._composer = composer
        self._signatures = tuple(map(wording.signature, report.signatures))
        self._code = report.code(form.id)
        room = composer.width - (SIDE + GAP if self._code else 0.0)
        fonts = composer.fonts
        legend = wording.LEGEND if form.rows else ""
        self._legend = fonts.lines(legend, room, Face.SONG, SMALL) if legend else ()
        self._proof = tuple(
            line
            for words in wording.provenance(report)
            for line in fonts.lines(words, room, Face.SONG, PROOF)
        )
        self._columns = min(int(room / SIGN_WIDTH), max(len(self._signatures), 1))
        self._step = room / self._columns
        words = len(self._legend) * LINE + len(self._proof) * PROOF_LINE + 4.0
        rows = ceil(len(self._signatures) / self._columns)
        self.height = max(words + rows * SIGN, SIDE if self._code else 0.0) + 2.0

    def set(self) -> None:
        """Place it below what was set last."""
        self._composer.need(self.height)
        self._composer.place(self.height, self._draw)

    def _draw(self, pen: Pen, top: float) -> None:
        left = self._composer.left
        y = top
        for line in self._legend:
            pen.text(left, y - SMALL * 1.3, line, Face.SONG, SMALL)
            y -= LINE
        for place, words in enumerate(self._signatures):
            row, column = divmod(place, self._columns)
            x = left + column * self._step
            pen.text(x, y - (row + 0.75) * SIGN, words, Face.SONG, SMALL)
        y -= ceil(len(self._signatures) / self._columns) * SIGN + 4.0
        for line in self._proof:
            pen.text(left, y - PROOF, line, Face.SONG, PROOF)
            y -= PROOF_LINE
        if self._code:
            draw_code(pen, self._code, left + self._composer.width - SIDE, top)
