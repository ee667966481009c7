from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.receiving.edited import Edited
from desktop.app.handover.receiving.merge_words import MergeWords
from desktop.app.handover.receiving.receiving import Decisions
from desktop.app.handover.receiving.receiving import Reception
from desktop.app.progress import run_steps
from desktop.core.catalogue import CATALOGUE
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordMoved
from desktop.core.manifest_diff import Difference
from desktop.core.manifest_diff import Kind as Differing
from desktop.core.words import Words
from desktop.intake.table import RawCell
from tests.exchange.townships import COUNTY
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import area
from tests.exchange.townships import beds
from tests.exchange.townships import do
from tests.exchange.townships import everything
from tests.exchange.townships import home
from tests.exchange.townships import manifest_of
from tests.exchange.townships import nil
from tests.exchange.townships import note
from tests.exchange.townships import opened
from tests.exchange.townships import put
from tests.exchange.townships import read_of
from tests.exchange.townships import remove
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.handover.receiving.reading import Read
    from desktop.app.handover.receiving.receiving import Item
    from desktop.store.ledger import Ledger

SAY = Words(CATALOGUE)


@pytest.fixture
def east(tmp_path: Path) -> Iterator[Ledger]:
    (tmp_path / "east").mkdir()
    with opened(Desks(tmp_path / "east").new(street(EAST))) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
        add(ledger, "乙院", EAST, beds_total=20)
        yield ledger


def told(ledger: Ledger, read: Read) -> tuple[MergeWords, Item]:
    reception = Reception(ledger)
    (item,) = run_steps(reception.items([read], Decisions(everything)))
    return MergeWords(ledger, reception, SAY), item


def test_changes__in_words(county: Ledger, east: Ledger) -> None:
    take(county, submit(east))
    beds(east, "甲院", 11)
    put(east, area(EAST), "pop_60plus", 7)
    remove(east, "乙院")
    add(east, "丙院", EAST)
    nil(east, EAST, now=True)
    note(east, "甲院", "field:beds_total", "盘点过")
    note(east, "甲院", "rule:eci.price_jump", "涨价")
    note(east, "甲院", "basis:eci.price_jump", "话")

    words, item = told(county, submit(east))

    assert item.plan is not None
    found = {
        (line.place.form, line.place.record, line.place.slot, line.before, line.after)
        for line in words.changes(item.plan)
    }
    homes, people = "养老机构调查表", "统计单元与人口表"
    assert found == {
        (people, "华阳路街道", "60岁及以上人口", "blank", "7"),
        (homes, "丙院", "record added", "", ""),
        (homes, "乙院", "record removed", "", ""),
        (homes, "华阳路街道", "nil return declared", "", ""),
        (homes, "甲院", "总床位数", "10", "11"),
        (homes, "甲院", "remark on 总床位数", "", "盘点过"),
        (homes, "甲院", "explanation of eci.price_jump", "", "涨价"),
        (homes, "甲院", "what the explanation of eci.price_jump speaks of", "", "话"),
    }
    assert {line.place.path for line in words.changes(item.plan)} >= {
        "eci/甲院/beds_total"
    }


def test_conflicts__who_and_when(county: Ledger, east: Ledger) -> None:
    take(county, submit(east))
    beds(east, "甲院", 11)
    beds(east, "乙院", 21)
    do(county, RecordMoved(home("甲院"), EAST, COUNTY))
    beds(county, "甲院", 12)
    remove(county, "乙院")
    do(county, NoteChange(home("甲院"), "field:beds_total", "", "问过"))

    words, item = told(county, submit(east))

    assert item.plan is not None
    assert item.package is not None
    cell, whole = sorted(
        words.conflicts(item.plan, item.package), key=lambda line: line.place.record
    )[::-1]
    assert (cell.place.record, cell.place.slot, cell.before) == (
        "甲院",
        "总床位数",
        "10",
    )
    sides = {(side.value, side.who, side.ours) for side in cell.sides}
    assert sides == {
        ("11", "the files received", False),
        ("12", "this ledger · 张三", True),
    }
    assert (whole.place.record, whole.place.slot) == ("乙院", "the whole record")
    assert {side.value for side in whole.sides} == {"keep", "take away"}
    kept = {line.place.slot for line in words.kept(item.plan)}
    assert "remark on 总床位数" in kept


def test_conflicts__about_the_unit(county: Ledger, east: Ledger) -> None:
    take(county, submit(east))
    do(county, RecordMoved(home("甲院"), EAST, COUNTY))
    beds(east, "甲院", 11)
    manifest = manifest_of(east)
    homes, people = manifest.tables
    rows = tuple(replace(row, unit=WEST) for row in homes.rows)
    moved = replace(manifest, tables=(replace(homes, rows=rows), people))

    words, item = told(county, read_of(moved))

    assert item.plan is not None
    assert item.package is not None
    (line,) = words.conflicts(item.plan, item.package)
    assert line.place.slot == "unit it belongs to"
    assert {side.value for side in line.sides} == {"长宁区", "江苏路街道"}


def test_changes__a_nil_return_withdrawn(county: Ledger, east: Ledger) -> None:
    nil(east, EAST, now=True)
    take(county, submit(east))
    nil(east, EAST, now=False)

    words, item = told(county, submit(east))

    assert item.plan is not None
    (line,) = words.changes(item.plan)
    assert (line.place.record, line.place.slot) == (
        "华阳路街道",
        "nil return withdrawn",
    )


def test_conflicts__what_was_edited_in_a_workbook_is_part_of_what_was_received(
    county: Ledger, east: Ledger
) -> None:
    take(county, submit(east))
    beds(county, "甲院", 12)
    put(east, area(EAST), "pop_60plus", 7)
    second = submit(east, "second.xlsx")
    difference = Difference(Differing.ALTERED, "f", where="s!C5")
    of = ("eci", "甲院", "beds_total")
    edited = replace(second, edited=(Edited(difference, of, RawCell(5, 3, "99")),))
    reception = Reception(county)
    decided = Decisions(everything, edits={edited.path: ["s!C5"]})
    (item,) = run_steps(reception.items([edited], decided))
    assert item.plan is not None
    assert item.package is not None

    (line,) = MergeWords(county, reception, SAY).conflicts(item.plan, item.package)

    sides = {(side.ours, side.value, side.who) for side in line.sides}
    assert sides == {
        (False, "99", "the files received"),
        (True, "12", "this ledger · 张三"),
    }
