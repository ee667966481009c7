from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from desktop.store import errors

PATH = Path("a.taizhang")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, errors.DiskFullError),
        (sqlite3.SQLITE_IOERR_FSYNC, errors.DiskError),
        (sqlite3.SQLITE_BUSY, errors.BusyError),
        (sqlite3.SQLITE_READONLY_ROLLBACK, errors.ReadOnlyError),
        (sqlite3.SQLITE_CANTOPEN, errors.ReadOnlyError),
        (sqlite3.SQLITE_CORRUPT_INDEX, errors.DamagedError),
        (sqlite3.SQLITE_NOTADB, errors.DamagedError),
        (sqlite3.SQLITE_AUTH, errors.QueryError),
        (sqlite3.SQLITE_INTERRUPT, errors.InterruptedReadError),
    ],
)
def test_translated__what_sqlite_says(code: int, kind: type[errors.StoreError]) -> None:
    complaint = sqlite3.OperationalError("said")
    complaint.sqlite_errorcode = code

    with pytest.raises(kind), errors.translated(PATH):
        raise complaint


def test_translated__text_that_is_none_means_damage() -> None:
    with pytest.raises(errors.DamagedError), errors.translated(PATH):
        raise sqlite3.OperationalError("Could not decode to UTF-8 column 'name'")


def test_translated__a_bug_passes_through() -> None:
    with pytest.raises(sqlite3.IntegrityError), errors.translated(PATH):
        raise sqlite3.IntegrityError("UNIQUE")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, errors.DiskFullError),
        (errno.EACCES, errors.ReadOnlyError),
        (errno.EROFS, errors.ReadOnlyError),
        (errno.EIO, errors.DiskError),
    ],
)
def test_os_translated(number: int, kind: type[errors.StoreError]) -> None:
    with pytest.raises(kind), errors.os_translated(PATH):
        raise OSError(number, "said")
