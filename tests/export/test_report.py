from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.export.report import Bar
from desktop.export.report import CellKind
from desktop.export.report import Row
from desktop.export.report import Shape
from desktop.export.report import total_of
from tests.export.samples import sample_report
from tests.export.stamped import DIGEST
from tests.export.stamped import stamped_report


@pytest.mark.parametrize(
    ("cells", "total"),
    [
        ((1, 2), 3),
        ((1, BLANK, Absent.UNKNOWN, Absent.NOT_APPLICABLE), 1),
        ((Decimal("0.1"), Decimal("0.2")), Decimal("0.3")),
        ((0,), 0),
        ((BLANK, Absent.UNKNOWN), BLANK),
        ((True, "5"), BLANK),
    ],
)
def test_total__only_numbers_count(cells: tuple[Cell, ...], total: Cell) -> None:
    assert total_of(cells) == total


def test_bar__a_share_stays_on_the_scale() -> None:
    bar = Bar(Decimal(1), None, None, "", Decimal(100))

    assert [bar.share(Decimal(n)) for n in (-5, 25, 250)] == [0.0, 0.25, 1.0]


def test_shape__a_line_may_have_its_own() -> None:
    roster = sample_report().forms[0]
    column = roster.columns[0]
    own = Shape(CellKind.INTEGER)

    assert roster.shape(roster.rows[0], column) == Shape(CellKind.CODE)
    assert roster.shape(Row((), (), own), column) == own


def test_working_sheet__one_form_without_marks_is_enough() -> None:
    assert sample_report().working_sheet


def test_code__only_what_has_data() -> None:
    assert sample_report().code("eci") == ""
    assert sample_report().digest == ""
    assert replace(stamped_report(), stamp=None).code("eci") == ""
    assert stamped_report().code("eci") == f"eci|330902|2025|128|{DIGEST}"
    assert stamped_report().digest.startswith(DIGEST)


def test_across__records_stand_side_by_side() -> None:
    assert [form.across for form in sample_report().forms] == [False, True, False]
