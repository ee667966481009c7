from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.entry.beside import beside
from desktop.app.entry.cell_notes import NO_MARKS
from desktop.app.entry.cell_notes import CellMarks
from desktop.app.entry.cell_notes import comment
from desktop.core.findings import RecordId
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger

NEXT = Period(PeriodKind.YEAR, 2026)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with small.opened(small.make_filled(tmp_path)) as opened:
        opened.add_period(NEXT, small.YEAR)
        yield opened


def test_beside__last_period_and_the_marks_of_each_record(ledger: Ledger) -> None:
    ids = ledger.ids("eci", NEXT.code)
    record = ledger.rows("eci", ids)[0]
    field = ledger.pack().form_by_id["eci"].by_id["beds_total"]
    ledger.apply(comment(record, field, "", "按床位证填"))
    found = beside(ledger, "eci", [*ids, RecordId(999)], [small.YEAR])
    assert list(found) == ids, "one that is gone is left out"
    first, *others = found.values()
    assert first.record.key == record.key
    assert first.priors[0].cell("beds_total") == 100
    assert first.marks_of("beds_total") == CellMarks("按床位证填")
    assert first.marks_of("price") is NO_MARKS
    assert first.notes == {"field:beds_total": "按床位证填"}
    assert all(one.marks_of("beds_total") is NO_MARKS for one in others)


def test_beside__without_an_earlier_period(ledger: Ledger) -> None:
    ids = ledger.ids("eci", NEXT.code)
    assert all(one.priors == () for one in beside(ledger, "eci", ids, ()).values())
