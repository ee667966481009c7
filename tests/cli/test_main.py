from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.cli.main import command
from desktop.cli.parser import read
from desktop.cli.words import understood
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words
from tests.cli.desks import typed
from tests.small import make_ledger

if TYPE_CHECKING:
    from pathlib import Path

LINES = {
    "new": "new l --pack p --unit u --period 2025",
    "bring_in": "import l f --form eci",
    "check": "check l",
    "indicators": "indicators l",
    "export": "export l",
    "template": "template inspect f",
    "pack": "pack lint f",
    "doctor": "doctor l",
    "demo": "demo",
}


@pytest.mark.parametrize("name", LINES)
def test_command__each_line_means_its_function(name: str) -> None:
    options = read(understood(Words(CATALOGUE)), LINES[name].split())
    assert command(options).__name__ == name


def test_run__help_goes_to_the_output(tmp_path: Path) -> None:
    asked = typed(tmp_path, "check", "--help")
    assert asked.code == 0
    assert asked.out.startswith("Usage: taizhang check")


def test_run__error_bad_usage(tmp_path: Path) -> None:
    done = typed(tmp_path, "check")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("This is missing: LEDGER. Nothing was done.\nUsage:")


@pytest.mark.parametrize("line", ["check", "indicators", "export", "doctor"])
def test_run__error_no_ledger_there(tmp_path: Path, line: str) -> None:
    done = typed(tmp_path, line, tmp_path / "none.taizhang")
    assert (done.code, done.out) == (2, "")
    assert "There is no ledger at none.taizhang." in done.err


@pytest.mark.parametrize("line", ["check", "indicators", "export"])
def test_run__error_no_such_period(tmp_path: Path, line: str) -> None:
    path = make_ledger(tmp_path)
    done = typed(tmp_path, line, path, "--period", "2031", "--json")
    assert (done.code, done.out) == (2, "")
    assert done.err == "The ledger has no period 2031; it has: 2025.\n"
