"""The reading half of a ledger: records, notes, the log, and compiled questions."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message
from desktop.store import reads
from desktop.store import setup
from desktop.store.choice_rows import read_choices
from desktop.store.errors import QueryError
from desktop.store.errors import damaged
from desktop.store.errors import translated
from desktop.store.log import Head
from desktop.store.log import entries
from desktop.store.log import read_head
from desktop.store.records import View
from desktop.store.unit_rows import read_units

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.core.changes import RecordKey
    from desktop.core.findings import RecordId
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.fields import Binding
    from desktop.forms.model import Pack
    from desktop.store.files import OpenFile
    from desktop.store.records import Entry
    from desktop.store.records import Record
    from desktop.store.setup import Identity
    from desktop.store.tables import FormTable

_EVERYTHING = View()
_WRONG_QUESTION: Final = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG})


class Reader:
    """What can be asked of an open ledger file.

    Every read raises a `StoreError` where the file cannot be read or is damaged, and
    `KeyError` for a form the pack does not have.
    """

    def __init__(self, file: OpenFile) -> None:
        """Take an open file."""
        self.path = file.path
        self.read_only = file.lock is None
        self._file = file
        self._connection = file.connection
        self._questions = reads.Questions(file.connection)
        self._shelf = file.shelf
        self._units: tuple[Unit, ...] | None = None
        self._unit_by_code: Mapping[str, Unit] = {}
        self._guard = Lock()
        self._writing = False

    def pack(self, period: str | None = None) -> Pack:
        """Give the reporting system a period is kept under; the newest without one."""
        with self._reading():
            if period is None:
                return self._shelf.newest.pack
            return self._shelf.of(period).pack

    def units(self) -> tuple[Unit, ...]:
        """Give the units in their order, the root first."""
        if self._units is None:
            with self._reading():
                self._units = read_units(self._connection)
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
        table = self._table(form, period)
        with self._reading():
            return reads.count(self._connection, table, period, unit)

    def ids(self, form: str, period: str, view: View = _EVERYTHING) -> list[RecordId]:
        """List the records of a form and period as a view wants them.

        Raises:
            KeyError: The view names a field the form does not have.
        """
        table = self._table(form, period)
        with self._reading():
            return reads.ids(self._connection, table, period, view)

    def rows(self, form: str, ids: Sequence[RecordId]) -> list[Record]:
        """Read records in the order asked for; one that is gone is left out."""
        shelf = self._shelf
        tables = {row: shelf.at(row).tables[form] for row in shelf.rows_with(form)}
        self.units()
        with self._reading():
            return reads.rows(self._connection, tables, ids, self._bound)

    def record(self, key: RecordKey) -> Record | None:
        """Read one record; None when there is none."""
        table = self._table(key.form, key.period)
        self.units()
        with self._reading():
            return reads.record(self._connection, table, key, self._bound)

    def notes(self, key: RecordKey) -> dict[str, str]:
        """Read the notes of a record by topic."""
        with self._reading():
            return reads.notes(self._connection, key)

    def notes_of(self, form: str, period: str) -> dict[RecordKey, dict[str, str]]:
        """Read the notes of all records of a form and period."""
        table = self._table(form, period)
        with self._reading():
            return reads.notes_of(self._connection, table, period)

    def nil(self, form: str, period: str, unit: str) -> bool:
        """Tell whether a unit has declared that it has nothing to report (零报告)."""
        return (form, unit) in self.nils(period)

    def nils(self, period: str) -> frozenset[tuple[str, str]]:
        """Give the nil returns of a period as `(form, unit)`."""
        with self._reading():
            return reads.nils(self._connection, period)

    def choices(self, period: str) -> dict[str, str]:
        """Give what was chosen for a period: an option or a number, by name."""
        with self._reading():
            return read_choices(self._connection, period)

    def history(self, key: RecordKey, field: str | None = None) -> tuple[Entry, ...]:
        """Read what happened to a record, or to one cell of it, earliest first."""
        where = "WHERE form = ? AND period = ? AND facility = ? ORDER BY seq"
        place = (key.form, key.period, key.facility)
        with self._reading():
            tables = self._shelf.merged()
            found = tuple(entries(self._connection, tables, where, place))
        if field is None:
            return found
        return tuple(entry for entry in found if field in entry.after)

    def log(self, after: int = 0, limit: int = 1000) -> tuple[Entry, ...]:
        """Read the entries of the change log behind one, earliest first."""
        where = "WHERE seq > ? ORDER BY seq LIMIT ?"
        with self._reading():
            tables = self._shelf.merged()
            return tuple(entries(self._connection, tables, where, (after, limit)))

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
            except sqlite3.Error as error:
                # Python's own complaints about the caller carry no code.
                if getattr(error, "sqlite_errorcode", None) not in _WRONG_QUESTION:
                    raise
                text = message("store.query_failed", detail=str(error))
                raise QueryError(text) from error

    def interrupt(self) -> None:
        """Stop the reads that are running; from any thread. A write is not touched."""
        with self._guard:
            if not self._writing:
                self._questions.mark_interrupted()
                self._connection.interrupt()

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        """Keep `interrupt` away from a write, and end what it has stopped already."""
        with self._guard:
            self._writing = True
            if self._questions.interrupted:
                # SQLite interrupts whatever starts while a stopped read is still open.
                self._questions.stop()
        try:
            yield
        finally:
            with self._guard:
                self._writing = False

    def _table(self, form: str, period: str) -> FormTable:
        with translated(self.path):
            return self._shelf.table(form, period)

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
