"""The ledger: one SQLite file that is whole by itself.

A `Ledger` is synchronous and belongs to the thread that opened it; only `interrupt` may
be called from another one.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from desktop.core.messages import message
from desktop.store import backup
from desktop.store import doctor
from desktop.store import reads
from desktop.store import setup
from desktop.store.connection import transaction
from desktop.store.errors import DiskError
from desktop.store.errors import QueryError
from desktop.store.errors import ReadOnlyError
from desktop.store.errors import UnfitChangeError
from desktop.store.errors import damaged
from desktop.store.errors import translated
from desktop.store.files import NewLedger
from desktop.store.files import Origin
from desktop.store.files import create_file
from desktop.store.files import open_file
from desktop.store.log import ActionLog
from desktop.store.log import Head
from desktop.store.log import entries
from desktop.store.log import read_head
from desktop.store.records import Stale
from desktop.store.records import View
from desktop.store.write import write_action

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path
    from typing import Self

    from desktop.core.cells import Cell
    from desktop.core.changes import Action
    from desktop.core.changes import Change
    from desktop.core.changes import RecordKey
    from desktop.core.findings import RecordId
    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.fields import Binding
    from desktop.forms.model import Pack
    from desktop.store.doctor import Checked
    from desktop.store.doctor import Diagnosis
    from desktop.store.files import OpenFile
    from desktop.store.records import Answer
    from desktop.store.records import Entry
    from desktop.store.records import Record
    from desktop.store.setup import Identity
    from desktop.store.tables import FormTable

_ANY_FORM = View()


class Ledger:
    """One open ledger; made by `create` or `open`."""

    def __init__(self, file: OpenFile, origin: Origin) -> None:
        """Take an open file; see `create` and `open`."""
        self.path = file.path
        self.read_only = file.lock is None
        self._file = file
        self._origin = origin
        self._connection = file.connection
        self._questions = reads.Questions(file.connection)
        self._pack_row, self._pack = file.pack_row, file.pack
        self._tables = file.tables
        self._units: tuple[Unit, ...] | None = None
        self._unit_by_code: Mapping[str, Unit] = {}
        self._guard = Lock()
        self._writing = False
        self._stopped = False

    @classmethod
    def create(  # noqa: PLR0913 - keywords name them
        cls,
        path: Path,
        *,
        pack: Pack,
        units: Sequence[Unit],
        period: Period,
        who: str,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> Ledger:
        """Make a new ledger and open it; the first unit is the root of the others.

        Raises:
            LedgerExistsError: There is a file already; it is left as it is.
            StoreError: The folder, the disk or the units do not allow it.
        """
        origin = Origin(who, clock, new_id)
        new = NewLedger(pack, tuple(units), period)
        return cls(create_file(path, new, origin), origin)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        who: str,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        read_only: bool = False,
    ) -> Ledger:
        """Open a ledger; a backup that is opened for writing goes on as a new line.

        Raises:
            StoreError: Of the kind that says why not; the file is left as it is.
        """
        origin = Origin(who, clock, new_id)
        return cls(open_file(path, origin, read_only=read_only), origin)

    def close(self) -> None:
        """Close the file and let others write; closing twice is harmless."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- Writing ---------------------------------------------------------

    def apply(self, action: Action) -> Answer:
        """Do all of an action, with its log entries, in one transaction.

        When this returns `Applied`, the action is on the disk. A `Stale` answer lists
        every place that is no longer as the action found it; nothing was written.

        Raises:
            UnfitChangeError: A change names what the ledger does not have, or a value
                its field cannot hold.
            StoreError: The disk did not take it; nothing was half done.
        """
        changes = action.changes
        try:
            return self._write(action.title, lambda _: changes)
        except DiskError:
            # An error that passes, such as a virus scanner's, deserves one more try.
            return self._write(action.title, lambda _: changes)

    def add_period(self, period: Period, copy_from: Period | None = None) -> Answer:
        """Add a period, with the rosters of another one if wanted, as one action.

        Facilities keep their identity; texts, choices, dates and yes or no are copied,
        numbers are left blank. Forms that every unit answers get their records.

        Raises:
            UnfitChangeError: The period is there, or is none of this ledger's kind.
            StoreError: The disk did not take it.
        """
        there = self.periods()
        pack = self.pack()
        if period in there:
            raise UnfitChangeError(message("store.period-exists", period=period.code))
        if period.kind is not pack.period_kind:
            raise UnfitChangeError(message("store.period-kind", period=period.code))
        if copy_from is not None and copy_from not in there:
            raise UnfitChangeError(
                message("store.unknown-period", period=copy_from.code)
            )

        def changes(log: ActionLog) -> Sequence[Change]:
            connection = self._connection
            setup.add_period(connection, period, copy_from, log)
            added = [*setup.blank_records(pack, [period], self.units())]
            if copy_from is not None:
                both = (copy_from, period)
                added += setup.copied_records(connection, pack, self._tables, both)
            return added

        return self._write(message("store.action.period", period=period.code), changes)

    def add_units(self, units: Sequence[Unit]) -> Answer:
        """Add units below those there are, with the records every unit answers.

        Raises:
            UnfitChangeError: A unit is there already or hangs in the air.
            StoreError: The disk did not take it.
        """

        def changes(log: ActionLog) -> Sequence[Change]:
            setup.add_units(self._connection, units, log)
            return [*setup.blank_records(self.pack(), self.periods(), units)]

        try:
            return self._write(message("store.action.units"), changes)
        finally:
            self._units = None

    def _write(
        self, title: Message, changes: Callable[[ActionLog], Sequence[Change]]
    ) -> Answer:
        if self.read_only:
            raise ReadOnlyError(message("store.opened-read-only"))
        with self._exclusive(), translated(self.path):
            connection = self._connection
            stamp = self._origin.stamp(title)
            with transaction(connection):
                log = ActionLog(read_head(connection), stamp)
                answer = write_action(
                    connection, self._tables, changes(log), log, self._pack_row
                )
                if isinstance(answer, Stale):
                    connection.execute("ROLLBACK")
            return answer

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        """Keep `interrupt` away from a write, and end what it has stopped already."""
        with self._guard:
            self._writing = True
            if self._stopped:
                # SQLite interrupts whatever starts while a stopped read is still open.
                self._questions.stop()
                self._stopped = False
        try:
            yield
        finally:
            with self._guard:
                self._writing = False

    # --- Reading ---------------------------------------------------------

    def pack(self) -> Pack:
        """Give the reporting system the ledger is kept under."""
        return self._pack

    def units(self) -> tuple[Unit, ...]:
        """Give the units in their order, the root first."""
        if self._units is None:
            with self._reading():
                self._units = reads.units(self._connection)
            self._unit_by_code = {unit.code: unit for unit in self._units}
        return self._units

    def periods(self) -> tuple[Period, ...]:
        """Give the periods, earliest first."""
        with self._reading():
            return reads.periods(self._connection)

    def identity(self) -> Identity:
        """Tell which ledger this is, and which line of its copies."""
        with self._reading():
            return setup.read_identity(self._connection)

    def head(self) -> Head:
        """Give the end of the change log's chain, to be kept elsewhere."""
        with self._reading():
            return read_head(self._connection)

    def count(self, form: str, period: str, unit: str | None = None) -> int:
        """Count the records of a form, of one unit and all below it if one is named."""
        with self._reading():
            return reads.count(self._connection, self._table(form), period, unit)

    def ids(self, form: str, period: str, view: View = _ANY_FORM) -> list[RecordId]:
        """List the records of a form and period as a view wants them.

        Raises:
            KeyError: The view names a field the form does not have.
        """
        with self._reading():
            return reads.ids(self._connection, self._table(form), period, view)

    def rows(self, form: str, ids: Sequence[RecordId]) -> list[Record]:
        """Read records in the order asked for; one that is gone is left out."""
        table = self._table(form)
        self.units()
        with self._reading():
            return reads.rows(self._connection, table, ids, self._bound)

    def record(self, key: RecordKey) -> Record | None:
        """Read one record; None when there is none."""
        table = self._table(key.form)
        self.units()
        with self._reading():
            return reads.record(self._connection, table, key, self._bound)

    def notes(self, key: RecordKey) -> dict[str, str]:
        """Read the notes of a record by topic."""
        with self._reading():
            return reads.notes(self._connection, key)

    def notes_of(self, form: str, period: str) -> dict[RecordKey, dict[str, str]]:
        """Read the notes of all records of a form and period."""
        with self._reading():
            return reads.notes_of(self._connection, self._table(form), period)

    def nil(self, form: str, period: str, unit: str) -> bool:
        """Tell whether a unit has declared that it has nothing to report (零报告)."""
        return (form, unit) in self.nils(period)

    def nils(self, period: str) -> frozenset[tuple[str, str]]:
        """Give the nil returns of a period as `(form, unit)`."""
        with self._reading():
            return reads.nils(self._connection, period)

    def history(self, key: RecordKey, field: str | None = None) -> tuple[Entry, ...]:
        """Read what happened to a record, or to one cell of it, earliest first."""
        where = "WHERE form = ? AND period = ? AND facility = ? ORDER BY seq"
        place = (key.form, key.period, key.facility)
        with self._reading():
            found = tuple(entries(self._connection, self._tables, where, place))
        if field is None:
            return found
        return tuple(entry for entry in found if field in entry.after)

    def log(self, after: int = 0, limit: int = 1000) -> tuple[Entry, ...]:
        """Read the entries of the change log behind one, earliest first."""
        where = "WHERE seq > ? ORDER BY seq LIMIT ?"
        with self._reading():
            return tuple(entries(self._connection, self._tables, where, (after, limit)))

    def query(
        self, sql: str, params: Mapping[str, object] | None = None
    ) -> Iterator[tuple[object, ...]]:
        """Run one compiled SELECT and give its rows as they come.

        Rows may be read with edits in between. After `interrupt`, or after an edit
        that had to end a stopped read, the next row raises `InterruptedReadError`.

        Raises:
            QueryError: The statement is wrong, or could change the file; it was not
                run.
            StoreError: The file cannot be read, or the read was stopped.
        """
        with self._reading():
            try:
                yield from self._questions.ask(sql, params or {})
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
                    raise
                text = message("store.query-failed", detail=str(error))
                raise QueryError(text) from error

    def interrupt(self) -> None:
        """Stop the reads that are running; from any thread. A write is not touched."""
        with self._guard:
            if not self._writing:
                self._stopped = True
                self._connection.interrupt()

    # --- Keeping ---------------------------------------------------------

    def doctor_steps(self) -> Iterator[Checked]:
        """Check everything a piece at a time; each step tells what it looked at."""
        return doctor.steps(self._connection, self._tables, self.path)

    def doctor(self) -> Diagnosis:
        """Check everything: file, log, records, units, notes, pack."""
        return doctor.diagnose(self.doctor_steps())

    def backup(self, folder: Path, keep: int = 3) -> Path:
        """Write a verified copy into a folder and thin out the older ones.

        Raises:
            StoreError: It could not be written or verified; older copies are left.
        """
        at = self._origin.clock()
        with translated(self.path):
            made = backup.make(self._connection, self.path, folder, at)
        backup.thin(folder, made, keep)
        return made

    def _table(self, form: str) -> FormTable:
        return self._tables[form]

    def _bound(self, binding: Binding, unit: str, period: str) -> Cell:
        return reads.bound_cell(self._unit_by_code, binding, unit, period)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Say what a row means that cannot be understood, or a read that was ended."""
        with translated(self.path):
            try:
                yield
            except ValueError as error:
                raise damaged(self.path, str(error)) from error
