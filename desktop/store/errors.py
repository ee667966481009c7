"""Why a ledger file cannot be used or written, as exceptions that carry a message.

Each says something about the disk, the version or a bug; a change that comes too late
is no exception but a `desktop.store.records.Stale` value.
"""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.core.messages import Message


class StoreError(Exception):
    """Anything that kept the ledger file from being read or written."""

    def __init__(self, text: Message) -> None:
        """Take what to say to the person."""
        super().__init__(text.code, *text.params)
        self.message = text


class MissingLedgerError(StoreError):
    """There is no file."""


class LedgerExistsError(StoreError):
    """A new ledger would stand over an existing file."""


class NotALedgerError(StoreError):
    """The file is empty, or belongs to another program."""


class NewerLedgerError(StoreError):
    """A newer version of the program wrote the file."""


class LockedError(StoreError):
    """Somebody else has the ledger open for writing."""


class ReadOnlyError(StoreError):
    """The folder or the file is write-protected, or was opened for reading only."""


class DiskFullError(StoreError):
    """The disk is full; the transaction was taken back."""


class DiskError(StoreError):
    """The disk failed; nothing was half done."""


class BusyError(DiskError):
    """Another program holds the file, for longer than one can wait."""


class DamagedError(StoreError):
    """The file is not whole."""


class StoppedError(StoreError):
    """A long write was stopped by whoever asked for it; it was taken back."""


class UnfitChangeError(StoreError):
    """A change names what the ledger does not have, or a value of the wrong kind."""


class QueryError(StoreError):
    """A compiled statement could not run, or was no pure question."""


class InterruptedReadError(StoreError):
    """A read was stopped by `Ledger.interrupt`."""


_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_CODE_MASK: Final = 0xFF
"""The primary part of an extended SQLite result code."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's complaints about the disk into ours.

    A complaint that means a bug (a broken constraint, wrong SQL) passes through.
    """
    try:
        yield
    except sqlite3.Error as error:
        ours = _store_error(error, path)
        if ours is None:
            raise
        raise ours from error


@contextmanager
def os_translated(path: Path) -> Iterator[None]:
    """Turn the system's complaints about writing a file into ours."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFullError(message("store.disk_full")) from error
        if isinstance(error, PermissionError) or error.errno == errno.EROFS:
            text = message("store.read_only", path=path.name)
            raise ReadOnlyError(text) from error
        detail = error.strerror or type(error).__name__
        raise DiskError(message("store.disk_failed", detail=detail)) from error


def _store_error(error: sqlite3.Error, path: Path) -> StoreError | None:
    # Python's own complaints (wrong thread, closed cursor) carry no code.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & _CODE_MASK
    match code:
        case sqlite3.SQLITE_FULL:
            return DiskFullError(message("store.disk_full"))
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_PROTOCOL:
            return DiskError(message("store.disk_failed", detail=str(error)))
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return BusyError(message("store.busy"))
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return ReadOnlyError(message("store.read_only", path=path.name))
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return damaged(path, str(error))
        case sqlite3.SQLITE_AUTH:
            return QueryError(message("store.not_a_query"))
        case sqlite3.SQLITE_INTERRUPT:
            return InterruptedReadError(message("store.interrupted"))
        case _ if "decode to UTF-8" in str(error):
            return damaged(path, "UTF-8")
        case _:
            return None


def damaged(path: Path, detail: str) -> DamagedError:
    """Say that a file is not whole."""
    return DamagedError(message("store.damaged", path=path.name, detail=detail))
