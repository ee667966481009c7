from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordMoved
from desktop.core.changes import RecordRemoved
from desktop.store.records import Applied
from tests.store.cases import EAST
from tests.store.cases import WEST
from tests.store.cases import added
from tests.store.cases import do
from tests.store.cases import key
from tests.store.cases import set_cell

if TYPE_CHECKING:
    from desktop.store.ledger import Ledger

MANY = 2000


def test_write_action__an_import_and_its_undo_at_once(ledger: Ledger) -> None:
    changes = [
        added(f"n{number}", (EAST, WEST)[number % 2], name=f"{number}", beds=number)
        for number in range(MANY)
    ]

    answer = do(ledger, *changes)

    assert isinstance(answer, Applied)
    assert len(answer.records) == MANY
    assert ledger.count("home", "2025", WEST) == MANY // 2
    assert next(ledger.query("SELECT SUM(beds) FROM home")) == (sum(range(MANY)),)
    do(
        ledger,
        *(RecordRemoved(each.record, each.unit, each.cells) for each in changes),
    )
    assert ledger.count("home", "2025") == 0
    assert ledger.doctor().problems == ()


def test_write_action__different_cells_of_different_records(filled: Ledger) -> None:
    do(
        filled,
        set_cell("a", "beds", 10, Absent.UNKNOWN),
        set_cell("b", "beds", 30, 31),
        set_cell("b", "area", BLANK, 7),
        RecordMoved(key("c"), WEST, EAST),
        set_cell("c", "beds", 20, BLANK),
    )

    rows = filled.query("SELECT _unit, beds, area, _states FROM home ORDER BY _id")
    assert list(rows) == [
        (EAST, None, None, '{"beds":"unknown"}'),
        (EAST, 31, 7.0, None),
        (EAST, None, None, None),
    ]
    assert {entry.revision for entry in filled.log(after=filled.head().seq - 3)} == {3}
    assert filled.doctor().problems == ()


def test_write_action__several_forms_in_one_action(filled: Ledger) -> None:
    unit_record = RecordRemoved(key(EAST, "people"), EAST)

    answer = do(filled, unit_record, added("d"))

    assert isinstance(answer, Applied)
    assert answer.records == {key("d"), key(EAST, "people")}
    do(filled, RecordAdded(unit_record.record, EAST, (("count", 5),)))
    record = filled.record(key(EAST, "people"))
    assert record is not None
    assert record.cells == {"count": 5}
    assert record.key.facility == FacilityId(EAST)
