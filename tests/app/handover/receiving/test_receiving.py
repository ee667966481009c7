from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.receiving.reading import files_in
from desktop.app.handover.receiving.reading import read_one
from desktop.app.handover.receiving.receiving import Reception
from desktop.app.handover.receiving.receiving import Wish
from desktop.app.handover.receiving.taking_back import plan_redo
from desktop.app.handover.receiving.taking_in import receive
from desktop.app.handover.receiving.taking_in import wishes
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordMoved
from desktop.core.manifest import Envelope
from desktop.core.manifest import digest_of
from desktop.core.manifest import to_data
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from desktop.exchange.journal import Decided
from desktop.exchange.journal import Journal
from desktop.exchange.journal import body_of
from desktop.exchange.lineage import Kind
from desktop.store.errors import DamagedError
from desktop.store.errors import StoppedError
from desktop.store.journal_rows import Became
from desktop.store.journal_rows import Event
from desktop.store.journal_rows import Package
from desktop.store.journal_rows import Part
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import area
from tests.exchange.townships import beds
from tests.exchange.townships import beds_of
from tests.exchange.townships import content_of
from tests.exchange.townships import county_units
from tests.exchange.townships import do
from tests.exchange.townships import home
from tests.exchange.townships import manifest_of
from tests.exchange.townships import names
from tests.exchange.townships import nil
from tests.exchange.townships import note
from tests.exchange.townships import opened
from tests.exchange.townships import plan
from tests.exchange.townships import put
from tests.exchange.townships import read_of
from tests.exchange.townships import redo
from tests.exchange.townships import remove
from tests.exchange.townships import replaced
from tests.exchange.townships import skipped
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.exchange.townships import take_deciding
from tests.exchange.townships import undo

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.ledger import Ledger


LAST = date(2026, 1, 1)
VILLAGE = EAST + "201"


def village() -> Unit:
    """Give a village of the east."""
    return Unit(
        UnitCode(VILLAGE),
        "某村",
        UnitCode(EAST),
        UnitLevel.VILLAGE,
        UnitClass.VILLAGE,
    )


def new_home(name: str, unit: str) -> RecordAdded:
    """Give a facility to be added."""
    return RecordAdded(home(name), unit, (("name", name), ("beds_total", 1)))


def unit_of(ledger: Ledger, name: str) -> str:
    record = ledger.record(home(name))
    assert record is not None
    return record.unit


def test_new_update_same_older(county: Ledger, east: Path) -> None:
    with opened(east) as ledger:
        first = submit(ledger)
        beds(ledger, "甲院", 11)
        put(ledger, area(EAST), "pop_60plus", 500)
        second = submit(ledger)

    assert names(plan(county, first)) == ["new"]
    take(county, first)
    assert (beds_of(county, "甲院"), beds_of(county, "乙院")) == (10, 20)
    assert names(plan(county, first)) == ["same"]
    (item,) = plan(county, second)
    assert item.verdict.kind is Kind.UPDATE
    assert item.plan is not None
    changed = {(one.slot, one.before, one.after) for one in item.plan.taken.changed}
    assert changed == {("beds_total", "n:10", "n:11"), ("pop_60plus", "", "n:500")}
    take(county, second)
    assert beds_of(county, "甲院") == 11
    assert county.doctor().problems == ()
    undo(county, second)
    assert beds_of(county, "甲院") == 10
    redo(county, second)
    assert beds_of(county, "甲院") == 11
    undo(county, first)
    assert beds_of(county, "甲院") == 11
    assert names(plan(county, first)) == ["same"]
    undo(county, second)
    assert beds_of(county, "甲院") is beds_of(county, "乙院")
    assert county.count("eci", "2025") == 0
    assert county.doctor().problems == ()


def test_fork(county: Ledger, desks: Desks, east: Path) -> None:
    with opened(east) as ledger:
        base = submit(ledger)
    other = desks.copy(east)
    with opened(east) as ledger:
        beds(ledger, "甲院", 12)
        one = submit(ledger)
    with opened(other) as ledger:
        beds(ledger, "甲院", 13)
        beds(ledger, "乙院", 21)
        two = submit(ledger)

    take(county, base, one)
    (item,) = plan(county, two)
    assert item.verdict.kind is Kind.FORK
    assert item.verdict.said.code == "exchange.fork_copy"
    assert [each.contention.values for each in item.open] == [("n:12", "n:13")]
    assert item.open[0].base == "n:10"
    take_deciding(county, two)
    assert (beds_of(county, "甲院"), beds_of(county, "乙院")) == (13, 21)
    undo(county, one)
    undo(county, two)
    assert beds_of(county, "甲院") == 10
    assert county.doctor().problems == ()


def test_backup_restored(county: Ledger, desks: Desks, east: Path) -> None:
    with opened(east) as ledger:
        base = submit(ledger)
    backup = desks.backup(east)
    with opened(east) as ledger:
        beds(ledger, "甲院", 12)
        one = submit(ledger)
    with opened(backup) as ledger:
        two = submit(ledger)

    take(county, base, one)
    (item,) = plan(county, two)

    assert item.verdict.said.code == "exchange.fork_backup"
    assert item.open == ()
    assert item.plan is not None
    assert item.plan.taken.empty


def test_older__taking_it_changes_nothing(county: Ledger, east: Path) -> None:
    with opened(east) as ledger:
        first = submit(ledger)
        beds(ledger, "甲院", 11)
        second = submit(ledger)
    take(county, second)
    before = content_of(county)

    (item,) = plan(county, first)
    assert item.verdict.kind is Kind.OLDER
    take(county, first, wish=replaced)

    assert content_of(county) == before


def test_one_folder__earlier_revisions_come_first(county: Ledger, east: Path) -> None:
    with opened(east) as ledger:
        first = submit(ledger, "b.xlsx")
        beds(ledger, "甲院", 11)
        remove(ledger, "乙院")
        second = submit(ledger, "a.xlsx")

    received = take(county, second, first)

    assert [item.read.file for item in received.taken] == ["b.xlsx", "a.xlsx"]
    assert names(received.taken) == ["new", "update"]
    assert beds_of(county, "甲院") == 11
    assert county.record(home("乙院")) is None
    assert county.doctor().problems == ()


def test_one_folder__a_record_may_change_more_than_once(
    county: Ledger, east: Path
) -> None:
    with opened(east) as ledger:
        take(county, submit(ledger))
        beds(ledger, "甲院", 11)
        second = submit(ledger)
        beds(ledger, "甲院", 12)
        remove(ledger, "乙院")
        third = submit(ledger)
        remove(ledger, "甲院")
        fourth = submit(ledger)

    take(county, second, third, fourth)

    assert county.count("eci", "2025") == 0
    assert county.doctor().problems == ()
    undo(county, fourth)
    assert beds_of(county, "甲院") == 12


def test_the_same_file_twice_in_one_folder(county: Ledger, east: Path) -> None:
    with opened(east) as ledger:
        one, two = submit(ledger, "a.xlsx"), submit(ledger, "b.xlsx")

    received = take(county, one, two)

    assert [item.read.file for item in received.taken] == ["a.xlsx"]
    assert len(county.journal()) == 1


def test_skipped__is_kept_and_can_be_taken_later(county: Ledger, east: Path) -> None:
    with opened(east) as ledger:
        first = submit(ledger)

    received = take(county, first, wish=skipped)

    assert len(received.skipped) == 1
    assert [each.became for each in county.journal()] == [Became.SKIPPED]
    assert county.count("eci", "2025") == 0
    (item,) = plan(county, first)
    assert item.verdict.said.code == "exchange.same_not_taken"
    redo(county, first)
    assert county.count("eci", "2025") == 2
    assert county.doctor().problems == ()


def test_replace__own_changes_come_back_when_it_is_taken_back(
    county: Ledger, desks: Desks, east: Path
) -> None:
    with opened(east) as ledger:
        take(county, submit(ledger))
    beds(county, "甲院", 99)
    put(county, area(EAST), "pop_60plus", 7)
    other = desks.new(street(EAST))
    with opened(other) as ledger:
        add(ledger, "丙院", EAST, beds_total=5)
        third = submit(ledger)
    before = content_of(county)

    take(county, third, wish=replaced)

    assert county.record(home("甲院")) is None
    assert beds_of(county, "丙院") == 5
    undo(county, third)
    assert content_of(county) == before
    redo(county, third)
    assert county.record(home("甲院")) is None
    undo(county, third)
    beds(county, "甲院", 100)
    reception = Reception(county)
    (package,) = (one for one in county.packages() if one.file == third.file)
    again = plan_redo(reception, package, {})
    assert isinstance(again, Message)
    assert again.code == "exchange.conflicts"
    take(county, third, wish=replaced)
    assert county.record(home("甲院")) is None
    assert county.doctor().problems == ()


def test_own_change__against_theirs(county: Ledger, east: Path) -> None:
    with opened(east) as ledger:
        take(county, submit(ledger))
        beds(ledger, "甲院", 11)
        note(ledger, "甲院", "field:beds_total", "盘点过")
        second = submit(ledger)
    beds(county, "甲院", 12)
    beds(county, "乙院", 22)

    (item,) = plan(county, second)

    assert [each.contention.values for each in item.open] == [("n:11", "n:12")]
    refused = receive(county, [item], lambda: True).refused
    assert refused is not None
    assert refused.code == "exchange.conflicts"
    choices = {item.open[0].contention: "n:11"}
    take(county, second, choices=choices)
    assert (beds_of(county, "甲院"), beds_of(county, "乙院")) == (11, 22)
    assert county.notes(home("甲院")) == {"field:beds_total": "盘点过"}
    undo(county, second)
    assert (beds_of(county, "甲院"), beds_of(county, "乙院")) == (12, 22)
    assert county.notes(home("甲院")) == {}


def test_moved_records_and_nil_returns(county: Ledger, desks: Desks) -> None:
    path = desks.new(*county_units()[1:2], village())
    with opened(path) as ledger:
        add(ledger, "甲院", VILLAGE, beds_total=3)
        first = submit(ledger)
        do(ledger, RecordMoved(home("甲院"), VILLAGE, EAST))
        nil(ledger, EAST, now=True)
        second = submit(ledger)
    wide = desks.new(*county_units(), village())
    with opened(wide) as ledger:
        take(ledger, first)
        assert unit_of(ledger, "甲院") == VILLAGE
        take(ledger, second)
        assert unit_of(ledger, "甲院") == EAST
        assert ledger.nil("eci", "2025", EAST)
        undo(ledger, second)
        assert unit_of(ledger, "甲院") == VILLAGE
        assert not ledger.nil("eci", "2025", EAST)
        assert ledger.doctor().problems == ()
    (item,) = plan(county, first)
    said = {one.code for one in item.left}
    assert said == {"exchange.lifted", "exchange.left_unit"}
    take(county, first)
    assert unit_of(county, "甲院") == EAST


def test_notes_that_waited_for_a_record(county: Ledger, east: Path) -> None:
    """The county took a record with a note away by hand; it comes back without."""
    with opened(east) as ledger:
        note(ledger, "甲院", "field:beds_total", "盘点过")
        first = submit(ledger)
        beds(ledger, "甲院", 11)
        second = submit(ledger)
    take(county, first)
    remove(county, "甲院")
    (item,) = plan(county, second)
    keep = {item.open[0].contention: item.open[0].contention.values[1]}

    take(county, second, choices=keep)

    assert beds_of(county, "甲院") == 11
    assert county.notes(home("甲院")) == {"field:beds_total": "盘点过"}


def test_text_in_another_composition(county: Ledger, east: Path) -> None:
    """A ledger may hold a text as two characters that is canonically one."""
    with opened(east) as ledger:
        add(ledger, "丙院", EAST, code="e\u0301")
        first = submit(ledger)
    take(county, first)
    put(county, home("丙院"), "code", "a\u0301")
    with opened(east) as ledger:
        put(ledger, home("丙院"), "status", "停业")
        remove(ledger, "甲院")
        second = submit(ledger)

    take(county, second)

    record = county.record(home("丙院"))
    assert record is not None
    assert (record.cell("code"), record.cell("status")) == ("a\u0301", "停业")
    undo(county, second)
    undo(county, first)
    record = county.record(home("丙院"))
    assert record is not None
    assert dict(record.filled()) == {"code": "á", "name": "丙院"} or record.filled()


def test_wishes__by_name_and_in_bulk(county: Ledger, desks: Desks, east: Path) -> None:
    with opened(east) as ledger:
        first = submit(ledger, "east.xlsx")
    west = desks.new(street(WEST))
    with opened(west) as ledger:
        other = submit(ledger, "west.xlsx")

    wish = wishes({"west.xlsx": Wish.SKIP}, all_new=True, all_updates=True)
    items = plan(county, first, other, wish=wish)
    assert {item.read.file: item.wish for item in items} == {
        "east.xlsx": Wish.MERGE,
        "west.xlsx": Wish.SKIP,
    }
    waiting = plan(county, first, wish=wishes({}, all_new=False, all_updates=True))
    assert waiting[0].wish is Wish.WAIT
    assert receive(county, waiting, lambda: True).answer is None
    assert county.journal() == []


def test_receive__stopped_leaves_the_ledger_as_it_was(
    county: Ledger, desks: Desks, east: Path
) -> None:
    reads = []
    for path in (east, desks.new(street(WEST))):
        with opened(path) as ledger:
            reads.append(submit(ledger))
    items = plan(county, *reads)
    before = county.head()
    asked = iter([True, False])

    with pytest.raises(StoppedError):
        receive(county, items, lambda: next(asked))

    assert county.head() == before
    assert county.count("eci", "2025") == 0


def test_journal__a_package_that_cannot_be_read_any_more(
    county: Ledger, east: Path
) -> None:
    """Whoever wrote nonsense under a right digest has another program."""
    data = b'{"format":"other"}'
    package = Package(
        digest_of(data), "x", "2025", EAST, (EAST,), "l", "e", "2026", data
    )
    event = Event(package.id, Became.TAKEN, body_of(Decided({}, {})))
    county.receive(message("test"), [Part(event, (), package)])

    with pytest.raises(DamagedError):
        Journal(county).manifest(package.id)


def test_journal__a_package_of_another_kind_of_ledger(
    county: Ledger, east: Path
) -> None:
    with opened(east) as ledger:
        manifest = manifest_of(ledger)
    table = manifest.tables[0]
    row = replace(table.rows[0], cells=("t:甲", None, None, "t:十", None, None))
    manifest = replace(manifest, tables=(replace(table, rows=(row,)),))
    (item,) = plan(county, read_of(manifest))
    assert (item.verdict.kind, item.verdict.said.code) == (
        Kind.DAMAGED,
        "exchange.unfit",
    )
    data = to_data(manifest)
    package = Package(
        digest_of(data), "x", "2025", EAST, (EAST,), "l", "e", "2026", data
    )
    event = Event(package.id, Became.TAKEN, body_of(Decided({}, {})))
    county.receive(message("test"), [Part(event, (), package)])

    with pytest.raises(DamagedError):
        Journal(county).arrival(package.id)


def test_read_one__what_a_later_version_wrote(
    monkeypatch: pytest.MonkeyPatch, east: Path
) -> None:
    """What is not understood whole is not taken in part."""
    with opened(east) as ledger:
        manifest = manifest_of(ledger)
    monkeypatch.setattr(
        "desktop.app.handover.receiving.reading.read_source", lambda *_: None
    )
    envelope = Envelope(manifest, "other", ())
    monkeypatch.setattr(
        "desktop.app.handover.receiving.reading.envelope_of", lambda _: envelope
    )

    read = read_one(east, ())

    assert read.refused == message("manifest.newer")


def test_files_in__folders_and_files(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a.XLSX", "~$a.xlsx", "c.txt", "d.csv"):
        (tmp_path / name).touch()

    found = files_in([tmp_path / "d.csv", tmp_path])

    assert [path.name for path in found] == ["d.csv", "a.XLSX", "b.xlsx"]
