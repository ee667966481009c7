"""`taizhang board`, as a county would use it at the end of a period."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from tests.app.handover.boards import handed_in
from tests.cli.desks import typed
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import county_units
from tests.exchange.townships import nil
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.app.handover.receiving.reading import Read


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


@pytest.fixture
def read(desks: Desks) -> Read:
    with opened(desks.new(street(EAST))) as east:
        add(east, "坏院", EAST, beds_total=10, beds_nursing=12)
        return submit(east)


@pytest.fixture
def county(desks: Desks, read: Read) -> Path:
    """Give a county to which one of two streets handed in."""
    path = desks.new(*county_units())
    with opened(path) as ledger:
        take(ledger, read)
    return path


def test_board__who_has_handed_in(county: Path, tmp_path: Path) -> None:
    told = typed(tmp_path, "board", county)
    assert told.code == 1
    assert "No deadline is set." in told.out
    assert "Handed in: 1 of 2 units (50.0%)" in told.out
    assert f"{EAST}  华阳路街道  Received  No deadline set" in told.out
    assert f"{WEST}  江苏路街道  Not handed in" in told.out
    assert "    eci 1  area 1\n" in told.out
    assert "    eci ✕  area ✕\n" in told.out
    assert "养老机构调查表: 1 of 2 units (50.0%), 0 nil returns" in told.out
    assert "Score" not in told.out


def test_board__a_deadline_and_scores(county: Path, tmp_path: Path) -> None:
    words = ("--deadline", "2026-01-01", "--scores")
    told = typed(tmp_path, "board", county, *words)
    assert "The last day is 2026-01-01." in told.out
    assert "Score 93 = timeliness 45 + quality 48" in told.out
    assert "Timeliness 45 = 50 − 5（days late 1）" in told.out
    assert "Score 0: nothing was handed in" in told.out
    assert "this program's own" in told.out


def test_board__reminders(county: Path, tmp_path: Path) -> None:
    told = typed(tmp_path, "board", county, "--remind")
    assert told.code == 1
    assert told.out.startswith("[Reminder] 江苏路街道:\n")
    assert "华阳路街道" not in told.out
    words = ("--excuse", f"{WEST}=撤并", "--remind")
    nobody = typed(tmp_path, "board", county, *words)
    assert (nobody.code, nobody.out) == (
        0,
        "Nobody has to be reminded: everything wanted is here.\n",
    )


def test_board__json(county: Path, tmp_path: Path) -> None:
    typed(tmp_path, "board", county, "--deadline", "2026-01-02")
    facts = typed(tmp_path, "board", county, "--json").facts
    numbers = ("expected", "own", "others", "on_time", "late", "missing", "waiting")
    assert [facts[name] for name in numbers] == [2, 1, 0, 1, 0, 0, 1]
    east, west = facts["lines"]
    assert (east["came"], east["timely"], east["days_late"]) == (
        "received",
        "on_time",
        0,
    )
    assert east["received"].startswith("2026-01-02T03:04")
    assert east["forms"][0] == {
        "form": "eci",
        "state": "records",
        "records": 1,
        "says": "1 records",
    }
    assert east["score"]["total"] == 98
    assert {"part": "errors", "count": 1, "points": 2} in east["score"]["parts"]
    assert (west["came"], west["received"], west["score"]) == ("nothing", None, None)
    (recorded,) = facts["recorded"]
    assert (recorded["name"], recorded["who"]) == ("period.deadline", "张三")
    assert facts["levels"] == [{"level": "township", "units": 2, "present": 1}]
    assert facts["forms"][0] == {"form": "eci", "expected": 2, "answered": 1, "nil": 0}


def test_board__all_periods(county: Path, tmp_path: Path) -> None:
    typed(tmp_path, "period", county, "--add", "2026")
    told = typed(tmp_path, "board", county, "--all-periods")
    assert told.code == 1
    assert told.out.index("2025年") < told.out.index("2026年")
    facts = typed(tmp_path, "board", county, "--all-periods", "--json").facts
    own = [(one["period"], one["own"], one["expected"]) for one in facts["periods"]]
    assert own == [("2025", 1, 2), ("2026", 0, 2)]
    assert typed(tmp_path, "board", county, "--period", "2027").code == 2


def test_board__files(county: Path, tmp_path: Path) -> None:
    sheet, book = tmp_path / "b.csv", tmp_path / "b.xlsx"
    told = typed(tmp_path, "board", county, "--csv", sheet, "--xlsx", book)
    assert told.out.count("Written and read back") == 2
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 3
    assert book.stat().st_size > 5000
    quiet = typed(tmp_path, "board", county, "--csv", sheet, "--json")
    assert quiet.facts["expected"] == 2
    nowhere = tmp_path / "no" / "b.csv"
    assert typed(tmp_path, "board", county, "--csv", nowhere).code == 2


def test_board__a_workbook_that_says_what_it_cannot_hold(
    county: Path, tmp_path: Path
) -> None:
    typed(tmp_path, "board", county, "--grace", f"{WEST}=停\x01电")
    told = typed(tmp_path, "board", county, "--xlsx", tmp_path / "b.xlsx")
    assert told.code == 1
    assert len(told.out.splitlines()[1]) > 0


def test_board__of_a_township(desks: Desks, tmp_path: Path) -> None:
    told = typed(tmp_path, "board", desks.new(street(EAST)))
    assert told.code == 0
    assert told.out.startswith("Nobody hands in to this ledger")


def test_board__what_is_damaged_is_said(county: Path, tmp_path: Path) -> None:
    from desktop.core.changes import DefinitionChange
    from tests.exchange.townships import do

    with opened(county) as ledger:
        do(ledger, DefinitionChange("2025", f"period.grace.{EAST}", "", "???"))
    told = typed(tmp_path, "board", county)
    assert "cannot be read; it counts as not recorded" in told.out


def test_board__sums(county: Path, desks: Desks, tmp_path: Path) -> None:
    path = desks.new(street(WEST))
    with opened(path) as west:
        add(west, "西院", WEST, beds_total=20, beds_nursing=5)
    with opened(county) as ledger:
        take(ledger, handed_in(path, frozenset({"area"})))
    told = typed(tmp_path, "board", county, "--sums")
    assert told.code == 1
    assert "护理型床位占比：总床位数: 江苏路街道 20 = 20" in told.out
    assert "    this ledger computes 10" in told.out
    assert "养老机构调查表：记录数: 江苏路街道 1 = 1" in told.out
    assert "Nothing was handed in by: 华阳路街道" in told.out
    facts = typed(tmp_path, "board", county, "--sums", "--json").facts
    found = {one["id"]: one for one in facts["figures"]}
    share = found["nursing_share.denominator"]
    assert (share["values"], share["total"], share["here"]) == (
        [{"unit": WEST, "value": "20"}],
        "20",
        "10",
    )
    assert facts["missing"] == ["华阳路街道"]


def test_board__sums_of_all(desks: Desks, tmp_path: Path) -> None:
    path, county = desks.new(street(EAST)), desks.new(*county_units())
    with opened(path) as east:
        nil(east, EAST, now=True)
    with opened(county) as ledger:
        take(ledger, handed_in(path))
    typed(tmp_path, "board", county, "--excuse", f"{WEST}=撤并")
    told = typed(tmp_path, "board", county, "--sums")
    assert told.code == 0
    assert "Nothing was handed in by" not in told.out
    assert typed(tmp_path, "board", county, "--sums", "--json").facts["missing"] == []
