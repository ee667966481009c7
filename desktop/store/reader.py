"""The reading half of a ledger: records, notes, the log, and compiled questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.store import journal_rows
from desktop.store import listing
from desktop.store import reads
from desktop.store import setup
from desktop.store.asking import Asking
from desktop.store.choice_rows import read_choices
from desktop.store.errors import translated
from desktop.store.log import Head
from desktop.store.log import entries
from desktop.store.log import read_head
from desktop.store.log import revision_hashes
from desktop.store.note_rows import noted_records
from desktop.store.records import View
from desktop.store.unit_rows import read_units

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.core.changes import RecordAdded
    from desktop.core.changes import RecordKey
    from desktop.core.findings import RecordId
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.fields import Binding
    from desktop.forms.model import Pack
    from desktop.store.conditions import Present
    from desktop.store.files import OpenFile
    from desktop.store.journal_rows import Event
    from desktop.store.journal_rows import Package
    from desktop.store.note_rows import NotedRecord
    from desktop.store.records import Entry
    from desktop.store.records import Record
    from desktop.store.search import Search
    from desktop.store.setup import Identity
    from desktop.store.tables import FormTable

_EVERYTHING = View()


class Reader(Asking):
    """What can be asked of an open ledger file.

    Every read raises a `StoreError` where the file cannot be read or is damaged, and
    `KeyError` for a form the pack does not have.
    """

    def __init__(self, file: OpenFile) -> None:
        """Take an open file."""
        super().__init__(file)
        self.read_only = file.lock is None
        self._file = file
        self._shelf = file.shelf
        self._units: tuple[Unit, ...] | None = None
        self._unit_by_code: Mapping[str, Unit] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._begun: dict[tuple[str, str], bool] = {}
        """What takes a look at every record, kept until a write makes it another."""

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

    def own_note(self, name: str) -> str:
        """Read one of the notes the file keeps about itself; empty without one."""
        with self._reading():
            return setup.read_meta(self._connection, name) or ""

    def head(self) -> Head:
        """Give the end of the change log's chain, to be kept elsewhere."""
        with self._reading():
            return read_head(self._connection)

    def count(self, form: str, period: str, unit: str | None = None) -> int:
        """Count the records of a form, of one unit and all below it if one is named."""
        table, key = self._table(form, period), (form, period)
        if unit is None and key in self._counts:
            return self._counts[key]
        with self._reading():
            found = reads.count(self._connection, table, period, unit)
        if unit is None and not self.read_only:  # then others may write
            self._counts[key] = found
        return found

    def by_unit(self, form: str, period: str) -> dict[str, tuple[int, int]]:
        """Count a form's records by unit, and those written to since it began."""
        table = self._table(form, period)
        with self._reading():
            return reads.by_unit(self._connection, table, period)

    def last(self, form: str, period: str) -> int:
        """Give the number of a form's newest record, of any period; 0 without one."""
        [row] = self.query(reads.last(self._table(form, period)))
        return int(str(row[0] or 0))

    def ids(self, form: str, period: str, view: View = _EVERYTHING) -> list[RecordId]:
        """List the records of a form and period as a view wants them.

        Raises:
            KeyError: The view names a field the form does not have.
        """
        table = self._table(form, period)
        with self._reading():
            return listing.ids(self._connection, table, period, view)

    def present(self, form: str, period: str, field: str, limit: int) -> list[Present]:
        """Tell what stands in a column and how often, the most frequent first.

        Raises:
            KeyError: The form has no such field.
        """
        table = self._table(form, period)
        with self._reading():
            return listing.present(self._connection, table, period, field, limit)

    def departed(self, form: str, period: str) -> list[RecordId]:
        """List the latest records of the facilities that only earlier periods have."""
        table = self._table(form, period)
        with self._reading():
            return listing.departed(self._connection, table, period)

    def waiting_notes(self, form: str, period: str, topic: str) -> dict[RecordKey, str]:
        """Give the notes of a topic whose records have been taken away."""
        table = self._table(form, period)
        with self._reading():
            return listing.waiting_notes(self._connection, table, period, topic)

    def returning(
        self, source: Period, target: Period, form: str, facilities: Sequence[str]
    ) -> list[RecordAdded]:
        """Give facilities of one period for another, as a new period begins with them.

        Those of a unit that has ended belong to the one that took it over.
        """
        with self._reading():
            found = setup.copied_records(
                self._connection, self._shelf, (source, target), (form, facilities)
            )
            return list(setup.in_living_units(found, self.units(), target))

    def rows(self, form: str, ids: Sequence[RecordId]) -> list[Record]:
        """Read records in the order asked for; one that is gone is left out."""
        shelf = self._shelf
        tables = {row: shelf.at(row).tables[form] for row in shelf.rows_with(form)}
        self.units()
        with self._reading():
            return reads.rows(self._connection, tables, ids, self._bound)

    def search(self, form: str, period: str) -> Search:
        """Look through the cells of a form and period."""
        from desktop.store.search import Search  # noqa: PLC0415 - opening need not wait for it

        return Search(self._connection, self._table(form, period), self._reading)

    def record(self, key: RecordKey) -> Record | None:
        """Read one record; None when there is none."""
        table = self._table(key.form, key.period)
        self.units()
        with self._reading():
            return reads.record(self._connection, table, key, self._bound)

    def ids_of(
        self, form: str, period: str, facilities: Iterable[str]
    ) -> list[RecordId]:
        """Give the records there are, of the facilities named."""
        table = self._table(form, period)
        with self._reading():
            return reads.ids_of(self._connection, table, period, facilities)

    def notes(self, key: RecordKey) -> dict[str, str]:
        """Read the notes of a record by topic."""
        with self._reading():
            return reads.notes(self._connection, key)

    def notes_of(
        self, form: str, period: str, *, waiting: bool = False
    ) -> dict[RecordKey, dict[str, str]]:
        """Read the notes of all records of a form and period.

        With `waiting`, those that wait for their record to come back are among them.
        """
        table = self._table(form, period)
        with self._reading():
            return reads.notes_of(self._connection, table, period, waiting=waiting)

    def noted_records(self, form: str, period: str) -> dict[RecordId, NotedRecord]:
        """Read the records of a form and period that have notes, with all of them."""
        table = self._table(form, period)
        with self._reading():
            return noted_records(self._connection, table, period)

    def touched(self, form: str, period: str) -> bool:
        """Tell whether anybody has written to a form since the period began."""
        table, key = self._table(form, period), (form, period)
        if key in self._begun:
            return self._begun[key]
        with self._reading():
            found = reads.touched(self._connection, table, period)
        if not self.read_only:
            self._begun[key] = found
        return found

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

    def packages(self, period: str | None = None) -> list[Package]:
        """Read what was received by file for a period, or for all, without data."""
        with self._reading():
            return journal_rows.read_packages(self._connection, period)

    def package_data(self, package: str) -> bytes:
        """Read the data of a package; `KeyError` says that there is none."""
        with self._reading():
            return journal_rows.read_data(self._connection, package)

    def journal(self) -> list[Event]:
        """Read what became of packages, earliest first."""
        with self._reading():
            return journal_rows.read_events(self._connection)

    def marks(self) -> list[bytes]:
        """Give the chain's hash at the end of every revision, the first one first."""
        with self._reading():
            return revision_hashes(self._connection)

    def _table(self, form: str, period: str) -> FormTable:
        with translated(self.path):
            return self._shelf.table(form, period)

    def _bound(self, binding: Binding, unit: str, period: str) -> Cell:
        return reads.bound_cell(self._unit_by_code, binding, unit, period)
