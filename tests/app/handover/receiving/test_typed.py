"""手工表: typed from nothing, planned as an import, counted and taken back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from typing import Any

import pytest
from openpyxl import Workbook

from desktop.app.handover.receiving.reading import read_one
from desktop.app.handover.receiving.receiving import Around
from desktop.app.handover.receiving.receiving import Decisions
from desktop.app.handover.receiving.receiving import Reception
from desktop.app.handover.receiving.receiving import Wish
from desktop.app.handover.receiving.taking_in import receive
from desktop.app.handover.receiving.typed import is_typed
from desktop.app.progress import run_steps
from desktop.core.cells import BLANK
from desktop.exchange.lineage import Kind
from desktop.store.records import Applied
from tests.collected import fill
from tests.collected import sent
from tests.exchange.townships import COUNTY
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import area
from tests.exchange.townships import beds
from tests.exchange.townships import beds_of
from tests.exchange.townships import content_of
from tests.exchange.townships import county_units
from tests.exchange.townships import home
from tests.exchange.townships import opened
from tests.exchange.townships import put
from tests.exchange.townships import redo
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.small import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.handover.receiving.reading import Read
    from desktop.app.handover.receiving.receiving import Item
    from desktop.store.ledger import Ledger

READER = (sys.executable, "-m", "desktop", "--read-workbook")
HOMES = ("机构名称", "总床位数", "护理型床位数")


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Ledger]:
    with opened(Desks(tmp_path).new(*county_units())) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
        yield ledger


def written(
    folder: Path, name: str, *sheets: tuple[str, Sequence[Sequence[Any]]]
) -> Read:
    """Write a workbook as somebody types it, and read it."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    path = folder / name
    book.save(path)
    return read_one(path, READER)


def planned(county: Ledger, read: Read, unit: str = "") -> Item:
    units = {read.path: unit} if unit else {}
    decided = Decisions(lambda *_: Wish.MERGE, units=units)
    around = Around(period=YEAR.code)
    (item,) = run_steps(Reception(county, around).items([read], decided))
    return item


def taken(county: Ledger, read: Read, unit: str = "") -> Item:
    item = planned(county, read, unit)
    assert isinstance(receive(county, [item], lambda: True).answer, Applied)
    return item


def turn(county: Ledger, item: Item, *, back: bool) -> None:
    from desktop.app.handover.receiving.taking_back import carry_out
    from desktop.app.handover.receiving.taking_back import plan_redo
    from desktop.app.handover.receiving.taking_back import plan_undo
    from desktop.core.messages import Message

    reception = Reception(county)
    assert item.package is not None
    package = reception.journal.packages[item.package.id]
    plan = plan_undo(reception, package) if back else plan_redo(reception, package, {})
    assert not isinstance(plan, Message), plan
    assert isinstance(carry_out(county, plan), Applied)


def test_typed__repaired_and_what_is_wrong_is_told(
    county: Ledger, tmp_path: Path
) -> None:
    rows = [
        HOMES,
        ("甲院", "１,２００", 3),
        ("新院", "很多", 5),
        ("", 9, 9),
        ("合计", 1209, 8),
    ]
    read = written(tmp_path, "华阳路街道手工表.xlsx", ("机构", rows))
    before = content_of(county)

    item = planned(county, read)

    assert item.verdict.kind is Kind.TYPED
    assert item.verdict.said.code == "exchange.typed"
    assert item.typed is not None
    assert (item.typed.unit, item.typed.rows, item.typed.kept_back) == (EAST, 2, 1)
    assert [one.after for one in item.typed.repairs][-1] == "1200"
    assert [fault.text for fault in item.typed.faults] == ["很多", "", "合计 1209 8"]

    taken(county, read)
    held = content_of(county)
    assert beds_of(county, "甲院") == 1200
    (new,) = [slots for slots in held.values() if slots.get("name") == "t:新院"]
    assert new["_unit"] == EAST
    assert "beds_total" not in new
    assert "很多" in new["field:beds_total"]
    assert county.doctor().problems == ()
    package = county.packages()[-1]
    assert is_typed(package.ledger)
    assert package.unit == EAST

    again = planned(county, read)
    assert again.verdict.kind is Kind.SAME
    turn(county, item, back=True)
    assert content_of(county) == before
    turn(county, item, back=False)
    assert content_of(county) == held


def test_typed__whose_it_is_has_to_be_said(county: Ledger, tmp_path: Path) -> None:
    read = written(tmp_path, "x.xlsx", ("机构", [HOMES, ("新院", 4, 1)]))

    item = planned(county, read)
    assert item.verdict.said.code == "exchange.typed_whose"
    assert item.plan is None
    assert planned(county, read, "999999").plan is None
    taken(county, read, WEST)

    (slots,) = [s for s in content_of(county).values() if s.get("name") == "t:新院"]
    assert slots["_unit"] == WEST


def test_typed__two_forms_and_the_units_of_the_rows(
    county: Ledger, tmp_path: Path
) -> None:
    heads = ("机构名称", "街道", "总床位数", "60岁及以上人口")
    homes = [heads, ("新院", "江苏路街道", 4, "")]
    people = [("街道", "60岁及以上人口"), ("华阳路街道", 500), ("江苏路街道", 600)]
    note = [("说明",), ("请尽快",)]
    read = written(tmp_path, "x.xlsx", ("机构", homes), ("人口", people), ("话", note))

    item = taken(county, read)

    assert item.package is not None
    assert item.package.unit == COUNTY
    assert set(item.package.units) == {COUNTY, EAST, WEST}
    record = county.record(area(WEST))
    assert record is not None
    assert record.cell("pop_60plus") == 600


def test_typed__one_unit_in_all_rows(county: Ledger, tmp_path: Path) -> None:
    rows = [("机构名称", "街道", "总床位数"), ("新院", "江苏路街道", 4)]
    item = planned(county, written(tmp_path, "x.xlsx", ("机构", rows)))

    assert item.typed is not None
    assert item.typed.unit == WEST


def test_typed__a_form_of_units_without_a_unit(county: Ledger, tmp_path: Path) -> None:
    rows = [("单元层级", "60岁及以上人口"), ("街道", 500)]
    read = written(tmp_path, "华阳路街道.xlsx", ("人口", rows))

    taken(county, read)

    record = county.record(area(EAST))
    assert record is not None
    assert record.cell("pop_60plus") == 500


def test_typed__own_work_since_is_kept_when_it_is_taken_back(
    county: Ledger, tmp_path: Path
) -> None:
    rows = [HOMES, ("甲院", 20, 3)]
    read = written(tmp_path, "华阳路街道.xlsx", ("机构", rows))
    item = taken(county, read)
    put(county, area(EAST), "pop_60plus", 5)
    beds(county, "甲院", 21)

    turn(county, item, back=True)

    assert beds_of(county, "甲院") == 21
    (record,) = county.rows("eci", county.ids("eci", YEAR.code))
    assert record.cell("beds_nursing") is BLANK
    assert county.doctor().problems == ()


@pytest.mark.unmeasured
def test_typed__moved_and_noted_again(county: Ledger, tmp_path: Path) -> None:
    put(county, home("甲院"), "code", "A1")
    heads = ("机构名称", "机构编号", "街道", "总床位数")
    for name, text in (("a.xlsx", "多"), ("b.xlsx", "少")):
        rows = [heads, ("甲院", "A1", "江苏路街道", text)]
        taken(county, written(tmp_path, name, ("机构", rows)))

    slots = content_of(county)[home("甲院")]
    assert slots["_unit"] == WEST
    assert "多" in slots["field:beds_total"]
    assert "少" in slots["field:beds_total"]


def test_typed__a_submission_later_is_new_and_no_fork(
    county: Ledger, tmp_path: Path
) -> None:
    taken(
        county, written(tmp_path, "华阳路街道.xlsx", ("机构", [HOMES, ("丙院", 1, 1)]))
    )
    (tmp_path / "east").mkdir()
    with opened(Desks(tmp_path / "east").new(street(EAST))) as east:
        add(east, "乙院", EAST, beds_total=2)
        received = take(county, submit(east))

    assert [item.verdict.kind for item in received.taken] == [Kind.NEW]
    names = {slots.get("name") for slots in content_of(county).values()}
    assert {"t:丙院", "t:甲院", "t:乙院"} <= names


@pytest.mark.parametrize(
    ("rows", "kind", "code"),
    [
        ([("说明",), ("请尽快",)], Kind.NOT_OURS, "exchange.no_manifest"),
        ([("机构名称", "a", "b", "c", "d")], Kind.NOT_OURS, "exchange.no_manifest"),
        ([("机构编号", "总床位数"), ("1", 2)], Kind.NOT_OURS, "exchange.no_manifest"),
    ],
)
def test_typed__nothing_a_form_knows(
    county: Ledger, tmp_path: Path, rows: list[tuple[str, ...]], kind: Kind, code: str
) -> None:
    item = planned(county, written(tmp_path, "x.xlsx", ("表", rows)))

    assert item.verdict.kind is kind
    assert item.verdict.said.code == code
    assert item.plan is None


def test_a_collection_workbook__and_one_of_another_period(
    tmp_path: Path,
) -> None:
    path = Desks(tmp_path).new(*county_units())
    with opened(path) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
    [made] = sent(path)
    back = fill(made, {11: {"beds_total": 12}}, "收.xlsx")
    with opened(path) as ledger:
        item = taken(ledger, read_one(back, READER))
        assert item.verdict.kind is Kind.TYPED
        assert beds_of(ledger, "甲院") == 12
    other = Desks(tmp_path / "o")
    other.folder.mkdir()
    with opened(other.new(*county_units())) as ledger:
        from desktop.core.period import Period
        from desktop.core.period import PeriodKind

        ledger.add_period(Period(PeriodKind.YEAR, 2026))
        read = read_one(back, READER)
        decided = Decisions(lambda *_: Wish.MERGE)
        (item,) = run_steps(Reception(ledger).items([read], decided))
    assert item.verdict.kind is Kind.NOT_OURS
    assert item.verdict.said.code == "collection.other_period"


def test_redo__after_a_package_that_was_typed(county: Ledger, tmp_path: Path) -> None:
    with opened(_east(tmp_path)) as east:
        add(east, "乙院", EAST, beds_total=2)
        first = submit(east)
    take(county, first)
    item = taken(
        county, written(tmp_path, "华阳路街道.xlsx", ("机构", [HOMES, ("乙院", 8, 1)]))
    )
    assert beds_of(county, "乙院") == 8
    from tests.exchange.townships import undo

    undo(county, first)
    redo(county, first)
    assert beds_of(county, "乙院") == 8
    turn(county, item, back=True)
    assert beds_of(county, "乙院") == 2


def _east(folder: Path) -> Path:
    (folder / "east").mkdir()
    return Desks(folder / "east").new(street(EAST))
