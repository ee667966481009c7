"""The rows of what a ledger has chosen for its periods: options and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.core.changes import DefinitionChange
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.messages import message
from desktop.store import schema
from desktop.store.columns import storable
from desktop.store.errors import UnfitChangeError
from desktop.store.records import Conflict
from desktop.store.records import EntryKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.period import Period
    from desktop.store.log import ActionLog


OF_PERIOD: Final = "period."
"""Names of what holds for one period alone, such as `period.deadline`."""
OF_LEDGER: Final = "ledger."
"""Names of what holds for the whole ledger; it stands under the period of no code."""


def read_choices(connection: sqlite3.Connection, period: str) -> dict[str, str]:
    """Read what was chosen for a period, by name."""
    rows = connection.execute(
        f"SELECT name, value FROM {schema.CHOICES} WHERE period = ? ORDER BY name",
        (period,),
    )
    return dict(rows.fetchall())


def of_pack(choices: Mapping[str, str]) -> dict[str, str]:
    """Leave out what holds for one period alone, and has nothing to do with a pack."""
    return {
        name: value for name, value in choices.items() if not name.startswith(OF_PERIOD)
    }


def of_ledger(change: DefinitionChange) -> bool:
    """Tell whether something holds for the whole ledger, and so for no period."""
    return not change.period and change.name.startswith(OF_LEDGER)


def taken_over(
    connection: sqlite3.Connection, source: Period, target: Period
) -> Iterator[DefinitionChange]:
    """Give the choices of a period for one that begins."""
    for name, value in of_pack(read_choices(connection, source.code)).items():
        yield DefinitionChange(target.code, name, "", value)


def before(periods: Sequence[Period], period: Period) -> Period | None:
    """Find the period whose choices a new one takes over: the last one before it."""
    earlier = [each for each in periods if each.code < period.code]
    return max(earlier, key=lambda each: each.code, default=None)


class ChoiceDrafts:
    """Folds the changes of one action into the choices."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take an open transaction's connection."""
        self._connection = connection
        self._drafts: dict[tuple[str, str], tuple[str, str]] = {}

    def fold(self, change: DefinitionChange) -> Conflict | None:
        """Fold one change in; a conflict tells that something else is chosen by now.

        Raises:
            UnfitChangeError: A text cannot be kept.
        """
        if not (change.name and storable(change.name) and storable(change.after)):
            said = message("store.unfit_choice", name=ascii(change.name)[:80])
            raise UnfitChangeError(said)
        place = (change.period, change.name)
        if place not in self._drafts:
            there = read_choices(self._connection, change.period).get(change.name, "")
            self._drafts[place] = (there, there)
        first, found = self._drafts[place]
        if found != change.before:
            said = message("store.stale_choice", name=change.name)
            return Conflict(said, None, None, change.before, found)
        self._drafts[place] = (first, change.after)
        return None

    def write(self, log: ActionLog) -> frozenset[str]:
        """Write what was chosen, and give the periods that differ now."""
        touched = set()
        for (period, name), (was, now) in self._drafts.items():
            if was == now:
                continue
            touched.add(period)
            self._put(period, name, now)
            key = RecordKey("", period, FacilityId(""))
            log.add(EntryKind.CHOICE, key, {name: [was, now]})
        return frozenset(touched)

    def _put(self, period: str, name: str, value: str) -> None:
        self._connection.execute(
            f"DELETE FROM {schema.CHOICES} WHERE (period, name) = (?, ?)",
            (period, name),
        )
        if value:
            self._connection.execute(
                f"INSERT INTO {schema.CHOICES} VALUES (?, ?, ?)", (period, name, value)
            )
