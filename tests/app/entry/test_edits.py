from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.audit.explaining import Explaining
from desktop.app.audit.explaining import explain
from desktop.app.entry.edits import add_record
from desktop.app.entry.edits import declare_nil
from desktop.app.entry.edits import defaults
from desktop.app.entry.edits import remove_records
from desktop.app.entry.edits import rule_topic
from desktop.app.entry.edits import set_cell
from desktop.app.entry.edits import set_cells
from desktop.core.cells import BLANK
from desktop.core.changes import RecordAdded
from desktop.core.changes import undo
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.messages import message
from tests.small import STREET
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.small import put
from tests.small import small_pack

if TYPE_CHECKING:
    from pathlib import Path


def test_defaults__a_new_facility_operates() -> None:
    forms = small_pack().form_by_id
    assert defaults(forms["eci"]) == {"status": "运营"}
    assert defaults(forms["area"]) == {}


def test_add__a_facility_has_its_own_identity_a_unit_form_the_units() -> None:
    forms = small_pack().form_by_id
    [home] = add_record(forms["eci"], YEAR, STREET, "h1", {"name": "幸福院"}).changes
    assert isinstance(home, RecordAdded)
    assert (home.record.facility, home.unit) == ("h1", STREET)
    assert dict(home.cells) == {"status": "运营", "name": "幸福院"}
    [area] = add_record(forms["area"], YEAR, STREET, "h2", {}).changes
    assert isinstance(area, RecordAdded)
    assert area.record.facility == STREET


def test_edits__on_a_ledger_and_back(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        form = ledger.pack().form_by_id["eci"]
        key = put(ledger, "h1", beds_total=100)
        record = ledger.record(key)
        assert record is not None
        edit = set_cell(record, form.by_id["beds_total"], 120)
        assert edit.title == message("app.edit", field="总床位数")
        ledger.apply(edit)
        block = set_cells(
            [
                (record, form.by_id["beds_nursing"], 60),
                (record, form.by_id["name"], record.cells["name"]),
            ]
        )
        assert len(block.changes) == 1
        ledger.apply(block)
        after = ledger.record(key)
        assert after is not None
        assert (after.cells["beds_total"], after.cells["beds_nursing"]) == (120, 60)
        removed = remove_records(form, [after])
        ledger.apply(removed)
        assert ledger.record(key) is None
        ledger.apply(type(removed)(removed.title, undo(removed)))
        back = ledger.record(key)
        assert back is not None
        assert back.cells == after.cells
        assert back.cells["price"] is BLANK


def test_explain__and_nil(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        form = ledger.pack().form_by_id["eci"]
        key = put(ledger, "h1")
        record = ledger.record(key)
        assert record is not None
        finding = Finding(
            "eci.price_jump",
            Level.WARNING,
            Outcome.FAILED,
            "eci",
            STREET,
            "2025",
            record.id,
            ("price",),
            "请说明",
        )
        ledger.apply(explain([Explaining(finding, record, {})], "物价上涨 12%"))
        assert ledger.notes(key)[rule_topic("eci.price_jump")] == "物价上涨 12%"
        ledger.apply(declare_nil(form, YEAR, STREET, nil=True))
        assert ledger.nil("eci", "2025", STREET)
        ledger.apply(declare_nil(form, YEAR, STREET, nil=False))
        assert not ledger.nil("eci", "2025", STREET)
