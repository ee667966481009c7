"""填写说明: the sheet that explains how to fill 分发采集表 in, field by field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

from desktop.export.collection import words
from desktop.export.collection.cells import Colours
from desktop.export.collection.plan import ADVICE_ROWS
from desktop.export.xlsx.form import set_up_page
from desktop.export.xlsx.form import set_widths
from desktop.export.xlsx.style import HEAD
from desktop.export.xlsx.style import LABEL
from desktop.export.xlsx.style import TITLE
from desktop.export.xlsx.style import WRAPPED
from desktop.export.xlsx.style import Look
from desktop.export.xlsx.style import row_height
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from desktop.export.collection.plan import Collection
    from desktop.export.xlsx.style import Book

HEADS: Final = ADVICE_ROWS + 2
"""Row of the heads, below title and advice."""
TEXT: Final = Look(ruled=True, wrap=True)
_WIDTHS: Final = tuple(float(width) for _, width in words.GUIDE_HEADS)


def advice_of(collection: Collection) -> list[str]:
    """Give the advice on filling in, a sentence or two a line."""
    roster = isinstance(collection.form, Roster)
    record = words.OBJECT if roster else words.UNIT_NAME
    return [line.format(record=record) for line in words.ADVICE]


def head_of(collection: Collection) -> str:
    """Say who collects, and for which period."""
    return words.HEAD.format(sender=collection.sender, period=collection.period.title)


def fill_guide(book: Book, collection: Collection, sheet: Worksheet) -> None:
    """Write the advice, then what each field means, then the rules."""
    book.put(sheet, (1, 1), words.GUIDE, replace(TITLE, align="left"))
    set_widths(sheet, _WIDTHS)
    for row, text in enumerate(advice_of(collection), 2):
        _broad(book, sheet, row, text)
    for column, (title, _) in enumerate(words.GUIDE_HEADS, 1):
        book.put(sheet, (HEADS, column), title, replace(HEAD, fill=Colours.HEAD))
    row = HEADS
    for asked in collection.asked:
        row += 1
        meaning = asked.field.explanation or ""
        line = (asked.field.title, asked.demand.value, asked.hint, meaning)
        for column, text in enumerate(line, 1):
            book.put(sheet, (row, column), text, TEXT)
        height = row_height(zip(line, _WIDTHS, strict=True))
        sheet.row_dimensions[row].height = height
    _rules(book, collection, sheet, row + 2)
    set_up_page(sheet, collection.marks)
    sheet.print_title_rows = f"{HEADS}:{HEADS}"
    sheet.freeze_panes = f"A{HEADS + 1}"


def _rules(book: Book, collection: Collection, sheet: Worksheet, row: int) -> None:
    said = [rule.words for rule in collection.rules if rule.words]
    if said:
        book.put(sheet, (row, 1), words.RULES, LABEL)
    for number, text in enumerate(said, 1):
        _broad(book, sheet, row + number, f"（{number}）{text}")


def _broad(book: Book, sheet: Worksheet, row: int, text: str) -> None:
    """Write a text over all columns."""
    book.put(sheet, (row, 1), text, WRAPPED)
    sheet.merge_cells(None, row, 1, row, len(_WIDTHS))
    sheet.row_dimensions[row].height = row_height([(text, sum(_WIDTHS))])
