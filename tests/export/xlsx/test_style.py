from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from desktop.core.messages import message
from desktop.export.report import CellKind
from desktop.export.report import Shape
from desktop.export.xlsx.plan import CHOICES
from desktop.export.xlsx.plan import TEXT_LENGTH
from desktop.export.xlsx.plan import Written
from desktop.export.xlsx.style import LINE
from desktop.export.xlsx.style import PLAIN
from desktop.export.xlsx.style import Book
from desktop.export.xlsx.style import display_width
from desktop.export.xlsx.style import display_widths
from desktop.export.xlsx.style import number_format
from desktop.export.xlsx.style import row_height


def book() -> Book:
    workbook = Workbook()
    workbook.create_sheet(CHOICES)
    return Book(workbook)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "#N/A", "=cmd|' /C calc'!A0", "TRUE"],
)
def test_put__text_is_never_a_formula(text: str) -> None:
    made = book()
    sheet = made.workbook.worksheets[0]

    made.put(sheet, (1, 1), text, PLAIN)

    cell = sheet.cell(1, 1)
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))


def test_put__what_a_workbook_cannot_hold_is_reported() -> None:
    made = book()
    sheet = made.workbook.worksheets[0]

    made.put(sheet, (1, 1), "a\x0b", PLAIN)
    made.put(sheet, (2, 1), "长" * (TEXT_LENGTH + 1), PLAIN)
    made.put(sheet, (3, 1), "_x0041_", PLAIN)

    assert made.remarks == [
        message("export.escaped_text", place="Sheet!A1"),
        message("export.cut_text", place="Sheet!A2"),
    ]
    assert sheet.cell(3, 1).value == "_x005F_x0041_"


def test_put__looks_are_worked_out_once() -> None:
    made = book()
    sheet = made.workbook.worksheets[0]

    made.put(sheet, (1, 1), 1, PLAIN)
    made.put(sheet, (2, 1), 2, PLAIN)

    first, second = sheet.cell(1, 1), sheet.cell(2, 1)
    assert first.font.name == second.font.name == "宋体"
    assert first.style_id == second.style_id


def test_offer__equal_lists_are_kept_once() -> None:
    made = book()
    sheet = made.workbook.worksheets[0]

    made.offer(sheet, ("是", "否"), "A1:A9")
    made.offer(sheet, ("是", "否"), "B1:B9")
    made.offer(sheet, ("甲,乙", '"丙"'), "C1:C9")

    found = [v.formula1 for v in sheet.data_validations.dataValidation]
    assert found == ["'选项'!$A$1:$A$2", "'选项'!$A$1:$A$2", "'选项'!$B$1:$B$2"]
    assert made.workbook[CHOICES]["B1"].value == "甲,乙"


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        (Shape(CellKind.INTEGER), "0"),
        (Shape(CellKind.DECIMAL, 0), "0"),
        (Shape(CellKind.DECIMAL, 2), "0.00"),
        (Shape(CellKind.DATE), "yyyy-mm-dd"),
        (Shape(CellKind.CODE), "@"),
    ],
)
def test_number_format__each_kind(shape: Shape, text: str) -> None:
    assert number_format(shape) == text


@pytest.mark.parametrize(
    ("value", "width"),
    [
        (None, 0),
        ("床位", 4),
        ("ab", 2),
        (Decimal("1E+2"), 3),
        (date(2025, 1, 2), 10),
        (12, 2),
    ],
)
def test_display_width__counts_half_columns(value: Written, width: int) -> None:
    assert display_width(value) == width


@given(st.lists(st.text() | st.text("养老院ab（）")))
def test_display_widths__as_of_each(texts: list[str]) -> None:
    assert list(display_widths(texts)) == [display_width(text) for text in texts]


def test_row_height__only_for_texts_that_wrap() -> None:
    assert row_height([("床位", 10), (None, 8)]) is None
    assert row_height([("床位" * 10, 20), ("床", 8)]) == 3 * LINE
