from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.export.report import CellKind
from desktop.export.report import Shape
from desktop.export.xlsx.plan import FIXED
from desktop.export.xlsx.plan import NAME_LENGTH
from desktop.export.xlsx.plan import TEXT_LENGTH
from desktop.export.xlsx.plan import Written
from desktop.export.xlsx.plan import escaped
from desktop.export.xlsx.plan import plan_sheets
from desktop.export.xlsx.plan import sheet_names
from desktop.export.xlsx.plan import storable
from desktop.export.xlsx.plan import unescaped
from desktop.export.xlsx.plan import written
from tests.export.samples import sample_report

INTEGER = Shape(CellKind.INTEGER)
DECIMAL = Shape(CellKind.DECIMAL, 1)
DATE = Shape(CellKind.DATE)


@pytest.mark.parametrize(
    ("cell", "shape", "value"),
    [
        (Absent.BLANK, INTEGER, None),
        (Absent.NOT_APPLICABLE, INTEGER, "—"),
        (Absent.UNKNOWN, INTEGER, "…"),
        (0, INTEGER, 0),
        (999_999_999_999_999, INTEGER, 999_999_999_999_999),
        (1_234_567_890_123_456, INTEGER, "1234567890123456"),
        (Decimal("2.5"), DECIMAL, Decimal("2.5")),
        (12, Shape(CellKind.CODE), "12"),
        (True, Shape(CellKind.YES_NO), "是"),
        (date(2018, 10, 19), DATE, date(2018, 10, 19)),
        (date(1899, 12, 31), DATE, "1899-12-31"),
        (("全托", "日托"), Shape(CellKind.CHOICES), "全托、日托"),
        ("", Shape(), None),
        ("=1+1", Shape(), "=1+1"),
    ],
)
def test_written__each_kind(cell: Cell, shape: Shape, value: Written) -> None:
    found = written(cell, shape)

    assert found == value
    assert type(found) is type(value)


def test_names__unique_short_and_legal() -> None:
    names = sheet_names(
        ["甲/乙", "甲乙", "甲乙", "目录", "", "长" * 40, "长" * 40, "A", "a"]
    )

    assert names[:5] == ("甲乙", "甲乙(2)", "甲乙(3)", "目录(2)", "报表")
    assert names[7:] == ("A", "a(2)")
    assert all(len(name) <= NAME_LENGTH for name in names)


@given(st.lists(st.text(max_size=40), max_size=20))
def test_names__whatever_the_titles(titles: list[str]) -> None:
    names = sheet_names(titles)

    assert len({name.casefold() for name in (*names, *FIXED)}) == len(titles) + 5
    assert all(0 < len(name) <= NAME_LENGTH for name in names)
    assert not any(set(name) & set("[]:*?/\\'") for name in names)


def test_storable__control_characters_are_spelt_out() -> None:
    assert storable("a\x0bb\ud800c\ufffe") == "a〔U+000B〕b〔U+D800〕c〔U+FFFE〕"
    assert storable("一\n二\t三") == "一\n二\t三"


@pytest.mark.parametrize(
    ("text", "kept"), [("床", TEXT_LENGTH), ("𬒗", TEXT_LENGTH // 2)]
)
def test_storable__the_limit_counts_utf16_units(text: str, kept: int) -> None:
    assert storable(text * kept) == text * kept
    assert storable(text * (kept + 1)) == text * kept


@given(st.text())
def test_storable__what_is_kept_fits(text: str) -> None:
    assert storable(storable(text)) == storable(text)


@pytest.mark.parametrize("text", ["_x0041_", "a_x0041_b_x0042_", "_x41_", "x0041"])
def test_escaped__comes_back(text: str) -> None:
    assert unescaped(escaped(text)) == text


def test_escaped__a_literal_escape_is_no_letter() -> None:
    assert escaped("_x0041_") == "_x005F_x0041_"


def test_plan__rows_follow_each_other() -> None:
    eci, area, plain = plan_sheets(sample_report())

    assert (eci.head, eci.titles, eci.data, eci.totals, eci.below) == (4, 5, 7, 9, 10)
    assert (area.head, area.titles, area.data) == (8, 8, 10)
    assert plain.totals == plain.below == plain.data + 1
    assert eci.width == 13
