"""The lines of a sheet, written as XML and read back by other programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from desktop.core.cells import Absent
from desktop.export.report import CellKind
from desktop.export.report import Column
from desktop.export.report import Row
from desktop.export.report import Shape
from desktop.export.xlsx.columns import REMEMBERED
from desktop.export.xlsx.form import fill_form
from desktop.export.xlsx.plan import CHOICES
from desktop.export.xlsx.plan import plan_sheets
from desktop.export.xlsx.plan import storable
from desktop.export.xlsx.rows import CHUNK
from desktop.export.xlsx.rows import put_lines
from desktop.export.xlsx.style import Book
from tests.export.samples import sample_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from desktop.core.cells import Cell

SHAPES = (
    Shape(CellKind.TEXT),
    Shape(CellKind.INTEGER),
    Shape(CellKind.DECIMAL, 2),
    Shape(CellKind.DATE),
    Shape(CellKind.CODE),
)
ABSENT = st.sampled_from(Absent)
CELLS = st.tuples(
    st.text(max_size=40) | ABSENT,
    st.integers(-(10**14), 10**14) | ABSENT,
    st.decimals(-(10**9), 10**9, places=2) | ABSENT,
    st.dates(date(1901, 1, 1), date(2100, 1, 1)) | ABSENT,
    st.from_regex(r"[0-9]{6,18}", fullmatch=True) | ABSENT,
)


def book_of(lines: Sequence[tuple[Cell, ...]]) -> BytesIO:
    """Write a workbook with one sheet of these lines."""
    report = sample_report()
    columns = tuple(
        Column(f"c{place}", f"列{place}", str(place), shape)
        for place, shape in enumerate(SHAPES)
    )
    rows = tuple(Row((f"第{n}院",), cells) for n, cells in enumerate(lines, 1))
    form = replace(
        report.forms[0],
        stub=(Column("name", "名称", "甲"),),
        wide_stub=0,
        columns=columns,
        rows=rows,
        totals=None,
        empty=None,
    )
    whole = replace(report, forms=(form,))
    [plan, *_] = plan_sheets(whole)
    workbook = Workbook()
    workbook.create_sheet(CHOICES)
    book = Book(workbook)
    made = fill_form(book, whole, plan, workbook.create_sheet("表"))
    saved, target = BytesIO(), BytesIO()
    workbook.save(saved)
    put_lines(saved, target, {"xl/worksheets/sheet3.xml": made})
    return target


def sheet_of(target: BytesIO) -> tuple[Worksheet, int]:
    """Give the sheet, and the row where its lines begin."""
    sheet = load_workbook(target)["表"]
    names = (row for row in range(1, 30) if sheet.cell(row, 1).value == "第1院")
    return sheet, next(names)


def read(sheet: Worksheet, first: int, count: int) -> list[tuple[Any, ...]]:
    rows = sheet.iter_rows(min_row=first, max_row=first + count - 1, min_col=2)
    return [tuple(cell.value for cell in row[: len(SHAPES)]) for row in rows]


def meant(cell: Cell, shape: Shape) -> object:
    """Say what a reader finds for a cell."""
    marks = {Absent.BLANK: None, Absent.NOT_APPLICABLE: "—", Absent.UNKNOWN: "…"}
    match cell:
        case Absent():
            return marks[cell]
        case Decimal():
            return float(cell)
        case date():
            return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - as openpyxl reads days
        case str() if shape.kind is CellKind.TEXT:
            return storable(cell) or None
        case _:
            return cell


@settings(max_examples=20)
@given(st.lists(CELLS, min_size=1, max_size=12))
def test_lines__every_cell_is_read_back(lines: list[tuple[Cell, ...]]) -> None:
    found = read(*sheet_of(book_of(lines)), len(lines))
    for row, cells in zip(found, lines, strict=True):
        for got, cell, shape in zip(row, cells, SHAPES, strict=True):
            assert got == meant(cell, shape)


@pytest.mark.unmeasured
def test_lines__two_readers_agree_on_more_lines_than_are_remembered() -> None:
    count = max(CHUNK, REMEMBERED) + 3
    lines = [
        (f"名{n}", n, Decimal(n) / 4, date(2025, 1, 1 + n % 28), f"{n:08d}")
        for n in range(count)
    ]
    target = book_of(lines)
    sheet, first = sheet_of(target)
    ours = read(sheet, first, count)
    target.seek(0)
    theirs = CalamineWorkbook.from_filelike(target).get_sheet_by_name("表").to_python()
    assert [row[0] for row in ours] == [line[0] for line in lines]
    assert [row[1] for row in theirs[first - 1 : first - 1 + count]] == [
        line[0] for line in lines
    ]
    assert [row[2] for row in theirs[first - 1 : first - 1 + count]] == list(
        range(count)
    )


def test_lines__a_text_that_looks_like_a_formula_is_quoted() -> None:
    target = book_of([("=1+1", 1, Decimal(1), date(2025, 1, 1), "0")])
    sheet, first = sheet_of(target)
    cell = sheet.cell(first, 2)
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert cell.quotePrefix


def test_put_lines__where_nothing_stands_below() -> None:
    """The lines go to the end of a sheet that has no row after them."""
    saved, target = BytesIO(), BytesIO()
    Workbook().save(saved)

    class Two:
        first = 1

        def chunks(self) -> list[bytes]:
            return [b'<row r="1"><c r="A1"><v>7</v></c></row>']

    put_lines(saved, target, {"xl/worksheets/sheet1.xml": Two()})  # type: ignore[dict-item] # stands for lines
    sheet = load_workbook(target).worksheets[0]
    assert sheet["A1"].value == 7
