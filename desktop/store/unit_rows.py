"""The rows of the units of a ledger: read, changed, and closed into a tree."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Final

from desktop.core import layout
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.messages import message
from desktop.core.unit import Former
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from desktop.store.digest import compact
from desktop.store.digest import units_digest
from desktop.store.errors import UnfitChangeError
from desktop.store.records import Conflict
from desktop.store.records import EntryKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.core.changes import UnitChange
    from desktop.store.log import ActionLog

_COLUMNS: Final = (
    "code, name, parent, level, class, virtual, place, since, until, "
    "statistics_code, former"
)


def read_units(connection: sqlite3.Connection) -> tuple[Unit, ...]:
    """Read the ledger's units in the order they were given, the root first.

    Raises:
        ValueError: A row was damaged.
    """
    rows = connection.execute(f"SELECT {_COLUMNS} FROM {layout.UNITS} ORDER BY place")
    return tuple(
        Unit(
            UnitCode(code),
            name,
            None if parent is None else UnitCode(parent),
            UnitLevel(level),
            UnitClass(class_),
            bool(virtual),
            since,
            until,
            statistics_code,
            tuple(Former(*past) for past in json.loads(former or "[]")),
        )
        for (
            code,
            name,
            parent,
            level,
            class_,
            virtual,
            _,
            since,
            until,
            statistics_code,
            former,
        ) in rows
    )


def _row(unit: Unit, place: int) -> tuple[object, ...]:
    former = [[past.name, past.parent, past.until] for past in unit.former]
    return (
        unit.code,
        unit.name,
        unit.parent,
        unit.level.value,
        unit.class_.value,
        int(unit.virtual),
        place,
        unit.since,
        unit.until,
        unit.statistics_code,
        compact(former) if former else "",
    )


def closure(units: Iterable[Unit]) -> Iterator[tuple[str, str]]:
    """Give every pair of ancestor and descendant, a unit being its own ancestor."""
    parents = {unit.code: unit.parent for unit in units}
    for code in parents:
        above: UnitCode | None = code
        # A circle would never end; nothing that writes here lets one in.
        for _ in parents:
            if above is None or above not in parents:
                break
            yield above, code
            above = parents[above]


class UnitDrafts:
    """Folds the changes of one action into the units."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take an open transaction's connection; units are read at need."""
        self._connection = connection
        self._there: Mapping[str, Unit] | None = None
        self._units: dict[str, Unit] = {}
        self._codes: frozenset[str] | None = None

    def __contains__(self, code: str) -> bool:
        """Tell whether there is a unit, as the changes so far leave it."""
        if self._there is not None:
            return code in self._units
        # A county has hundreds, and most actions only ask which there are.
        if self._codes is None:
            found = self._connection.execute(f"SELECT code FROM {layout.UNITS}")
            self._codes = frozenset(row[0] for row in found)
        return code in self._codes

    def _known(self) -> dict[str, Unit]:
        if self._there is None:
            self._there = {unit.code: unit for unit in read_units(self._connection)}
            self._units = dict(self._there)
        return self._units

    def fold(self, change: UnitChange) -> Conflict | None:
        """Fold one change in; a conflict tells that the unit is another by now.

        Raises:
            UnfitChangeError: The unit to be added is there already.
        """
        units = self._known()
        found = units.get(change.code)
        if found != change.before:
            if change.before is None:
                raise _unfit(change.after)
            said = message("store.stale_tree", unit=change.before.name)
            return Conflict(said)
        if change.after is None:
            del units[change.code]
        else:
            units[change.code] = change.after
        return None

    def write(self, log: ActionLog) -> bool:
        """Write the units and their tree; tell whether anything changed.

        Raises:
            UnfitChangeError: A unit would hang in the air, or stand below itself.
        """
        if self._there is None or self._units == self._there:
            return False
        before, after = self._there, self._units
        pairs = frozenset(closure(after.values()))
        root = next(iter(after))
        for unit in after.values():
            if (root, unit.code) not in pairs:
                raise _unfit(unit)
        self._write_rows(before, after)
        self._write_tree(pairs)
        body = {
            code: [_told(before.get(code)), _told(after.get(code))]
            for code in {**before, **after}
            if before.get(code) != after.get(code)
        }
        digest = units_digest(read_units(self._connection))
        log.add(EntryKind.UNITS, RecordKey("", "", FacilityId("")), body, digest)
        return True

    def _write_rows(
        self, before: Mapping[str, Unit], after: Mapping[str, Unit]
    ) -> None:
        connection = self._connection
        # Records and tree refer to units that come and go in the same action.
        connection.execute("PRAGMA defer_foreign_keys = ON")
        gone = [(code,) for code in before if code not in after]
        connection.executemany(f"DELETE FROM {layout.UNITS} WHERE code = ?", gone)
        (last,) = connection.execute(
            f"SELECT COALESCE(MAX(place), -1) FROM {layout.UNITS}"
        ).fetchone()
        places = dict(connection.execute(f"SELECT code, place FROM {layout.UNITS}"))
        fresh = (code for code in after if code not in places)
        places |= {code: last + 1 + number for number, code in enumerate(fresh)}
        changed = [unit for code, unit in after.items() if before.get(code) != unit]
        names = _COLUMNS.split(", ")
        marks = ", ".join("?" * len(names))
        # Not `INSERT OR REPLACE`: that deletes the row, which records refer to.
        updates = ", ".join(f"{name} = excluded.{name}" for name in names)
        connection.executemany(
            f"INSERT INTO {layout.UNITS} ({_COLUMNS}) VALUES ({marks}) "
            f"ON CONFLICT (code) DO UPDATE SET {updates}",
            [_row(unit, places[unit.code]) for unit in changed],
        )

    def _write_tree(self, pairs: frozenset[tuple[str, str]]) -> None:
        there = set(
            self._connection.execute(
                f"SELECT ancestor, descendant FROM {layout.UNIT_TREE}"
            )
        )
        self._connection.executemany(
            f"DELETE FROM {layout.UNIT_TREE} WHERE (ancestor, descendant) = (?, ?)",
            there - pairs,
        )
        self._connection.executemany(
            f"INSERT INTO {layout.UNIT_TREE} VALUES (?, ?)", sorted(pairs - there)
        )


def _told(unit: Unit | None) -> str | None:
    """Say in the log what a unit is: its name, or all where there is more to it."""
    if unit is None:
        return None
    if not (unit.since or unit.until or unit.statistics_code or unit.former):
        return unit.name
    return compact(_row(unit, 0))


def _unfit(unit: Unit | None) -> UnfitChangeError:
    name = "?" if unit is None else unit.name
    return UnfitChangeError(message("store.units_unfit", unit=name))
