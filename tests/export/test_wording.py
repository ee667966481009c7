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
from desktop.export.report import Rests
from desktop.export.report import Shape
from desktop.forms.indicator import TargetOperator
from desktop.indicators.figures import Direction
from desktop.indicators.figures import Status
from tests.export.samples import sample_report
from tests.export.stamped import DIGEST
from tests.export.stamped import stamped_report

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


def test_page_number__as_official_documents_have_it() -> None:
    assert wording.page_number(2) == "— 2 —"
    assert wording.page_total(47) == "共 47 页"


def test_signature__a_day_is_set_by_hand() -> None:
    assert wording.signature("填表人") == "填表人："
    assert wording.signature("报出日期") == "报出日期：20　　年　　月　　日"


def test_provenance__pack_unit_period_and_state() -> None:
    plain, stamped = sample_report(), stamped_report()

    assert (
        wording.identity(plain)
        == "定海区（330902）　2025年　sample 1.2.0　台账修订 128"
    )
    assert wording.identity(stamped).endswith(f"台账修订 128　数据摘要 {DIGEST}")
    assert wording.provenance(plain)[1] == "台账修订：128（2026-01-08 09:30）"
    assert wording.provenance(stamped) == (
        "制度包：示例制度（sample 1.2.0）　单位：定海区（330902）　报告期：2025年",
        f"台账修订：128（2026-01-08 09:30）　数据摘要：{DIGEST}",
    )


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((), ""),
        ((3,), "3"),
        ((1, 2, 3, 5, 8, 9), "1—3、5、8—9"),
        ((9, 1, 8), "1、8—9"),
    ],
)
def test_spans__runs_are_written_shortly(numbers: tuple[int, ...], words: str) -> None:
    assert wording.spans(numbers) == words


@given(st.sets(st.integers(1, 60)))
def test_spans__say_every_number(numbers: set[int]) -> None:
    said: set[int] = set()
    for part in filter(None, wording.spans(numbers).split("、")):
        first, _, last = part.partition("—")
        said |= set(range(int(first), int(last or first) + 1))

    assert said == numbers


def test_rests__lines_or_columns_with_their_gaps() -> None:
    roster, across, _ = sample_report().forms
    rests = Rests("分子", "eci", (1,), blank=(2,), undecided=(3, 4))

    assert wording.rests_words(roster, rests) == (
        "分子依据：养老机构调查表，第 1 行；没有填的：第 2 行；"
        "无法判断是否计入的：第 3—4 行。"
    )
    assert "第 1 栏" in wording.rests_words(across, rests)
    assert wording.rests_words(roster, Rests("分母", "eci", ())) == (
        "分母依据：养老机构调查表，没有记录。"
    )


def test_in_row__nothing_where_it_is_not_known() -> None:
    assert wording.in_row(3) == "（第 3 行）"
    assert wording.in_row(0) == ""


def test_shortened__says_that_it_was_cut() -> None:
    assert wording.shortened("一二三", 3) == "一二三"
    assert wording.shortened("一二三四", 3) == "一二三……（从略）"


def test_version_lines__name_pack_and_state() -> None:
    lines = dict(wording.version_lines(sample_report()))

    assert lines["制度包"] == "示例制度（sample）"
    assert lines["制度包摘要"] == "ab12"
    assert lines["台账修订"] == "128"


def test_version_lines__name_what_proves_the_data() -> None:
    lines = dict(wording.version_lines(stamped_report()))

    assert lines["修改记录末尾"] == "第 310 条，c0ffee"
    assert lines["数据摘要"].startswith(f"SHA-256 {DIGEST}")
    assert "数据摘要" not in dict(wording.version_lines(sample_report()))
