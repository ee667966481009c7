"""Writing 分发采集表: a workbook that a facility fills in and sends back.

Drop-downs, hints and colours are the classic ones that Excel, WPS and LibreOffice have
had for decades: no macro, no extension, no formula in a cell. Sheets are protected
without a password, which keeps hands off the labels and nobody out.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.core.messages import message
from desktop.export.collection import words
from desktop.export.collection.cells import Colours
from desktop.export.collection.cells import Painter
from desktop.export.collection.cells import held
from desktop.export.collection.cells import offer
from desktop.export.collection.guide import advice_of
from desktop.export.collection.guide import fill_guide
from desktop.export.collection.guide import head_of
from desktop.export.collection.plan import ADVICE_ROWS
from desktop.export.collection.plan import FACILITY_HEAD
from desktop.export.collection.plan import LISTS
from desktop.export.collection.plan import MEMO
from desktop.export.collection.plan import UNIT_HEAD
from desktop.export.safe_file import write_safely
from desktop.export.xlsx.form import break_pages
from desktop.export.xlsx.form import page_ends
from desktop.export.xlsx.form import set_up_page
from desktop.export.xlsx.form import set_widths
from desktop.export.xlsx.rows import letter_of
from desktop.export.xlsx.style import HEAD
from desktop.export.xlsx.style import LABEL
from desktop.export.xlsx.style import MARK
from desktop.export.xlsx.style import PLAIN
from desktop.export.xlsx.style import TITLE
from desktop.export.xlsx.style import WRAPPED
from desktop.export.xlsx.style import Book
from desktop.export.xlsx.style import Look
from desktop.export.xlsx.style import display_width
from desktop.export.xlsx.style import number_format
from desktop.export.xlsx.style import row_height

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from desktop.core.messages import Message
    from desktop.export.collection.plan import Asked
    from desktop.export.collection.plan import Collection
    from desktop.export.collection.plan import CollectionPlan
    from desktop.export.collection.plan import Line
    from desktop.export.xlsx.plan import Written

BREADTH: Final = 110
"""Half-width columns that the advice on top spreads over."""
NARROWEST: Final = 11
WIDEST: Final = 30
ROOMY: Final = 18
"""Width of a column of words of which nothing is known yet."""
TEXT: Final = Look(ruled=True, wrap=True)
HEAD_LENGTH: Final = 120
"""Characters of a printed head; Excel takes 255 for all three of its parts."""
LOWEST: Final = 18.0
"""Height of a row in points: room to click."""
FROZEN: Final = 4
"""The first column that moves: hidden, unit and name stay."""


def write_collection(collection: Collection, path: Path) -> tuple[Message, ...]:
    """Write one workbook; gives what could not be written as it is.

    Raises:
        ExportError: The file could not be written; an old one is as it was.
    """
    remarks: list[Message] = []

    def write(part: Path) -> None:
        book = _made(collection)
        book.workbook.save(part)
        remarks.extend(book.remarks)

    write_safely(path, write, lambda part: _fault(part, collection))
    return tuple(remarks)


def _made(collection: Collection) -> Book:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = words.TITLE.format(form=collection.form.title)
    workbook.properties.creator = collection.sender
    plan = collection.plan
    for name in (plan.sheet, words.GUIDE, LISTS, MEMO):
        workbook.create_sheet(name)
    workbook[LISTS].sheet_state = "hidden"
    workbook[MEMO].sheet_state = "veryHidden"
    book = Book(workbook)
    _Sheet(book, collection, plan, workbook[plan.sheet]).fill()
    fill_guide(book, collection, workbook[words.GUIDE])
    for row, pair in enumerate(collection.memo.items(), 1):
        for column, text in enumerate(pair, 1):
            book.put(workbook[MEMO], (row, column), text, PLAIN)
    for sheet in workbook.worksheets:
        _protect(sheet)
    return book


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Fills the sheet a person writes into."""

    book: Book
    collection: Collection
    plan: CollectionPlan
    sheet: Worksheet

    def fill(self) -> None:
        widths = tuple(self._widths())
        pages = page_ends((0.0, *widths[1:]), FROZEN - 1)
        set_widths(self.sheet, widths)
        self._top(widths)
        self._heads(widths)
        self._groups(pages)
        for row in range(self.plan.first, self.plan.last + 1):
            self._line(row, widths)
        self._demands_of_cells()
        Painter(self.sheet, self.collection, self.plan).paint()
        self._paper(pages)

    def _put(self, row: int, column: int, text: str | None, look: Look) -> None:
        self.book.put(self.sheet, (row, column), text, look)

    def _top(self, widths: tuple[float, ...]) -> None:
        """Say what the sheet is, and how to fill it in."""
        collection = self.collection
        edge = _edge(widths)
        head = f"{head_of(collection)}　　{collection.marks}"
        advice = advice_of(collection)
        title = words.TITLE.format(form=collection.form.title)
        looks = (replace(TITLE, align="left"), LABEL, *(WRAPPED,) * ADVICE_ROWS)
        width = sum(widths[1:edge])
        lines = zip((title, head, *advice), looks, strict=True)
        for row, (text, look) in enumerate(lines, 1):
            self._put(row, 2, text, look)
            self.sheet.merge_cells(None, row, 2, row, edge)
            height = row_height([(text, width)]) if look.wrap else None
            self.sheet.row_dimensions[row].height = height
        self.sheet.row_dimensions[1].height = 26

    def _heads(self, widths: tuple[float, ...]) -> None:
        plan = self.plan
        self._put(plan.heads, 1, FACILITY_HEAD, MARK)
        self._head(2, words.UNIT_OF, words.Demand.REQUIRED, UNIT_HEAD)
        for place, asked in enumerate(self.collection.asked, 3):
            field = asked.field
            title = field.title
            if field.measure:
                title = f"{title}\n（{field.measure}）"
            self._head(place, title, asked.demand, field.id)
        titles = (
            (asked.field.title + (asked.field.measure or ""), width)
            for asked, width in zip(self.collection.asked, widths[2:], strict=True)
        )
        height = max(row_height(titles) or 0.0, 40.0)
        self.sheet.row_dimensions[plan.titles].height = height
        self.sheet.row_dimensions[plan.heads].hidden = True

    def _head(self, column: int, title: str, demand: words.Demand, name: str) -> None:
        plan = self.plan
        needed = demand is words.Demand.REQUIRED
        look = replace(HEAD, fill=Colours.HEAD)
        self._put(plan.groups, column, None, look)
        self._put(plan.titles, column, title, look)
        self._put(
            plan.demands,
            column,
            demand.value,
            replace(MARK, fill=Colours.HEAD, bold=needed, bottom=True),
        )
        self._put(plan.heads, column, name, MARK)

    def _groups(self, pages: tuple[int, ...]) -> None:
        """Name the groups, anew on each printed page."""
        row = self.plan.groups
        numbered = enumerate(self.collection.asked, 3)
        look = replace(HEAD, fill=Colours.HEAD)

        def stands(pair: tuple[int, Asked]) -> tuple[str, int]:
            return pair[1].group, bisect_left(pages, pair[0])

        for (group, _), run in groupby(numbered, key=stands):
            places = [place for place, _ in run]
            self._put(row, places[0], group, look)
            if len(places) > 1:
                self.sheet.merge_cells(None, row, places[0], row, places[-1])

    # --- Rows to fill in ----------------------------------------------------

    def _line(self, row: int, widths: tuple[float, ...]) -> None:
        """Write one row: what is known, and room for the rest."""
        at = row - self.plan.first
        lines = self.collection.lines
        line = lines[at] if at < len(lines) else None
        if line is not None:
            self._put(row, 1, line.facility, replace(MARK, format="@"))
        units = self.collection.units
        own = units[0] if len(units) == 1 else ""
        unit = line.unit if line else own
        locked = line is not None or bool(own)
        self._put(row, 2, unit or None, _ground(TEXT, known=bool(unit), locked=locked))
        lines_of_text: list[tuple[Written, float]] = []
        for place, asked in enumerate(self.collection.asked, 3):
            value = self._cell((row, place), asked, line)
            if not asked.shape.numeric:
                lines_of_text.append((value, widths[place - 1]))
        height = row_height(lines_of_text) or 0.0
        self.sheet.row_dimensions[row].height = max(height, LOWEST)

    def _cell(self, place: tuple[int, int], asked: Asked, line: Line | None) -> Written:
        field, shape = asked.field, asked.shape
        cells = line.cells if line else {}
        value = held(field, cells[field.id]) if field.id in cells else None
        locked = line is not None and field.id in line.fixed
        look = Look(
            ruled=True,
            align="right" if shape.numeric else "left",
            wrap=not shape.numeric,
            format=number_format(shape),
        )
        look = _ground(look, known=value is not None, locked=locked)
        self.book.put(self.sheet, place, value, look)
        return value

    def _demands_of_cells(self) -> None:
        """Offer lists, show hints, refuse what cannot be meant."""
        if not self.plan.rows:
            return
        units = self.collection.units
        asked: list[tuple[int, Asked | None]] = [(2, None)]
        asked += enumerate(self.collection.asked, 3)
        lists = self.book.workbook[LISTS]
        for number, (place, each) in enumerate(asked, 1):
            choices = units if each is None else each.shape.choices
            if each is not None and choices:
                choices = (*choices, *words.words_for_none(each.field, choices))
            name = ""
            if choices:
                name = self._list(lists, number, choices)
            offer(self.sheet, self.plan.down(place), each, name, self.plan)

    def _list(self, sheet: Worksheet, number: int, choices: tuple[str, ...]) -> str:
        """Keep a list of choices; gives the name cells call it by."""
        from openpyxl.workbook.defined_name import DefinedName

        for row, choice in enumerate(choices, 1):
            self.book.put(sheet, (row, number), choice, replace(PLAIN, format="@"))
        name, letter = f"list_{number}", letter_of(number)
        where = f"'{LISTS}'!${letter}$1:${letter}${len(choices)}"
        workbook: Workbook = self.book.workbook
        workbook.defined_names[name] = DefinedName(name, attr_text=where)
        return name

    # --- The sheet ----------------------------------------------------------

    def _widths(self) -> list[float]:
        units = (line.unit for line in self.collection.lines)
        widths = [4.0, float(max(NARROWEST, *map(display_width, units), 0) + 2)]
        for asked in self.collection.asked:
            field = asked.field
            values = (
                display_width(held(field, line.cells[field.id]))
                for line in self.collection.lines
                if field.id in line.cells
            )
            words_ = not asked.shape.numeric
            least = max(NARROWEST, min(display_width(field.title), ROOMY))
            empty = ROOMY if words_ else NARROWEST
            width = max(least, empty, *values, 0) + 2
            widths.append(float(min(width, WIDEST)))
        return widths

    def _paper(self, pages: tuple[int, ...]) -> None:
        """Set the sheet up for printing; the advice on top has a sheet of its own."""
        plan, sheet = self.plan, self.sheet
        set_up_page(sheet, self.collection.marks)
        paper: Any = sheet  # the stubs say that a sheet may lack a head
        form = self.collection.form
        title = words.TITLE.format(form=form.title)
        told = f"{title}　{head_of(self.collection)}"[:HEAD_LENGTH]
        paper.oddHeader.left.text = told.replace("&", "&&")
        last = f"{letter_of(plan.width)}{max(plan.last, plan.heads)}"
        sheet.print_area = f"B{plan.groups}:{last}"
        if len(pages) > 1:
            break_pages(sheet, pages[:-1])
        sheet.print_title_rows = f"{plan.groups}:{plan.demands}"
        sheet.print_title_cols = "B:C"
        sheet.column_dimensions["A"].hidden = True
        sheet.freeze_panes = f"{letter_of(FROZEN)}{plan.first}"
        sheet.sheet_view.zoomScale = 100


def _ground(look: Look, *, known: bool, locked: bool) -> Look:
    if locked:
        return replace(look, fill=Colours.LOCKED)
    return replace(look, fill=Colours.KNOWN if known else "", unlocked=True)


def _edge(widths: tuple[float, ...]) -> int:
    """Give the last column that the advice on top spreads over."""
    used = 0.0
    for place, width in enumerate(widths[1:], 2):
        used += width
        if used >= BREADTH:
            return place
    return len(widths)


def _protect(sheet: Worksheet) -> None:
    """Lock what is not to be filled in; no password, and columns may be widened."""
    found: Any = sheet.protection
    found.sheet = True
    found.formatColumns = found.formatRows = False


def _fault(part: Path, collection: Collection) -> Message | None:
    """Read the workbook back: the names of its columns, and all that is known."""
    from openpyxl import load_workbook

    plan = collection.plan
    with part.open("rb") as file:
        workbook = load_workbook(file, read_only=True)
        sheet = workbook[plan.sheet]
        rows = sheet.iter_rows(
            min_row=plan.heads, max_row=plan.first + len(collection.lines) - 1
        )
        heads, *lines = ([cell.value for cell in row] for row in rows)
        workbook.close()
    if heads[2 : plan.width] != list(plan.fields):
        return message("export.differs", name=part.stem, place=plan.sheet)
    for number, (line, found) in enumerate(zip(collection.lines, lines, strict=True)):
        if found[0] != (line.facility or None):
            place = f"{plan.sheet}!A{plan.first + number}"
            return message("export.differs", name=part.stem, place=place)
    return None
