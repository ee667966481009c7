"""Changes folded into drafts, one a record, against what the ledger holds.

Nothing is written here, and nothing may be written unless every change met what it was
made from.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field as default
from itertools import groupby
from typing import TYPE_CHECKING
from typing import TypeAlias
from typing import assert_never
from typing import cast

from desktop.core import layout
from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.changes import CellChange
from desktop.core.changes import DefinitionChange
from desktop.core.changes import NilChange
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.changes import RecordMoved
from desktop.core.changes import RecordRemoved
from desktop.core.changes import UnitChange
from desktop.core.messages import message
from desktop.store import schema
from desktop.store.choice_rows import ChoiceDrafts
from desktop.store.choice_rows import of_ledger
from desktop.store.columns import UnfitValueError
from desktop.store.columns import storable
from desktop.store.columns import tidy
from desktop.store.digest import compact
from desktop.store.errors import UnfitChangeError
from desktop.store.records import Conflict
from desktop.store.records import stale_cell
from desktop.store.unit_rows import UnitDrafts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.core.changes import Change
    from desktop.store.columns import Codec
    from desktop.store.shelf import Shelf
    from desktop.store.tables import FormTable
    from desktop.store.tables import Row

    _Other: TypeAlias = (
        RecordAdded
        | RecordRemoved
        | RecordMoved
        | NoteChange
        | NilChange
        | UnitChange
        | DefinitionChange
    )


@dataclass(slots=True)
class Draft:
    """A record while changes are folded into it; `unit` is None where it is not."""

    id: int | None = None
    unit: str | None = None
    cells: dict[str, Cell] = default(default_factory=dict)
    old_unit: str | None = None
    old_cells: Mapping[str, Cell] = default(default_factory=dict)
    touched: dict[str, None] | None = default(default_factory=dict)
    """The fields that were set one by one; None where the record came or went."""

    def found(self, row: Row, cells: dict[str, Cell]) -> None:
        """Begin with a record as it stands."""
        self.id = int(row[0] or 0)
        self.unit = self.old_unit = str(row[3])
        self.cells, self.old_cells = cells, dict(cells)

    def differing(self) -> list[str]:
        """Give the fields that differ from what was there."""
        old, new, fields = self.old_cells, self.cells, self.touched
        if fields is None:
            fields = dict.fromkeys((*old, *new))
        return [name for name in fields if old.get(name) != new.get(name)]


class Drafts:
    """Folds the changes of one action; for one transaction only."""

    def __init__(self, connection: sqlite3.Connection, shelf: Shelf) -> None:
        """Take an open transaction's connection."""
        self._connection = connection
        self._shelf = shelf
        self.units = UnitDrafts(connection)
        self.choices = ChoiceDrafts(connection)
        self._periods = _column(connection, f"SELECT code FROM {schema.PERIODS}")
        self.records: dict[RecordKey, Draft] = {}
        self.notes: dict[tuple[RecordKey, str], tuple[str, str]] = {}
        self.nils: dict[tuple[str, str, str], tuple[bool, bool]] = {}
        self.conflicts: list[Conflict] = []

    def fold(self, changes: Sequence[Change]) -> None:
        """Fold changes in, in their order; `conflicts` tells what did not fit.

        Raises:
            UnfitChangeError: A change names what the ledger does not have.
        """
        self._load(changes)
        for kind, run in groupby(changes, type):
            if kind is CellChange:
                self._set(cast("Iterable[CellChange]", run))
            else:
                for change in cast("Iterable[_Other]", run):
                    self._fold(change)

    def _fold(self, change: _Other) -> None:
        match change:
            case RecordAdded():
                self._add(change)
            case RecordRemoved():
                self._remove(change)
            case RecordMoved():
                self._move(change)
            case NoteChange():
                self._note(change)
            case NilChange():
                self._nil(change)
            case UnitChange():
                self._unit(change)
            case DefinitionChange():
                self._choose(change)
            case _:
                assert_never(change)

    def _load(self, changes: Sequence[Change]) -> None:
        """Read every record the changes speak of, form by form."""
        wanted: dict[tuple[str, str], dict[str, Draft]] = defaultdict(dict)
        last: RecordKey | None = None
        for change in changes:
            if type(change) is CellChange:
                # A block changes many cells of one record: most need no look-up.
                if change.record is last:
                    continue
                last = change.record
            if isinstance(change, NilChange):
                self._check_place(change.form, change.period)
            elif isinstance(change, UnitChange | DefinitionChange):
                continue
            else:
                key, draft = change.record, Draft()
                if self.records.setdefault(key, draft) is draft:
                    wanted[key.form, key.period][key.facility] = draft
        for (form, period), drafts in wanted.items():
            self._check_place(form, period)
            table = self._shelf.table(form, period)
            for row in rows_of(self._connection, table, period, tuple(drafts)):
                drafts[str(row[2])].found(row, table.cells(row))

    def _check_place(self, form: str, period: str) -> None:
        if form not in self._shelf.of(period).tables:
            raise UnfitChangeError(message("store.unknown_form", form=form))
        self._check_period(period)

    def _check_period(self, period: str) -> None:
        if period not in self._periods:
            raise UnfitChangeError(message("store.unknown_period", period=period))

    def _check_unit(self, unit: str) -> None:
        if unit not in self.units:
            raise UnfitChangeError(message("store.unknown_unit", unit=unit))

    def _set(self, changes: Iterable[CellChange]) -> None:
        """Set cells: pastes bring them by the ten thousand, record by record."""
        last: RecordKey | None = None
        draft = Draft()
        codecs: Mapping[str, Codec] = {}
        for change in changes:
            key, field, before = change.record, change.field, change.before
            if key is not last:
                last, draft = key, self.records[key]
                codecs = self._shelf.table(key.form, key.period).codecs
            cells, after = draft.cells, change.after
            found = cells.get(field, BLANK)
            try:
                codec = codecs[field]
                # What equals a tidy cell of its own type is one.
                if type(found) is not type(before) or found != before:
                    before = tidy(codec, before)
                if type(after) is not Absent:
                    after = codec.tidy(after)
            except (KeyError, UnfitValueError) as error:
                raise self._refused(change, error) from error
            if draft.unit is None:
                self._gone(key)
            elif found != before:
                self.conflicts.append(stale_cell(key, field, before, found))
            else:
                if draft.touched is not None:
                    draft.touched[field] = None
                if after is BLANK:
                    cells.pop(field, None)
                else:
                    cells[field] = after

    def _refused(self, change: CellChange, error: Exception) -> UnfitChangeError:
        """Say which of a change's two cells its field cannot hold."""
        key, field, cell = change.record, change.field, change.before
        codec = self._shelf.table(key.form, key.period).codecs.get(field)
        if codec is not None:
            try:
                tidy(codec, cell)
            except UnfitValueError:
                pass
            else:
                cell = change.after
        return _unfit(error, key.form, field, cell)

    def _tidied(
        self, key: RecordKey, cells: Iterable[tuple[str, Cell]]
    ) -> dict[str, Cell]:
        """Give the cells of a record in the one shape that the ledger keeps."""
        codecs = self._shelf.table(key.form, key.period).codecs
        found: dict[str, Cell] = {}
        for field, cell in cells:
            try:
                found[field] = tidy(codecs[field], cell)
            except (KeyError, UnfitValueError) as error:
                raise _unfit(error, key.form, field, cell) from error
        return {field: cell for field, cell in found.items() if cell is not BLANK}

    def _gone(self, key: RecordKey) -> None:
        self.conflicts.append(Conflict(message("store.stale_gone"), key))

    def _add(self, change: RecordAdded) -> None:
        self._check_unit(change.unit)
        draft = self.records[change.record]
        cells = self._tidied(change.record, change.cells)
        if draft.unit is not None:
            self.conflicts.append(Conflict(message("store.stale_there"), change.record))
            return
        draft.unit, draft.cells, draft.touched = change.unit, cells, None

    def _remove(self, change: RecordRemoved) -> None:
        draft = self.records[change.record]
        expected = self._tidied(change.record, change.cells)
        if draft.unit is None:
            self._gone(change.record)
            return
        for field in dict.fromkeys((*expected, *draft.cells)):
            was, found = expected.get(field, BLANK), draft.cells.get(field, BLANK)
            if was != found:
                self.conflicts.append(stale_cell(change.record, field, was, found))
        if draft.unit != change.unit:
            self._elsewhere(change.record, change.unit, draft.unit)
        draft.unit, draft.cells, draft.touched = None, {}, None

    def _elsewhere(self, key: RecordKey, expected: str, found: str) -> None:
        text = message("store.stale_unit")
        self.conflicts.append(Conflict(text, key, None, expected, found))

    def _move(self, change: RecordMoved) -> None:
        self._check_unit(change.after)
        draft = self.records[change.record]
        if draft.unit is None:
            self._gone(change.record)
        elif draft.unit != change.before:
            self._elsewhere(change.record, change.before, draft.unit)
        else:
            draft.unit = change.after

    def _note(self, change: NoteChange) -> None:
        if not storable(change.after):
            raise _unfit(
                UnfitValueError(), change.record.form, change.topic, change.after
            )
        place = (change.record, change.topic)
        if place not in self.notes:
            there = read_note(self._connection, change.record, change.topic)
            self.notes[place] = (there, there)
        first, found = self.notes[place]
        if found == change.before:
            self.notes[place] = (first, change.after)
            return
        text = message("store.stale_note", topic=change.topic)
        self.conflicts.append(Conflict(text, change.record, None, change.before, found))

    def _unit(self, change: UnitChange) -> None:
        conflict = self.units.fold(change)
        if conflict is not None:
            self.conflicts.append(conflict)

    def _choose(self, change: DefinitionChange) -> None:
        if not of_ledger(change):
            self._check_period(change.period)
        conflict = self.choices.fold(change)
        if conflict is not None:
            self.conflicts.append(conflict)

    def _nil(self, change: NilChange) -> None:
        self._check_unit(change.unit)
        place = (change.form, change.period, change.unit)
        if place not in self.nils:
            there = read_nil(self._connection, place)
            self.nils[place] = (there, there)
        first, found = self.nils[place]
        if found == change.before:
            self.nils[place] = (first, change.after)
            return
        text = message("store.stale_nil", form=change.form, unit=change.unit)
        self.conflicts.append(Conflict(text, None, None, change.before, found))


def _unfit(error: Exception, form: str, field: str, cell: Cell) -> UnfitChangeError:
    """Say that a field is unknown, or cannot hold a cell."""
    if isinstance(error, KeyError):
        text = message("store.unknown_field", form=form, field=field)
    else:
        shown = ascii(cell)[:80]
        text = message("store.unfit_value", form=form, field=field, value=shown)
    return UnfitChangeError(text)


def rows_of(
    connection: sqlite3.Connection,
    table: FormTable,
    period: str,
    facilities: Sequence[str],
) -> Iterable[Row]:
    """Read the stored cells of these facilities in a period, as they come."""
    sql = table.seek(table.columns())
    return connection.execute(sql, (period, compact(facilities)))


def read_note(connection: sqlite3.Connection, key: RecordKey, topic: str) -> str:
    """Read one note; empty where there is none."""
    row = connection.execute(
        f"SELECT text FROM {schema.NOTES} "
        "WHERE (form, period, facility, topic) = (?, ?, ?, ?)",
        (key.form, key.period, key.facility, topic),
    ).fetchone()
    return str(row[0]) if row else ""


def read_nil(connection: sqlite3.Connection, place: tuple[str, str, str]) -> bool:
    """Tell whether a nil return stands."""
    row = connection.execute(
        f"SELECT 1 FROM {layout.NIL} WHERE (form, period, unit) = (?, ?, ?)", place
    ).fetchone()
    return row is not None


def _column(connection: sqlite3.Connection, sql: str) -> frozenset[str]:
    return frozenset(row[0] for row in connection.execute(sql))
