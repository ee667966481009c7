from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.entry.edits import remove_records
from desktop.app.entry.reading import Row
from desktop.app.entry.record_list import RecordList
from desktop.core.findings import RecordId
from desktop.store.errors import StoreError
from desktop.ui.entry.row_windows import RowWindows
from tests import asked
from tests.ui.desks import drain
from tests.ui.desks import record_named
from tests.ui.desks import records

if TYPE_CHECKING:
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace


@pytest.fixture
def windows(work: Workplace) -> RowWindows:
    made = RowWindows(work, "eci", work.bridge)
    made.ids = RecordList(asked.ids(work.session, "eci"))
    return made


def test_rows__asked_for_come_once(windows: RowWindows, work: Workplace) -> None:
    came: list[list[RecordId]] = []
    windows.came.connect(came.append)
    assert windows.at(1) is None
    assert windows.at(2) is None
    drain(work)
    assert came[0] == list(windows.ids)
    row = windows.at(1)
    assert row is not None
    assert row.record.cell("name") == "坏院"
    assert windows.of(windows.ids[1]) is row
    assert windows.known(None) == list(windows.ids)
    assert windows.known([windows.ids[2], RecordId(99)]) == [windows.ids[2]]


def test_rows__an_action_on_its_way_is_not_overtaken(
    windows: RowWindows, work: Workplace
) -> None:
    windows.fetch(0)
    drain(work)
    stored = record_named(work, "eci", "好院")
    typed = Row(stored, frozenset({"price"}))
    windows.show([typed])
    windows.read([stored.id])
    drain(work)
    assert windows.of(stored.id) is typed
    assert stored.id not in windows.known(None), "it is read when the action has ended"
    windows.settle([stored.id])
    drain(work)
    assert windows.of(stored.id) != typed
    assert stored.id in windows.known(None)


def test_rows__of_records_that_are_gone_are_not_read(
    windows: RowWindows, work: Workplace
) -> None:
    windows.fetch(0)
    drain(work)
    gone = record_named(work, "eci", "坏院")
    work.session.apply(remove_records(work.form("eci"), [gone])).result()
    windows.ids = RecordList(record.id for record in records(work, "eci"))
    windows.forget()
    assert windows.of(gone.id) is None
    windows.settle([gone.id])
    drain(work)
    assert windows.of(gone.id) is None


def test_rows__a_reading_that_failed_can_be_asked_for_again(
    windows: RowWindows, work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    work.bridge.courier.trouble.connect(told.append)

    def refuse(_ledger: Ledger, _ids: object) -> list[Row]:
        from desktop.core.messages import message

        raise StoreError(message("store.interrupted"))

    monkeypatch.setattr(windows, "rows", refuse)
    windows.fetch(0)
    drain(work)
    assert len(told) == 1
    monkeypatch.undo()
    windows.fetch(0)
    drain(work)
    assert windows.at(0) is not None
