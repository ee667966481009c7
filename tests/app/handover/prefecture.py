"""A prefecture of two counties with two streets each."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from tests.exchange.townships import county_units

CITY: Final = "3101"
OTHER: Final = "310106"
NORTH: Final = "310106001"
SOUTH: Final = "310106002"


def near() -> tuple[Unit, ...]:
    """Give the first county."""
    county, *streets = county_units()
    return (replace(county, parent=UnitCode(CITY)), *streets)


def far() -> tuple[Unit, ...]:
    """Give the second county."""
    county, *streets = near()
    codes = (NORTH, SOUTH)
    return (
        replace(county, code=UnitCode(OTHER), name="静安区"),
        *(
            replace(
                one,
                code=UnitCode(code),
                name=f"{code[-1]}街道",
                parent=UnitCode(OTHER),
            )
            for one, code in zip(streets, codes, strict=True)
        ),
    )


def city_units() -> tuple[Unit, ...]:
    """Give the prefecture."""
    city = Unit(
        UnitCode(CITY),
        "上海",
        UnitCode("31"),
        UnitLevel.PREFECTURE,
        UnitClass.PREFECTURE,
    )
    return (city, *near(), *far())
