"""How a ledger file is opened: a whole file at any moment, and nothing trusted in it.

A rollback journal and a full sync at every commit, never WAL: people copy the one file
with the file manager, and WAL with relaxed syncs loses acknowledged work (measured).
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING
from typing import Final

from desktop.store.file_checks import uri
from desktop.store.sort_key import FUNCTION
from desktop.store.sort_key import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from pathlib import Path

BUSY_SECONDS: Final = 5.0
"""How long to wait for a virus scanner or a copying file manager to let go."""

ROOM_KIB: Final = 64 * 1024
"""Of pages held while many files are taken in at once."""

_SETTINGS: Final = (
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
)


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open a file; `mode` is `ro`, `rw` or `rwc`. Transactions are begun by hand.

    Raises:
        sqlite3.Error: The caller knows what to make of it.
    """
    # A file from elsewhere may carry WAL; for reading that is left as it is.
    return _opened(uri(path.absolute(), mode), _SETTINGS[mode == "ro" :])


def copied(source: sqlite3.Connection) -> sqlite3.Connection:
    """Copy a whole ledger into a private file without a name, gone when it is closed.

    Raises:
        sqlite3.Error: There is no room for it, or the source cannot be read.
    """
    copy = _opened("", _SETTINGS[1:])
    try:
        source.backup(copy)
    except sqlite3.Error:
        copy.close()
        raise
    return copy


def _opened(name: str, settings: Iterable[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(
        name,
        uri=True,
        isolation_level=None,
        timeout=BUSY_SECONDS,
        cached_statements=256,
    )
    try:
        for setting in settings:
            connection.execute(setting)
        connection.create_function(FUNCTION, 1, sort_key, deterministic=True)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def roomy(connection: sqlite3.Connection) -> Iterator[None]:
    """Keep the pages of a large transaction in memory while it is being written.

    With the room there is by itself, SQLite writes them out and reads them again many
    times before the COMMIT.
    """
    ((usual,),) = connection.execute("PRAGMA cache_size")
    connection.execute(f"PRAGMA cache_size = -{ROOM_KIB}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {usual}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do everything inside or nothing of it; a ROLLBACK inside is nothing too."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        if connection.in_transaction:
            connection.execute("COMMIT")
    except BaseException:
        # A full disk makes SQLite take it all back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
