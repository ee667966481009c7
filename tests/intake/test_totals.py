from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.core.cells import Absent
from desktop.intake.plan_values import Total
from desktop.intake.repair import Column
from desktop.intake.table import RawCell
from desktop.intake.totals import totals_of
from tests.intake.worlds import BEDS
from tests.intake.worlds import MONEY
from tests.intake.worlds import NAME

if TYPE_CHECKING:
    from desktop.core.cells import Cell

COLUMNS = {3: Column(MONEY), 2: Column(BEDS), 1: Column(NAME)}


def test_totals__numbers_blanks_and_what_the_table_says() -> None:
    records: list[dict[str, Cell]] = [
        {"beds_total": 5, "money": Decimal("0.50")},
        {"beds_total": Absent.UNKNOWN},
        {"beds_total": 7, "name": "甲"},
    ]
    stated = [
        (RawCell(8, 1, "小计"), RawCell(8, 2, "11")),
        (RawCell(9, 1, "合计"), RawCell(9, 2, "12"), RawCell(9, 3, "无")),
    ]

    found = tuple(totals_of(COLUMNS, records, stated))

    assert found == (
        Total("beds_total", Decimal(12), 2, 1, Decimal(12), "B9"),
        Total("money", Decimal("0.50"), 1, 2),
    )
