"""What a ledger holds of what it received: a function of the packages that count.

The order in which packages arrive has no part in it. For every record, the packages
that speak of it and that no later one goes on from are merged against what they came
from, then what was accepted with them; what the ledger's own people changed since
comes on top, round by round, merged the same way. To take a package back is to leave it
out, and to redo it is to let it count again.
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
    does not say itself, by the event `chosen_at`: records before and after.
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
    chosen_at: int = 0

    def later_than(self, other: Arrival) -> bool:
        """Tell whether this one is a later state of the same line."""
        if not other.line.leads_to(self.line):
            return False
        # One state twice, as two versions of the program would write it.
        return not self.line.leads_to(other.line) or self.id > other.id

    @property
    def by_hand(self) -> bool:
        """Whether it was typed: it speaks for nobody, and was made of what stood."""
        return not self.forms


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
    for each in _in_turn(arrivals, rounds):
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
            if not known.replaced(each, speaking):
                slots = _on_top(key, each, slots, ask)
        if slots:
            content[key] = slots
    return Settled(content, tuple(ask.open))


def _in_turn(arrivals: Sequence[Arrival], rounds: Sequence[Round]) -> list[Round]:
    """Put what comes on top in its order.

    What was accepted of a package is held against the package, and does not depend on
    when that was: earlier states come first. What was typed was held against all that
    stood, as own changes are.
    """
    lined = sorted(arrivals, key=lambda each: (each.line.revision, each.id))
    accepted = [
        (each.by_hand, Round(each.chosen_at, each.accepted, each.id))
        for each in lined
        if each.accepted
    ]
    typed = [each for by_hand, each in accepted if by_hand]
    later = sorted((*rounds, *typed), key=lambda each: (each.at, each.of))
    return [*(each for by_hand, each in accepted if not by_hand), *later]


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


def _on_top(key: RecordKey, own: Round, slots: Slots, ask: Ask) -> Slots:
    before, after = own.records[key]
    if slots == before:
        return after
    return merge_record(key, before, ((own.of or OURS, after), ("", slots)), ask)


class _Known:
    """Which package comes behind which, worked out once."""

    def __init__(self, arrivals: Sequence[Arrival]) -> None:
        self._behind = {
            each.id: {other.id for other in arrivals if other.later_than(each)}
            for each in arrivals
        }
        self._over: dict[str, frozenset[str]] = {}
        replacing = [each for each in arrivals if each.over is not None]
        for each in sorted(replacing, key=lambda one: (one.at, one.id), reverse=True):
            self._replace(each, each.over or frozenset())

    def _replace(self, arrival: Arrival, over: frozenset[str]) -> None:
        """Let a package come behind those it was to replace.

        Some of these may have come behind it by now, as later states or because it was
        decided later that they were to replace it. That holds: otherwise each would be
        behind the other, and nothing would count.
        """
        later = {arrival.id}
        near = [arrival.id]
        while near:
            found = self._behind[near.pop()] - later
            later |= found
            near += found
        kept = (over & self._behind.keys()) - later
        self._over[arrival.id] = kept
        for id_ in kept:
            self._behind[id_].add(arrival.id)

    def replaced(self, own: Round, speaking: Iterable[Arrival]) -> bool:
        """Tell whether a package was to replace what had been changed by then."""
        return any(
            own.at <= each.at and (not own.of or own.of in self._over[each.id])
            for each in speaking
            if each.over is not None
        )

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
