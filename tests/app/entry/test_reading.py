from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.entry import reading
from desktop.app.entry.edits import set_cell
from desktop.core.findings import RecordId
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with small.opened(small.make_filled(tmp_path)) as opened:
        yield opened


def ids(ledger: Ledger, form: str = "eci") -> list[RecordId]:
    return ledger.ids(form, "2025")


def test_history__of_a_record_that_is_gone(ledger: Ledger) -> None:
    assert reading.history(ledger, "eci", RecordId(999), "price") == ()


def test_history__newest_first_and_of_one_cell(ledger: Ledger) -> None:
    form = ledger.pack().form_by_id["eci"]
    for field, value in (
        ("beds_nursing", 61),
        ("beds_total", 99),
        ("beds_nursing", 62),
    ):
        [record] = ledger.rows("eci", [ids(ledger)[0]])
        ledger.apply(set_cell(record, form.by_id[field], value))
    entries = reading.history(ledger, "eci", ids(ledger)[0], "beds_nursing")
    assert [entry.after["beds_nursing"] for entry in entries][:2] == [62, 61]


def test_names__of_facilities_and_of_units(ledger: Ledger) -> None:
    forms = ledger.pack().form_by_id
    named = reading.names(ledger, forms["eci"], ids(ledger))
    assert list(named.values()) == ["好院", "坏院", "缺院"]
    units = reading.names(ledger, forms["area"], ids(ledger, "area"))
    assert set(units.values()) == {"长宁区", "华阳路街道"}


def test_names__more_than_fit_in_one_reading(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "NAMES_AT_ONCE", 2)
    named = reading.names(ledger, ledger.pack().form_by_id["eci"], ids(ledger))
    assert list(named.values()) == ["好院", "坏院", "缺院"]
    assert reading.names(ledger, ledger.pack().form_by_id["eci"], []) == {}


def test_name_of__one_without_a_name_goes_by_its_unit(ledger: Ledger) -> None:
    form = ledger.pack().form_by_id["eci"]
    [record] = ledger.rows("eci", [ids(ledger)[0]])
    from desktop.core.cells import BLANK

    ledger.apply(set_cell(record, form.by_id["name"], BLANK))
    [record] = ledger.rows("eci", [ids(ledger)[0]])
    assert reading.name_of(form, record, {small.STREET: "华阳路街道"}) == "华阳路街道"
    assert reading.name_of(form, record, {}) == small.STREET
