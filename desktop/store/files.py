"""Making, opening and closing a ledger's file."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.store import reads
from desktop.store import setup
from desktop.store.archived import check_in_use
from desktop.store.connection import connect
from desktop.store.connection import transaction
from desktop.store.errors import NewerLedgerError
from desktop.store.errors import UnfitChangeError
from desktop.store.errors import translated
from desktop.store.file_checks import check_ledger
from desktop.store.file_checks import check_new
from desktop.store.file_checks import check_writable
from desktop.store.file_checks import sync_file
from desktop.store.file_checks import sync_folder
from desktop.store.lock import acquire
from desktop.store.log import ActionLog
from desktop.store.log import Stamp
from desktop.store.log import read_head
from desktop.store.migrations import STEPS
from desktop.store.migrations import check_names
from desktop.store.migrations import migrate
from desktop.store.migrations import pending
from desktop.store.schema import APPLICATION_ID
from desktop.store.shelf import Shelf

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.model import Pack
    from desktop.store.lock import WriterLock
    from desktop.store.migrations import Step
    from desktop.store.reads import PackReader


@frozen
class Origin:
    """Who writes, where times and new ids come from, and who reads the pack."""

    who: str
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    read_pack: PackReader = reads.checked_pack

    def stamp(self, title: Message) -> Stamp:
        """Mark the action that begins now."""
        at = self.clock().isoformat(timespec="milliseconds")
        return Stamp(self.new_id(), title, at, self.who)


@frozen
class NewLedger:
    """What a new ledger starts with; the first unit is the root."""

    pack: Pack
    units: tuple[Unit, ...]
    period: Period


@frozen
class OpenFile:
    """A file that is open; without `lock` only for reading."""

    path: Path
    connection: sqlite3.Connection
    lock: WriterLock | None
    shelf: Shelf

    def close(self) -> None:
        """Close it and let others write."""
        self.connection.close()
        if self.lock is not None:
            self.lock.release()


def create_file(path: Path, new: NewLedger, origin: Origin) -> OpenFile:
    """Make a ledger under another name, then give it its own and open it.

    Raises:
        StoreError: See `Ledger.create`; nothing is left behind.
    """
    check_new(path)
    if new.period.kind is not new.pack.period_kind:
        text = message("store.period_kind", period=new.period.code)
        raise UnfitChangeError(text)
    lock = acquire(path, origin.who)
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        try:
            with translated(path):
                _fill(part, new, origin)
            sync_file(part)
            # Again, in case somebody else was quicker; the lock keeps out our own.
            check_new(path)
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(path.parent)
        return _open_locked(path, origin, lock, STEPS)
    except BaseException:
        lock.release()
        raise


def _fill(part: Path, new: NewLedger, origin: Origin) -> None:
    from desktop.store.relaying import create_tables  # noqa: PLC0415 - opening need not wait for it
    from desktop.store.write import write_action  # noqa: PLC0415 - same

    connection = connect(part, "rwc")
    try:
        # It is a ledger once it has been synced as a whole and has its name.
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        stamp = origin.stamp(message("store.action.created"))
        migrate(connection, STEPS, stamp.at)
        with transaction(connection):
            log = ActionLog(read_head(connection), stamp)
            identity = setup.Identity(origin.new_id(), origin.new_id())
            setup.put_identity(connection, identity, None, log)
            row = setup.add_pack(connection, new.pack, None, log)
            create_tables(connection, {row: new.pack})
            setup.add_units(connection, new.units, log)
            setup.add_period(connection, new.period, row, None, log)
            blank = [
                *setup.blank_records(new.pack, [new.period], new.units),
                *setup.answer_records(new.pack, new.period, new.units[0]),
            ]
            shelf = Shelf((row,), {new.period.code: row}, lambda _: new.pack)
            write_action(connection, shelf, blank, log)
    finally:
        connection.close()


def open_file(
    path: Path,
    origin: Origin,
    *,
    read_only: bool = False,
    steps: Sequence[Step] = STEPS,
) -> OpenFile:
    """Open a ledger's file, bringing it to this program's version if need be.

    Raises:
        StoreError: See `Ledger.open`; the file is left as it is.
    """
    check_ledger(path, len(steps))
    if read_only:
        with translated(path), _closing_on_error(connect(path, "ro")) as connection:
            if pending(connection, steps):
                raise NewerLedgerError(message("store.older", path=path.name))
            check_names(connection, steps, path)
            return _described(path, connection, None, origin)
    check_writable(path)
    lock = acquire(path, origin.who)
    try:
        return _open_locked(path, origin, lock, steps)
    except BaseException:
        lock.release()
        raise


def _open_locked(
    path: Path, origin: Origin, lock: WriterLock, steps: Sequence[Step]
) -> OpenFile:
    with translated(path), _closing_on_error(connect(path, "rw")) as connection:
        check_in_use(connection, path)
        if pending(connection, steps):
            from desktop.store import backup  # noqa: PLC0415 - opening need not wait for it

            at = origin.clock()
            backup.before_migration(connection, path, at)
            migrate(connection, steps, at.isoformat())
        check_names(connection, steps, path)
        file = _described(path, connection, lock, origin)
        if setup.is_copy(connection):
            _begin_line(connection, origin)
        return file


def _begin_line(connection: sqlite3.Connection, origin: Origin) -> None:
    """Let a backup go on as a ledger, as a new line that others can tell apart."""
    stamp = origin.stamp(message("store.action.restored"))
    with transaction(connection):
        before = setup.read_identity(connection)
        log = ActionLog(read_head(connection), stamp)
        setup.clear_mark(connection)
        now = setup.Identity(before.ledger, origin.new_id())
        setup.put_identity(connection, now, before.epoch, log)
        log.write(connection)


def _described(
    path: Path,
    connection: sqlite3.Connection,
    lock: WriterLock | None,
    origin: Origin,
) -> OpenFile:
    """Read what the file's tables mean."""
    rows, periods = reads.pack_rows(connection, path)

    def read(row: int) -> Pack:
        return reads.pack(connection, path, row, origin.read_pack)

    shelf = Shelf(rows, periods, read)
    # A pack that cannot be read is better told of now than in the middle of work.
    shelf.at(rows[-1])
    return OpenFile(path, connection, lock, shelf)


@contextmanager
def _closing_on_error(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    try:
        yield connection
    except BaseException:
        connection.close()
        raise
