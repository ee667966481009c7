from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.app.entry.carrying_forward import carry_forward
from desktop.app.entry.carrying_forward import missing
from desktop.app.entry.edits import remove_records
from desktop.app.entry.facilities import close_facilities
from desktop.core.cells import Absent
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.store.records import Applied
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger

NEXT = Period(PeriodKind.YEAR, 2026)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with small.opened(small.make_filled(tmp_path)) as opened:
        opened.add_period(NEXT)
        yield opened


def test_missing__all_of_an_empty_roster_none_of_a_full_one(ledger: Ledger) -> None:
    form = ledger.pack().form_by_id["eci"]
    found = missing(ledger, form, small.YEAR, NEXT)
    assert {one.name: one.unit for one in found} == {
        "好院": small.STREET,
        "坏院": small.STREET,
        "缺院": small.COUNTY,
    }
    action = carry_forward(ledger, form, NEXT, found)
    assert isinstance(ledger.apply(action), Applied)
    assert missing(ledger, form, small.YEAR, NEXT) == ()
    assert dict(action.title.params) == {"count": 3, "form": "养老机构调查表"}


def test_carry_forward__keeps_identity_and_what_stands_still(ledger: Ledger) -> None:
    form = ledger.pack().form_by_id["eci"]
    every = missing(ledger, form, small.YEAR, NEXT)
    [good] = [one for one in every if one.name == "好院"]
    ledger.apply(carry_forward(ledger, form, NEXT, [good]))
    [record] = ledger.rows("eci", ledger.ids("eci", NEXT.code))
    assert record.key.facility == "好院"
    assert record.cell("status") == "运营"
    assert record.cell("beds_total") is Absent.BLANK


def test_missing__one_that_was_taken_away_is_offered_again(ledger: Ledger) -> None:
    form = ledger.pack().form_by_id["eci"]
    every = missing(ledger, form, small.YEAR, NEXT)
    ledger.apply(carry_forward(ledger, form, NEXT, every))
    first, second, _ = ledger.rows("eci", ledger.ids("eci", NEXT.code))
    ledger.apply(remove_records(form, [first]))
    found = missing(ledger, form, small.YEAR, NEXT)
    assert [one.name for one in found] == ["好院"]
    closed = close_facilities(ledger, form, [second.id], date(2026, 3, 1), "停业")
    ledger.apply(closed)
    found = missing(ledger, form, small.YEAR, NEXT)
    assert [one.name for one in found] == ["好院"], "the closed one was meant"


def test_missing__a_unit_form_is_not_carried(ledger: Ledger) -> None:
    form = ledger.pack().form_by_id["area"]
    assert missing(ledger, form, small.YEAR, NEXT) == ()
