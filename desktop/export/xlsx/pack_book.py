"""A pack as a workbook its author can edit: one sheet a kind of part."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message
from desktop.export.safe_file import write_safely

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from desktop.core.messages import Message
    from desktop.forms.sheets import SheetRows
    from desktop.forms.sheets import Value

_WIDE: Final = 44
_NARROW: Final = 14
_LONG: Final = 16
"""Characters from which a column is given more room."""


def write_pack_book(path: Path, parts: Sequence[SheetRows]) -> None:
    """Write the sheets of a pack as a workbook.

    Raises:
        ExportError: It could not be written; a file of that name is as it was.
    """
    write_safely(
        path, lambda part: _write(part, parts), lambda part: _fault(part, parts)
    )


def _write(path: Path, parts: Sequence[SheetRows]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for part in parts:
        _sheet(book, part)
    book.save(path)


def _fault(path: Path, parts: Sequence[SheetRows]) -> Message | None:
    """Read the workbook back and compare every cell with what was to be written."""
    from openpyxl import load_workbook

    with path.open("rb") as file:
        book = load_workbook(file, read_only=True)
        for part, sheet in zip(parts, book.worksheets, strict=True):
            width = len(part.sheet.columns)
            rows = sheet.iter_rows(
                min_row=2, max_row=len(part.rows) + 1, max_col=width, values_only=True
            )
            for number, (wanted, found) in enumerate(
                zip(part.rows, rows, strict=True), 2
            ):
                if [_held(value) for value in wanted] != [*found]:
                    where = f"{part.sheet.name}!{number}"
                    return message("export.differs", name=path.stem, place=where)
        book.close()
    return None


def _held(value: Value) -> str | float | bool | None:
    return float(value) if isinstance(value, Decimal) else value


def _sheet(book: Workbook, part: SheetRows) -> None:
    from openpyxl.styles import Alignment
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(part.sheet.name)
    heads = [column.head for column in part.sheet.columns]
    for place, head in enumerate(heads, 1):
        cell = sheet.cell(1, place, head)
        cell.font = Font(bold=True)
        longest = max((len(str(row[place - 1] or "")) for row in part.rows), default=0)
        width = _WIDE if longest > _LONG else _NARROW
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "B2"
    wrapped = Alignment(vertical="top", wrap_text=True)
    for row, values in enumerate(part.rows, 2):
        for column, value in enumerate(values, 1):
            if value is not None:
                _put(sheet, row, column, value)
                sheet.cell(row, column).alignment = wrapped


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    """Write a value as what it is: a text never becomes a number or a formula."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = value
        cell.data_type = "s"
        cell.number_format = "@"
    else:
        cell.value = _held(value)
