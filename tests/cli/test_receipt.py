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
from tests.exchange.townships import skipped
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def county(tmp_path: Path) -> Path:
    desks = Desks(tmp_path)
    path = desks.new(*county_units())
    with opened(path) as ledger, opened(desks.new(street(EAST))) as east:
        add(east, "甲院", EAST, beds_total=10, beds_nursing=30)
        take(ledger, submit(east, "first.xlsx"))
        beds(east, "甲院", 11)
        take(ledger, submit(east, "second.xlsx"))
        beds(east, "甲院", 12)
        take(ledger, submit(east, "third.xlsx"), wish=skipped)
    return path


@pytest.mark.unmeasured
def test_receipt__of_all_that_count(county: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    done = typed(tmp_path, "receipt", county, "--all", "--out", out)

    assert done.code == 0, done.err
    assert "养老机构调查表: 1 records; open 1 强制性, 0 核实性; explained 0" in done.out
    assert len(list(out.glob("*.tzr"))) == 2
    assert len(list(out.glob("*.pdf"))) == 2
    facts = typed(tmp_path, "receipt", county, "second.xlsx", "--json").facts
    (told,) = facts["receipts"]
    assert (told["state"], told["unit_name"]) == ("received", "华阳路街道")
    assert [form["errors"] for form in told["forms"]] == [1, 0]


def test_receipt__accept_and_not(county: Path, tmp_path: Path) -> None:
    accepted = typed(tmp_path, "receipt", county, "second.xlsx", "--accept")
    assert accepted.code == 0, accepted.err
    assert "accepted" in accepted.out
    listed = typed(tmp_path, "receipt", county)
    assert [line.split()[-1] for line in listed.out.splitlines()] == [
        "received",
        "accepted",
    ]
    twice = typed(tmp_path, "receipt", county, "second.xlsx", "--accept")
    assert (twice.code, "accepted already on" in twice.err) == (2, True)

    back = typed(tmp_path, "receipt", county, "second.xlsx", "--unaccept")

    assert back.code == 0
    assert "received" in back.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("third.xlsx",), "does not count at present"),
        (("third.xlsx", "--accept"), "does not count at present"),
        (("--accept",), "Name one package"),
        (("first.xlsx", "--accept", "--unaccept"), "Name one package"),
        (("first.xlsx", "--unaccept"), "The package is not accepted"),
        (("none",), "No package none"),
        (("--take", "none.tzr"), "The file none.tzr cannot be read"),
    ],
)
def test_receipt__error(
    county: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = typed(tmp_path, "receipt", county, *words)

    assert done.code == 2
    assert said in done.err


def test_receipt__nothing_yet(tmp_path: Path) -> None:
    empty = Desks(tmp_path).new(*county_units())

    done = typed(tmp_path, "receipt", empty)

    assert done.code == 0
    assert "No package has been received and no receipt has come." in done.out
