from __future__ import annotations

from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.intake.cleaning import RepairKind
from desktop.intake.repair import Column
from desktop.intake.repair import Reading
from desktop.intake.repair import read_cell
from desktop.intake.table import CellMark
from desktop.intake.table import RawCell
from desktop.intake.table import RawValue
from tests.intake.worlds import BEDS
from tests.intake.worlds import CREDIT
from tests.intake.worlds import FILED
from tests.intake.worlds import KIND
from tests.intake.worlds import MONEY
from tests.intake.worlds import NAME
from tests.intake.worlds import NEAR
from tests.intake.worlds import NURSING
from tests.intake.worlds import OPENED
from tests.intake.worlds import OWNER
from tests.intake.worlds import PACK
from tests.intake.worlds import PHONE
from tests.intake.worlds import RATE
from tests.intake.worlds import SERVICES

if TYPE_CHECKING:
    from desktop.forms.fields import Field


def read(
    field: Field,
    value: RawValue,
    mark: CellMark | None = None,
    *,
    typed: bool = False,
    epoch_1904: bool = False,
) -> Reading:
    choices = PACK.choices("eci", field.id)
    column = Column(field, choices, typed, epoch_1904)
    return read_cell(RawCell(5, 3, value, mark), column)


def kinds(found: Reading) -> list[str]:
    return [repair.kind.value for repair in found.repairs]


@pytest.mark.parametrize(
    ("field", "text", "cell", "repairs"),
    [
        (BEDS, "120", 120, []),
        (BEDS, "-5", -5, []),
        (BEDS, "１２０", 120, ["width"]),
        (BEDS, " 120\u00a0", 120, ["spaces"]),
        (BEDS, "\u200b120\ufeff", 120, ["spaces"]),
        (BEDS, "8,268", 8268, ["thousands"]),
        (BEDS, "8，268", 8268, ["width", "thousands"]),
        (BEDS, "1 234 567", 1234567, ["thousands"]),
        (BEDS, "120张", 120, ["measure"]),
        (BEDS, "1,200 张", 1200, ["measure", "thousands"]),
        (BEDS, "0.5万", 5000, ["scale"]),
        (BEDS, "0.5 万张", 5000, ["measure", "scale"]),
        (BEDS, "1,000万", 10_000_000, ["scale"]),
        (BEDS, "2亿", 200_000_000, ["scale"]),
        (BEDS, "1.2E+05", 120_000, ["scientific"]),
        (BEDS, "208.0", 208, ["writing"]),
        (BEDS, "不详", Absent.UNKNOWN, []),
        (BEDS, "不适用", Absent.NOT_APPLICABLE, []),
        (BEDS, "/", Absent.NOT_APPLICABLE, []),
        (BEDS, " ", BLANK, ["spaces"]),
        (NURSING, "7人", 7, ["measure"]),
        (NURSING, "3万", 30_000, ["scale"]),
        (MONEY, "0.5万元", Decimal("0.50"), ["measure"]),
        (RATE, "85.5％", Decimal("85.50"), ["width", "measure"]),
        (OPENED, "2018-10-19", date(2018, 10, 19), []),
        (OPENED, "2018.10.9", date(2018, 10, 9), ["writing"]),
        (OPENED, "2018年10月19日", date(2018, 10, 19), ["writing"]),
        (OPENED, "2018 年 10 月 19 日", date(2018, 10, 19), ["writing"]),
        (OPENED, "２０１８/10/19", date(2018, 10, 19), ["width", "writing"]),
        (OPENED, "20181019", date(2018, 10, 19), ["writing"]),
        (OPENED, "2018-10-19 00:00:00", date(2018, 10, 19), ["writing"]),
        (OPENED, "43392", date(2018, 10, 19), ["serial"]),
        (OPENED, "不详", Absent.UNKNOWN, []),
        (KIND, "敬老院", "敬老院", []),
        (KIND, "敬 老院", "敬老院", ["writing"]),
        (KIND, "2", "养老院", ["writing"]),
        (OWNER, "公建公营", "公办", ["meant"]),
        (OWNER, "公办", "公办", []),
        (SERVICES, "助餐、助浴", ("助餐", "助浴"), []),
        (SERVICES, "助浴,助餐", ("助餐", "助浴"), ["writing"]),
        (FILED, "是", True, []),
        (FILED, "√", True, ["writing"]),
        (NAME, "  上海\u3000院\n分部 ", "上海 院 分部", ["spaces"]),
        (NAME, "２号院（东）", "2号院（东）", ["width"]),
        (NAME, "e\u0301", "é", ["composed"]),
        (NAME, "𠮷祥院", "𠮷祥院", []),
        (CREDIT, "１2310000425006790x", "12310000425006790X", ["width", "writing"]),
        (PHONE, "021-62345678", "021-62345678", []),
        (NEAR, "310105000000", "310105", ["writing"]),
    ],
)
def test_text__is_repaired_and_every_repair_shown(
    field: Field, text: str, cell: Cell, repairs: list[str]
) -> None:
    found = read(field, text)

    assert found.cell == cell
    assert type(found.cell) is type(cell)
    assert kinds(found) == repairs
    assert found.problem is None
    assert all(one.before != one.after for one in found.repairs)


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        (BEDS, "nan", "intake.cell.no_number"),
        (BEDS, "inf", "intake.cell.no_number"),
        (BEDS, "1_000", "intake.cell.other_measure"),
        (BEDS, "١٢٣", "intake.cell.no_number"),
        (BEDS, "10²", "intake.cell.other_measure"),
        (BEDS, "①", "intake.cell.no_number"),
        (BEDS, "约120", "intake.cell.no_number"),
        (BEDS, "1,5", "intake.cell.no_number"),
        (BEDS, "1,200 300", "intake.cell.no_number"),
        (BEDS, "12 00", "intake.cell.no_number"),
        (BEDS, "120人", "intake.cell.other_measure"),
        (BEDS, "85%", "intake.cell.other_measure"),
        (BEDS, "1..2万", "intake.cell.no_number"),
        (BEDS, "12.5", "forms.entry.whole"),
        (BEDS, "1e99", "forms.entry.precision"),
        (NURSING, "7吨", "intake.cell.other_measure"),
        (MONEY, "120万", "intake.cell.other_measure"),
        (MONEY, "1.234", "forms.entry.decimals"),
        (OPENED, "2018", "forms.entry.date"),
        (OPENED, "2018年10月", "forms.entry.date"),
        (OPENED, "2018-02-30", "forms.entry.no_such_day"),
        (KIND, "民建民营", "forms.entry.choice"),
        (FILED, "也许", "forms.entry.yes_no"),
    ],
)
def test_text__unfit_is_left_blank_and_reported(
    field: Field, text: str, why: str
) -> None:
    found = read(field, text)

    assert found.cell is BLANK
    assert found.problem is not None
    assert found.problem.address == "C5"
    assert found.problem.field == field.id
    assert found.problem.text == text
    assert found.problem.why.code == why


def test_choice__two_alike_are_not_decided() -> None:
    column = Column(KIND, ("甲 乙", "甲乙 "))

    found = read_cell(RawCell(1, 1, "甲  乙"), column)

    assert found.cell == "甲 乙"

    found = read_cell(RawCell(1, 1, "甲乙"), Column(KIND, ("甲　乙", "甲 乙")))

    assert found.cell is BLANK


@pytest.mark.parametrize(
    ("field", "value", "cell", "repairs"),
    [
        (BEDS, Decimal(208), 208, []),
        (BEDS, Decimal("208.0"), 208, []),
        (BEDS, "120", 120, ["typed_number"]),
        (MONEY, Decimal("0.30000000000000004"), Decimal("0.30"), ["float"]),
        (NAME, Decimal(2), "2", ["number_as_text"]),
        (PHONE, Decimal(62345678), "62345678", ["number_as_text"]),
        (NAME, "_x0041_院", "A院", ["escape"]),
        (NAME, "院_x000D_部", "院 部", ["escape", "spaces"]),
        (NAME, date(2018, 10, 19), "2018-10-19", []),
        (OPENED, date(2018, 10, 19), date(2018, 10, 19), []),
        (
            OPENED,
            datetime(2018, 10, 19, 8, 30),  # noqa: DTZ001
            date(2018, 10, 19),
            ["writing"],
        ),
        (OPENED, Decimal(43392), date(2018, 10, 19), ["serial"]),
        (OPENED, Decimal(20181019), date(2018, 10, 19), ["writing"]),
        (FILED, True, True, []),
        (FILED, Decimal(1), True, ["writing"]),
        (BEDS, None, BLANK, []),
    ],
)
def test_typed__is_repaired_and_every_repair_shown(
    field: Field, value: RawValue, cell: Cell, repairs: list[str]
) -> None:
    found = read(field, value, typed=True)

    assert found.cell == cell
    assert kinds(found) == repairs
    assert found.problem is None


def test_typed__days_from_1904() -> None:
    found = read(OPENED, Decimal(41930), typed=True, epoch_1904=True)

    assert found.cell == date(2018, 10, 19)


@pytest.mark.parametrize(
    ("field", "value", "mark", "why"),
    [
        (CREDIT, Decimal(310105195001011000), None, "digits_lost"),
        (BEDS, Decimal("1E+20"), None, "digits_lost"),
        (BEDS, True, None, "yes_or_no"),
        (BEDS, date(2025, 1, 2), None, "day"),
        (OPENED, date(1900, 2, 28), None, "early_day"),
        (BEDS, "#DIV/0!", CellMark.ERROR, "error_value"),
        (NAME, '=DISPIMG("ID",1)', CellMark.PICTURE, "picture"),
        (BEDS, None, CellMark.FORMULA, "no_result"),
    ],
)
def test_typed__unfit(
    field: Field, value: RawValue, mark: CellMark | None, why: str
) -> None:
    found = read(field, value, mark, typed=True)

    assert found.cell is BLANK
    assert found.problem is not None
    assert found.problem.why.code == f"intake.cell.{why}"
    assert found.problem.text


def test_formula__the_stored_result_is_a_repair_to_look_at() -> None:
    found = read(BEDS, Decimal(5), CellMark.FORMULA, typed=True)

    assert found.cell == 5
    (repair,) = found.repairs
    assert (repair.kind, repair.before, repair.after) == (
        RepairKind.FORMULA,
        "=…",
        "5",
    )
    assert (repair.address, repair.field) == ("C5", "beds_total")


@given(some.text(max_size=12))
def test_number__never_anything_but_what_its_digits_say(text: str) -> None:
    found = read(BEDS, text)

    if isinstance(found.cell, int):
        digits = {letter for letter in text if letter.isdigit()}
        assert digits <= set("0123456789０１２３４５６７８９")
        assert found.repairs or str(found.cell) == text or text == f"-{found.cell}"


@given(some.text(max_size=20), some.sampled_from([NAME, OPENED, RATE, KIND, SERVICES]))
def test_any_text__gives_a_cell_or_a_problem(text: str, field: Field) -> None:
    found = read(field, text, typed=True)

    assert found.problem is None or found.cell is BLANK


@given(some.integers(-(10**14), 10**14))
def test_whole_numbers__come_through(number: int) -> None:
    assert read(BEDS, str(number)) == Reading(number)
    assert read(BEDS, Decimal(number), typed=True) == Reading(number)
