"""A form on paper: marks, head lines, table, signatures and 说明."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final

from desktop.export import wording
from desktop.export.pdf_columns import Head
from desktop.export.pdf_columns import Table
from desktop.export.pdf_columns import natural_widths
from desktop.export.pdf_fonts import Face
from desktop.export.pdf_page import Composer
from desktop.export.pdf_page import Style
from desktop.export.pdf_pen import A4
from desktop.export.pdf_pen import MARGIN
from desktop.export.pdf_pen import SMALL
from desktop.export.pdf_table import set_table

if TYPE_CHECKING:
    from desktop.export.pdf_fonts import Fonts
    from desktop.export.pdf_page import Page
    from desktop.export.pdf_pen import Pen
    from desktop.export.report import Column
    from desktop.export.report import FormTable
    from desktop.export.report import Report
    from desktop.export.report import Row

TITLE: Final = Style(Face.SONG_BOLD, 16.0)
AGAIN: Final = Style(Face.SONG_BOLD, 12.0)
LINE: Final = 13.0
NOTE: Final = Style(Face.SONG, SMALL)
HANGING: Final = Style(Face.SONG, SMALL, hanging=SMALL)
EMPTY: Final = Style(Face.HEI, 10.5, above=8.0)
SIGNATURES: Final = 34.0
"""Height kept for the legend and the signature line below a table's last row."""
NAME_WIDTH: Final = 178.0
"""Widest column of names: nineteen characters, more than most institutions have."""


def form_pages(report: Report, form: FormTable, fonts: Fonts) -> list[Page]:
    """Set one form; it lies across the page when it is too wide to stand."""
    table = table_of(form)
    frame = A4[0] - 2 * MARGIN
    wide = bool(form.rows) and sum(natural_widths(table, fonts)) > frame
    composer = Composer(fonts, f"form-{form.id}", wide=wide)
    composer.bookmark(form.title, 1)
    setter = _FormSetter(report, form, composer)
    setter.head()
    composer.running_head = setter.head_again
    if form.rows:
        set_table(table, composer, SIGNATURES)
    setter.foot()
    return composer.pages


def table_of(form: FormTable) -> Table:
    """Turn a form into the rows and columns of a printed table."""
    lines = (*form.rows, *((form.totals,) if form.totals else ()))

    def row(place: int) -> tuple[str, ...]:
        return (*lines[place].stub, *_cells(form, lines[place]))

    return Table(
        heads=(
            *(_stub(form, place) for place in range(len(form.stub))),
            *(_head(form, column) for column in form.columns),
        ),
        frozen=len(form.stub),
        count=len(lines),
        row=row,
        strong=lambda place: lines[place].heading or lines[place] is form.totals,
    )


def _cells(form: FormTable, row: Row) -> tuple[str, ...]:
    return tuple(
        wording.say(cell, form.shape(row, column))
        for cell, column in zip(row.cells, form.columns, strict=True)
    )


def _stub(form: FormTable, place: int) -> Head:
    column = form.stub[place]
    if place == form.wide_stub:
        return Head(column.title, column.number, widest=NAME_WIDTH, narrowest=72.0)
    return Head(column.title, column.number, align=0)


def _head(form: FormTable, column: Column) -> Head:
    across = any(row.shape for row in form.rows)
    numeric = column.shape.numeric or across
    title = f"{column.title}\n（{column.measure}）" if column.measure else column.title
    align = 1 if numeric else -1
    return Head(title, column.number, column.group, align)


@dataclass(frozen=True, slots=True)
class _FormSetter:
    """What stands above and below a form's table."""

    report: Report
    form: FormTable
    composer: Composer

    def head(self) -> None:
        """Set the title, the legal marks and the head lines."""
        composer = self.composer
        composer.centred(self.form.title, TITLE)
        composer.skip(4.0)
        marks = [f"{label}：{value}" for label, value in self.form.marks]
        right = [*marks, f"计量单位：{self.form.measure}"]
        if not marks:
            right.insert(0, wording.WORKING_SHEET)
        left = [""] * (len(right) - len(self.form.header)) + list(self.form.header)
        for place, words in enumerate(right):
            last = place == len(right) - 1
            middle = self.report.period_title if last else ""
            self._line(left[place], middle, words)
        composer.skip(3.0)

    def head_again(self) -> None:
        """Set the short head of a page that goes on."""
        composer = self.composer
        composer.centred(self.form.title + wording.CONTINUED, AGAIN)
        number = self.form.marks[0] if self.form.marks else None
        words = f"{number[0]}：{number[1]}" if number else wording.WORKING_SHEET
        self._line(self.form.header[0], self.report.period_title, words)
        composer.skip(3.0)

    def foot(self) -> None:
        """Set the legend, the signatures and the notes."""
        composer = self.composer
        if self.form.empty:
            composer.paragraph(self.form.empty, EMPTY)
        else:
            composer.paragraph(wording.LEGEND, NOTE)
        self._signatures()
        if self.form.notes:
            composer.paragraph(
                wording.NOTES, Style(Face.HEI, SMALL, above=4.0, heading=True)
            )
        for note in self.form.notes:
            composer.paragraph(note, HANGING)

    def _line(self, left: str, middle: str, right: str) -> None:
        composer = self.composer
        start, end = composer.left, composer.left + composer.width

        def draw(pen: Pen, top: float) -> None:
            y = top - SMALL * 1.15
            pen.text(start, y, left, Face.SONG, SMALL)
            pen.centred((start + end) / 2, y, middle, Face.SONG, SMALL)
            pen.to_right(end, y, right, Face.SONG, SMALL)

        composer.place(LINE, draw)

    def _signatures(self) -> None:
        """Set the signature line, each with room to sign."""
        composer = self.composer
        names = self.report.signatures
        composer.need(2 * LINE)
        step = composer.width / max(len(names), 1)
        start = composer.left

        def draw(pen: Pen, top: float) -> None:
            for place, name in enumerate(names):
                x = start + place * step
                pen.text(x, top - 16.0, f"{name}：", Face.SONG, SMALL)

        composer.place(20.0, draw)
