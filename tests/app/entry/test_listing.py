from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.audit.findings_board import FindingsBoard
from desktop.app.entry.listing import Listing
from desktop.app.entry.listing import Marked
from desktop.app.entry.listing import listed
from desktop.app.entry.listing import searched
from desktop.app.events import FindingsChanged
from desktop.core.changes import Action
from desktop.core.changes import NoteChange
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.findings import RecordId
from desktop.core.messages import message
from desktop.store.conditions import Between
from desktop.store.conditions import OneOf
from desktop.store.records import Order
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger

PERIOD = "2025"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with small.opened(small.make_filled(tmp_path)) as opened:
        yield opened


def names(
    ledger: Ledger, listing: Listing, board: FindingsBoard | None = None
) -> list[object]:
    form = ledger.pack().form_by_id["eci"]
    found = listed(ledger, form, PERIOD, listing, board)
    assert found.total == 3
    return [record.cell("name") for record in ledger.rows("eci", found.records)]


def finding(rule: str, level: Level, record: int | None) -> Finding:
    number = None if record is None else RecordId(record)
    return Finding(
        rule, level, Outcome.FAILED, "eci", small.STREET, PERIOD, number, (), ""
    )


@pytest.fixture
def board(ledger: Ledger) -> FindingsBoard:
    """Give findings: the first record warned of twice, the second wrong, one of all."""
    first, second, third = ledger.ids("eci", PERIOD)
    found = {
        first: (finding("a", Level.WARNING, first), finding("b", Level.WARNING, first)),
        second: (finding("c", Level.ERROR, second), finding("a", Level.INFO, second)),
        third: (finding("c", Level.ERROR, None), finding("a", Level.WARNING, None)),
    }
    made = FindingsBoard()
    made.take(FindingsChanged("eci", found, all_records=True))
    return made


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["好院", "坏院", "缺院"]),
        ("坏", ["坏院"]),
        ("院", ["好院", "坏院", "缺院"]),
        ("华阳", ["好院", "坏院"]),
        ("不存在", []),
        ("%", []),
        ("_", []),
    ],
)
def test_listed__by_name_or_unit(ledger: Ledger, text: str, found: list[str]) -> None:
    assert names(ledger, Listing(text=text)) == found


def test_listed__a_unit_form_by_the_units_name(ledger: Ledger) -> None:
    form = ledger.pack().form_by_id["area"]
    found = listed(ledger, form, PERIOD, Listing(text="华阳"))
    [street] = ledger.rows("area", found.records)
    assert (street.unit, found.total) == (small.STREET, 2)
    everything = listed(ledger, form, PERIOD, Listing(text="长宁"))
    assert len(everything.records) == 2


def test_listed__by_columns_and_unit_and_in_order(ledger: Ledger) -> None:
    plain = Listing(order=Order("beds_nursing", descending=True))
    assert names(ledger, plain) == ["坏院", "好院", "缺院"]
    assert not plain.narrows
    street = Listing(unit=small.STREET, order=plain.order)
    assert names(ledger, street) == ["坏院", "好院"]
    few = street.filtered("beds_nursing", Between("beds_nursing", high=60))
    assert names(ledger, few) == ["好院"]
    assert few.narrows
    none = few.filtered("name", OneOf("name", ("坏院",)))
    assert list(none.by_field) == ["beds_nursing", "name"]
    assert names(ledger, none) == []
    assert names(ledger, none.filtered("beds_nursing", None)) == ["坏院"]
    assert none.all_records() == plain
    assert Listing().filtered("name", None) == Listing()


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        (Marked.ANY, ["好院", "坏院"]),
        (Marked.ERRORS, ["坏院"]),
        (Marked.UNEXPLAINED, ["好院"]),
    ],
)
def test_listed__by_findings(
    ledger: Ledger, board: FindingsBoard, marked: Marked, found: list[str]
) -> None:
    assert names(ledger, Listing(marked=marked), board) == found
    assert names(ledger, Listing(marked=marked)) == []


def test_listed__explained_when_every_finding_is(
    ledger: Ledger, board: FindingsBoard
) -> None:
    wanted = Listing(marked=Marked.UNEXPLAINED)
    [record] = ledger.rows("eci", ledger.ids("eci", PERIOD)[:1])
    for rule, left in (("a", ["好院"]), ("b", [])):
        note = NoteChange(record.key, f"rule:{rule}", "", "调价")
        ledger.apply(Action(message("app.explain"), (note,)))
        assert names(ledger, wanted, board) == left


def test_listed__a_record_removed_meanwhile_has_no_explanation(
    ledger: Ledger, board: FindingsBoard
) -> None:
    [other] = ledger.rows("eci", ledger.ids("eci", PERIOD)[1:2])
    note = NoteChange(other.key, "field:price", "", "已核")
    ledger.apply(Action(message("app.explain"), (note,)))
    gone = RecordId(99)
    found = {gone: (finding("a", Level.WARNING, gone),)}
    board.take(FindingsChanged("eci", found, all_records=True))
    assert names(ledger, Listing(marked=Marked.UNEXPLAINED), board) == []


def test_searched__names_and_texts(ledger: Ledger) -> None:
    assert searched(ledger.pack().form_by_id["eci"]) == ("name", "code")
