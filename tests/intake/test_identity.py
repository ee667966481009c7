from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.changes import FacilityId
from desktop.core.messages import message
from desktop.core.unit import UnitCode
from desktop.intake.identity import Registry
from desktop.intake.identity import Sighting
from desktop.intake.plan_values import Existing
from desktop.intake.plan_values import ImportContext
from tests.intake.worlds import AREAS
from tests.intake.worlds import HOMES
from tests.intake.worlds import ROOT
from tests.intake.worlds import UNITS

if TYPE_CHECKING:
    from desktop.core.cells import Cell

STREET = UnitCode("310105001")
TOWN = UnitCode("310105102")


def record(facility: str, unit: UnitCode, **cells: Cell) -> Existing:
    return Existing(FacilityId(facility), unit, cells)


def registry(*records: Existing) -> Registry:
    return Registry(HOMES, ImportContext(UNITS, ROOT, "2025", records))


def seen(unit: UnitCode | None = None, **cells: Cell) -> Sighting:
    return Sighting(cells, unit)


def test_find__by_code_before_name() -> None:
    one = record("1", STREET, name="甲", credit="A")
    two = record("2", STREET, name="乙", credit="B")

    found = registry(one, two).find(seen(STREET, name="乙", credit="A"))

    assert found is one


def test_find__by_name_in_its_unit() -> None:
    one = record("1", STREET, name="甲 院")
    two = record("2", TOWN, name="甲院")

    known = registry(one, two)

    assert known.find(seen(TOWN, name="甲院")) is two
    assert known.find(seen(STREET, name="甲院")) is one
    assert known.find(seen(STREET, name="丙")) is None
    assert known.find(seen(None, name="甲院")) == message(
        "intake.row.several_alike", count=2
    )


def test_find__same_code_twice_is_for_a_person() -> None:
    known = registry(record("1", STREET, credit="A"), record("2", TOWN, credit="A"))

    assert known.find(seen(STREET, name="甲", credit="A")) == message(
        "intake.row.several_alike", count=2
    )


def test_find__known_in_another_unit() -> None:
    known = registry(record("1", STREET, name="甲"))

    assert known.find(seen(None, name="甲")) is not None
    assert known.find(seen(TOWN, name="甲")) == message(
        "intake.row.known_elsewhere", unit="华阳路街道"
    )
    # A code of its own says that it is another one.
    assert known.find(seen(TOWN, name="甲", credit="Z")) is None


def test_find__record_of_a_unit() -> None:
    one = record("310105001", STREET, beds_total=1)
    known = Registry(AREAS, ImportContext(UNITS, ROOT, "2025", (one,)))

    assert known.find(seen(STREET)) is one
    assert known.find(seen(TOWN)) is None
    assert known.find(seen()) is None
    assert known.keys(seen(STREET)) == (("unit", STREET),)
    assert known.name_of({"name": "甲"}) == ""


def test_keys__codes_or_unit_and_name() -> None:
    known = registry()

    assert known.keys(seen(STREET, name="甲", credit="A")) == (("credit", "A"),)
    assert known.keys(seen(STREET, name="甲")) == ((f"name {STREET}", "甲"),)
    assert known.keys(seen(None, name="甲")) == (("name ", "甲"),)
