"""Ledgers put away (归档): copies that are opened for reading only, for good.

The mark is one of the file's own notes about itself. It keeps people from going on in
the wrong file; it is no lock against somebody who wants to alter the file, and needs
none: the change log shows that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message
from desktop.store import setup
from desktop.store.connection import connect
from desktop.store.connection import transaction
from desktop.store.errors import ReadOnlyError
from desktop.store.errors import translated
from desktop.store.file_checks import check_ledger
from desktop.store.file_checks import sync_file
from desktop.store.migrations import STEPS
from desktop.store.migrations import migrate
from desktop.store.migrations import pending

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from desktop.store.migrations import Step

ARCHIVED: Final = "archived"
"""The note with the day on which a file was put away."""


def put_away(copy: Path, day: str) -> None:
    """Mark a copy that is closed; from then on it is opened for reading only.

    Raises:
        StoreError: It could not be written.
    """
    with translated(copy):
        connection = connect(copy, "rw")
        try:
            with transaction(connection):
                setup.put_meta(connection, ARCHIVED, day)
        finally:
            connection.close()
    sync_file(copy)


def bring_up(path: Path, at: datetime, steps: Sequence[Step] = STEPS) -> None:
    """Let this version of the program read a file that an earlier one put away.

    Raises:
        StoreError: It is no ledger, or could not be written.
    """
    check_ledger(path, len(steps))
    with translated(path):
        connection = connect(path, "rw")
        try:
            if pending(connection, steps):
                migrate(connection, steps, at.isoformat())
        finally:
            connection.close()


def check_in_use(connection: sqlite3.Connection, path: Path) -> None:
    """Check that a file was not put away.

    Raises:
        ReadOnlyError: It was.
    """
    day = setup.read_meta(connection, ARCHIVED)
    if day is not None:
        raise ReadOnlyError(message("store.archived", path=path.name, day=day))
