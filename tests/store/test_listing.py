from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.findings import RecordId
from desktop.store.conditions import Among
from desktop.store.conditions import AnyOf
from desktop.store.conditions import Between
from desktop.store.conditions import Condition
from desktop.store.conditions import Contains
from desktop.store.conditions import Not
from desktop.store.conditions import OneOf
from desktop.store.conditions import Present
from desktop.store.conditions import Within
from desktop.store.records import Order
from desktop.store.records import View
from tests.store.cases import EAST
from tests.store.cases import NEXT
from tests.store.cases import ROOT
from tests.store.cases import WEST
from tests.store.cases import added
from tests.store.cases import do

if TYPE_CHECKING:
    from desktop.core.cells import Cell
    from desktop.store.ledger import Ledger

UNKNOWN, NOT_APPLICABLE = Absent.UNKNOWN, Absent.NOT_APPLICABLE


@pytest.fixture
def homes(ledger: Ledger) -> Ledger:
    """Give homes of which each field knows several contents."""
    do(
        ledger,
        added(
            "a",
            name="长安院",
            beds=10,
            area=Decimal("1.10"),
            level="一级",
            services=("餐", "医"),
            order=date(2020, 1, 2),
            public=True,
        ),
        added("b", name="阿里院", beds=30, area=Decimal("2.20"), services=("医",)),
        added("c", WEST, name="中心院", beds=UNKNOWN, level="二级", public=False),
        added("d", WEST, name="北山院", beds=NOT_APPLICABLE, order=date(2024, 5, 6)),
        added("e", ROOT),
    )
    return ledger


def listed(ledger: Ledger, *conditions: Condition) -> str:
    """Give the facilities a view lists, one letter each."""
    return shown(ledger, View(conditions=conditions))


def shown(ledger: Ledger, view: View) -> str:
    rows = ledger.rows("home", ledger.ids("home", "2025", view))
    return "".join(record.key.facility for record in rows)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Contains("name", "院"), "abcd"),
        (Contains("name", "'; DROP"), ""),
        (OneOf("beds", (10, 30)), "ab"),
        (OneOf("beds", (BLANK,)), "e"),
        (OneOf("beds", (UNKNOWN,)), "c"),
        (OneOf("beds", (30, NOT_APPLICABLE, BLANK)), "bde"),
        (OneOf("beds", ()), ""),
        (OneOf("area", (Decimal("2.20"),)), "b"),
        (OneOf("public", (True,)), "a"),
        (OneOf("order", (date(2024, 5, 6),)), "d"),
        (OneOf("services", ("医",)), "ab"),
        (OneOf("services", ("餐", BLANK)), "acde"),
        (OneOf("services", (BLANK,)), "cde"),
        (OneOf("in_code", (EAST,)), "ab"),
        (OneOf("double", (60, BLANK)), "bcde"),
        (Not(OneOf("beds", (BLANK,))), "abcd"),
        (Not(Contains("level", "一")), "bcde"),
        (Between("beds", 10, 20), "a"),
        (Between("beds", 11), "b"),
        (Between("beds", high=10), "a"),
        (Between("beds"), "ab"),
        (Between("area", Decimal("2.20"), Decimal("2.20")), "b"),
        (Between("order", date(2021, 1, 1), date(2024, 12, 31)), "d"),
        (Between("in_year", 2025, 2025), "abcde"),
        (Within((WEST,)), "cd"),
        (Within((WEST, ROOT)), "abcde"),
        (Within(()), ""),
        (AnyOf((Contains("name", "北"), OneOf("beds", (10,)))), "ad"),
        (AnyOf(()), ""),
        (Among(()), ""),
    ],
)
def test_ids__of_a_condition(
    homes: Ledger, condition: Condition, expected: str
) -> None:
    assert listed(homes, condition) == expected


def test_ids__of_certain_records(homes: Ledger) -> None:
    first, *_, last = homes.ids("home", "2025")
    assert listed(homes, Among((last, first, RecordId(99)))) == "ae"


def test_ids__all_conditions_hold_and_the_unit_too(homes: Ledger) -> None:
    view = View(WEST, (Contains("name", "院"), Not(OneOf("level", ("二级",)))))
    assert shown(homes, view) == "d"


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ((), "abcde"),
        ((Order("name"),), "bdace"),
        ((Order("name", descending=True),), "cadbe"),
        ((Order("beds"),), "abcde"),
        ((Order("beds", descending=True),), "bacde"),
        ((Order("double", descending=True),), "bacde"),
        ((Order("order", descending=True),), "dabce"),
        ((Order("in_code", descending=True), Order("name")), "dcbae"),
        ((Order("in_year"), Order("in_name")), "eabcd"),
    ],
)
def test_ids__sorted_and_what_has_no_value_last(
    homes: Ledger, order: tuple[Order, ...], expected: str
) -> None:
    assert shown(homes, View(order=order)) == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("beds", [(BLANK, 1), (10, 1), (30, 1), (NOT_APPLICABLE, 1), (UNKNOWN, 1)]),
        ("level", [(BLANK, 3), ("一级", 1), ("二级", 1)]),
        ("area", [(BLANK, 3), (Decimal("1.10"), 1), (Decimal("2.20"), 1)]),
        ("public", [(BLANK, 3), (False, 1), (True, 1)]),
        ("services", [(BLANK, 3), ("医", 2), ("餐", 1)]),
        ("double", [(BLANK, 3), (20, 1), (60, 1)]),
        ("in_code", [(EAST, 2), (WEST, 2), (ROOT, 1)]),
        ("in_year", [(2025, 5)]),
        ("order", [(BLANK, 3), (date(2020, 1, 2), 1), (date(2024, 5, 6), 1)]),
    ],
)
def test_present__each_content_with_its_records(
    homes: Ledger, field: str, expected: list[tuple[Cell, int]]
) -> None:
    found = homes.present("home", "2025", field, 50)

    wanted = {Present(cell, times) for cell, times in expected}
    assert set(found) == wanted
    assert [one.records for one in found] == sorted(
        (one.records for one in wanted), reverse=True
    )


def test_present__no_more_than_asked_for(homes: Ledger) -> None:
    assert homes.present("home", "2025", "level", 1) == [Present(BLANK, 3)]
    assert homes.present("home", "2026", "level", 9) == []


def test_present__of_a_field_that_is_not_there__error(homes: Ledger) -> None:
    with pytest.raises(KeyError):
        homes.present("home", "2025", "rooms", 9)


def test_departed__by_their_latest_record_before(homes: Ledger) -> None:
    homes.add_period(NEXT)
    kept = RecordKey("home", NEXT.code, FacilityId("b"))
    do(homes, RecordAdded(kept, EAST, (("name", "阿里院"),)))

    gone = homes.rows("home", homes.departed("home", NEXT.code))

    assert [record.key.facility for record in gone] == ["a", "c", "d", "e"]
    assert {record.key.period for record in gone} == {"2025"}
    assert homes.departed("home", "2025") == [], "nothing is before the first period"
