"""From a decision about a package to the changes that carry it out.

Every plan answers the same question: what would the ledger hold if these packages
counted and no others? What its own people changed since the last time is noted down
first, so that no later answer can lose it.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.core.cells import BLANK
from desktop.core.changes import CellChange
from desktop.core.changes import NilChange
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordMoved
from desktop.core.changes import RecordRemoved
from desktop.core.frozen import frozen
from desktop.exchange.content import NOTHING
from desktop.exchange.content import UNIT
from desktop.exchange.content import Cells
from desktop.exchange.content import cell_of
from desktop.exchange.content import cells_in
from desktop.exchange.content import is_nil
from desktop.exchange.content import is_note
from desktop.exchange.content import nil_key
from desktop.exchange.content import nil_slots
from desktop.exchange.content import notes_in
from desktop.exchange.content import slots_of
from desktop.exchange.content import travels
from desktop.exchange.journal import Decided
from desktop.exchange.merge import WHOLE
from desktop.exchange.merge import difference
from desktop.exchange.merge import slot_changes
from desktop.exchange.settle import Round
from desktop.exchange.settle import settle

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.core.changes import Change
    from desktop.core.changes import RecordKey
    from desktop.exchange.content import Content
    from desktop.exchange.content import Slots
    from desktop.exchange.journal import Journal
    from desktop.exchange.merge import Choices
    from desktop.exchange.merge import Conflict
    from desktop.exchange.merge import Contention
    from desktop.exchange.merge import Difference
    from desktop.exchange.settle import Arrival
    from desktop.exchange.settle import Settled
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record


@frozen
class Plan:
    """What a decision would do to a ledger.

    `taken` is how the ledger would change; `kept` is where it would differ from what
    was received, because its own people changed it. With `open` conflicts there are no
    `changes`.
    """

    before: Content
    after: Content
    taken: Difference
    kept: Difference
    open: tuple[Conflict, ...]
    decided: Decided
    changes: tuple[Change, ...] = ()


@dataclass(slots=True)
class Standing:
    """What the ledger holds of a period, and would hold after what is planned."""

    content: dict[RecordKey, Slots] = field(default_factory=dict)
    records: dict[RecordKey, Record] = field(default_factory=dict)
    notes: dict[RecordKey, Mapping[str, str]] = field(default_factory=dict)
    """Notes that travel, those of records that are gone too."""


def standing(ledger: Ledger, period: str, forms: Iterable[str]) -> Standing:
    """Read what a ledger holds of some forms.

    Raises:
        StoreError: The file cannot be read.
    """
    found = Standing()
    wanted = set(forms)
    for form in wanted:
        notes = ledger.notes_of(form, period, waiting=True)
        for key, topics in notes.items():
            found.notes[key] = {t: text for t, text in topics.items() if travels(t)}
        for record in ledger.rows(form, ledger.ids(form, period)):
            found.records[record.key] = record
            found.content[record.key] = slots_of(record, notes.get(record.key, {}))
    for form, unit in ledger.nils(period):
        if form in wanted:
            found.content[nil_key(form, period, unit)] = nil_slots(unit)
    return found


class Planner:
    """Plans one decision after another, each on what the ones before would leave."""

    def __init__(self, journal: Journal, there: Standing) -> None:
        """Take what is known and what stands in the ledger."""
        self._journal = journal
        self._there = there
        self._read = Cells()
        self._by_unit: dict[str, set[RecordKey]] = {}
        for key, slots in there.content.items():
            self._by_unit.setdefault(slots[UNIT], set()).add(key)

    def take(self, arrival: Arrival, choices: Choices, *, over: bool = False) -> Plan:
        """Plan to let a package count, merged or `over` all that counts by now.

        What is a later state than the package stays behind it.
        """
        beside = self._beside(arrival)
        if over:
            earlier = (each for each in beside if not each.later_than(arrival))
            ids = frozenset(each.id for each in earlier) - {arrival.id}
            arrival = replace(arrival, over=ids)
        others = [each for each in beside if each.id != arrival.id]
        decided = Decided({}, choices, arrival.over, accepted=arrival.accepted)
        return self._plan(beside, [*others, arrival], decided)

    def leave_out(self, arrival: Arrival) -> Plan:
        """Plan to let a package count no longer.

        Where that leaves something to be chosen, what stands in the ledger stays.
        """
        beside = self._beside(arrival)
        others = [each for each in beside if each.id != arrival.id]
        decided = Decided({}, {}, None)
        plan = self._plan(beside, others, decided)
        while plan.open:
            chosen = {**decided.choices, **dict(map(self._as_it_stands, plan.open))}
            decided = replace(decided, choices=chosen)
            plan = self._plan(beside, others, decided)
        return plan

    def holds(self, key: RecordKey) -> Slots:
        """Give a record as it stands, or would by what was carried out."""
        return self._there.content.get(key, NOTHING)

    def carried_out(self, plan: Plan) -> None:
        """Go on from what a plan would leave."""
        for key, slots in plan.before.items():
            self._by_unit[slots[UNIT]].discard(key)
            del self._there.content[key]
        for key, slots in plan.after.items():
            self._by_unit.setdefault(slots[UNIT], set()).add(key)
            self._there.content[key] = slots
        for key in {*plan.before, *plan.after}:
            slots = plan.after.get(key, NOTHING)
            self._there.notes[key] = notes_in(slots)

    def _beside(self, arrival: Arrival) -> list[Arrival]:
        found = self._journal.beside(arrival.period, arrival.units)
        return [self._journal.arrival(each.id) for each in found]

    def _as_it_stands(self, conflict: Conflict) -> tuple[Contention, str]:
        about = conflict.contention
        slots = self._there.content.get(about.record, NOTHING)
        if about.slot == WHOLE:
            return about, about.values[-1] if slots else ""
        text = slots.get(about.slot, "")
        return about, text if text in about.values else about.values[0]

    def _plan(
        self, was: Sequence[Arrival], now: Sequence[Arrival], decided: Decided
    ) -> Plan:
        everything = {each.id: each for each in (*was, *now)}.values()
        period = next(iter(everything)).period
        units = frozenset(unit for each in everything for unit in each.units)
        forms = frozenset(
            form
            for each in everything
            for form in (*each.forms, *(key.form for key in each.accepted))
        )
        journal = self._journal
        choices = {**journal.choices, **decided.choices}
        rounds = journal.rounds(period, units)
        held = settle(was, rounds, choices).content
        before = self._held(held, forms, units)
        own = {
            key: (held.get(key, NOTHING), before.get(key, NOTHING))
            for key in {**held, **before}
            if held.get(key, NOTHING) != before.get(key, NOTHING)
        }
        if own:
            rounds = [*rounds, Round(journal.next_seq, own)]
        settled = settle(now, rounds, choices)
        received = settle(now, (), choices) if rounds else settled
        decided = replace(decided, own=own)
        return self._planned(before, settled, received, decided)

    def _planned(
        self,
        before: Content,
        settled: Settled,
        received: Settled,
        decided: Decided,
    ) -> Plan:
        after = settled.content
        plan = Plan(
            before,
            after,
            difference(before, after),
            difference(received.content, after),
            settled.open,
            decided,
        )
        if plan.open:
            return plan
        return replace(plan, changes=tuple(self._changes(before, after)))

    def _held(
        self, known: Content, forms: frozenset[str], units: frozenset[str]
    ) -> dict[RecordKey, Slots]:
        """Give what stands of some units, and of records that are known of them."""
        content = self._there.content
        keys = {key for unit in units for key in self._by_unit.get(unit, ())}
        keys.update(key for key in known if key in content)
        return {key: content[key] for key in keys if key.form in forms}

    # --- Changes ---------------------------------------------------------

    def _changes(self, before: Content, after: Content) -> Iterator[Change]:
        for key in {**before, **after}:
            was, now = before.get(key, NOTHING), after.get(key, NOTHING)
            if was == now:
                continue
            if is_nil(key):
                unit = (was or now)[UNIT]
                yield NilChange(key.form, key.period, unit, bool(was), bool(now))
                continue
            yield from self._of_record(key, was, now)
            yield from self._of_notes(key, now)

    def _of_record(self, key: RecordKey, was: Slots, now: Slots) -> Iterator[Change]:
        if not was:
            yield RecordAdded(key, now[UNIT], cells_in(now, self._read))
        elif not now:
            cells = self._filled(key, was)
            yield RecordRemoved(key, was[UNIT], cells)
        else:
            filled = dict(self._filled(key, was))
            for change in slot_changes(key, was, now):
                if change.slot == UNIT:
                    yield RecordMoved(key, was[UNIT], now[UNIT])
                elif not is_note(change.slot):
                    cell = filled.get(change.slot, BLANK)
                    yield CellChange(key, change.slot, cell, cell_of(change.after))

    def _of_notes(self, key: RecordKey, now: Slots) -> Iterator[Change]:
        """Change the notes, those that waited for a record to come back too."""
        there = self._there.notes.get(key, {})
        for topic in dict.fromkeys((*there, *notes_in(now))):
            text, other = there.get(topic, ""), now.get(topic, "")
            if text != other:
                yield NoteChange(key, topic, text, other)

    def _filled(self, key: RecordKey, was: Slots) -> tuple[tuple[str, Cell], ...]:
        """Give the cells of a record as they lie in the ledger.

        A text may lie there in another composition than the canonical one.
        """
        record = self._there.records.get(key)
        if record is not None and slots_of(record, notes_in(was)) == was:
            return record.filled()
        return cells_in(was, self._read)
