from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.audit.explaining import Explaining
from desktop.app.audit.explaining import explain
from desktop.app.entry.cell_notes import CellMarks
from desktop.app.entry.cell_notes import CellNote
from desktop.app.entry.cell_notes import cell_notes
from desktop.app.entry.cell_notes import comment
from desktop.app.entry.cell_notes import flag
from desktop.app.entry.cell_notes import marks_by_field
from desktop.app.entry.edits import remove_records
from desktop.core.changes import Action
from desktop.core.changes import NoteChange
from desktop.core.changes import undo
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.messages import message
from desktop.store.records import Applied
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.forms.fields import Field
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with small.opened(small.make_filled(tmp_path)) as opened:
        yield opened


def first(ledger: Ledger) -> Record:
    return ledger.rows("eci", ledger.ids("eci", small.YEAR.code))[0]


def field(ledger: Ledger, name: str = "beds_total") -> Field:
    return ledger.pack().form_by_id["eci"].by_id[name]


def test_marks_by_field__comments_and_flags_but_no_explanations() -> None:
    notes = {
        "rule:eci.price_jump": "调价",
        "field:price": "问过院长",
        "flag:price": "1",
        "flag:beds_total": "1",
        "field:name": "改过名",
    }
    assert marks_by_field(notes) == {
        "price": CellMarks("问过院长", flagged=True),
        "beds_total": CellMarks(flagged=True),
        "name": CellMarks("改过名"),
    }
    assert marks_by_field({"flag:a": "1", "field:a": "字"}) == {
        "a": CellMarks("字", flagged=True)
    }


def test_comment__is_one_step_that_can_be_undone(ledger: Ledger) -> None:
    action = comment(first(ledger), field(ledger), "", "按床位证填")
    assert isinstance(ledger.apply(action), Applied)
    assert ledger.notes(first(ledger).key) == {"field:beds_total": "按床位证填"}
    ledger.apply(Action(action.title, undo(action)))
    assert ledger.notes(first(ledger).key) == {}


def test_flag__set_and_taken_off(ledger: Ledger) -> None:
    ledger.apply(flag(first(ledger), field(ledger), flagged=True))
    assert marks_by_field(ledger.notes(first(ledger).key)) == {
        "beds_total": CellMarks(flagged=True)
    }
    ledger.apply(flag(first(ledger), field(ledger), flagged=False))
    assert ledger.notes(first(ledger).key) == {}


def test_cell_notes__lists_them_with_names(ledger: Ledger) -> None:
    record = first(ledger)
    ledger.apply(comment(record, field(ledger), "", "按床位证填"))
    ledger.apply(flag(record, field(ledger, "price"), flagged=True))
    finding = Finding(
        "eci.price_jump",
        Level.WARNING,
        Outcome.FAILED,
        "eci",
        record.unit,
        "2025",
        record.id,
        ("price",),
        "",
    )
    ledger.apply(explain([Explaining(finding, record, {})], "调价"))
    other = ledger.rows("eci", ledger.ids("eci", small.YEAR.code))[1]
    ledger.apply(explain([Explaining(finding, other, {})], "调价"))
    told = [
        (note.field_title, note.name, note.unit, note.marks)
        for note in cell_notes(ledger, small.YEAR)
    ]
    assert told == [
        ("总床位数", "好院", "华阳路街道", CellMarks("按床位证填")),
        ("月收费", "好院", "华阳路街道", CellMarks(flagged=True)),
    ]
    [one, _] = cell_notes(ledger, small.YEAR)
    assert isinstance(one, CellNote)
    assert (one.form, one.form_title, one.record) == (
        "eci",
        "养老机构调查表",
        record.id,
    )


def test_cell_notes__those_of_removed_records_wait(ledger: Ledger) -> None:
    form = ledger.pack().form_by_id["eci"]
    ledger.apply(flag(first(ledger), field(ledger), flagged=True))
    ledger.apply(remove_records(form, [first(ledger)]))
    assert cell_notes(ledger, small.YEAR) == ()


def test_cell_notes__a_field_that_is_no_more_is_not_listed(ledger: Ledger) -> None:
    note = NoteChange(first(ledger).key, "flag:gone", "", "1")
    assert isinstance(ledger.apply(Action(message("app.flag"), (note,))), Applied)
    assert cell_notes(ledger, small.YEAR) == ()


def test_doctor__knows_the_marks(ledger: Ledger) -> None:
    ledger.apply(comment(first(ledger), field(ledger), "", "按床位证填"))
    ledger.apply(flag(first(ledger), field(ledger), flagged=True))
    assert not ledger.doctor().problems
