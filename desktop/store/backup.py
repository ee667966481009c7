"""Copies of a ledger: written aside, verified by opening them, thinned out.

A copy carries a mark, so that a ledger that goes on from it is known as a new line
(`desktop.store.setup.Identity`). Its name tells line, time and revision.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message
from desktop.store import schema
from desktop.store import setup
from desktop.store.connection import connect
from desktop.store.connection import transaction
from desktop.store.errors import DamagedError
from desktop.store.errors import StoreError
from desktop.store.errors import damaged
from desktop.store.errors import os_translated
from desktop.store.errors import translated
from desktop.store.file_checks import check_new
from desktop.store.file_checks import sync_file
from desktop.store.file_checks import sync_folder
from desktop.store.log import Head
from desktop.store.log import read_head

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path
    from typing import TypeAlias

    from desktop.store.setup import Identity

    Watch: TypeAlias = Callable[[int, int], object]
    """Is told how many pages are copied, of how many; what it raises stops the work."""

LEAST: Final = 3
"""Copies that are always kept."""
DAYS: Final = 14
"""For so many days with copies, the day's last one is kept."""
PAGES: Final = 2000
"""Pages copied between two words on progress: 8 MB."""
INTERVAL: Final = timedelta(minutes=30)

_NAME: Final = re.compile(r".*-(\w{8})-(\d{8})T\d{6}-r(\d+)\.taizhang")


@dataclass(frozen=True, slots=True, order=True)
class Copy:
    """A copy in a folder; order is by revision, for the clock may be wrong."""

    revision: int
    name: str
    line: str
    day: str


def copies(folder: Path) -> list[Copy]:
    """List the copies in a folder by their names, oldest first."""
    found = []
    for path in folder.glob("*.taizhang"):
        match = _NAME.fullmatch(path.name)
        if match:
            found.append(Copy(int(match[3]), path.name, match[1], match[2]))
    return sorted(found)


def line_of(identity: Identity) -> str:
    """Write the line of a ledger as the names of its copies have it."""
    return re.sub(r"\W", "0", identity.epoch)[:8].ljust(8, "0")


def backup_due(last: tuple[datetime, int] | None, now: datetime, revision: int) -> bool:
    """Tell whether a copy should be made; `last` is the last one's time and revision.

    One is due half an hour of work after the last one, and at once where there is none
    or the clock has been set back.
    """
    if last is None:
        return True
    at, copied = last
    return revision != copied and not at <= now < at + INTERVAL


def superfluous(there: Sequence[Copy], keep: int) -> list[Copy]:
    """Choose the copies of one line that need not be kept, from oldest to newest."""
    kept = set(there[-max(keep, LEAST) :])
    last_of_day = {copy.day: copy for copy in there}
    kept.update(last_of_day[day] for day in sorted(last_of_day)[-DAYS:])
    return [copy for copy in there if copy not in kept]


def make(
    connection: sqlite3.Connection,
    path: Path,
    folder: Path,
    at: datetime,
    watch: Watch = lambda _done, _total: None,
) -> Path:
    """Write a verified copy into a folder; `watch` is told of pages done and in all.

    Raises:
        StoreError: It could not be written, or is not what it was copied from.
    """
    head, identity = read_head(connection), setup.read_identity(connection)
    name = f"{path.stem}-{line_of(identity)}-{at:%Y%m%dT%H%M%S}-r{head.revision}"
    name += ".taizhang"
    target = folder / name
    part = target.with_name(f"{name}.part")
    with os_translated(target):
        folder.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        try:
            with translated(target):
                _copy(connection, part, identity.epoch, watch)
            sync_file(part)
            verify(part, head)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(folder)
    return target


def _copy(connection: sqlite3.Connection, part: Path, epoch: str, watch: Watch) -> None:
    target = connect(part, "rwc")
    try:
        connection.backup(
            target,
            pages=PAGES,
            progress=lambda _, left, total: watch(total - left, total),
        )
        with transaction(target):
            target.execute(
                f"INSERT OR REPLACE INTO {schema.META} VALUES (?, ?)",
                (setup.COPY_OF, epoch),
            )
    finally:
        target.close()


def verify(copy: Path, head: Head | None = None) -> None:
    """Open a copy and check its pages, and that its log ends where it should.

    Raises:
        StoreError: It is not whole.
    """
    with translated(copy):
        connection = connect(copy, "ro")
        try:
            (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if answer != "ok":
                raise damaged(copy, str(answer))
            if head is not None and read_head(connection) != head:
                raise damaged(copy, "head")
        finally:
            connection.close()


def thin(folder: Path, made: Path, keep: int) -> None:
    """Remove the superfluous copies of the line a new copy belongs to."""
    there = copies(folder)
    line = next(copy.line for copy in there if copy.name == made.name)
    with os_translated(folder):
        for copy in superfluous([each for each in there if each.line == line], keep):
            (folder / copy.name).unlink(missing_ok=True)


def restore(copy: Path, path: Path) -> None:
    """Put a verified copy where a ledger shall go on; nothing is overwritten.

    The damaged ledger, if there is one, stays: choose another name beside it. Opening
    the new file for writing makes it a line of its own.

    Raises:
        StoreError: The copy is not whole, or the place is taken or full.
    """
    check_new(path)
    part = path.with_name(path.name + ".part")
    with os_translated(path):
        try:
            shutil.copyfile(copy, part)
            sync_file(part)
            verify(part)
            check_new(path)
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(path.parent)


def before_migration(connection: sqlite3.Connection, path: Path, at: datetime) -> None:
    """Copy a ledger aside before its tables change.

    Raises:
        DamagedError: No verified copy could be made.
    """
    try:
        make(connection, path, path.parent, at)
    except StoreError as error:
        raise DamagedError(message("store.migration_backup")) from error
