"""A column said at once is what its cells say one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.cells import Absent
from desktop.export import wording
from desktop.export.pdf.said import REMEMBERED
from desktop.export.pdf.said import ColumnWords
from desktop.export.pdf.said import FormWords
from desktop.export.report import CellKind
from desktop.export.report import Row
from desktop.export.report import Shape
from tests.export.samples import sample_report

if TYPE_CHECKING:
    from desktop.core.cells import Cell

KINDS = tuple(Shape(kind, 2) for kind in CellKind)
VALUES = st.one_of(
    st.text(max_size=5),
    st.integers(-(10**6), 10**6),
    st.decimals(-1000, 1000, places=3),
    st.dates(),
    st.booleans(),
    st.sampled_from(Absent),
    st.tuples(st.text(max_size=3)),
)


@pytest.mark.parametrize("shape", KINDS)
@given(cells=st.lists(VALUES, min_size=1, max_size=12))
def test_column__whatever_stands_in_it(shape: Shape, cells: list[Cell]) -> None:
    words = ColumnWords(shape)
    meant = [wording.say(cell, shape) for cell in cells]

    assert list(words.all(cells)) == meant
    assert [words.all([cell])[0] for cell in cells] == meant


@pytest.mark.parametrize("shape", KINDS)
def test_column__what_is_one_key_may_be_three_texts(shape: Shape) -> None:
    words = ColumnWords(shape)
    cells: list[Cell] = [1, True, Decimal("1.00"), 0, False, Decimal("0.0")]

    said = [words.all([cell])[0] for cell in (*cells, *cells)]

    assert said == [wording.say(cell, shape) for cell in (*cells, *cells)]


def test_column__more_than_it_remembers() -> None:
    words = ColumnWords(Shape(CellKind.DECIMAL, 1))
    cells = [Decimal(place) / 4 for place in range(2 * REMEMBERED)]

    said = words.all(cells)

    assert said == [wording.number(cell, 1) for cell in cells]
    assert len(words) <= REMEMBERED


def test_form__lines_with_kinds_of_their_own() -> None:
    form = sample_report().forms[0]
    own = Shape(CellKind.DECIMAL, 3)
    cells: tuple[Cell, ...] = (1,) * len(form.columns)
    lines = (
        Row(("甲",) * len(form.stub), cells, own),
        Row(("乙",) * len(form.stub), cells),
    )

    first, second = FormWords(form, lines)(0, 2)

    assert set(first[len(form.stub) :]) == {"1.000"}
    assert "1.000" not in second


def test_form__of_a_stub_alone() -> None:
    form = replace(sample_report().forms[0], columns=())
    line = Row(tuple(column.id for column in form.stub), ())

    assert FormWords(form, (line,))(0, 1) == [line.stub]


def test_form__a_part_of_its_lines() -> None:
    form = sample_report().forms[0]
    days: tuple[Cell, ...] = (date(2025, 1, 2),) * len(form.columns)
    lines = [Row((str(n),) * len(form.stub), days) for n in range(5)]

    said = FormWords(form, lines)(2, 4)

    assert [line[0] for line in said] == ["2", "3"]
    assert said[0][-1] == "2025-01-02"
