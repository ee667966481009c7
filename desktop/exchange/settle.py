"""What a ledger holds of what it received: a function of the packages that count.

The order in which packages arrive has no part in it. For every record, the packages
that speak of it and that no later one goes on from are merged against what they came
from; what the ledger's own people changed since comes on top, round by round, merged
the same way. To take a package back is to leave it out, and to redo it is to let it
count again.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.frozen import frozen
from desktop.exchange.content import NOTHING
from desktop.exchange.content import UNIT
from desktop.exchange.merge import OURS
from desktop.exchange.merge import Ask
from desktop.exchange.merge import merge_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.changes import RecordKey
    from desktop.exchange.content import Content
    from desktop.exchange.content import Slots
    from desktop.exchange.lineage import Line
    from desktop.exchange.merge import Choices
    from desktop.exchange.merge import Conflict


NOBODY: Final[Mapping[RecordKey, Slots]] = {}


@frozen
class Arrival:
    """A package that counts.

    It speaks for the `forms` of its `units` in its `period`: what it does not have
    there is not there. `over` names the packages it was to replace, and `at` numbers
    the event that brought it. `accepted` is what somebody took over with it that it
    does not say itself: records before and after.
    """

    id: str
    at: int
    period: str
    forms: frozenset[str]
    units: frozenset[str]
    line: Line
    content: Content
    over: frozenset[str] | None = None
    accepted: Mapping[RecordKey, tuple[Slots, Slots]] = field(default_factory=dict)

    def goes_on_from(self, other: Arrival) -> bool:
        """Tell whether this one comes behind another."""
        if self.over is not None and other.id in self.over:
            return True
        if self.line == other.line:
            # One state twice, as two versions of the program would write it.
            return self.id > other.id
        return other.line.leads_to(self.line)


@frozen
class Round:
    """What the ledger's own people had changed by an event: before and after.

    `of` is the package that it was accepted with, if it was with one.
    """

    at: int
    records: Mapping[RecordKey, tuple[Slots, Slots]]
    of: str = ""


@frozen
class Settled:
    """What is held, and what somebody still has to choose."""

    content: Content
    open: tuple[Conflict, ...]


def settle(
    arrivals: Sequence[Arrival], rounds: Sequence[Round], choices: Choices
) -> Settled:
    """Tell what packages, own changes and choices come to, for all they speak of.

    The packages share a period. Records that only own changes brought are part of it.
    What was accepted with a package counts while the package does.
    """
    ask = Ask(choices)
    holders = _holders(arrivals)
    ordered = sorted(arrivals, key=lambda each: each.id)
    known = _Known(ordered)
    own: dict[RecordKey, list[Round]] = {}
    accepted = [Round(each.at, each.accepted, each.id) for each in ordered]
    for each in sorted((*rounds, *accepted), key=lambda one: (one.at, one.of)):
        for key in each.records:
            own.setdefault(key, []).append(each)
    content: dict[RecordKey, Slots] = {}
    alone = ordered[0].content if len(ordered) == 1 else NOBODY
    for key in {**holders, **own}:
        if key in alone and key not in own:
            # Most packages are the only one for their units.
            content[key] = alone[key]
            continue
        about = [*holders.get(key, ()), *_of_rounds(key, own.get(key, ()))]
        units = {slots[UNIT] for slots in about}
        speaking = [each for each in ordered if _speaks(each, key, units)]
        slots = known.received(key, speaking, ask)
        for each in own.get(key, ()):
            if not _replaced(each, speaking):
                slots = _on_top(key, each, slots, ask)
        if slots:
            content[key] = slots
    return Settled(content, tuple(ask.open))


def _holders(arrivals: Iterable[Arrival]) -> dict[RecordKey, list[Slots]]:
    found: dict[RecordKey, list[Slots]] = {}
    for arrival in arrivals:
        for key, slots in arrival.content.items():
            found.setdefault(key, []).append(slots)
    return found


def _of_rounds(key: RecordKey, rounds: Iterable[Round]) -> Iterable[Slots]:
    return (slots for each in rounds for slots in each.records[key] if slots)


def _speaks(arrival: Arrival, key: RecordKey, units: set[str]) -> bool:
    if key in arrival.content:
        return True
    return key.form in arrival.forms and not arrival.units.isdisjoint(units)


def _replaced(own: Round, speaking: Iterable[Arrival]) -> bool:
    """Tell whether a package was to replace what had been changed by then."""
    others = (each for each in speaking if each.id != own.of)
    return any(each.over is not None and own.at <= each.at for each in others)


def _on_top(key: RecordKey, own: Round, slots: Slots, ask: Ask) -> Slots:
    before, after = own.records[key]
    if slots == before:
        return after
    return merge_record(key, before, ((own.of or OURS, after), ("", slots)), ask)


class _Known:
    """Which package comes behind which, worked out once."""

    def __init__(self, arrivals: Sequence[Arrival]) -> None:
        self._behind = {
            each.id: {other.id for other in arrivals if other.goes_on_from(each)}
            for each in arrivals
        }

    def received(self, key: RecordKey, speaking: Sequence[Arrival], ask: Ask) -> Slots:
        """Merge what the last packages of each line say of a record."""
        heads = self._heads(speaking)
        sides = [(each.id, each.content.get(key, NOTHING)) for each in heads]
        if not sides:
            return NOTHING
        if len(sides) == 1:
            return sides[0][1]
        base = self._base(speaking, heads)
        was = None if base is None else base.content.get(key, NOTHING)
        return merge_record(key, was, sides, ask)

    def _heads(self, speaking: Sequence[Arrival]) -> list[Arrival]:
        if len(speaking) == 1:
            return list(speaking)
        ids = {each.id for each in speaking}
        return [each for each in speaking if not self._behind[each.id] & ids]

    def _base(
        self, speaking: Sequence[Arrival], heads: Sequence[Arrival]
    ) -> Arrival | None:
        """Find the last package that all heads go on from."""
        ids = {each.id for each in heads}
        shared = [each for each in speaking if ids <= self._behind[each.id]]
        last = self._heads(shared)
        return max(last, key=lambda each: (each.line.revision, each.id), default=None)
