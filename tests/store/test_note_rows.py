from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.entry.edits import remove_records
from desktop.core.changes import Action
from desktop.core.changes import NoteChange
from desktop.core.messages import message
from desktop.store.digest import record_digest
from tests import small

if TYPE_CHECKING:
    from pathlib import Path


def test_noted_records__with_unit_digest_and_all_notes(tmp_path: Path) -> None:
    with small.opened(small.make_ledger(tmp_path)) as ledger:
        key = small.put(ledger, "甲院", beds_total=100)
        small.put(ledger, "乙院")
        gone = small.put(ledger, "丙院")
        changes = (
            NoteChange(key, "rule:a", "", "原因"),
            NoteChange(key, "field:beds_total", "", "备注"),
            NoteChange(gone, "rule:a", "", "不在了"),
        )
        ledger.apply(Action(message("app.explain"), changes))
        record, left = ledger.record(key), ledger.record(gone)
        assert record is not None
        assert left is not None
        form = ledger.pack().form_by_id["eci"]
        ledger.apply(remove_records(form, [left]))

        [(record_id, noted)] = ledger.noted_records("eci", "2025").items()

    assert (record_id, noted.id, noted.key) == (record.id, record.id, key)
    assert noted.unit == small.STREET
    assert noted.notes == {"field:beds_total": "备注", "rule:a": "原因"}
    assert noted.digest == record_digest(key, noted.unit, dict(record.filled()))
