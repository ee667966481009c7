"""What a ledger knows of the packages it received, and what was decided about them."""

from __future__ import annotations

import json
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.frozen import frozen
from desktop.core.manifest_read import read_data
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.content import UNIT
from desktop.exchange.lineage import Sighting
from desktop.exchange.lineage import carried
from desktop.exchange.lineage import line_of
from desktop.exchange.merge import Contention
from desktop.exchange.packing import Unpacker
from desktop.exchange.settle import Arrival
from desktop.exchange.settle import Round
from desktop.store.errors import DamagedError
from desktop.store.journal_rows import Became

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.manifest import Manifest
    from desktop.exchange.content import Slots
    from desktop.exchange.merge import Choices
    from desktop.store.journal_rows import Event
    from desktop.store.journal_rows import Package
    from desktop.store.ledger import Ledger


@frozen
class Decided:
    """What an event of the journal says besides the package's fate.

    `own` is what the ledger's people had changed by then; `over` names what the
    package was to replace, None where it was merged. `since` is the event at which
    that was decided, 0 where it is this one. `accepted` is what was taken over with
    the package that it does not say itself: cells that were edited in the workbook
    after it had been written, or all that a workbook says which was typed by hand;
    `chosen_at` is the event at which that was decided, 0 where it is this one.
    """

    own: Mapping[RecordKey, tuple[Slots, Slots]]
    choices: Choices
    over: frozenset[str] | None = None
    since: int = 0
    accepted: Mapping[RecordKey, tuple[Slots, Slots]] = field(default_factory=dict)
    chosen_at: int = 0


UNDECIDED: Final = Decided({}, {})


def body_of(decided: Decided) -> str:
    """Write what was decided as the JSON of a journal's event."""
    content = {
        "own": _lines(decided.own),
        "choices": [
            [*_place(about.record), about.slot, about.values, chosen]
            for about, chosen in decided.choices.items()
        ],
        "over": None if decided.over is None else sorted(decided.over),
        "since": decided.since,
    }
    if decided.accepted:
        content["accepted"] = _lines(decided.accepted)
        content["chosen_at"] = decided.chosen_at
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def read_body(body: str) -> Decided:
    """Read what was decided."""
    content = json.loads(body)
    choices = {
        Contention(_key(*line[:3]), line[3], tuple(line[4])): line[5]
        for line in content["choices"]
    }
    over = content["over"]
    replaced = None if over is None else frozenset(over)
    return Decided(
        _pairs(content["own"]),
        choices,
        replaced,
        content["since"],
        _pairs(content.get("accepted", ())),
        content.get("chosen_at", 0),
    )


def _lines(records: Mapping[RecordKey, tuple[Slots, Slots]]) -> list[list[object]]:
    return [[*_place(key), *pair] for key, pair in records.items()]


def _pairs(lines: Iterable[Any]) -> dict[RecordKey, tuple[Slots, Slots]]:
    return {_key(*line[:3]): (line[3], line[4]) for line in lines}


def _place(key: RecordKey) -> tuple[str, str, str]:
    return key.form, key.period, key.facility


def _key(form: str, period: str, facility: str) -> RecordKey:
    return RecordKey(form, period, FacilityId(facility))


def arrival_of(
    id_: str, at: int, manifest: Manifest, unpacker: Unpacker
) -> tuple[Arrival, tuple[Message, ...]] | Message:
    """Make of a manifest what can be merged, with what stays outside, or say why not.

    `unpacker` is the ledger's for the period.
    """
    stamp = manifest.stamp
    unpacked = unpacker.unpack(manifest)
    if isinstance(unpacked, Message):
        return unpacked
    if manifest.lineage is None:
        # Typed by hand: it speaks for nobody, and only what was accepted counts.
        unpacked = replace(unpacked, content={}, forms=frozenset())
    marks = manifest.lineage.marks if manifest.lineage else ""
    line = line_of(stamp, marks)
    arrival = Arrival(
        id_,
        at,
        stamp.period,
        unpacked.forms,
        unpacked.units,
        line,
        unpacked.content,
    )
    return arrival, unpacked.left


class Journal:
    """The journal of a ledger, read once; packages are unpacked when needed."""

    def __init__(self, ledger: Ledger) -> None:
        """Read it.

        Raises:
            StoreError: The file cannot be read.
        """
        self._ledger = ledger
        self._here = frozenset(str(unit.code) for unit in ledger.units())
        self.packages: dict[str, Package] = {}
        self.next_seq = 1
        """The number the next event will have, or a later one."""
        self.choices: dict[Contention, str] = {}
        """Everything that was ever chosen; the latest word holds."""
        self._fate: dict[str, Became] = {}
        self._taken: dict[str, Decided] = {}
        """How a package counts, and when that was decided."""
        self._rounds: dict[str, list[Round]] = {}
        """By unit, what the ledger's own people changed."""
        self._by_unit: dict[tuple[str, str], dict[str, Package]] = {}
        """By period and unit, the packages that speak for it."""
        self._manifests: dict[str, Manifest] = {}
        self._arrivals: dict[str, Arrival] = {}
        self._unpackers: dict[str, Unpacker] = {}
        for package in ledger.packages():
            self._know(package)
        for event in ledger.journal():
            self._happened(event)

    def _know(self, package: Package) -> None:
        self.packages[package.id] = package
        for unit in package.units:
            self._by_unit.setdefault((package.period, unit), {})[package.id] = package

    def _happened(self, event: Event) -> None:
        decided = read_body(event.body)
        self.next_seq = event.seq + 1
        self._fate[event.package] = event.became
        self.choices.update(decided.choices)
        if event.became is Became.TAKEN:
            self._taken[event.package] = replace(
                decided,
                since=decided.since or event.seq,
                chosen_at=decided.chosen_at or event.seq,
            )
        units = {unit for pair in decided.own.values() for unit in _units(pair)}
        for unit in units:
            self._rounds.setdefault(unit, []).append(Round(event.seq, decided.own))

    def became(self, package: str) -> Became | None:
        """Tell what became of a package last; None where it is not known."""
        return self._fate.get(package)

    def _speaking(self, period: str, units: Iterable[str]) -> dict[str, Package]:
        """Give the packages that speak for some of these units."""
        return {
            id_: package
            for unit in units
            for id_, package in self._by_unit.get((period, unit), {}).items()
        }

    def sightings(self, period: str, units: Collection[str]) -> list[Sighting]:
        """Give what is known of the packages that speak for some of these units."""
        return [
            Sighting(
                one.id,
                one.unit,
                one.period,
                frozenset(one.units),
                line_of(manifest.stamp, self._marks(manifest)),
                self._fate[one.id] is Became.TAKEN,
                carried(manifest),
            )
            for one in self._speaking(period, units).values()
            for manifest in [self.manifest(one.id)]
            if manifest.lineage is not None
        ]

    def manifest(self, package: str) -> Manifest:
        """Read what a package said.

        Raises:
            DamagedError: It cannot be read any more.
        """
        if package not in self._manifests:
            found = read_data(self._ledger.package_data(package))
            if isinstance(found, Message):
                raise DamagedError(
                    message("store.doctor.package", package=package[:16])
                )
            self._manifests[package] = found
        return self._manifests[package]

    def _marks(self, manifest: Manifest) -> str:
        return manifest.lineage.marks if manifest.lineage else ""

    def beside(self, period: str, units: Iterable[str]) -> list[Package]:
        """Give the packages that count and share units with these or each other."""
        found: dict[str, Package] = {}
        reached, near = set[str](), set(units)
        while near:
            reached |= near
            speaking = self._speaking(period, near)
            counting = {
                id_: one
                for id_, one in speaking.items()
                if self._fate[id_] is Became.TAKEN
            }
            found |= counting
            near = {unit for one in counting.values() for unit in one.units} - reached
        return list(found.values())

    def arrival(self, package: str) -> Arrival:
        """Give a package as it counts.

        Raises:
            DamagedError: It cannot be read any more.
        """
        if package not in self._arrivals:
            decided = self._taken.get(package, UNDECIDED)
            at = decided.since or self.next_seq
            manifest = self.manifest(package)
            unpacker = self.unpacker(manifest.stamp.period)
            made = arrival_of(package, at, manifest, unpacker)
            if isinstance(made, Message):
                raise DamagedError(made)
            arrival, _ = made
            self._arrivals[package] = replace(
                arrival,
                over=decided.over,
                accepted=decided.accepted,
                chosen_at=decided.chosen_at,
            )
        return self._arrivals[package]

    def unpacker(self, period: str) -> Unpacker:
        """Give what takes the packages of a period apart."""
        if period not in self._unpackers:
            pack = self._ledger.pack(period)
            self._unpackers[period] = Unpacker(pack, self._here)
        return self._unpackers[period]

    def rounds(self, period: str, units: frozenset[str]) -> list[Round]:
        """Give what the ledger's own people changed in the records of some units."""
        found = {each.at: each for unit in units for each in self._rounds.get(unit, ())}
        limited = (
            Round(each.at, _limited(each.records, period, units))
            for each in found.values()
        )
        return [each for each in limited if each.records]

    def add(
        self, event: Event, package: Package, arrival: Arrival, manifest: Manifest
    ) -> None:
        """Take an event into account that is about to be written."""
        self._know(package)
        self._happened(event)
        self._arrivals[arrival.id] = arrival
        self._manifests[arrival.id] = manifest


def _limited(
    records: Mapping[RecordKey, tuple[Slots, Slots]],
    period: str,
    units: frozenset[str],
) -> dict[RecordKey, tuple[Slots, Slots]]:
    return {
        key: pair
        for key, pair in records.items()
        if key.period == period and not units.isdisjoint(_units(pair))
    }


def _units(pair: Sequence[Slots]) -> set[str]:
    return {slots[UNIT] for slots in pair if slots}
