"""What is written of many cells at once is what is written of each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.core.cells import Absent
from desktop.export.report import CellKind
from desktop.export.report import Shape
from desktop.export.xlsx.columns import REMEMBERED
from desktop.export.xlsx.columns import ColumnCells
from desktop.export.xlsx.columns import widest_of
from desktop.export.xlsx.plan import TEXT_LENGTH
from desktop.export.xlsx.plan import written
from desktop.export.xlsx.style import PLAIN
from desktop.export.xlsx.style import display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.export.xlsx.style import Look

WHOLE = Shape(CellKind.INTEGER)
TENTHS = Shape(CellKind.DECIMAL, 1)
DAY = Shape(CellKind.DATE)
TRUTH = Shape(CellKind.YES_NO)


def column(shape: Shape | None) -> tuple[ColumnCells, list[tuple[str, str, int]]]:
    """Make a column, and hear what it tells of."""
    told: list[tuple[str, str, int]] = []

    def style(look: Look) -> int:
        return 7 if look.quoted else 3

    def changed(text: str, kept: str, row: int) -> None:
        told.append((text, kept, row))

    return ColumnCells(shape, PLAIN, style, changed), told


def written_by(
    cells_of: ColumnCells, cells: Sequence[Cell], row: int = 9
) -> list[bytes]:
    """Put the values into what is written around them."""
    how, values = cells_of.all(cells, row)
    return [how % value for value in values]


@pytest.mark.parametrize(
    ("shape", "cells"),
    [
        (WHOLE, range(-5, REMEMBERED + 5)),
        (WHOLE, (10**15, 1, 10**16 + 1, Absent.BLANK)),
        (WHOLE, (10**15 - 1, 1 - 10**15)),
        (WHOLE, (10**15, 1)),
        (WHOLE, (-(10**15) - 1, 1)),
        (TENTHS, [Decimal(n) / 8 for n in range(REMEMBERED + 5)]),
        (TENTHS, (Decimal("1.5"), 1, Absent.UNKNOWN)),
        (TENTHS, (Decimal("1.5"), 1)),
        (TENTHS, (Decimal("1E+3"), Decimal("0.0000001"), Decimal("-2.50"))),
        (TENTHS, (Decimal("1.2345678901234567"), Decimal("1.5"))),
        (DAY, (date(2025, 1, 2), date(1901, 1, 1))),
        (DAY, (date(2025, 1, 2), date(1899, 12, 31))),
        (DAY, (date(2025, 1, 2), Absent.NOT_APPLICABLE)),
        (TRUTH, (True, False, True)),
        (Shape(), (True, 1, Decimal("1.0"), Decimal("1.00"), "1")),
        (Shape(), ("院", "舍")),
        (Shape(), ("院", "", "舍")),
        (Shape(), ("=1", "+1", "-1", "@a", "\ta")),
        (Shape(), (" 院", "院 ", "a&b", "<b>", "_x0041_", "甲\r乙", "甲\n乙")),
        (Shape(), ("甲" * TEXT_LENGTH, "乙")),
        (None, ("甲", "", "=1")),
        (Shape(CellKind.CHOICES), (("全托", "日托"), ())),
    ],
)
def test_column__many_cells_are_as_each(
    shape: Shape | None, cells: tuple[Cell, ...]
) -> None:
    whole, _ = column(shape)
    first, second = written_by(whole, tuple(cells)), written_by(whole, tuple(cells))
    each = [written_by(column(shape)[0], (cell,))[0] for cell in cells]
    plain = [text.replace(b' xml:space="preserve"', b"") for text in each]

    assert [text.replace(b' xml:space="preserve"', b"") for text in first] == plain
    assert [text.replace(b' xml:space="preserve"', b"") for text in second] == plain


def test_column__digits_count_however_many_are_remembered() -> None:
    whole, _ = column(WHOLE)
    written_by(whole, [*range(REMEMBERED), Absent.BLANK])
    assert len(whole) == REMEMBERED

    small = written_by(whole, (1234567, -7654321, Absent.BLANK))
    large = written_by(whole, (10**16 + 1, 5))

    assert small[:2] == [
        b'" s="3"><v>1234567</v></c>',
        b'" s="3"><v>-7654321</v></c>',
    ]
    assert b"inlineStr" in large[0]


def test_column__what_cannot_be_kept_is_told_each_time_with_its_row() -> None:
    whole, told = column(Shape())

    written_by(whole, ("甲", "a\x01b", "a\x01b"), 20)

    assert told == [("a\x01b", "a〔U+0001〕b", 21), ("a\x01b", "a〔U+0001〕b", 22)]


def test_column__what_looks_like_a_formula_is_quoted() -> None:
    whole, _ = column(Shape())
    cells = written_by(whole, ("院", "=1+1"))

    assert cells[0].startswith(b'" s="3" t="inlineStr"')
    assert cells[1].startswith(b'" s="7" t="inlineStr"')


@pytest.mark.parametrize(
    ("shape", "cells"),
    [
        (WHOLE, (1, -12345, 99)),
        (WHOLE, (1, Absent.UNKNOWN)),
        (TENTHS, (Decimal("1.5"), Decimal("-100.25"))),
        (TENTHS, (Decimal("1E+3"), Decimal("1.5"))),
        (DAY, (date(2025, 1, 2),)),
        (TRUTH, (True, False)),
        (Shape(), ("abc", "abcdef")),
        (Shape(), ("abc", "甲乙丙", "a甲")),
        (None, ("甲", "乙丙")),
        (None, ("ab", "")),
    ],
)
def test_widest__of_a_column(shape: Shape | None, cells: tuple[Cell, ...]) -> None:
    meant = max(display_width(written(cell, shape or Shape())) for cell in cells)

    assert widest_of(cells, shape, 0) == meant
    assert widest_of(cells, shape, 99) == 99
