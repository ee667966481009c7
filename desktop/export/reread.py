"""Reading files back after writing them: is what is there what was meant?"""

from __future__ import annotations

import re
import zlib
from datetime import date
from datetime import datetime
from decimal import Decimal
from io import SEEK_END
from itertools import zip_longest
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import assert_never
from zipfile import BadZipFile
from zipfile import ZipFile

from desktop.core.messages import message
from desktop.export.report import CellKind
from desktop.export.report import Shape
from desktop.export.xlsx.plan import INDICATORS
from desktop.export.xlsx.plan import VALUE_COLUMN
from desktop.export.xlsx.plan import escaped
from desktop.export.xlsx.plan import plan_sheets
from desktop.export.xlsx.plan import storable
from desktop.export.xlsx.plan import unescaped
from desktop.export.xlsx.plan import written
from desktop.export.xlsx.rows import letter_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from io import FileIO
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from desktop.core.messages import Message
    from desktop.export.report import FormTable
    from desktop.export.report import Report
    from desktop.export.report import Row
    from desktop.export.xlsx.plan import SheetPlan
    from desktop.export.xlsx.plan import Written

HEAD: Final = b"%PDF-1."
TRAILER: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
TABLE: Final = re.compile(rb"xref\s+0 (\d+)\s+")
ENTRY: Final = re.compile(rb"(\d{10}) \d{5} ([fn])\s{1,2}")
OBJECT: Final = re.compile(rb"\d+ 0 obj")
READ_BACK: Final = 200
"""Lines of a sheet that are read back cell by cell."""
COUNT: Final = re.compile(rb"/Count (\d+) /Kids \[")
PIECE: Final = 256 * 1024
LONGEST: Final = 64
"""Bytes that the count of pages, or the head of the table of objects, may take."""


def check_pdf(path: Path, pages: int) -> Message | None:
    """Look whether a PDF is whole: head, end, every object in its place, pages."""
    with path.open("rb", buffering=0) as file:
        count = _pages(file)
    if count is None:
        return message("export.damaged", name=path.stem)
    if count != pages:
        place = f"{count} / {pages}"
        return message("export.differs", name=path.stem, place=place)
    return None


def _pages(file: FileIO) -> int | None:
    """Count the pages of a PDF, piece by piece; None where it is not whole."""
    size = file.seek(0, SEEK_END)
    end = TRAILER.search(_read(file, max(size - 64, 0), 64))
    if end is None or _read(file, 0, len(HEAD)) != HEAD:
        return None
    start = int(end[1])
    if not _placed(file, start):
        return None
    # Of many pages some hang on each branch of a tree, and all on its root.
    pieces = (_read(file, place, PIECE + LONGEST) for place in range(0, start, PIECE))
    counts = (int(found[1]) for piece in pieces for found in COUNT.finditer(piece))
    return max(counts, default=0)


def _placed(file: FileIO, start: int) -> bool:
    """Whether every object stands where the cross-reference table says."""
    head = TABLE.match(_read(file, start, LONGEST))
    if head is None:
        return False
    count = int(head[1])
    table = _read(file, start + head.end(), 20 * count)
    entries = list(ENTRY.finditer(table))
    places = (int(entry[1]) for entry in entries if entry[2] == b"n")
    objects = (_read(file, place, 16) for place in places)
    return len(entries) == count and all(map(OBJECT.match, objects))


def _read(file: FileIO, place: int, length: int) -> bytes:
    file.seek(place)
    return file.read(length)


def check_xlsx(path: Path, report: Report) -> Message | None:
    """Look whether a workbook is whole, and holds the report's figures cell by cell.

    Of a sheet with more than `READ_BACK` lines the bytes are proved and those at
    its beginning are read: reading all would take longer than writing them.
    """
    for found in differences(path, report):
        return message("export.differs", name=path.stem, place=found)
    return None


def differences(path: Path, report: Report) -> Iterator[str]:
    """Name the cells of a workbook that do not say what the report says.

    A file that is no workbook any more, or not whole, is named as a whole.
    """
    from openpyxl import load_workbook

    try:
        with ZipFile(path) as archive:
            broken = archive.testzip()
        if broken is not None:
            yield broken
            return
        # Handed over as a file: openpyxl judges paths by their ending.
        with path.open("rb") as file:
            yield from _in_workbook(load_workbook(file, read_only=True), report)
    except (BadZipFile, KeyError, ValueError, OSError, zlib.error) as error:
        yield str(error)


def _in_workbook(workbook: Workbook, report: Report) -> Iterator[str]:
    for plan in plan_sheets(report):
        if plan.name not in workbook.sheetnames:
            yield plan.name
        else:
            yield from _in_form(plan, workbook[plan.name])
    if INDICATORS in workbook.sheetnames or report.indicators:
        yield from _in_indicators(report, workbook[INDICATORS])


def _in_form(plan: SheetPlan, sheet: Worksheet) -> Iterator[str]:
    form = plan.form
    lines = list(enumerate(form.rows[:READ_BACK], plan.data))
    if form.totals and len(form.rows) <= READ_BACK:
        lines.append((plan.totals, form.totals))
    if not lines:
        return
    there = sheet.iter_rows(min_row=plan.data, max_row=lines[-1][0], max_col=plan.width)
    found = dict(enumerate(there, plan.data))
    for row, line in lines:
        yield from _in_line(form, line, found.get(row, ()), f"{sheet.title}!{row}")


def _in_line(
    form: FormTable, line: Row, found: Sequence[Any], place: str
) -> Iterator[str]:
    meant: list[Written] = [text or None for text in line.stub]
    meant += [
        written(cell, form.shape(line, column))
        for cell, column in zip(line.cells, form.columns, strict=True)
    ]
    sheet, _, row = place.rpartition("!")
    for column, value in enumerate(meant):
        if column >= len(found) or not _same(value, found[column]):
            yield f"{sheet}!{letter_of(column + 1)}{row}"


def _in_indicators(report: Report, sheet: Worksheet) -> Iterator[str]:
    found = sheet.iter_rows(min_row=3, min_col=VALUE_COLUMN, max_col=VALUE_COLUMN)
    pairs = zip_longest(report.indicators, found)
    for row, (line, cells) in enumerate(pairs, 3):
        if line is None:
            return
        shape = Shape(CellKind.DECIMAL, line.digits)
        if not cells or not _same(written(line.value, shape), cells[0]):
            yield f"{sheet.title}!{letter_of(VALUE_COLUMN)}{row}"


def _same(meant: Written, cell: Any) -> bool:  # noqa: ANN401 - merged cells have no type
    found = cell.value
    match meant:
        case None:
            return found is None or found == ""
        case str():
            return (
                isinstance(found, str)
                and cell.data_type == "s"
                and unescaped(found) == unescaped(escaped(storable(meant)))
            )
        case date():
            return isinstance(found, datetime) and found.date() == meant
        case int() | Decimal():
            return isinstance(found, int | float) and Decimal(str(found)) == meant
        case _:
            assert_never(meant)
