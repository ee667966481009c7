"""Merging what several sides say of one record against what they came from.

Pure functions over values. Where one side alone changed a slot, its word holds. Where
two changed it differently, or one took a record away that another changed, somebody has
to choose: the contention is put to an `Ask`, which knows what was chosen before and
gathers what nobody has chosen yet. Nothing is decided silently, and the order in which
the sides are named makes no difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.core.frozen import frozen
from desktop.exchange.content import NOTHING
from desktop.exchange.content import digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.changes import RecordKey
    from desktop.exchange.content import Content
    from desktop.exchange.content import Slots

WHOLE: Final = "_record"
"""The slot of a contention about a record's being there at all: an empty text stands
for its removal, any other is the digest of the record that would stay."""
OURS: Final = "ours"
"""The name of the ledger's own side; others are called by their package's id."""

Side: TypeAlias = "tuple[str, Slots]"
"""Who speaks, and the record as they have it."""


@frozen
class Contention:
    """What a choice is about: a slot and the texts that contend, in their order."""

    record: RecordKey
    slot: str
    values: tuple[str, ...]


Choices: TypeAlias = "Mapping[Contention, str]"


@frozen
class Conflict:
    """A contention with who says what.

    `base` is what it was before anybody changed it; None where that is not known.
    """

    contention: Contention
    base: str | None
    sides: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Ask:
    """Answers contentions from what was chosen; keeps those without an answer."""

    choices: Choices
    open: list[Conflict] = field(default_factory=list)

    def __call__(
        self,
        record: RecordKey,
        slot: str,
        base: str | None,
        sides: Sequence[tuple[str, str]],
    ) -> str:
        """Give the text that was chosen; until somebody has, the first in order."""
        values = tuple(sorted({text for _, text in sides}))
        contention = Contention(record, slot, values)
        chosen = self.choices.get(contention)
        if chosen is None:
            self.open.append(Conflict(contention, base, tuple(sorted(sides))))
            return values[0]
        return chosen


def merge_record(
    key: RecordKey, base: Slots | None, sides: Sequence[Side], ask: Ask
) -> Slots:
    """Merge what the sides say of one record; `base` is None where it is not known."""
    first = sides[0][1]
    if all(slots == first for _, slots in sides):
        return first
    there = [side for side in sides if side[1]]
    if not base or len(there) == len(sides):
        # Where nobody took it away, those that do not have it never knew of it.
        return _merge_slots(key, base, there, ask)
    kept = [side for side in there if side[1] != base]
    if not kept:
        return NOTHING
    stays = _merge_slots(key, base, kept, ask)
    gone = [(name, "") for name, slots in sides if not slots]
    mark = digest_of(stays)
    answer = ask(key, WHOLE, None, [*gone, *((name, mark) for name, _ in kept)])
    return stays if answer else NOTHING


def _merge_slots(
    key: RecordKey, base: Slots | None, sides: Sequence[Side], ask: Ask
) -> Slots:
    merged: dict[str, str] = {}
    for slot in dict.fromkeys(slot for _, slots in sides for slot in slots):
        texts = {slots.get(slot, "") for _, slots in sides}
        was = None if base is None else base.get(slot, "")
        changed = texts - {was}
        if len(texts) == 1 or len(changed) == 1:
            (text,) = texts if len(texts) == 1 else changed
        else:
            said = [(name, slots.get(slot, "")) for name, slots in sides]
            text = ask(key, slot, was, [one for one in said if one[1] in changed])
        if text:
            merged[slot] = text
    return merged


@frozen
class SlotChange:
    """One slot that becomes another; empty texts are blanks."""

    record: RecordKey
    slot: str
    before: str
    after: str


@frozen
class Difference:
    """How one content differs from another."""

    added: tuple[RecordKey, ...]
    removed: tuple[RecordKey, ...]
    changed: tuple[SlotChange, ...]
    same: int
    """How many records are alike."""

    @property
    def empty(self) -> bool:
        """Tell whether there is no difference."""
        return not (self.added or self.removed or self.changed)


def difference(before: Content, after: Content) -> Difference:
    """Tell how one content differs from another, slot by slot."""
    if before == after:
        return Difference((), (), (), sum(map(bool, after.values())))
    added, removed, same = [], [], 0
    changed: list[SlotChange] = []
    for key in sorted({*before, *after}):
        was, now = before.get(key, NOTHING), after.get(key, NOTHING)
        if was == now:
            same += bool(now)
        elif not was:
            added.append(key)
        elif not now:
            removed.append(key)
        else:
            changed += slot_changes(key, was, now)
    return Difference(tuple(added), tuple(removed), tuple(changed), same)


def slot_changes(key: RecordKey, was: Slots, now: Slots) -> list[SlotChange]:
    """Tell which slots of a record differ."""
    return [
        SlotChange(key, slot, was.get(slot, ""), now.get(slot, ""))
        for slot in dict.fromkeys((*was, *now))
        if was.get(slot) != now.get(slot)
    ]
