from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from desktop.cli.desk import CannotRunError
from desktop.cli.desk import period_of
from desktop.core.messages import message
from desktop.store.errors import MissingLedgerError
from tests.cli.desks import make_desk
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened

if TYPE_CHECKING:
    from pathlib import Path


def test_desk__says_answers_and_complains(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.tell("{path} is whole.", path="a")
    desk.line("b")
    desk.told(message("cli.no-unit-here", unit="x"), "  ")
    desk.answer({"县": 1})
    desk.complain(message("cli.no-unit-here", unit="y"))
    assert isinstance(desk.out, io.StringIO)
    assert isinstance(desk.err, io.StringIO)
    assert desk.out.getvalue() == (
        'a is whole.\nb\n  The ledger has no unit x.\n{\n  "县": 1\n}\n'
    )
    assert desk.err.getvalue() == "The ledger has no unit y.\n"


def test_open__error_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(MissingLedgerError):
        make_desk(tmp_path).open(tmp_path / "none.taizhang")


def test_period_of__the_latest_or_the_one_named(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        assert period_of(ledger, None) == YEAR
        assert period_of(ledger, "2025") == YEAR


@pytest.mark.parametrize("wanted", ["2024", "soon"])
def test_period_of__error_names_those_there_are(tmp_path: Path, wanted: str) -> None:
    with opened(make_ledger(tmp_path)) as ledger, pytest.raises(CannotRunError) as no:
        period_of(ledger, wanted)
    assert no.value.message == message(
        "cli.unknown-period", period=wanted, periods="2025"
    )
