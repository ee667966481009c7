from __future__ import annotations

from desktop.core.cells import BLANK
from desktop.core.findings import RecordId
from desktop.core.messages import message
from desktop.store.records import Record
from desktop.store.records import stale_cell
from tests.store.cases import EAST
from tests.store.cases import key


def test_record__one_look_up_for_stored_and_derived_cells() -> None:
    record = Record(RecordId(1), key("a"), EAST, {"x": 1, "y": BLANK}, 1, {"z": 2})

    assert [record.cell(name) for name in "xyzw"] == [1, BLANK, 2, BLANK]
    assert record.filled() == (("x", 1),)


def test_stale_cell__says_which_and_what() -> None:
    conflict = stale_cell(key("a"), "beds", 1, 2)

    assert conflict.message == message("store.stale_cell", field="beds")
    assert (conflict.expected, conflict.found) == (1, 2)
