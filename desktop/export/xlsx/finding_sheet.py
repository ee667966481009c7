"""Writing a list of findings as a workbook: 审核结果清单, to be worked through.

Every cell is text: nothing a person or a pack wrote can become a formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message
from desktop.export.safe_file import write_safely
from desktop.export.steady_zip import save_steadily
from desktop.export.xlsx.form import set_up_page
from desktop.export.xlsx.plan import storable
from desktop.export.xlsx.plan import unescaped
from desktop.export.xlsx.style import HEAD
from desktop.export.xlsx.style import PLAIN
from desktop.export.xlsx.style import TITLE
from desktop.export.xlsx.style import Book
from desktop.export.xlsx.style import Look
from desktop.export.xlsx.style import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from desktop.core.messages import Message

    Row = Sequence[str]

TEXT: Final = Look(ruled=True, wrap=True, format="@")
READ_BACK: Final = 5000
"""Lines that are read back cell by cell."""


@dataclass(frozen=True, slots=True)
class FindingSheet:
    """A list of findings: `about` stands above it, `rows` begin with their heads.

    `widths` are those of the columns, in characters; `made` is the time of the data.
    """

    title: str
    about: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    made: str = ""


def write_finding_sheet(path: Path, sheet: FindingSheet) -> tuple[Message, ...]:
    """Write a list; gives what of it a workbook cannot hold as it is.

    Raises:
        ExportError: Nothing was written; a file of that name is as it was.
    """
    remarks: list[Message] = []

    def write(part: Path) -> None:
        book = _filled(sheet)
        remarks.extend(book.remarks)
        with part.open("wb") as file:
            save_steadily(book.workbook, file, sheet.made)

    write_safely(path, write, lambda part: _fault(part, path.name, sheet))
    return tuple(remarks)


def _filled(told: FindingSheet) -> Book:
    from openpyxl import Workbook

    book = Book(Workbook())
    workbook: Workbook = book.workbook
    sheet: Worksheet = workbook.worksheets[0]
    sheet.title = told.title
    workbook.properties.title = told.title
    workbook.properties.creator = ""
    book.put(sheet, (1, 1), told.title, TITLE)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=_width(told))
    for row, text in enumerate(told.about, 2):
        book.put(sheet, (row, 1), text, PLAIN)
    first = _first(told)
    for row, texts in enumerate(told.rows, first):
        look = HEAD if row == first else TEXT
        for column, text in enumerate(texts, 1):
            book.put(sheet, (row, column), text, look)
        height = row_height(list(zip(texts, told.widths, strict=True)))
        if height is not None:
            sheet.row_dimensions[row].height = min(height, 400)
    _arrange(sheet, told)
    return book


def _arrange(sheet: Worksheet, told: FindingSheet) -> None:
    """Let heads stay, on the screen and on paper, and lines be filtered."""
    from openpyxl.utils import get_column_letter

    first = _first(told)
    for place, width in enumerate(told.widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    last = get_column_letter(_width(told))
    sheet.freeze_panes = f"A{first + 1}"
    sheet.auto_filter.ref = f"A{first}:{last}{first + len(told.rows) - 1}"
    sheet.print_title_rows = f"{first}:{first}"
    set_up_page(sheet, told.title)


def _first(told: FindingSheet) -> int:
    """Give the row of the heads."""
    return 2 + len(told.about)


def _width(told: FindingSheet) -> int:
    return len(told.widths)


def _fault(path: Path, name: str, told: FindingSheet) -> Message | None:
    """Read the list back and compare it with what was to be written."""
    for row, (wanted, found) in enumerate(zip_longest(told.rows, _read(path, told))):
        if row >= READ_BACK:
            break
        if wanted is None or [storable(text) for text in wanted] != found:
            return message("export.differs", name=name, place=f"{told.title}!{row}")
    return None


def _read(path: Path, told: FindingSheet) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    with path.open("rb") as file:
        book = load_workbook(file, read_only=True)
        cells = book.worksheets[0].iter_rows(min_row=_first(told), values_only=True)
        for values in cells:
            yield [unescaped(str(value or "")) for value in values[: _width(told)]]
        book.close()
