from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.core.cells import BLANK
from desktop.core.changes import Action
from desktop.core.changes import CellChange
from desktop.core.changes import DefinitionChange
from desktop.core.changes import FacilityId
from desktop.core.changes import NilChange
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.store.setup import Identity
from desktop.store.setup import answer_records
from desktop.store.setup import blank_records
from desktop.store.setup import copied_records
from desktop.store.setup import in_living_units
from desktop.store.setup import read_identity
from desktop.store.setup import without
from desktop.store.shelf import Shelf
from tests.forms.test_answer_rows import adm_pack
from tests.store.cases import EAST
from tests.store.cases import NEXT
from tests.store.cases import ROOT
from tests.store.cases import UNITS
from tests.store.cases import WEST
from tests.store.cases import YEAR
from tests.store.cases import Desk
from tests.store.cases import added
from tests.store.cases import do
from tests.store.cases import key
from tests.store.cases import pack

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.store.ledger import Ledger


def test_blank_records__of_the_forms_every_unit_answers() -> None:
    records = list(blank_records(pack(), [YEAR, NEXT], UNITS))

    assert len(records) == 6
    assert {record.record.form for record in records} == {"people"}
    assert all(record.unit == record.record.facility for record in records)


def test_blank_records__not_of_units_that_have_ended() -> None:
    root, east, west = UNITS
    ended = replace(east, parent=west.code, until="2025")

    records = list(blank_records(pack(), [YEAR, NEXT], (root, ended, west)))

    assert [record.record.period for record in records if record.unit == east.code] == [
        "2025"
    ]


def test_without__what_others_give_already() -> None:
    one, two = added("a", beds=1), added("b")
    chosen = DefinitionChange("2025", "param.x", "", "1")
    note = NoteChange(key("a"), "field:beds", "", "大修")
    nil = NilChange("home", "2025", ROOT, before=False, after=True)
    found = without((one, two, chosen), (added("a"), note, nil))
    assert list(found) == [two, chosen]
    assert (
        list(without((chosen,), (DefinitionChange("2025", "param.x", "", "2"),))) == []
    )


def test_copied_records__rosters_only_without_numbers(filled: Ledger) -> None:
    with closing(sqlite3.connect(filled.path)) as other:
        shelf = Shelf((1,), {}, lambda _: pack())
        records = list(copied_records(other, shelf, (YEAR, NEXT)))

    assert [record.record.facility for record in records] == ["a", "b", "c"]
    assert [record.cells for record in records] == [
        (("name", "甲院"),),
        (("name", "乙院"),),
        (("name", "丙院"),),
    ]


def test_copied_records__numbers_that_are_carried(tmp_path: Path, desk: Desk) -> None:
    """A pack may say of a number that it stands still, and of a text that not."""
    fields: list[dict[str, object]] = [
        {"id": "name", "kind": "text", "title": "名称"},
        {"id": "built", "kind": "integer", "title": "建成年份", "carried": True},
        {"id": "beds", "kind": "integer", "title": "床位"},
        {"id": "note", "kind": "text", "title": "本期情况", "carried": False},
    ]
    of = pack(only=fields)
    cells: dict[str, Cell] = {"name": "甲", "built": 1999, "beds": 3, "note": "修"}
    with desk.create(tmp_path / "a.taizhang", of) as ledger:
        do(ledger, added("a", **cells))
        ledger.add_period(NEXT, YEAR)
        copied = ledger.record(key("a", period="2026"))
        assert copied is not None
        assert dict(copied.filled()) == {"name": "甲", "built": 1999}


def test_answer_records__once_for_each_indicator(tmp_path: Path, desk: Desk) -> None:
    of = adm_pack()
    with desk.create(tmp_path / "a.taizhang", of) as ledger:
        assert titles(ledger, "2025") == ["参保人数", "参保率", "应保尽保"]
        first = ledger.rows("adm", ledger.ids("adm", "2025"))[2]
        assert first.unit == ROOT
        do(ledger, CellChange(first.key, "stands", BLANK, "是"))
        do(ledger, CellChange(first.key, "law", BLANK, "条例"))

        ledger.add_period(NEXT, YEAR)

        assert titles(ledger, "2026") == ["参保人数", "参保率", "应保尽保"]
        later = ledger.rows("adm", ledger.ids("adm", "2026"))[2]
        assert later.key.facility == first.key.facility
        assert later.cells["stands"] is BLANK
        assert later.cells["law"] == "条例"
        ledger.add_period(Period(PeriodKind.YEAR, 2027))
        assert len(titles(ledger, "2027")) == 3


def test_answer_records__not_beside_a_record_made_by_hand() -> None:
    root, of = UNITS[0], adm_pack()
    mine = RecordAdded(
        RecordKey("adm", "2026", FacilityId("by-hand")),
        ROOT,
        (("way", "比"), ("about", "参保率")),
    )
    other = RecordAdded(RecordKey("area", "2026", FacilityId(ROOT)), ROOT)
    found = list(answer_records(of, NEXT, root, [mine, other]))
    assert [change.record.facility for change in found] == ["insured", "promise"]


def titles(ledger: Ledger, period: str) -> list[Cell]:
    rows = ledger.rows("adm", ledger.ids("adm", period))
    return [row.cells["about"] for row in rows]


def test_read_identity__lost() -> None:
    with closing(sqlite3.connect(":memory:")) as other:
        other.execute("CREATE TABLE _meta (key, value)")

        assert read_identity(other) == Identity("", "")


def test_in_living_units__what_ended_goes_to_who_took_over() -> None:
    root, east, west = UNITS
    ended = replace(east, parent=west.code, until="2025")
    gone = replace(root, until="2025")
    key = RecordKey("home", "2026", FacilityId("a"))
    records = [RecordAdded(key, unit.code) for unit in (east, west, root)]

    moved = list(in_living_units(records, (gone, ended, west), NEXT))

    assert [record.unit for record in moved] == [west.code, west.code, root.code]


def test_add_period__with_what_came_from_elsewhere(filled: Ledger) -> None:
    """Records, notes, nil returns and choices arrive with the period, as one action."""
    last = Period(PeriodKind.YEAR, 2024)
    home, people = key("z", period="2024"), key(EAST, "people", "2024")
    title = message("test")
    brought = Action(
        title,
        (
            RecordAdded(home, WEST, (("name", "旧院"), ("beds", 7))),
            RecordAdded(people, EAST, (("count", 900),)),
            NoteChange(home, "rule:x", "", "原因"),
            NilChange("home", "2024", ROOT, before=False, after=True),
            DefinitionChange("2024", "param.x", "", "3"),
        ),
    )
    before = filled.head().revision
    filled.add_period(last, brought=brought)
    assert filled.head().revision == before + 1
    assert {entry.title for entry in filled.log()[-5:]} == {title}
    there = filled.record(home)
    assert there is not None
    assert there.cell("beds") == 7
    assert filled.count("people", "2024") == 3, "no blank one beside the one that came"
    assert filled.choices("2024") == {"param.x": "3"}
    assert filled.nil("home", "2024", ROOT)
    assert filled.doctor().problems == ()
