"""What becomes of units: 更名, 撤并, 划转, and units a county counts apart.

Nothing is ever forgotten: a unit that ends keeps its records and stands below whoever
took it over, so earlier periods are summed along today's boundaries and stay
comparable. That reading is ours; it is said where such sums are shown.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.core.changes import UnitChange
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.unit import Former
from desktop.core.unit import Unit
from desktop.core.unit import UnitCode
from desktop.core.unit import class_of
from desktop.core.unit import level_of
from desktop.core.unit import parse_unit_code
from desktop.core.unit import statistics_code

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.period import Period

LONGEST_NAME: Final = 60
_ZONES: Final[Mapping[int, tuple[int, int]]] = {
    4: (71, 99),
    6: (401, 599),
    9: (401, 599),
}
"""Segments proposed for units that are no division, by the length of the code above.

Statistics give 类似乡级单位 and 类似村级单位 400-599; for zones of a prefecture
published lists have 71 and on. A proposal only: the person may type another.
"""

Edit: TypeAlias = tuple[UnitChange, ...] | Message
"""The changes that carry an edit out, or why it cannot be."""


class UnitEdits:
    """What can be done to the units of one ledger, from one period on."""

    def __init__(self, units: Iterable[Unit], period: Period) -> None:
        """Take the units, the root first, and the period from which edits hold."""
        self._units: dict[str, Unit] = {}
        self._namesakes: dict[tuple[str | None, str], list[UnitCode]] = {}
        for unit in units:
            self._put(unit)
        self._root = next(iter(self._units))
        self._period = period.code
        self._before = period.previous().code

    def get(self, code: str) -> Unit | None:
        """Give a unit as the edits taken so far leave it."""
        return self._units.get(code)

    def take(self, edit: Iterable[UnitChange]) -> None:
        """Go on from an edit, so that the next one builds upon it."""
        for after in filter(None, (change.after for change in edit)):
            self._put(after)

    def _put(self, unit: Unit) -> None:
        self._units[unit.code] = unit
        self._namesakes.setdefault((unit.parent, unit.name), []).append(unit.code)

    def units(self) -> tuple[Unit, ...]:
        """Give all units as the edits taken so far leave them."""
        return tuple(self._units.values())

    def add(self, unit: Unit) -> Edit:
        """Add a unit below another; it exists from the period on."""
        fault = self._unfit_name(unit.name, unit.parent)
        if parse_unit_code(unit.code) != unit.code:
            fault = message("units.bad_code", code=unit.code)
        elif unit.code in self._units:
            fault = message("units.there", name=self._units[unit.code].name)
        elif unit.parent not in self._units:
            fault = message("units.unknown", code=unit.parent or "")
        if fault is not None:
            return fault
        return (UnitChange(unit.code, None, replace(unit, since=self._period)),)

    def rename(self, code: UnitCode, name: str) -> Edit:
        """Give a unit another name (更名); earlier periods keep the old one."""
        unit = self._units.get(code)
        if unit is None:
            return message("units.unknown", code=code)
        fault = self._unfit_name(name, unit.parent, apart_from=code)
        if fault is not None:
            return fault
        after = replace(self._remembered(unit), name=name)
        return (UnitChange(code, unit, _reclassed(after)),)

    def transfer(self, code: UnitCode, parent: UnitCode) -> Edit:
        """Put a unit, with all below it, under another one (划转)."""
        unit = self._units.get(code)
        if unit is None or parent not in self._units:
            return message("units.unknown", code=parent if unit else code)
        if code == self._root or parent in self._subtree(code):
            return message("units.circle", name=unit.name)
        if unit.parent == parent:
            return message("units.same_parent", name=unit.name)
        fault = self._unfit_name(unit.name, parent)
        if fault is not None:
            return fault
        return (UnitChange(code, unit, self._put_under(unit, parent)),)

    def merge(self, codes: Sequence[UnitCode], into: UnitCode) -> Edit:
        """Let units end (撤并); what they held counts for the one that takes over.

        What stands below them goes over to it, too.
        """
        missing = [code for code in (into, *codes) if code not in self._units]
        if missing:
            return message("units.unknown", code=missing[0])
        changes: list[UnitChange] = []
        for code in codes:
            unit = self._units[code]
            fault = self._cannot_end(unit, into)
            if fault is not None:
                return fault
            after = replace(self._put_under(unit, into), until=self._before)
            changes.append(UnitChange(unit.code, unit, after))
            changes += (
                UnitChange(below.code, below, self._put_under(below, into))
                for below in self._units.values()
                if below.parent == code and below.exists_in(self._period)
            )
        return tuple(changes)

    def _put_under(self, unit: Unit, parent: UnitCode) -> Unit:
        return replace(self._remembered(unit), parent=parent)

    def describe(self, code: UnitCode, *, statistics: str, virtual: bool) -> Edit:
        """State a unit's 统计用区划代码 and whether it is a division at all."""
        unit = self._units.get(code)
        if unit is None:
            return message("units.unknown", code=code)
        parsed = parse_unit_code(statistics) if statistics else UnitCode("")
        if parsed is None:
            return message("units.bad_code", code=statistics)
        known = statistics_code(parsed)
        after = replace(unit, statistics_code=known, virtual=virtual)
        return (UnitChange(code, unit, after),) if after != unit else ()

    def free_code(self, parent: UnitCode) -> UnitCode | None:
        """Propose a code for a unit that is no division; None where none is free."""
        bounds = _ZONES.get(len(parent))
        if bounds is None:
            return None
        width = 2 if len(parent) < 6 else 3  # noqa: PLR2004 - lengths of segments
        codes = (
            UnitCode(f"{parent}{number:0{width}d}")
            for number in range(bounds[0], bounds[1] + 1)
        )
        return next((code for code in codes if code not in self._units), None)

    def _remembered(self, unit: Unit) -> Unit:
        """Keep what a unit was until now; twice in one period counts once."""
        if unit.since == self._period or any(
            past.until == self._before for past in unit.former
        ):
            return unit
        past = Former(unit.name, unit.parent, self._before)
        return replace(unit, former=(*unit.former, past))

    def _subtree(self, code: UnitCode) -> set[UnitCode]:
        found = {code}
        grown = True
        while grown:
            more = {unit.code for unit in self._units.values() if unit.parent in found}
            grown = not more <= found
            found |= more
        return found

    def _cannot_end(self, unit: Unit, into: UnitCode) -> Message | None:
        if unit.code == self._root or into in self._subtree(unit.code):
            return message("units.circle", name=unit.name)
        if not unit.exists_in(self._period):
            return message("units.ended", name=unit.name, period=unit.until)
        return None

    def _unfit_name(
        self, name: str, parent: str | None, apart_from: str = ""
    ) -> Message | None:
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            return message("units.bad_name", limit=LONGEST_NAME)
        if any(char.isspace() for char in name):
            return message("units.bad_name", limit=LONGEST_NAME)
        same = (self._units[code] for code in self._namesakes.get((parent, name), ()))
        twin = any(
            (unit.name, unit.parent) == (name, parent) and unit.code != apart_from
            for unit in same
            if unit.exists_in(self._period)
        )
        return message("units.twin", name=name) if twin else None


def made_unit(
    code: UnitCode, name: str, parent: UnitCode, *, virtual: bool = False
) -> Unit:
    """Make a unit whose level and class follow from its code and name."""
    return Unit(code, name, parent, level_of(code), class_of(code, name), virtual)


def _reclassed(unit: Unit) -> Unit:
    """Take the class a new name says: 县 to 区 is none, 镇 to 街道 is one."""
    return replace(unit, class_=class_of(unit.code, unit.name))
