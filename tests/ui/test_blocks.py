from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.cells import Absent
from desktop.ui.blocks import Target
from desktop.ui.blocks import from_text
from desktop.ui.blocks import plan_paste
from desktop.ui.blocks import spread
from desktop.ui.blocks import to_text
from tests import small

if TYPE_CHECKING:
    from desktop.forms.fields import Field

CELLS = st.text(st.characters(exclude_characters="\r", codec="utf-8"))
BLOCKS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(BLOCKS)
def test_text__a_copied_block_comes_back(block: list[list[str]]) -> None:
    if block[-1] == [""] and len(block) > 1:
        block[-1] = ["x"]  # Excel ends a block with a line end: a last "" is none
    assert from_text(to_text(block)) == block


@given(st.text())
def test_from_text__reads_anything(text: str) -> None:
    rows = from_text(text)
    assert rows
    assert all(rows)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("", [[""]]),
        ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]),
        ("1\t\n\t2", [["1", ""], ["", "2"]]),
        ('"两\n行"\t"说""是"""\n', [["两\n行", '说"是"']]),
        ('高 1"\t"', [['高 1"', ""]]),
        ('""\t1', [["", "1"]]),
        ("1\n\n2\n", [["1"], [""], ["2"]]),
    ],
)
def test_from_text__as_excel_and_wps_copy(text: str, block: list[list[str]]) -> None:
    assert from_text(text) == block


def test_to_text__quotes_only_what_needs_it() -> None:
    assert to_text([["好院", "a\tb", 'c"d', "e\nf"]]) == (
        '好院\t"a\tb"\t"c""d"\t"e\nf"'
    )


def target(row: int = 0, column: int = 0, rows: int = 3) -> Target:
    form = small.small_pack().form_by_id["eci"]
    names = ("name", "status", "beds_total", "price")
    fields: tuple[Field, ...] = tuple(form.by_id[name] for name in names)
    choices = {name: small.small_pack().choices("eci", name) for name in names}
    return Target(row, column, rows, fields, choices, frozenset({"price"}))


def test_plan__reads_each_text_by_its_field() -> None:
    plan = plan_paste([["好院", "停业", "１２"], ["坏院", "", "不详"]], target())
    assert plan.cells == (
        (0, 0, "好院"),
        (0, 1, "停业"),
        (0, 2, 12),
        (1, 0, "坏院"),
        (1, 1, Absent.BLANK),
        (1, 2, Absent.UNKNOWN),
    )
    assert (plan.refused, plan.outside) == ((), 0)


def test_plan__what_does_not_fit_is_named_with_its_reason() -> None:
    plan = plan_paste([["关门", "很多"]], target(row=2, column=1))
    assert plan.cells == ()
    [status, beds] = plan.refused
    assert (status.row, status.field.id, status.text) == (2, "status", "关门")
    assert status.reason is not None
    assert beds.reason is not None
    assert beds.reason.code == "forms.entry.whole"


def test_plan__locked_cells_keep_what_they_hold() -> None:
    plan = plan_paste([["12.5"], [" "]], target(column=3))
    assert plan.cells == ()
    [locked] = plan.refused
    assert (locked.reason, locked.text) == (None, "12.5")


def test_plan__texts_beside_the_table_are_counted_and_blanks_are_not() -> None:
    plan = plan_paste([["1", "2", "3"], ["4", "", " "]], target(row=2, column=2))
    assert plan.cells == ((2, 2, 1),)
    assert [one.text for one in plan.refused] == ["2"]
    assert plan.outside == 2  # 3 is right of the table, 4 below it


def test_spread__one_cell_fills_what_is_chosen() -> None:
    assert spread([["是"]], 2, 3) == [["是"] * 3, ["是"] * 3]
    assert spread([["1", "2"]], 5, 5) == [["1", "2"]]
    assert spread([["1"], ["2"]], 5, 5) == [["1"], ["2"]]
