from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.app.ledgers.unit_editing import add_unit
from desktop.app.ledgers.unit_editing import describe_unit
from desktop.app.ledgers.unit_editing import merge_units
from desktop.app.ledgers.unit_editing import rename_unit
from desktop.app.ledgers.unit_editing import transfer_unit
from desktop.core.cells import BLANK
from desktop.core.changes import Action
from desktop.core.changes import CellChange
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.changes import undo
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.unit import UnitCode
from desktop.core.unit_edits import made_unit
from desktop.store.records import Applied
from tests.small import COUNTY
from tests.small import STREET
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.small import put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger
    from desktop.store.records import Record

NEXT = Period(PeriodKind.YEAR, 2026)
TOWN = UnitCode("310105102")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with opened(make_ledger(tmp_path)) as made:
        do(made, add_unit(made, made_unit(TOWN, "新泾镇", UnitCode(COUNTY)), YEAR))
        yield made


def do(ledger: Ledger, action: Action | Message) -> Action:
    assert isinstance(action, Action), action
    assert isinstance(ledger.apply(action), Applied)
    return action


def names(ledger: Ledger) -> dict[str, str]:
    return {unit.code: unit.name for unit in ledger.units()}


def test_add__gives_the_unit_what_every_unit_answers(ledger: Ledger) -> None:
    assert names(ledger)[TOWN] == "新泾镇"
    assert ledger.count("area", YEAR.code, TOWN) == 1
    assert ledger.doctor().problems == ()


def test_rename__can_be_undone(ledger: Ledger) -> None:
    action = do(ledger, rename_unit(ledger, TOWN, "新泾街道", NEXT))

    assert names(ledger)[TOWN] == "新泾街道"
    assert dict(action.title.params) == {"before": "新泾镇", "name": "新泾街道"}
    do(ledger, Action(action.title, undo(action)))
    assert names(ledger)[TOWN] == "新泾镇"


def test_merge__homes_go_over_and_the_past_stays_countable(ledger: Ledger) -> None:
    put(ledger, "h1", beds_total=100)
    ledger.add_period(NEXT, YEAR)

    action = do(ledger, merge_units(ledger, [UnitCode(STREET)], TOWN, NEXT))

    # The new year's homes belong to the town; those of last year stay where they were
    # and are summed with the town, as it is bounded today.
    assert {record.unit for record in homes(ledger, NEXT)} == {TOWN}
    assert {record.unit for record in homes(ledger, YEAR)} == {STREET}
    assert ledger.count("eci", YEAR.code, TOWN) == 1
    assert ledger.count("eci", NEXT.code, TOWN) == 1
    assert ledger.count("area", NEXT.code, STREET) == 0
    assert ledger.count("area", YEAR.code, STREET) == 1
    assert ledger.doctor().problems == ()
    do(ledger, Action(action.title, undo(action)))
    assert {record.unit for record in homes(ledger, NEXT)} == {STREET}
    assert ledger.doctor().problems == ()


def test_merge__keeps_what_somebody_had_filled_in(ledger: Ledger) -> None:
    key = RecordKey("area", YEAR.code, FacilityId(TOWN))
    filled = CellChange(key, "pop_60plus", BLANK, 900)
    do(ledger, Action(message("app.edit"), (filled,)))

    do(ledger, merge_units(ledger, [TOWN], UnitCode(STREET), YEAR))

    assert ledger.record(key) is not None
    assert ledger.count("area", YEAR.code, STREET) == 2


def homes(ledger: Ledger, period: Period) -> list[Record]:
    return ledger.rows("eci", ledger.ids("eci", period.code))


def test_transfer_and_describe(ledger: Ledger) -> None:
    do(ledger, transfer_unit(ledger, TOWN, UnitCode(STREET), YEAR))
    [town] = [unit for unit in ledger.units() if unit.code == TOWN]
    assert town.parent == STREET

    known = replace(town, statistics_code="310105103000", virtual=True)
    do(ledger, describe_unit(ledger, known, YEAR))
    assert known in ledger.units()


def test_what_cannot_be__is_a_message(ledger: Ledger) -> None:
    missing = rename_unit(ledger, UnitCode("99"), "某镇", YEAR)

    assert missing == message("units.unknown", code="99")
