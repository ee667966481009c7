from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.desks import typed
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import beds
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.desks import Typed

CELL = "eci/甲院/beds_total"
FINDING = "eci/乙院/eci.nursing_within_total"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return Desks(tmp_path).new(*county_units())


@pytest.fixture
def east(tmp_path: Path) -> Path:
    (tmp_path / "east").mkdir()
    path = Desks(tmp_path / "east").new(street(EAST))
    with opened(path) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
        add(ledger, "乙院", EAST, beds_total=20, beds_nursing=30)
    return path


@pytest.fixture
def back(county: Path, tmp_path: Path) -> Callable[..., Typed]:
    """Type `taizhang return` at the county."""
    return lambda *words: typed(tmp_path, "return", county, *words)


def handed_in(east: Path, county: Path, file: str) -> None:
    with opened(east) as ledger:
        read = submit(ledger, file)
    with opened(county) as ledger:
        take(ledger, read)


def test_return__there_and_back_by_files(
    county: Path, east: Path, tmp_path: Path
) -> None:
    """Files as people carry them: both ledgers only know what is in them."""
    stick = tmp_path / "stick"
    made = typed(tmp_path, "submit", east, "--to", stick)
    assert made.code == 0, made.err
    (file,) = stick.glob("*.xlsx")
    assert typed(tmp_path, "receive", county, file, "--all-new").code == 0

    marked = typed(
        tmp_path,
        *("return", county, "--package", EAST, "--due", "2026-01-20"),
        *("--cell", f"{CELL}=与上年相差太大", "--finding", f"{FINDING}=请核对"),
        *("--out", stick, "--json"),
    )

    assert marked.code == 1, marked.err
    assert [one["state"] for one in marked.facts["items"]] == ["open", "open"]
    slip, page = marked.facts["written"]
    assert slip.endswith("-1.tzs")
    assert page.endswith(".pdf")
    taken = typed(tmp_path, "return", east, "--take", slip)
    assert taken.code == 1, taken.err
    assert "与上年相差太大 (by 2026-01-20)" in taken.out
    assert "to be corrected" in taken.out
    with opened(east) as ledger:
        beds(ledger, "甲院", 12)
    other = next(
        one["item"]
        for one in typed(tmp_path, "return", east, "--json").facts["items"]
        if one["rule"]
    )
    said = typed(tmp_path, "return", east, "--answer", f"{other}=改建中，床位待核减")
    assert said.code == 1
    assert "corrected, to be handed in" in said.out
    assert "(right: 改建中，床位待核减)" in said.out
    typed(tmp_path, "submit", east, "--to", stick)
    (new,) = set(stick.glob("*.xlsx")) - {file}
    received = typed(tmp_path, "receive", county, new, "--all-updates")
    assert received.code == 0, received.err
    items = typed(tmp_path, "return", county, "--json").facts["items"]
    assert {one["state"] for one in items} == {"changed"}
    done = typed(tmp_path, "receipt", county, new.name, "--accept", "--out", stick)
    assert done.code == 0, done.err
    assert typed(tmp_path, "return", county).code == 0
    (receipt,) = stick.glob("*.tzr")
    came = typed(tmp_path, "receipt", east, "--take", receipt)
    assert came.code == 0, came.err
    assert "长宁区 has revision" in came.out
    assert typed(tmp_path, "return", east).code == 0


def test_return__going_on(
    county: Path, east: Path, back: Callable[..., Typed], tmp_path: Path
) -> None:
    handed_in(east, county, "first.xlsx")
    assert "Nothing has been sent back" in back().out
    made = back("--package", "first.xlsx", "--cell", f"{CELL}=请核对")
    assert "not sent yet" in made.out
    out = back("--out", tmp_path, "--json").facts
    again = back("--out", tmp_path, "--json").facts
    assert again["written"] == out["written"], "nothing new: the same file"
    (item,) = [one["item"] for one in out["items"]]
    assert back("--agree", item).err.startswith("Nothing has changed at item")
    with opened(east) as ledger:
        beds(ledger, "甲院", 12)
    handed_in(east, county, "second.xlsx")
    assert "corrected, to be checked" in back().out

    again = back("--again", f"{item}=还是不对", "--json").facts["items"]

    assert [(one["round"], one["issued"]) for one in again] == [(2, False)]
    assert [(one["before"], one["now"]) for one in again] == [("12", "12")]
    (line,) = typed(tmp_path, "receipt", county, "--json").facts["packages"][1:]
    assert line["state"] == "received"
    back("--out", tmp_path)
    (line,) = typed(tmp_path, "receipt", county, "--json").facts["packages"][1:]
    assert line["state"] == "returned"
    with opened(east) as ledger:
        beds(ledger, "甲院", 13)
    handed_in(east, county, "third.xlsx")
    agreed = back("--agree", item)
    assert agreed.code == 0, agreed.err
    assert "checked" in agreed.out
    dropped = back("--drop", item)
    assert dropped.code == 0
    assert "Nothing has been sent back" in dropped.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--cell", f"{CELL}=x"), "Say with --package which package"),
        (("--package", "no.xlsx", "--cell", f"{CELL}=x"), "No package no.xlsx"),
        (("--package", EAST, "--cell", CELL), "names no place"),
        (("--package", EAST, "--cell", "eci/甲院=x"), "names no place"),
        (("--package", EAST, "--cell", f"{CELL}= "), "Say what is to be corrected"),
        (("--package", EAST, "--cell", "eci/丁院/name=x"), "There is no record 丁院"),
        (("--drop", "none.1"), "There is no item none.1"),
        (("--answer", "none.1=x"), "There is no item none.1"),
        (("--due", "2026-01-20"), "Say with --slip which one"),
        (("--slip", "none", "--out", "."), "There is no return slip none"),
        (("--take", "none.tzs"), "The file none.tzs cannot be read"),
    ],
)
def test_return__error(
    county: Path,
    east: Path,
    back: Callable[..., Typed],
    words: tuple[str, ...],
    said: str,
) -> None:
    handed_in(east, county, "first.xlsx")

    done = back(*words)

    assert done.code == 2
    assert said in done.err


def test_return__signed_where_the_ledger_has_a_key(
    county: Path, east: Path, back: Callable[..., Typed], tmp_path: Path
) -> None:
    handed_in(east, county, "first.xlsx")
    secret = tmp_path / "secret.txt"
    secret.write_text("春江水暖鸭先知", encoding="utf-8")
    words = ("--make", "--lock", "--password-file", secret)
    made = typed(tmp_path, "keys", county, *words)
    assert made.code == 0, made.err
    back("--package", EAST, "--cell", f"{CELL}=请核对")
    unasked = back("--out", tmp_path)
    assert unasked.code == 2
    assert "--key-password-file" in unasked.err
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("别的", encoding="utf-8")
    assert back("--out", tmp_path, "--key-password-file", wrong).code == 2

    out = back("--out", tmp_path, "--key-password-file", secret, "--json")

    assert out.code == 1, out.err
    taken = typed(tmp_path, "return", east, "--take", out.facts["written"][0])
    assert "signed" in taken.out.casefold()
