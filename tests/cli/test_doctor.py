from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from tests.cli.desks import typed
from tests.small import make_ledger
from tests.small import opened
from tests.small import put

if TYPE_CHECKING:
    from pathlib import Path


def test_doctor__a_whole_ledger(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    done = typed(tmp_path, "doctor", path)
    assert (done.code, done.out) == (0, f"{path} is whole.\n")


def test_doctor__finds_what_was_changed_behind_the_programs_back(
    tmp_path: Path,
) -> None:
    path = make_ledger(tmp_path)
    with opened(path) as ledger:
        put(ledger, "甲院", beds_total=5)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE eci SET beds_total = 500")
    connection.close()
    done = typed(tmp_path, "doctor", path)
    assert done.code == 1
    assert "is not what the change log says" in done.out
