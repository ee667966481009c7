from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.entry.edits import set_cell
from desktop.app.entry.prior_values import priors_of
from desktop.app.entry.same_as_last import Taken
from desktop.app.entry.same_as_last import same_cells
from desktop.app.entry.same_as_last import same_record
from desktop.core.cells import Absent
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.store.records import Applied
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger
    from desktop.store.records import Record

NEXT = Period(PeriodKind.YEAR, 2026)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with small.opened(small.make_filled(tmp_path)) as opened:
        opened.add_period(NEXT, small.YEAR)
        yield opened


def rows(ledger: Ledger) -> list[Record]:
    return ledger.rows("eci", ledger.ids("eci", NEXT.code))


def test_same_cells__in_one_step_and_only_what_was_there(ledger: Ledger) -> None:
    form, records = ledger.pack().form_by_id["eci"], rows(ledger)
    priors = priors_of(ledger, "eci", records, [small.YEAR])
    asked = [
        (record, form.by_id[field])
        for record in records
        for field in ("beds_total", "price")
    ]
    taken = same_cells(asked, priors)
    assert taken.without == 3, "no price was given last year"
    assert taken.action is not None
    assert dict(taken.action.title.params) == {"count": 3}
    assert isinstance(ledger.apply(taken.action), Applied)
    assert [row.cell("beds_total") for row in rows(ledger)] == [100, 100, 100]
    assert same_cells(asked, priors_of(ledger, "eci", rows(ledger), [])) == Taken(
        None, 6
    )


def test_same_cells__what_is_the_same_is_no_step(ledger: Ledger) -> None:
    name = ledger.pack().form_by_id["eci"].by_id["name"]
    records = rows(ledger)
    priors = priors_of(ledger, "eci", records, [small.YEAR])
    assert same_cells([(records[0], name)], priors) == Taken(None, 0)


def test_same_record__fills_what_is_empty_and_keeps_what_was_typed(
    ledger: Ledger,
) -> None:
    form = ledger.pack().form_by_id["eci"]
    ledger.apply(set_cell(rows(ledger)[0], form.by_id["beds_total"], 90))
    record = rows(ledger)[0]
    priors = priors_of(ledger, "eci", [record], [small.YEAR])[record.id]
    taken = same_record(form, record, priors)
    assert taken.action is not None
    assert taken.without == 0
    ledger.apply(taken.action)
    now = rows(ledger)[0]
    assert (now.cell("beds_total"), now.cell("beds_nursing")) == (90, 60)
    assert now.cell("price") is Absent.BLANK


def test_same_record__of_a_facility_that_is_new(ledger: Ledger) -> None:
    form, record = ledger.pack().form_by_id["eci"], rows(ledger)[0]
    taken = same_record(form, record, ())
    assert taken.action is None
    assert taken.without > 0
