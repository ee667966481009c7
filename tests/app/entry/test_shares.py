from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.app.compiled import CompiledPack
from desktop.app.entry import shares as app_shares
from desktop.app.entry.edits import set_cell
from desktop.app.entry.shares import Shares
from desktop.app.entry.shares import shares
from desktop.app.progress import run_steps
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger
    from desktop.store.records import Record


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    path = small.make_ledger(tmp_path)
    with small.opened(path) as opened:
        small.put(opened, "甲院", beds_total=30, beds_nursing=10)
        small.put(opened, "乙院", beds_total=10)
        small.put(opened, "丙院", unit=small.COUNTY, beds_total=60)
        yield opened


def named(ledger: Ledger, name: str, form: str = "eci") -> Record:
    rows = ledger.rows(form, ledger.ids(form, small.YEAR.code))
    [found] = [row for row in rows if row.cell("name") == name]
    return found


def asked(ledger: Ledger, record: Record, field: str) -> Shares | None:
    compiled = CompiledPack(ledger.pack())
    return run_steps(shares(ledger, compiled, small.YEAR, record, field))


def test_shares__of_the_unit_and_of_the_ledger(ledger: Ledger) -> None:
    found = asked(ledger, named(ledger, "甲院"), "beds_total")
    assert found == Shares(
        counted=True, of_unit=Decimal("75.0"), of_ledger=Decimal("30.0")
    )


def test_shares__of_the_ledgers_own_unit_there_is_one(ledger: Ledger) -> None:
    found = asked(ledger, named(ledger, "丙院"), "beds_total")
    assert found == Shares(counted=True, of_ledger=Decimal("60.0"))


def test_shares__a_blank_has_none(ledger: Ledger) -> None:
    found = asked(ledger, named(ledger, "乙院"), "beds_nursing")
    assert found == Shares(counted=True)
    assert asked(ledger, named(ledger, "乙院"), "price") == Shares(counted=True)


def test_shares__words_do_not_add_up(ledger: Ledger) -> None:
    assert asked(ledger, named(ledger, "甲院"), "name") is None


def test_shares__a_closed_home_is_no_part_of_the_sum(ledger: Ledger) -> None:
    record = named(ledger, "甲院")
    field = ledger.pack().form_by_id["eci"].by_id["status"]
    ledger.apply(set_cell(record, field, "停业"))
    found = asked(ledger, named(ledger, "甲院"), "beds_total")
    assert found == Shares(counted=False)


def test_shares__very_many_records_are_not_added_up(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_shares, "MOST", 2)
    assert asked(ledger, named(ledger, "甲院"), "beds_total") is None


def test_shares__of_a_unit_form(ledger: Ledger) -> None:
    rows = ledger.rows("area", ledger.ids("area", small.YEAR.code))
    field = ledger.pack().form_by_id["area"].by_id["pop_60plus"]
    for record, value in zip(rows, (30, 10), strict=True):
        ledger.apply(set_cell(record, field, value))
    street = ledger.rows("area", ledger.ids("area", small.YEAR.code))[1]
    found = asked(ledger, street, "pop_60plus")
    assert found == Shares(
        counted=True, of_unit=Decimal("100.0"), of_ledger=Decimal("25.0")
    )
