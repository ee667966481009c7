from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.app.entry.beside import beside
from desktop.app.entry.cell_notes import CellMarks
from desktop.app.entry.returned_cells import SentBack
from desktop.app.entry.returned_cells import sent_back
from desktop.app.entry.returned_cells import slips_of
from desktop.core.changes import NoteChange
from desktop.exchange.slip import Item
from desktop.exchange.slip import agree
from desktop.exchange.slip_facts import changes_to
from tests.exchange.test_slip_files import SLIP
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import beds
from tests.exchange.townships import do
from tests.exchange.townships import home
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.small import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.exchange.slip import Slip
    from desktop.store.ledger import Ledger

CELL = Item(
    1, "eci", "甲院", "beds_total", "", ("beds_total",), ("n:10", "", ""), "请核对", "p"
)
FINDING = replace(
    CELL,
    number=2,
    field="",
    rule="eci.r",
    fields=("beds_total", "price"),
    returned=("n:10", "", "", ""),
    reason="床位与收费",
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with opened(Desks(tmp_path).new(street(EAST))) as made:
        add(made, "甲院", EAST, beds_total=10)
        add(made, "乙院", EAST, beds_total=20)
        yield made


def kept(ledger: Ledger, *items: Item, sender: str = "county") -> Slip:
    slip = replace(SLIP, items=items, sender=replace(SLIP.sender, ledger=sender))
    do(ledger, *changes_to(ledger.choices(YEAR.code), YEAR.code, slip))
    return slip


def marks(ledger: Ledger) -> dict[str, dict[str, SentBack | None]]:
    """Tell what stands beside every facility, by its key."""
    found = beside(ledger, "eci", ledger.ids("eci", YEAR.code), ())
    return {
        one.record.key.facility: {
            field: told.back for field, told in one.marks.items() if told.back
        }
        for one in found.values()
    }


def test_beside__what_came_back_is_marked_until_it_is_agreed_to(
    ledger: Ledger,
) -> None:
    assert marks(ledger) == {"甲院": {}, "乙院": {}}
    kept(ledger, CELL)
    assert marks(ledger) == {
        "甲院": {"beds_total": SentBack("请核对", "2026-01-20")},
        "乙院": {},
    }
    do(ledger, NoteChange(home("甲院"), "field:beds_total", "", "按证填"))
    (first, _) = beside(ledger, "eci", ledger.ids("eci", YEAR.code), ()).values()
    assert first.marks_of("beds_total") == CellMarks(
        "按证填", back=SentBack("请核对", "2026-01-20")
    )

    beds(ledger, "甲院", 12)

    told = marks(ledger)["甲院"]["beds_total"]
    assert told == SentBack("请核对", "2026-01-20", corrected=True)
    kept(ledger, agree(CELL, ("n:12", "", "")))
    assert marks(ledger)["甲院"] == {}


def test_beside__nothing_to_read(ledger: Ledger) -> None:
    assert beside(ledger, "eci", (), ()) == {}


def test_sent_back__the_reason_that_is_still_open(ledger: Ledger) -> None:
    beds(ledger, "甲院", 12)
    other = replace(FINDING, number=3, returned=("n:12", "", "", ""))
    later = replace(other, number=4, reason="后来的")
    kept(ledger, CELL, other, FINDING, later)

    told = marks(ledger)["甲院"]

    assert told["beds_total"] == SentBack("床位与收费", "2026-01-20")
    assert told["price"] == SentBack("床位与收费", "2026-01-20")


def test_sent_back__of_many_cells_none_is_marked(ledger: Ledger) -> None:
    many = replace(FINDING, fields=tuple("abcdefghi"))
    kept(ledger, many, replace(CELL, number=3, record="无"))

    assert marks(ledger) == {"甲院": {}, "乙院": {}}


def test_slips_of__what_went_out_from_here_is_none(ledger: Ledger) -> None:
    kept(ledger, CELL, sender=ledger.identity().ledger)

    assert slips_of(ledger, YEAR.code) == ()
    record = ledger.record(home("甲院"))
    assert record is not None
    assert sent_back((), record, {}) == {}
