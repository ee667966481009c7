from __future__ import annotations

from datetime import date
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.intake.table import Area
from desktop.intake.table import RawCell
from desktop.intake.table import RawValue
from desktop.intake.table import column_letters
from desktop.intake.table import column_number


@given(some.integers(1, 16_384))
def test_column__letters_and_back(number: int) -> None:
    assert column_number(column_letters(number)) == number


def test_addresses__as_excel_writes_them() -> None:
    assert RawCell(5, 28, None).address == "AB5"
    assert Area(1, 1, 3, 26).address == "A1:Z3"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (Decimal("1E+5"), "100000"),
        (Decimal("1.50"), "1.5"),
        (Decimal(100), "100"),
        (date(2018, 10, 19), "2018-10-19"),
        (datetime(2018, 10, 19, 8, 0), "2018-10-19 08:00:00"),  # noqa: DTZ001
        ("甲", "甲"),
    ],
)
def test_text__of_a_cell(value: RawValue, text: str) -> None:
    assert RawCell(1, 1, value).text == text
