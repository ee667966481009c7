from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.desks import typed
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.desks import Typed


@pytest.fixture
def county(tmp_path: Path) -> Path:
    desks = Desks(tmp_path)
    with opened(desks.new(street(EAST))) as east:
        add(east, "甲院", EAST, beds_total=10)
        read = submit(east, "east.xlsx")
    path = desks.new(*county_units())
    with opened(path) as ledger:
        take(ledger, read)
    return path


def board(county: Path, *words: str) -> Typed:
    return typed(county.parent, "board", county, *words)


def test_record__excuse_expect_and_forget(county: Path) -> None:
    told = board(county, "--excuse", f"{WEST}=撤并", "--grace", f"{WEST}=停电")
    assert told.code == 0
    assert "Excused: 撤并; recorded 2026-01-02 03:04 by 张三" in told.out
    assert "Exception, until any day: 停电" in told.out
    back = board(county, "--forget", WEST)
    assert back.code == 1
    assert "Excused" not in back.out
    assert "Exception" not in back.out
    assert board(county, "--forget", WEST).code == 1
    again = board(county, "--expect", f"{WEST}=文件要求")
    assert "Expected besides: 文件要求" in again.out


def test_record__an_exception_up_to_a_day(county: Path) -> None:
    words = ("--deadline", "2026-01-01", "--lock")
    assert "The period is locked" in board(county, *words).out
    told = board(county, "--grace", f"{WEST}=停电", "--until", "2026-01-09")
    assert "Exception, until 2026-01-09: 停电" in told.out
    assert "Not due yet" in told.out
    assert "locked" not in board(county, "--unlock").out


def test_record__a_form_that_is_not_asked(county: Path) -> None:
    told = board(county, "--spare", "eci=县里填")
    assert "Not asked of the units below: 养老机构调查表 (县里填)" in told.out
    assert "    area 1\n" in told.out
    assert board(county, "--json").facts["spared"] == ["eci"]
    assert "Not asked" not in board(county, "--forget", "eci").out
    assert board(county, "--forget", "eci").code == 1


def test_record__made_on_its_behalf(county: Path) -> None:
    told = board(county, "--instead", "east.xlsx=电脑坏了", "--who", "李科")
    assert "Received (on its behalf)" in told.out
    assert "Made on its behalf by 李科: 电脑坏了" in told.out
    assert "1 of them on their behalf" in told.out
    back = board(county, "--forget", "east.xlsx")
    assert "behalf by" not in back.out
    assert board(county, "--forget", "east.xlsx").code == 1
    own = board(county, "--instead", "east.xlsx=电脑坏了")
    assert "on its behalf by 张三" in own.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--excuse", "310105099=x"), "no unit 310105099"),
        (("--excuse", f"{EAST}="), "Please give the reason"),
        (("--excuse", EAST), "--excuse"),
        (("--grace", f"{EAST}=x", "--until", "bald"), "bald is no day"),
        (("--deadline", "bald"), "bald is no day"),
        (("--instead", "no.xlsx=x"), "no.xlsx"),
        (("--forget", "310105099"), "310105099"),
        (("--spare", "adm=x"), "hand in no form adm"),
        (("--lock",), "No deadline is set"),
        (("--deadline", "2026-01-02", "--lock"), "is not over yet"),
        (("--lock", "--unlock"), "given together"),
    ],
)
def test_record__what_may_not_be_is_said(
    county: Path, words: tuple[str, ...], says: str
) -> None:
    told = board(county, *words)
    assert told.code == 2
    assert says in told.err
    assert told.out == ""


def test_record__of_a_ledger_that_changed_meanwhile(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.app.ledgers.home_board import set_deadline

    def stale(*given: object) -> object:
        from datetime import date

        period, _, after = given
        return set_deadline(period, date(2000, 1, 1), after)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr("desktop.cli.board_recording.set_deadline", stale)
    told = board(county, "--deadline", "2026-01-05")
    assert told.code == 2


@pytest.mark.unmeasured
def test_lock__receive_takes_nothing_late_without_an_exception(tmp_path: Path) -> None:
    """Through the real files and commands, as at a county."""
    desks = Desks(tmp_path)
    east, path = desks.new(street(EAST)), desks.new(*county_units())
    with opened(east) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
    made = typed(tmp_path, "submit", east, "--to", tmp_path, "--no-pdf", "--json")
    [file] = made.facts["files"]
    assert board(path, "--deadline", "2026-01-01", "--lock").code == 1
    refused = typed(tmp_path, "receive", path, file, "--all-new")
    assert refused.code != 0
    assert "the period is locked" in refused.out + refused.err
    assert "Not handed in" in board(path).out
    board(path, "--grace", f"{EAST}=停电")
    taken = typed(tmp_path, "receive", path, file, "--all-new")
    assert taken.code == 0, taken.err
    told = board(path, "--json").facts["lines"][0]
    assert (told["came"], told["timely"], told["days_late"]) == ("received", "late", 1)
