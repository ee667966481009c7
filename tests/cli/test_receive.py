from __future__ import annotations

import shutil
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.receiving.reading import read_one
from tests.cli.desks import typed
from tests.exchange.handed_in import HandedIn
from tests.exchange.handed_in import hand_in
from tests.exchange.townships import Desks
from tests.exchange.townships import beds
from tests.exchange.townships import beds_of
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.exchange.townships import take_deciding

if TYPE_CHECKING:
    from pathlib import Path

PLACE = "eci/甲院/beds_total"


READER = (sys.executable, "-m", "desktop", "--read-workbook")
read_once = cache(read_one)


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read each file but once: that takes two processes and a second."""
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


def test_receive__a_folder__update__fork__and_back(
    county: Path, came: HandedIn
) -> None:
    """Everything by hand, as at a county: look, take, decide, take back."""
    folder = county.parent
    look = typed(folder, "preview", county, came.first.parent)
    assert look.code == 0
    assert "New: nothing of this unit" in look.out
    assert "An update" in look.out
    assert "养老机构调查表 甲院 record added" in look.out
    assert "养老机构调查表 甲院 总床位数: 10 → 12" in look.out
    assert "Nothing was changed" in look.out

    waits = typed(folder, "receive", county, came.first.parent)
    assert (waits.code, beds_at(county).__class__.__name__) == (1, "Absent")
    only = typed(folder, "receive", county, came.first, "--all-new", "--json")
    assert only.code == 0
    (file,) = only.facts["files"]
    assert (file["kind"], file["became"]) == ("new", "taken")
    assert beds_at(county) == 10
    assert typed(folder, "receive", county, came.first, "--all-new").code == 0
    both = typed(folder, "receive", county, came.first.parent, "--all-updates")
    assert "1 files taken." in both.out
    assert beds_at(county) == 12

    look = typed(folder, "preview", county, came.fork)
    assert look.code == 1
    assert "Two computers" in look.out
    assert f"--choose {PLACE}=1" in look.out
    assert "before: 10" in look.out
    undecided = typed(folder, "receive", county, came.fork, "--decide=fork.xlsx=merge")
    assert undecided.code == 2
    assert "1 places are not decided yet" in undecided.err
    taking = ("--decide=fork.xlsx=merge", f"--choose={PLACE}=theirs")
    taken = typed(folder, "receive", county, came.fork, *taking, "--json")
    assert taken.code == 0, taken.err
    assert beds_at(county) == 13


def test_receive__by_kind__whatever_the_files_are_called(
    county: Path, came: HandedIn, tmp_path: Path
) -> None:
    """A later revision may come first by its name: it is still the later one."""
    files = tmp_path / "files"
    files.mkdir()
    shutil.copyfile(came.update, files / "a.xlsx")
    shutil.copyfile(came.first, files / "b.xlsx")
    by_kind = ("--all-new", "--all-updates")

    done = typed(county.parent, "receive", county, files, *by_kind)

    assert done.code == 0, done.err
    assert "2 files taken." in done.out
    assert beds_at(county) == 12
    again = typed(county.parent, "receive", county, files, *by_kind)
    assert (again.code, "0 files taken." in again.out) == (0, True)
    assert typed(county.parent, "doctor", county).code == 0


def test_undo__and_again(county: Path, came: HandedIn) -> None:
    folder = county.parent
    with opened(county) as ledger:
        for path in (came.first, came.update, came.fork):
            take_deciding(ledger, read_once(path, READER))

    listed = typed(folder, "undo", county)
    assert [line.split()[-1] for line in listed.out.splitlines()] == ["counts"] * 3
    would = typed(folder, "undo", county, "fork.xlsx", "--dry-run")
    assert "总床位数: 13 → 12" in would.out
    assert beds_at(county) == 13
    assert typed(folder, "undo", county, "fork.xlsx").code == 0
    assert beds_at(county) == 12
    again = typed(folder, "undo", county, "fork.xlsx", "--redo", "--json")
    assert again.facts["became"] == "taken"
    assert beds_at(county) == 13
    early = typed(folder, "undo", county, "first.xlsx")
    assert "update.xlsx came later and goes on to count." in early.out
    listed = typed(folder, "undo", county, "--json")
    became = {one["file"]: one["became"] for one in listed.facts["packages"]}
    assert became == {
        "first.xlsx": "undone",
        "update.xlsx": "taken",
        "fork.xlsx": "taken",
    }
    assert typed(folder, "doctor", county).code == 0


@pytest.mark.unmeasured
def test_preview__each_kind_says_what_it_is(county: Path, came: HandedIn) -> None:
    folder = county.parent
    plain = folder / "plain.csv"
    plain.write_text("a,b\n1,2\n")
    files = (came.edited, came.report, came.broken, plain)

    look = typed(folder, "preview", county, *files, "--json")

    assert look.code == 1
    found = {one["file"]: (one["kind"], one["code"]) for one in look.facts["files"]}
    assert found == {
        "edited.xlsx": ("edited", "exchange.edited"),
        "report.xlsx": ("not_ours", "exchange.no_submission"),
        "broken.xlsx": ("damaged", "intake.damaged"),
        "plain.csv": ("not_ours", "exchange.no_manifest"),
    }
    edited = next(one for one in look.facts["files"] if one["kind"] == "edited")
    cell = edited["edited"][0]
    assert (cell["record"], cell["field"], cell["was"], cell["now"]) == (
        "甲院",
        "总床位数",
        "10",
        "99",
    )
    told = typed(folder, "preview", county, came.edited)
    assert "10 → 99" in told.out


@pytest.mark.unmeasured
def test_receive__edited__as_it_was_written_or_not_at_all(
    county: Path, came: HandedIn
) -> None:
    folder = county.parent
    waits = typed(folder, "receive", county, came.edited, "--all-new", "--json")
    assert (waits.code, waits.facts["files"][0]["became"]) == (1, "waiting")

    typed(folder, "receive", county, came.edited, "--decide=edited.xlsx=merge")

    assert beds_at(county) == 10
    again = typed(folder, "preview", county, came.edited, "--json")
    assert again.facts["files"][0]["code"] == "exchange.edited_same"


def test_receive__skip_is_kept_aside(county: Path, came: HandedIn) -> None:
    folder = county.parent

    done = typed(
        folder, "receive", county, came.first, "--decide=first.xlsx=skip", "--json"
    )

    assert done.facts["files"][0]["became"] == "skipped"
    assert "left aside" in typed(folder, "undo", county).out


def test_receive__replace_goes_over_own_changes(county: Path, came: HandedIn) -> None:
    folder = county.parent
    typed(folder, "receive", county, came.first, "--all-new")
    with opened(county) as ledger:
        beds(ledger, "甲院", 77)

    done = typed(folder, "receive", county, came.update, "--decide=update.xlsx=replace")

    assert done.code == 0
    assert beds_at(county) == 12


@pytest.mark.unmeasured
def test_receive__own_change_is_ours(county: Path, came: HandedIn) -> None:
    folder = county.parent
    typed(folder, "receive", county, came.first, "--all-new")
    with opened(county) as ledger:
        beds(ledger, "甲院", 77)
        beds(ledger, "乙院", 78)

    look = typed(folder, "preview", county, came.update, "--json")
    (item,) = look.facts["files"]
    ours = {
        one["place"]: [s for s in one["sides"] if s["ours"]]
        for one in item["conflicts"]
    }
    assert [side["value"] for side in ours[PLACE]] == ["77"]
    assert ours[PLACE][0]["who"] == "this ledger · 张三"
    choices = [f"--choose={place}=ours" for place in ours]
    done = typed(
        folder, "receive", county, came.update, "--all-updates", *choices, "--json"
    )

    assert done.code == 0, done.err
    kept = {one["place"] for one in done.facts["files"][0]["kept"]}
    assert PLACE in kept
    assert (beds_at(county), beds_at(county, "乙院")) == (77, 78)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--decide=first.xlsx=eat",), "first.xlsx=eat decides nothing"),
        (("--decide=none.xlsx=merge",), "none.xlsx decides nothing"),
        (("--decide=report.xlsx=merge",), "report.xlsx cannot be taken"),
        (("--decide=first.xlsx",), "first.xlsx"),
        ((), "nothing.xlsx"),
    ],
)
def test_receive__error(
    county: Path, came: HandedIn, words: tuple[str, ...], said: str
) -> None:
    folder = county.parent
    files = (came.first, came.report) if words else (folder / "nothing.xlsx",)

    done = typed(folder, "receive", county, *files, *words)

    assert done.code == 2
    assert said in done.err or said in done.out
    with opened(county) as ledger:
        assert ledger.packages() == []


def test_receive__a_choice_of_nobody__error(county: Path, came: HandedIn) -> None:
    folder = county.parent
    typed(folder, "receive", county, came.first.parent, "--all-new", "--all-updates")

    done = typed(
        folder,
        "receive",
        county,
        came.fork,
        "--decide=fork.xlsx=merge",
        f"--choose={PLACE}=9",
    )

    assert done.code == 2
    assert f"{PLACE}=9 decides nothing" in done.err


@pytest.mark.parametrize("words", [("none",), ("first.xlsx", "--redo")])
def test_undo__error(county: Path, came: HandedIn, words: tuple[str, ...]) -> None:
    folder = county.parent
    typed(folder, "receive", county, came.first, "--all-new")

    assert typed(folder, "undo", county, *words).code == 2


def test_receive__stale_while_it_was_decided__error(
    county: Path, came: HandedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.app.handover.receiving.taking_in import Received
    from desktop.core.messages import message
    from desktop.store.records import Conflict
    from desktop.store.records import Stale

    stale = Stale((Conflict(message("store.stale_gone")),))
    monkeypatch.setattr(
        "desktop.cli.receive.receive_items", lambda *_: Received(answer=stale)
    )

    by_name = "--decide=first.xlsx=merge"
    done = typed(county.parent, "receive", county, came.first, by_name)

    assert done.code == 2
