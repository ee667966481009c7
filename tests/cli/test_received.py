from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.receiving.merge_words import ConflictLine
from desktop.app.handover.receiving.merge_words import Place
from desktop.app.handover.receiving.merge_words import SideLine
from desktop.app.handover.receiving.reading import Read
from desktop.cli.desk import CannotRunError
from desktop.cli.received import chosen
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.messages import message
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from desktop.exchange.merge import Contention
from tests.cli.desks import typed
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.exchange.townships import submit

if TYPE_CHECKING:
    from pathlib import Path

BOTH = ("--decide=other.xlsx=merge", "--all-new")
KEY = RecordKey("eci", "2025", FacilityId("a"))
LINE = ConflictLine(
    Place("表", "院", "床位", "eci/a/beds"),
    "",
    (
        SideLine("这里", "", "1", "n:1"),
        SideLine("来件", "", "2", "n:2", ours=False),
        SideLine("这里", "", "3", "n:3"),
    ),
    Contention(KEY, "beds", ("n:1", "n:2", "n:3")),
)


@pytest.mark.parametrize(
    ("text", "found"), [("1", "n:1"), ("3", "n:3"), ("theirs", "n:2")]
)
def test_chosen__ok(text: str, found: str) -> None:
    assert chosen(LINE, text) == found


@pytest.mark.parametrize("text", ["0", "4", "ours", "x", ""])
def test_chosen__error(text: str) -> None:
    with pytest.raises(CannotRunError):
        chosen(LINE, text)


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return Desks(tmp_path).new(*county_units())


def lie(monkeypatch: pytest.MonkeyPatch, folder: Path, *reads: Read) -> list[Path]:
    """Let files be there whose content is known without reading."""
    known = {read.file: read for read in reads}
    monkeypatch.setattr(
        "desktop.app.handover.receiving.reading.read_one",
        lambda path, *_: known[path.name],
    )
    paths = [folder / name for name in known]
    for path in paths:
        path.touch()
    return paths


def test_items__everything_a_file_may_have_to_say(
    tmp_path: Path, county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = Unit(
        UnitCode(EAST + "201"),
        "某村",
        UnitCode(EAST),
        UnitLevel.VILLAGE,
        UnitClass.VILLAGE,
    )
    (tmp_path / "t").mkdir()
    desks = Desks(tmp_path / "t")
    with opened(desks.new(street(EAST), village)) as ledger:
        for number in range(14):
            add(ledger, f"{number}院", EAST + "201")
        first = submit(ledger, "first.xlsx")
    with opened(desks.new(street(EAST))) as ledger:
        add(ledger, "0院", EAST, beds_total=3)
        other = submit(ledger, "other.xlsx")
    bad = Read("bad.xlsx", tmp_path, refused=message("intake.damaged", file="x"))
    files = lie(monkeypatch, tmp_path, first, other, bad)

    look = typed(tmp_path, "preview", county, files[0])
    told = typed(tmp_path, "receive", county, *files[:2], *BOTH)

    assert told.code == 2
    assert "14 records of units below" in look.out
    assert "and 2 more changes" in look.out
    assert "other.xlsx" in told.out
    assert "before:" not in told.out
    taking = typed(
        tmp_path, "receive", county, files[0], files[2], "--all-new", "--json"
    )
    became = {one["file"]: one["became"] for one in taking.facts["files"]}
    assert became == {"first.xlsx": "taken", "bad.xlsx": "refused"}
    typed(tmp_path, "undo", county, "first.xlsx")
    assert "taken back" in typed(tmp_path, "undo", county).out


def test_undo__what_changes_nothing_says_so(
    tmp_path: Path, county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "t").mkdir()
    with opened(Desks(tmp_path / "t").new(street(EAST))) as ledger:
        first = submit(ledger, "first.xlsx")
        add(ledger, "甲院", EAST)
        second = submit(ledger, "second.xlsx")
    files = lie(monkeypatch, tmp_path, first, second)
    typed(tmp_path, "receive", county, *files, "--all-new", "--all-updates")

    told = typed(tmp_path, "undo", county, "first.xlsx")

    assert "No figure changes by it." in told.out
