"""Edited cells, faults and findings of received files on the command line."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from desktop.app.handover.keeping.sealing import seal_file
from desktop.app.handover.receiving.reading import read_one
from desktop.app.handover.receiving.rehearsing import Effect
from desktop.cli import received_parts
from desktop.cli.received_parts import effect_lines
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words
from tests.app.handover.boards import last_day
from tests.app.handover.boards import record
from tests.cli.desks import typed
from tests.exchange.handed_in import HandedIn
from tests.exchange.handed_in import hand_in
from tests.exchange.townships import COUNTY
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import area
from tests.exchange.townships import beds
from tests.exchange.townships import beds_of
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.exchange.townships import put

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

READER = (sys.executable, "-m", "desktop", "--read-workbook")
CELL = "养老机构调查表!E7"
read_once = cache(read_one)


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.app.handover.receiving.reading.read_one", read_once)


@pytest.fixture(scope="module")
def came(tmp_path_factory: pytest.TempPathFactory) -> HandedIn:
    return hand_in(tmp_path_factory.mktemp("came"))


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return Desks(tmp_path).new(*county_units())


def beds_at(county: Path, name: str = "甲院") -> object:
    with opened(county) as ledger:
        return beds_of(ledger, name)


def test_edited__told_accepted_and_taken(county: Path, came: HandedIn) -> None:
    folder = county.parent
    look = typed(folder, "preview", county, came.edited)
    assert f"{CELL} 养老机构调查表 甲院 总床位数: 10 → 99  (not accepted)" in look.out
    accept = f"--accept=edited.xlsx={CELL}"
    look = typed(folder, "preview", county, came.first, came.edited, accept)
    assert "(accepted)" in look.out
    taking = ("--decide=edited.xlsx=merge", "--accept=edited.xlsx=all", "--json")
    done = typed(folder, "receive", county, came.edited, *taking)
    assert (done.code, done.err) == (0, "")
    [edited] = done.facts["files"][0]["edited"]
    assert (edited["accepted"], edited["why"]) == (True, "")
    assert beds_at(county) == 99
    assert typed(folder, "undo", county, "edited.xlsx").code == 0
    assert beds_at(county).__class__.__name__ == "Absent"


@pytest.mark.parametrize(
    "option", ["--accept=edited.xlsx=别处!A1", "--accept=x.xlsx=all", "--unit=x.xlsx=1"]
)
def test_accept__what_is_not_there__error(
    county: Path, came: HandedIn, option: str
) -> None:
    found = typed(county.parent, "preview", county, came.edited, option)
    assert found.code == 2


def test_edited__what_cannot_be_taken_says_why(county: Path, came: HandedIn) -> None:
    from openpyxl import load_workbook

    book = load_workbook(came.first)
    sheet = book["养老机构调查表"]
    lines = enumerate(sheet.iter_rows(values_only=True), 1)
    (row,) = [number for number, cells in lines if "乙院" in cells]
    sheet.delete_rows(row)
    path = county.parent / "gone.xlsx"
    book.save(path)

    look = typed(county.parent, "preview", county, path)

    assert "a line or a column was added or taken away" in look.out


def test_not_ours_and_edited__cells_are_listed_all_the_same(
    tmp_path: Path, came: HandedIn
) -> None:
    from tests.exchange.townships import WEST
    from tests.exchange.townships import street

    other = Desks(tmp_path).new(street(WEST))
    look = typed(tmp_path, "preview", other, came.edited)
    facts = typed(tmp_path, "preview", other, came.edited, "--json").facts
    assert "why" not in facts["files"][0]["edited"][0]
    assert f"{CELL} 养老机构调查表 甲院 总床位数: 10 → 99" in look.out
    assert "accepted" not in look.out


def save_typed(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("机构名称", "总床位数", "护理型床位数"), *rows):
        sheet.append(list(row))
    book.save(path)
    return path


def test_typed__faults_repairs_and_findings(county: Path) -> None:
    folder = county.parent
    path = save_typed(folder / "x.xlsx", ("丁院", "２０", 30), ("戊院", "多", None))
    without = typed(folder, "preview", county, path)
    assert "does not tell which unit it is of" in without.out
    look = typed(folder, "preview", county, path, f"--unit=x.xlsx={EAST}")
    assert look.code == 1
    assert "B2: ２０ → 20" in look.out
    assert "Sheet!B3 总床位数 多:" in look.out
    said = "护理型床位数（30）不能大于总床位数（20）"
    assert f"+ 强制性 华阳路街道 丁院：{said}" in look.out
    unit = f"--unit=x.xlsx={EAST}"
    facts = typed(folder, "preview", county, path, unit, "--json").facts["files"][0]
    [found] = facts["findings"]
    assert (found["change"], found["level"], found["says"]) == (
        "appears",
        "error",
        said,
    )
    assert [fault["text"] for fault in facts["typed"]["faults"]] == ["多"]
    taking = (f"--unit=x.xlsx={EAST}", "--decide=x.xlsx=merge", "--json")
    done = typed(folder, "receive", county, path, *taking)
    assert done.facts["files"][0]["became"] == "taken"
    listed = typed(folder, "undo", county, "--json").facts["packages"]
    assert [one["typed"] for one in listed] == [True]


def test_findings__elsewhere_and_explained(county: Path, came: HandedIn) -> None:
    with opened(county) as ledger:
        put(ledger, area(COUNTY), "pop_60plus", 5)

    look = typed(county.parent, "preview", county, came.first)

    assert "In other records:" in look.out
    assert "+ 核实性 长宁区：床位多于老年人" in look.out


def test_findings__many_are_counted(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(received_parts, "SHOWN", 1)
    rows = [(f"{number}院", 1, 2) for number in range(3)]
    path = save_typed(county.parent / "x.xlsx", *rows)
    look = typed(county.parent, "preview", county, path, f"--unit=x.xlsx={EAST}")

    assert "+ and 2 more findings" in look.out
    assert list(effect_lines(Words(CATALOGUE), Effect())) == []


def test_locked__shown_and_refused(county: Path, came: HandedIn) -> None:
    with opened(county) as ledger:
        _lock(ledger)
    look = typed(county.parent, "preview", county, came.first)
    taken = typed(
        county.parent, "receive", county, came.first, "--decide=first.xlsx=merge"
    )
    waits = typed(county.parent, "receive", county, came.first, "--all-new", "--json")

    assert "华阳路街道" in look.out
    assert (taken.code, waits.code) == (2, 1)
    assert waits.facts["files"][0]["locked"]
    assert waits.facts["files"][0]["became"] == "waiting"


def _lock(ledger: object) -> None:
    from datetime import date as day

    from desktop.store.ledger import Ledger

    assert isinstance(ledger, Ledger)
    today: date = day(2025, 12, 1)
    last_day(ledger, day(2025, 11, 1))
    record(ledger, lambda to: to.lock(today, locked=True))


def test_sealed__the_password_of_a_file(county: Path, came: HandedIn) -> None:
    folder = county.parent
    sealed = folder / "first.xlsx.tzx"
    seal_file(came.first, sealed, "芝麻开门2025", cost=10)
    secret = folder / "password.txt"
    secret.write_text("芝麻开门2025\n", encoding="utf-8")

    nobody = typed(folder, "preview", county, sealed)
    told = typed(folder, "preview", county, sealed, "--password-file", secret)

    assert nobody.code == 2
    assert told.code == 0
    assert "record added" in told.out


def test_explained__is_said(county: Path, came: HandedIn, tmp_path: Path) -> None:
    from desktop.app.entry.edits import rule_topic
    from desktop.core.changes import NoteChange
    from tests.exchange.handed_in import write_submission
    from tests.exchange.townships import do
    from tests.exchange.townships import street

    (tmp_path / "e").mkdir()
    path = Desks(tmp_path / "e").new(street(EAST))
    with opened(path) as east:
        add(east, "甲院", EAST, beds_total=10)
        beds(east, "甲院", 20)
        put(east, area(EAST), "pop_60plus", 5)
        topic = rule_topic("area.beds_within_elders")
        do(east, NoteChange(area(EAST), topic, "", "新建楼尚未入住，2025年底启用"))
    file = write_submission(path, tmp_path / "e", "east")

    look = typed(tmp_path, "preview", county, file)

    assert "床位多于老年人  (explained)" in look.out
