from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.changes import UnitChange
from desktop.core.messages import Message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.unit import Former
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from desktop.core.unit_edits import Edit
from desktop.core.unit_edits import UnitEdits
from desktop.core.unit_edits import made_unit

NOW = Period(PeriodKind.YEAR, 2026)
CITY = UnitCode("5107")
COUNTY, OTHER = UnitCode("510703"), UnitCode("510704")
TOWN, STREET, LAST = (
    UnitCode("510703100"),
    UnitCode("510703001"),
    UnitCode("510704101"),
)
UNITS = (
    replace(made_unit(CITY, "绵阳市", UnitCode("51"))),
    made_unit(COUNTY, "涪城区", CITY),
    made_unit(TOWN, "丰谷镇", COUNTY),
    made_unit(STREET, "城厢街道", COUNTY),
    made_unit(OTHER, "游仙区", CITY),
    made_unit(LAST, "小枧镇", OTHER),
    made_unit(UnitCode("510703100001"), "河街社区", TOWN),
)


def edits(*more: Unit) -> UnitEdits:
    return UnitEdits((*UNITS, *more), NOW)


def after(edit: Edit) -> list[Unit]:
    assert isinstance(edit, tuple), edit
    return [change.after for change in edit if change.after is not None]


def code(edit: Edit) -> str:
    assert isinstance(edit, Message)
    return edit.code


def test_made_unit__level_and_class_follow_from_code_and_name() -> None:
    made = made_unit(TOWN, "丰谷镇", COUNTY)

    assert (made.level, made.class_) == (UnitLevel.TOWNSHIP, UnitClass.TOWNSHIP)


def test_add__a_zone_counted_apart() -> None:
    zone = edits().free_code(CITY)
    assert zone == "510771"

    (unit,) = after(edits().add(made_unit(zone, "高新区", CITY, virtual=True)))

    assert unit.virtual
    assert unit.since == "2026"
    assert not unit.exists_in("2025")
    assert unit.exists_in("2026")


def test_free_code__passes_over_those_that_are_taken() -> None:
    first = made_unit(UnitCode("510703401"), "科创园", COUNTY)

    assert edits().free_code(COUNTY) == "510703401"
    assert edits(first).free_code(COUNTY) == "510703402"
    assert edits().free_code(UnitCode("510703100001")) is None


def test_rename__remembers_the_old_name_and_takes_the_new_class() -> None:
    (unit,) = after(edits().rename(TOWN, "丰谷街道"))

    assert unit.name == "丰谷街道"
    assert unit.class_ is UnitClass.SUBDISTRICT
    assert unit.former == (Former("丰谷镇", COUNTY, "2025"),)
    assert unit.name_in("2024") == unit.name_in("2025") == "丰谷镇"
    assert unit.name_in("2026") == "丰谷街道"


def test_rename__twice_in_one_period__remembers_once() -> None:
    (first,) = after(edits().rename(TOWN, "丰谷街道"))
    there = tuple(first if unit.code == TOWN else unit for unit in UNITS)

    (second,) = after(UnitEdits(there, NOW).rename(TOWN, "丰谷新街道"))

    assert second.former == first.former


def test_transfer__takes_along_what_is_below() -> None:
    edit = edits().transfer(TOWN, OTHER)

    (unit,) = after(edit)
    assert unit.parent == OTHER
    assert unit.former == (Former("丰谷镇", COUNTY, "2025"),)


def test_merge__the_ended_stand_below_the_one_that_took_over() -> None:
    ended, village = after(edits().merge([TOWN], STREET))

    assert (ended.code, ended.parent, ended.until) == (TOWN, STREET, "2025")
    assert (village.name, village.parent) == ("河街社区", STREET)
    assert not ended.exists_in("2026")


def test_merge__of_a_unit_made_in_the_same_period__has_no_past() -> None:
    zone = replace(made_unit(UnitCode("510703401"), "科创园", COUNTY), since="2026")

    (ended,) = after(edits(zone).merge([zone.code], STREET))

    assert ended.former == ()
    assert not ended.exists_in("2026")


def test_describe__states_what_is_known_besides() -> None:
    edit = edits().describe(TOWN, statistics="510703101", virtual=False)
    (unit,) = after(edit)

    assert unit.statistics_code == "510703101000"
    assert edits().describe(TOWN, statistics="", virtual=False) == ()


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (edits().add(made_unit(TOWN, "新镇", COUNTY)), "units.there"),
        (
            edits().add(replace(made_unit(TOWN, "新镇", COUNTY), code=UnitCode("5"))),
            "units.bad_code",
        ),
        (
            edits().add(made_unit(UnitCode("510799100"), "新镇", UnitCode("510799"))),
            "units.unknown",
        ),
        (
            edits().add(made_unit(UnitCode("510703102"), "丰谷镇", COUNTY)),
            "units.twin",
        ),
        (edits().rename(UnitCode("51"), "四川"), "units.unknown"),
        (edits().rename(TOWN, "城厢街道"), "units.twin"),
        (edits().rename(TOWN, ""), "units.bad_name"),
        (edits().rename(TOWN, "丰 谷"), "units.bad_name"),
        (edits().rename(TOWN, "丰\u202e谷"), "units.bad_name"),
        (edits().rename(TOWN, "长" * 61), "units.bad_name"),
        (edits().transfer(CITY, COUNTY), "units.circle"),
        (edits().transfer(COUNTY, TOWN), "units.circle"),
        (edits().transfer(TOWN, COUNTY), "units.same_parent"),
        (edits().transfer(TOWN, UnitCode("99")), "units.unknown"),
        (edits().transfer(UnitCode("99"), TOWN), "units.unknown"),
        (
            edits(made_unit(UnitCode("510704109"), "丰谷镇", OTHER)).transfer(
                TOWN, OTHER
            ),
            "units.twin",
        ),
        (edits().merge([TOWN], UnitCode("99")), "units.unknown"),
        (edits().merge([UnitCode("99")], TOWN), "units.unknown"),
        (edits().merge([COUNTY], TOWN), "units.circle"),
        (edits().merge([CITY], COUNTY), "units.circle"),
        (
            edits().describe(UnitCode("99"), statistics="", virtual=True),
            "units.unknown",
        ),
        (
            edits().describe(TOWN, statistics="abc", virtual=True),
            "units.bad_code",
        ),
    ],
)
def test_edits__that_cannot_be__say_why(edit: Edit, expected: str) -> None:
    assert code(edit) == expected


def test_merge__of_what_has_ended__error() -> None:
    gone = replace(made_unit(UnitCode("510703109"), "旧镇", COUNTY), until="2024")

    assert code(edits(gone).merge([gone.code], TOWN)) == "units.ended"


@given(st.sampled_from(UNITS[1:]), st.sampled_from(UNITS))
def test_transfer__never_leaves_a_unit_outside_the_tree(
    unit: Unit, parent: Unit
) -> None:
    edit = edits().transfer(unit.code, parent.code)
    there: dict[str, Unit] = {each.code: each for each in UNITS}
    if isinstance(edit, tuple):
        there |= {change.code: change.after for change in edit if change.after}
    for each in there.values():
        seen, above = set[str](), each
        while above.code != CITY:
            assert above.code not in seen
            seen.add(above.code)
            above = there[str(above.parent)]


def test_changes__carry_the_unit_before() -> None:
    edit = edits().rename(TOWN, "丰谷街道")

    assert isinstance(edit, tuple)
    assert edit == (UnitChange(TOWN, UNITS[2], after(edit)[0]),)
