from __future__ import annotations

import resource
import sqlite3
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from desktop.core.messages import message
from desktop.store import backup
from desktop.store.backup import Copy
from desktop.store.backup import backup_due
from desktop.store.backup import copies
from desktop.store.backup import restore
from desktop.store.backup import superfluous
from desktop.store.backup import verify
from desktop.store.errors import DamagedError
from desktop.store.errors import DiskError
from desktop.store.errors import LedgerExistsError
from desktop.store.errors import ReadOnlyError
from desktop.store.log import GENESIS
from desktop.store.log import Head
from tests.store.cases import do
from tests.store.cases import key
from tests.store.cases import set_cell

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.ledger import Ledger
    from tests.store.cases import Desk

NOON = datetime(2025, 12, 1, 12, tzinfo=UTC)


def test_backup__is_a_whole_ledger(filled: Ledger, tmp_path: Path, desk: Desk) -> None:
    made = filled.backup(tmp_path / "copies")

    assert [copy.name for copy in copies(made.parent)] == [made.name]
    with desk.open(made, read_only=True) as copy:
        assert copy.head() == filled.head()
        assert copy.identity() == filled.identity()
        assert copy.doctor().problems == ()


def test_backup__thins_out(filled: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    stranger = folder / "别人的.taizhang"
    folder.mkdir()
    stranger.touch()
    for number in range(6):
        do(filled, set_cell("a", "beds", 10 + number, 11 + number))
        filled.backup(folder)

    assert [copy.revision for copy in copies(folder)] == [6, 7, 8]
    assert stranger.exists()


def test_superfluous__keeps_each_days_last() -> None:
    there = [
        Copy(number, f"{number}", "line", f"202512{number // 2:02d}")
        for number in range(2, 10)
    ]

    gone = superfluous(there, keep=1)

    assert [copy.revision for copy in gone] == [2, 4, 6]


def test_superfluous__forgets_days_long_past() -> None:
    there = [Copy(day, f"{day}", "line", f"202512{day:02d}") for day in range(1, 21)]

    assert [copy.revision for copy in superfluous(there, keep=5)] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("minutes", "revision", "due"),
    [(29, 8, False), (30, 8, True), (30, 7, False), (-1, 8, True), (-1, 7, False)],
)
def test_backup_due(minutes: int, revision: int, *, due: bool) -> None:
    now = NOON + timedelta(minutes=minutes)

    assert backup_due((NOON, 7), now, revision) is due


def test_backup_due__when_there_is_none() -> None:
    assert backup_due(None, NOON, 1)


def test_restore__goes_on_as_a_new_line(
    filled: Ledger, tmp_path: Path, desk: Desk
) -> None:
    made = filled.backup(tmp_path / "copies")
    do(filled, set_cell("a", "beds", 10, 99))
    again = tmp_path / "again.taizhang"

    restore(made, again)

    with desk.open(again) as ledger:
        record = ledger.record(key("a"))
        assert record is not None
        assert record.cell("beds") == 10
        assert ledger.identity().ledger == filled.identity().ledger
        assert ledger.identity().epoch != filled.identity().epoch
        assert ledger.log(after=filled.head().seq - 1)[-1].title.code == (
            "store.action.restored"
        )
        assert ledger.doctor().problems == ()
        line = ledger.identity()
    with desk.open(again) as ledger:
        assert ledger.identity() == line
    verify(made)


def test_restore__never_over_a_file(filled: Ledger, tmp_path: Path) -> None:
    made = filled.backup(tmp_path / "copies")

    with pytest.raises(LedgerExistsError):
        restore(made, filled.path)


def test_restore__a_damaged_copy__error(filled: Ledger, tmp_path: Path) -> None:
    made = filled.backup(tmp_path / "copies")
    content = bytearray(made.read_bytes())
    content[4096:8192] = bytes(4096)
    made.write_bytes(content)
    target = tmp_path / "again.taizhang"

    with pytest.raises(DamagedError):
        restore(made, target)

    assert not target.exists()
    assert [path.name for path in tmp_path.glob("again*")] == []


def test_verify__another_end_of_the_log__error(filled: Ledger) -> None:
    with pytest.raises(DamagedError):
        verify(filled.path, Head(1, 1, GENESIS))


def test_verify__pages_in_disorder__error(filled: Ledger, tmp_path: Path) -> None:
    made = filled.backup(tmp_path / "copies")
    other = sqlite3.connect(made)
    (root,) = other.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = '_log_of_record'"
    ).fetchone()
    other.close()
    content = bytearray(made.read_bytes())
    # The index loses its first cell and so no longer fits its table.
    place = (root - 1) * 4096 + 3
    content[place : place + 2] = (
        int.from_bytes(content[place : place + 2], "big") - 1
    ).to_bytes(2, "big")
    made.write_bytes(content)

    with pytest.raises(DamagedError):
        verify(made)


def test_backup__no_folder_to_write__error(filled: Ledger, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.touch()

    with pytest.raises(DiskError):
        filled.backup(taken)


def test_backup__full__leaves_the_older_ones(filled: Ledger, tmp_path: Path) -> None:
    made = filled.backup(tmp_path / "copies")
    do(filled, set_cell("a", "beds", 10, 11))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard))
    try:
        with pytest.raises(DiskError):
            filled.backup(made.parent)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert [path.name for path in made.parent.iterdir()] == [made.name]


def test_before_migration__without_a_copy_there_is_none(
    filled: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ReadOnlyError(message("store.read_only", path="x"))

    monkeypatch.setattr(backup, "make", refuse)
    connection = sqlite3.connect(filled.path)

    with pytest.raises(DamagedError) as caught:
        backup.before_migration(connection, filled.path, NOON)

    assert caught.value.message.code == "store.migration_backup"
    connection.close()
