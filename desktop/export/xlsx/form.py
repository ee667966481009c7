"""One form as a sheet of the workbook, in the layout of official forms."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.export import wording
from desktop.export.xlsx.plan import written
from desktop.export.xlsx.rows import SLACK
from desktop.export.xlsx.rows import Lines
from desktop.export.xlsx.rows import letter_of
from desktop.export.xlsx.rows import look_of
from desktop.export.xlsx.rows import widest
from desktop.export.xlsx.style import CENTRE
from desktop.export.xlsx.style import HEAD
from desktop.export.xlsx.style import LABEL
from desktop.export.xlsx.style import LINE
from desktop.export.xlsx.style import MARK
from desktop.export.xlsx.style import PLAIN
from desktop.export.xlsx.style import RIGHT
from desktop.export.xlsx.style import TITLE
from desktop.export.xlsx.style import WRAPPED
from desktop.export.xlsx.style import Look
from desktop.export.xlsx.style import display_width
from desktop.export.xlsx.style import row_height

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from desktop.export.report import Report
    from desktop.export.report import Row
    from desktop.export.xlsx.plan import SheetPlan
    from desktop.export.xlsx.plan import Written
    from desktop.export.xlsx.style import Book

NARROWEST: Final = 8
WIDEST: Final = 34
PAGE: Final = 120
"""Half-width columns that stand readably on a landscape A4 page."""
SCALE: Final = 72
"""Per cent at which they do, with room to spare for other programs' fonts."""
A4: Final = 9
"""Excel's number of the paper."""


@dataclass(frozen=True, slots=True)
class FormSheet:
    """Fills one sheet with one form."""

    book: Book
    report: Report
    plan: SheetPlan
    sheet: Worksheet
    widths: tuple[float, ...]
    pages: tuple[int, ...]
    """Last column of each page, side by side."""

    @property
    def edge(self) -> int:
        """Last column of the first page."""
        return self.pages[0]

    def fill(self) -> None:
        """Write everything the form says."""
        self._header()
        self._heads()
        self._rows()
        self._below()
        self._choices()
        self._paper()

    def _put(self, row: int, column: int, text: Written, look: Look = PLAIN) -> None:
        self.book.put(self.sheet, (row, column), text, look)

    def _header(self) -> None:
        plan, form = self.plan, self.plan.form
        self._put(1, 1, form.title, TITLE)
        self._merge((1, 1, self.edge, 1), TITLE)
        self.sheet.row_dimensions[1].height = 28
        marks = [f"{label}：{value}" for label, value in form.marks]
        right = [*(marks or [wording.WORKING_SHEET]), f"计量单位：{form.measure}"]
        bottom = plan.head - 1
        for up, words in enumerate(reversed(right)):
            self._put(bottom - up, self.edge, words, RIGHT)
        for up, words in enumerate(reversed(form.header)):
            self._put(bottom - up, 1, words)
        middle = (self.edge + 1) // 2
        if 1 < middle < self.edge:
            self._put(bottom, middle, self.report.period_title, CENTRE)

    def _heads(self) -> None:
        plan, form = self.plan, self.plan.form
        top = replace(HEAD, top=True)
        for place, column in enumerate((*form.stub, *form.columns), 1):
            words = column.title
            if column.measure:
                words = f"{words}\n（{column.measure}）"
            look = HEAD if plan.grouped and column.group else top
            row = plan.titles if plan.grouped and column.group else plan.head
            self._put(row, place, words, look)
            if row < plan.titles:
                self._merge((place, row, place, plan.titles), top)
            self._put(plan.titles + 1, place, column.number, MARK)
        self._groups(top)
        self.sheet.row_dimensions[plan.titles].height = 4 * LINE

    def _groups(self, look: Look) -> None:
        plan, form = self.plan, self.plan.form
        numbered = enumerate(form.columns, len(form.stub) + 1)
        for group, run in groupby(numbered, key=lambda pair: pair[1].group):
            places = [place for place, _ in run]
            if group is not None:
                self._put(plan.head, places[0], group, look)
                self._merge((places[0], plan.head, places[-1], plan.head), look)

    def _merge(self, box: tuple[int, int, int, int], look: Look) -> None:
        """Join cells; each keeps its rules, for the programs that look at each."""
        left, top, right, bottom = box
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    self._put(row, column, None, look)
        if (top, left) != (bottom, right):
            self.sheet.merge_cells(None, top, left, bottom, right)

    def _rows(self) -> None:
        """Write what stands where there are no lines, and the totals below them."""
        plan, form = self.plan, self.plan.form
        if form.empty:
            look = replace(MARK, bottom=True)
            self._put(plan.data, 1, form.empty, look)
            self._merge((1, plan.data, plan.width, plan.data), look)
        if form.totals:
            self._totals(form.totals)

    def _totals(self, line: Row) -> None:
        plan, form = self.plan, self.plan.form
        base = Look(ruled=True, bottom=True, bold=True)
        for place, words in enumerate(line.stub, 1):
            align = "left" if place - 1 == form.wide_stub else "center"
            look = replace(base, align=align, format="@")
            self._put(plan.totals, place, words, look)
        start = len(form.stub) + 1
        cells = zip(line.cells, form.columns, strict=True)
        for place, (cell, column) in enumerate(cells, start):
            shape = form.shape(line, column)
            self._put(plan.totals, place, written(cell, shape), look_of(base, shape))

    def _below(self) -> None:
        """Write legend, signatures and notes."""
        plan, form = self.plan, self.plan.form
        row = plan.below
        self._put(row, 1, wording.LEGEND)
        names = "　　　　　".join(f"{name}：" for name in self.report.signatures)
        self._put(row + 1, 1, names)
        self.sheet.row_dimensions[row + 1].height = 26
        if not form.notes:
            return
        self._put(row + 2, 1, wording.NOTES, LABEL)
        for place, note in enumerate(form.notes, row + 3):
            self._note(place, note)

    def _note(self, row: int, note: str) -> None:
        """Write a note; beside the names where these are repeated on each page."""
        left = len(self.plan.form.stub) + 1 if len(self.pages) > 1 else 1
        self._put(row, left, note, WRAPPED)
        self._merge((left, row, self.edge, row), WRAPPED)
        width = sum(self.widths[left - 1 : self.edge])
        self.sheet.row_dimensions[row].height = row_height([(note, width)]) or LINE

    def _choices(self) -> None:
        """Offer the choices of fields that have a list."""
        plan, form = self.plan, self.plan.form
        start = len(form.stub) + 1
        last = max(plan.data, plan.totals - 1)
        for place, column in enumerate(form.columns, start):
            if column.shape.choices:
                cells = f"{letter_of(place)}{plan.data}:{letter_of(place)}{last}"
                self.book.offer(self.sheet, column.shape.choices, cells)
        for row, line in enumerate(form.rows, plan.data):
            if line.shape is not None and line.shape.choices:
                cells = f"{letter_of(start)}{row}:{letter_of(plan.width)}{row}"
                self.book.offer(self.sheet, line.shape.choices, cells)

    def _paper(self) -> None:
        """Set the sheet up for printing, heads and names on every page."""
        plan = self.plan
        stub = len(plan.form.stub)
        marks = plan.form.marks
        head = marks[0][1] if marks else wording.WORKING_SHEET
        set_up_page(self.sheet, head)
        if len(self.pages) > 1:
            break_pages(self.sheet, self.pages[:-1])
        self.sheet.print_title_rows = f"{plan.head}:{plan.titles + 1}"
        self.sheet.print_title_cols = f"A:{letter_of(stub)}"
        self.sheet.freeze_panes = f"{letter_of(stub + 1)}{plan.data}"


def fill_form(book: Book, report: Report, plan: SheetPlan, sheet: Worksheet) -> Lines:
    """Write one form into a sheet, all but its lines, which are given."""
    widths = column_widths(plan)
    set_widths(sheet, widths)
    pages = page_ends(widths, len(plan.form.stub))
    FormSheet(book, report, plan, sheet, widths, pages).fill()

    def changed(text: str, kept: str, place: str) -> None:
        book.remark(text, kept, f"{sheet.title}!{place}")

    return Lines(plan, widths, book.style, changed)


def column_widths(plan: SheetPlan) -> tuple[float, ...]:
    """Measure the columns by what stands in them, in half-width characters."""
    form = plan.form
    columns = (*form.stub, *form.columns)
    widths = [max(NARROWEST, min(display_width(c.title), 12)) for c in columns]
    if form.rows or form.totals:
        widths = [
            max(pair)
            for pair in zip(widths, (w + SLACK for w in widest(plan)), strict=True)
        ]
    return tuple(float(min(width, WIDEST)) for width in widths)


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Give a sheet's columns their widths."""
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[letter_of(place)].width = width


def page_ends(widths: Sequence[float], stub: int) -> tuple[int, ...]:
    """Share columns out to pages, each of which repeats the stub; count from 1."""
    repeated = sum(widths[:stub])
    ends: list[int] = []
    used = repeated
    for place in range(stub, len(widths)):
        if used + widths[place] > PAGE and used > repeated:
            ends.append(place)
            used = repeated
        used += widths[place]
    return (*ends, len(widths))


def break_pages(sheet: Worksheet, ends: Sequence[int]) -> None:
    """Begin a new page after some columns; Excel wants a fixed scale for that."""
    from openpyxl.worksheet.pagebreak import Break
    from openpyxl.worksheet.pagebreak import ColBreak
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.page_setup.scale = SCALE
    breaks = ColBreak()
    for end in ends:
        breaks.append(Break(id=end))
    sheet.col_breaks = breaks


def set_up_page(sheet: Worksheet, head: str) -> None:
    """Set a sheet up for A4 across, one page wide."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.print_options.horizontalCentered = True
    paper: Any = sheet  # the stubs say that a sheet may lack head and foot
    paper.oddHeader.right.text = head.replace("&", "&&")
    paper.oddFooter.center.text = "第 &P 页  共 &N 页"
