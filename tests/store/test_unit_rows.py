from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.changes import Action
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.changes import UnitChange
from desktop.core.changes import undo
from desktop.core.messages import message
from desktop.core.unit import Former
from desktop.core.unit import UnitCode
from desktop.store import migrations
from desktop.store.errors import UnfitChangeError
from desktop.store.records import Applied
from desktop.store.records import EntryKind
from desktop.store.records import Stale
from desktop.store.records import View
from desktop.store.unit_rows import closure
from desktop.store.unit_rows import read_units
from tests.store.cases import EAST
from tests.store.cases import ROOT
from tests.store.cases import UNITS
from tests.store.cases import WEST
from tests.store.cases import unit

if TYPE_CHECKING:
    from desktop.core.changes import Change
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer
    from tests.store.cases import Desk

NORTH = unit("310105003", "北镇", ROOT)
ZONE = "310105401"


def do(ledger: Ledger, *changes: Change) -> Answer:
    return ledger.apply(Action(message("app.edit"), changes))


def test_unit_added__with_a_record_of_its_own_in_one_action(filled: Ledger) -> None:
    people = RecordKey("people", "2025", FacilityId(NORTH.code))
    changes = (
        UnitChange(NORTH.code, None, NORTH),
        RecordAdded(people, NORTH.code, (("count", 5),)),
    )

    answer = do(filled, *changes)

    assert isinstance(answer, Applied)
    assert answer.units
    assert filled.units()[-1] == NORTH
    assert filled.count("people", "2025", ROOT) == 4
    assert filled.doctor().problems == ()
    # And back again: the record first, then the unit.
    do(filled, *undo(Action(message("app.edit"), changes)))
    assert filled.units() == UNITS
    assert filled.count("people", "2025", ROOT) == 3
    assert filled.doctor().problems == ()


def test_unit_changed__keeps_its_records_and_its_past(
    filled: Ledger, desk: Desk
) -> None:
    east = UNITS[1]
    former = (Former("东镇", UnitCode(ROOT), "2025"),)
    after = replace(east, name="东街道", statistics_code="310105009", former=former)

    do(filled, UnitChange(EAST, east, after))

    assert filled.units()[1] == after
    assert filled.count("home", "2025", EAST) == 2
    filled.close()
    with desk.open(filled.path) as again:
        assert again.units()[1] == after
        assert again.doctor().problems == ()


def test_unit_ended__counts_for_the_one_that_took_over(filled: Ledger) -> None:
    east = UNITS[1]
    after = replace(east, parent=UnitCode(WEST), until="2025")

    do(filled, UnitChange(EAST, east, after))

    # West comes behind East in the file; the tree does not mind.
    assert filled.count("home", "2025", WEST) == 3
    assert len(filled.ids("home", "2025", View(unit=WEST))) == 3
    assert filled.doctor().problems == ()


def test_unit_put_below_another__moves_all_below_it(filled: Ledger) -> None:
    village = unit("310105001001", "东村", EAST)
    do(filled, UnitChange(village.code, None, village))
    before = filled.units()[1]

    do(filled, UnitChange(EAST, before, replace(before, parent=UnitCode(WEST))))

    with closing(sqlite3.connect(filled.path)) as other:
        pairs = set(other.execute("SELECT ancestor, descendant FROM _unit_tree"))
    assert (WEST, village.code) in pairs
    assert (ROOT, village.code) in pairs


def test_unit_change__that_came_to_nothing__writes_nothing(filled: Ledger) -> None:
    before = filled.head()
    east = UNITS[1]
    other = replace(east, name="东街道")

    answer = do(filled, UnitChange(EAST, east, other), UnitChange(EAST, other, east))

    assert answer == Applied(before.revision)
    assert filled.head() == before


def test_unit_change__made_from_something_else__is_refused(filled: Ledger) -> None:
    wrong = replace(UNITS[1], name="从前")

    answer = do(filled, UnitChange(EAST, wrong, replace(wrong, name="将来")))

    assert isinstance(answer, Stale)
    assert answer.conflicts[0].message.code == "store.stale_tree"
    assert filled.units() == UNITS


@pytest.mark.parametrize(
    "change",
    [
        UnitChange(EAST, None, UNITS[1]),
        UnitChange("310105009", None, unit("310105009", "新", "999")),
        UnitChange(EAST, UNITS[1], replace(UNITS[1], parent=UnitCode(EAST))),
        UnitChange(ROOT, UNITS[0], None),
    ],
)
def test_unit_change__that_breaks_the_tree__error(
    filled: Ledger, change: UnitChange
) -> None:
    with pytest.raises(UnfitChangeError):
        do(filled, change)

    assert filled.units() == UNITS
    assert filled.doctor().problems == ()


def test_log__says_what_a_unit_was_and_is(filled: Ledger) -> None:
    east = UNITS[1]
    do(filled, UnitChange(EAST, east, replace(east, until="2025")))

    entries = [each for each in filled.log() if each.kind is EntryKind.UNITS]

    assert entries[-1].before[EAST] == "东镇"
    assert '"2025"' in str(entries[-1].after[EAST])


def test_migration__of_a_file_that_knew_no_history(filled: Ledger) -> None:
    opened = sqlite3.connect(filled.path, isolation_level=None)
    with closing(opened) as other:
        for column in ("since", "until", "statistics_code", "former"):
            other.execute(f"ALTER TABLE _units DROP COLUMN {column}")
        other.execute("DELETE FROM _migrations WHERE name = '0002_unit_history'")
        other.execute("PRAGMA user_version = 1")
        migrations.migrate(other, migrations.STEPS[:2], "2026-01-01")

        assert read_units(other) == UNITS
    assert filled.doctor().problems == ()


@given(st.permutations(UNITS))
def test_closure__whatever_the_order(units: list[object]) -> None:
    found = set(closure(each for each in UNITS if each in units))

    assert found == {
        (ROOT, ROOT),
        (EAST, EAST),
        (WEST, WEST),
        (ROOT, EAST),
        (ROOT, WEST),
    }
