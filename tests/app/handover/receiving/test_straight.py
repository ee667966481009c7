from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.keeping.signing import Standing
from desktop.app.handover.receiving.receiving import Around
from desktop.app.handover.receiving.receiving import Decisions
from desktop.app.handover.receiving.receiving import Wish
from desktop.app.handover.receiving.straight import receive_straight
from desktop.app.handover.receiving.taking_in import wishes
from desktop.store.errors import StoppedError
from desktop.store.records import Applied
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import beds
from tests.exchange.townships import beds_of
from tests.exchange.townships import content_of
from tests.exchange.townships import county_units
from tests.exchange.townships import everything
from tests.exchange.townships import opened
from tests.exchange.townships import plan
from tests.exchange.townships import skipped
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import submit_signed
from tests.exchange.townships import take
from tests.small import person

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.handover.receiving.reading import Read
    from desktop.app.handover.receiving.straight import Straight
    from desktop.app.person import Person
    from desktop.exchange.lineage import Verdict
    from desktop.store.ledger import Ledger

TABLES = ("eci", "_packages", "_journal", "_facilities", "_notes")


def straight(
    ledger: Ledger,
    coming: Iterable[Read],
    wish: Callable[[Read, Verdict], Wish] = everything,
    go_on: Callable[[], bool] = lambda: True,
    who: Person | None = None,
) -> Straight:
    return receive_straight(ledger, coming, (Decisions(wish), Around()), go_on, who)


def tables(ledger: Ledger) -> list[list[tuple[object, ...]]]:
    found = [list(ledger.query(f"SELECT * FROM {name}")) for name in TABLES]
    entries = "SELECT kind, facility, body, digest FROM _log WHERE seq > 1"
    return [*found, list(ledger.query(entries))]


@pytest.fixture
def reads(desks: Desks, east: Path) -> list[Read]:
    """Give two submissions of the east and one of the west."""
    with opened(east) as ledger:
        first = submit(ledger, "a.xlsx")
        beds(ledger, "甲院", 12)
        second = submit(ledger, "b.xlsx")
    with opened(desks.new(street(WEST))) as ledger:
        add(ledger, "丙院", WEST, beds_total=30)
        return [first, second, submit(ledger, "c.xlsx")]


@pytest.mark.parametrize("wish", [everything, skipped])
def test_as_if_all_had_been_looked_at_first(
    county: Ledger,
    desks: Desks,
    reads: list[Read],
    wish: Callable[[Read, Verdict], Wish],
) -> None:
    damaged = replace(reads[0], file="d.xlsx", envelope=None)
    with opened(desks.new(*county_units())) as other:
        items = plan(other, *reads, damaged, wish=wish)
        looked = take(other, *reads, damaged, wish=wish)
        there = tables(other)

        found = straight(county, iter([*reads, damaged]), wish)

        assert found.received is not None
        assert isinstance(found.received.answer, Applied)
        names = [item.read.file for item in found.received.taken]
        assert names == [item.read.file for item in looked.taken]
        assert len(found.received.skipped) == len(looked.skipped)
        assert [item.verdict.kind for item in found.items] == [
            item.verdict.kind for item in items
        ]
        assert found.reads == (*reads, damaged)
        assert tables(county) == there
    assert county.doctor().problems == ()


def test_a_conflict__nothing_is_written_and_all_is_read(
    county: Ledger, desks: Desks, east: Path
) -> None:
    with opened(east) as ledger:
        base = submit(ledger, "a.xlsx")
    other = desks.copy(east)
    reads = []
    for path, number in ((east, 12), (other, 13)):
        with opened(path) as ledger:
            beds(ledger, "甲院", number)
            reads.append(submit(ledger, f"{number}.xlsx"))
    take(county, base)
    before = tables(county)

    found = straight(county, iter([*reads, base]))

    assert (found.received, found.items) == (None, ())
    assert found.reads == (*reads, base)
    assert tables(county) == before
    assert county.doctor().problems == ()


def test_out_of_order__nothing_is_written(county: Ledger, reads: list[Read]) -> None:
    late = [replace(reads[1], file="a.xlsx"), replace(reads[0], file="b.xlsx")]
    before = tables(county)

    found = straight(county, late)

    assert found.received is None
    assert found.reads == tuple(late)
    assert tables(county) == before
    take(county, *found.reads)
    assert beds_of(county, "甲院") == 12


def test_stopped__nothing_is_written(county: Ledger, reads: list[Read]) -> None:
    before = content_of(county)
    went_on = iter([True, True, False])

    with pytest.raises(StoppedError):
        straight(county, reads, go_on=lambda: next(went_on))

    assert content_of(county) == before
    assert list(county.packages()) == []
    assert straight(county, reads).received is not None
    assert beds_of(county, "甲院") == 12


def test_a_reader_that_fails__nothing_is_written(
    county: Ledger, reads: list[Read]
) -> None:
    def failing() -> Iterator[Read]:
        yield reads[0]
        raise MemoryError

    before = tables(county)
    with pytest.raises(MemoryError):
        straight(county, failing())
    assert tables(county) == before


def test_nothing_decided(county: Ledger, reads: list[Read]) -> None:
    revision = county.head().revision
    wish = wishes({}, all_new=False, all_updates=True)

    found = straight(county, reads, wish)

    assert found.received is not None
    assert found.received.answer is None
    assert [item.wish for item in found.items] == [Wish.WAIT] * 3
    assert county.head().revision == revision


def test_one_record_in_two_units__somebody_looks_at_it(
    county: Ledger, desks: Desks, reads: list[Read]
) -> None:
    with opened(desks.new(street(WEST))) as ledger:
        add(ledger, "甲院", WEST, beds_total=40)
        same = submit(ledger, "c.xlsx")
    before = tables(county)

    found = straight(county, [reads[0], same])

    assert found.received is None
    assert found.reads == (reads[0], same)
    assert tables(county) == before


def test_signed__is_noted_with_the_rest(county: Ledger, east: Path) -> None:
    with opened(east) as ledger:
        read = submit_signed(ledger, "a.xlsx")
        beds(ledger, "甲院", 11)
        unsigned = submit(ledger)

    assert straight(county, [read], who=person()).received is not None

    (later,) = plan(county, unsigned)
    assert later.signed is not None
    assert later.signed.standing is Standing.MISSING
