from __future__ import annotations

from dataclasses import replace

from desktop.app.handover.board.board_facts import Asked
from desktop.app.handover.board.expected import Expected
from desktop.app.handover.board.expected import expected_units
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from tests.app.handover.boards import VILLAGE
from tests.app.handover.boards import village
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import county_units
from tests.exchange.townships import street

UNITS = (*county_units(), village())


def codes(found: tuple[Expected, ...]) -> list[str]:
    return [str(one.unit.code) for one in found]


def test_expected__the_units_directly_below() -> None:
    found = expected_units(UNITS, "2025", {})
    assert codes(found) == [EAST, WEST]
    assert all(one.asked and one.usual for one in found)


def test_expected__counties_of_a_prefecture() -> None:
    city = Unit(
        UnitCode("3101"),
        "市",
        UnitCode("31"),
        UnitLevel.PREFECTURE,
        UnitClass.PREFECTURE,
    )
    county = replace(county_units()[0], parent=city.code)
    found = expected_units((city, county, *county_units()[1:]), "2025", {})
    assert codes(found) == ["310105"]


def test_expected__nobody_of_a_township_with_villages() -> None:
    assert expected_units((street(EAST), village()), "2025", {}) == ()


def test_expected__only_while_a_unit_exists() -> None:
    county, east, west = county_units()
    units = (county, replace(east, until="2024"), west)
    assert codes(expected_units(units, "2025", {})) == [WEST]
    assert codes(expected_units(units, "2024", {})) == [EAST, WEST]


def test_expected__edited_by_people() -> None:
    asked = {
        EAST: Asked(False, "撤并"),
        VILLAGE: Asked(True, "直报县里"),
        "310105099": Asked(True, "不在台账里"),
    }
    east, west, below = expected_units(UNITS, "2025", asked)
    assert (east.asked, east.reason, east.usual) == (False, "撤并", True)
    assert (west.asked, west.reason) == (True, "")
    assert (below.unit.code, below.asked, below.usual) == (VILLAGE, True, False)


def test_expected__excusing_a_unit_that_is_not_asked_changes_nothing() -> None:
    asked = {VILLAGE: Asked(False, "不必")}
    assert codes(expected_units(UNITS, "2025", asked)) == [EAST, WEST]
