from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.export import wording
from desktop.export.report import CellKind
from desktop.export.report import Shape
from desktop.forms.indicator import TargetOperator
from desktop.indicators.figures import Direction
from desktop.indicators.figures import Status
from tests.export.samples import sample_report

INTEGER = Shape(CellKind.INTEGER)


@pytest.mark.parametrize(
    ("cell", "shape", "words"),
    [
        (Absent.BLANK, INTEGER, ""),
        (Absent.NOT_APPLICABLE, INTEGER, "—"),
        (Absent.UNKNOWN, INTEGER, "…"),
        (0, INTEGER, "0"),
        (5285, INTEGER, "5285"),
        (Decimal("2.5"), Shape(CellKind.DECIMAL, 2), "2.50"),
        (Decimal("2.345"), Shape(CellKind.DECIMAL, 2), "2.35"),
        (Decimal("1E+3"), Shape(CellKind.TEXT), "1000"),
        (True, Shape(CellKind.YES_NO), "是"),
        (False, Shape(CellKind.YES_NO), "否"),
        (date(2018, 10, 19), Shape(CellKind.DATE), "2018-10-19"),
        (("全托", "日托"), Shape(CellKind.CHOICES), "全托、日托"),
        ("干𬒗镇", Shape(), "干𬒗镇"),
    ],
)
def test_say__each_kind(cell: Cell, shape: Shape, words: str) -> None:
    assert wording.say(cell, shape) == words


def test_say__four_empty_looking_cells_print_differently() -> None:
    cells: tuple[Cell, ...] = (0, *Absent)

    assert len({wording.say(cell, INTEGER) for cell in cells}) == 4


@given(st.integers(-(10**14), 10**14))
def test_number__halves_go_away_from_zero(tenths: int) -> None:
    value = Decimal(tenths * 10 + 5) / 100

    assert abs(Decimal(wording.number(value, 1))) >= abs(value)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Decimal("308.00"), "308"),
        (Decimal("12.50"), "12.5"),
        (Decimal("1E+2"), "100"),
        (7, "7"),
        (Absent.BLANK, ""),
    ],
)
def test_amount__no_needless_zeros(cell: Cell, words: str) -> None:
    assert wording.amount(cell) == words


def test_letters__go_on_after_the_stems_and_branches() -> None:
    letters = list(islice(wording.letters(), 24))

    assert letters[:3] == ["甲", "乙", "丙"]
    assert letters[9:11] == ["癸", "子"]
    assert letters[21:] == ["亥", "甲1", "乙1"]
    assert len(set(islice(wording.letters(), 100))) == 100


def test_words__every_outcome_level_status_and_operator_has_some() -> None:
    assert set(wording.OUTCOMES) == set(Outcome)
    assert set(wording.LEVELS) == set(Level)
    assert set(wording.STATUSES) == set(Status)
    assert set(wording.DIRECTIONS) == set(Direction)
    assert set(wording.OPERATORS) == {operator.value for operator in TargetOperator}


def test_page_of__counts() -> None:
    assert wording.page_of(2, 9) == "第 2 页  共 9 页"


def test_version_lines__name_pack_and_state() -> None:
    lines = dict(wording.version_lines(sample_report()))

    assert lines["制度包"] == "示例制度（sample）"
    assert lines["制度包摘要"] == "ab12"
    assert lines["台账修订"] == "128"
