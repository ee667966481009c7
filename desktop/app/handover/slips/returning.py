"""What was sent back and how far it is, at whoever sent it and at whoever got it.

Where a slip was made, the state of an item follows from what the unit's newest package
says, and not from what stands in this ledger: nobody here edits a figure. Where it was
taken in, it follows from the records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import TypeAlias

from desktop.app.audit.auditing import audit_form
from desktop.app.audit.auditing import audit_near
from desktop.app.compiled import compiled_for
from desktop.app.progress import run_steps
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.frozen import frozen
from desktop.exchange.content import slots_of
from desktop.exchange.journal import Journal
from desktop.exchange.slip import ItemState
from desktop.exchange.slip import seen
from desktop.exchange.slip import state
from desktop.exchange.slip_facts import slips_in
from desktop.indicators.periods import period_parameters
from desktop.store.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.core.period import Period
    from desktop.exchange.content import Slots
    from desktop.exchange.lineage import Sighting
    from desktop.exchange.slip import Item
    from desktop.exchange.slip import Seen
    from desktop.exchange.slip import Slip
    from desktop.rules.audit import CompiledRule
    from desktop.rules.audit import FormAudit
    from desktop.store.ledger import Ledger

Spot: TypeAlias = "tuple[str, str, str]"
"""A form, a record and a rule."""


@frozen
class Tracked:
    """An item and how far it is.

    `ours` tells that it went out from this ledger; `newest` is then the package that
    speaks of it now, empty where none counts. `now` is what stands there.
    """

    slip: Slip
    item: Item
    state: ItemState
    now: Seen
    ours: bool
    newest: str = ""

    @property
    def key(self) -> RecordKey:
        """The record it points at."""
        return key_of(self.slip, self.item)

    @property
    def issued(self) -> bool:
        """Whether the unit can know of it."""
        return self.slip.issued(self.item)

    @property
    def open(self) -> bool:
        """Whether the unit knows of it and has still to do something."""
        return self.issued and self.state is ItemState.OPEN

    @property
    def name(self) -> str:
        """How the item is called: by its slip and number."""
        return f"{self.slip.id}.{self.item.number}"


def key_of(slip: Slip, item: Item) -> RecordKey:
    """Give the key of the record an item points at."""
    return RecordKey(item.form, slip.about.period, FacilityId(item.record))


def tracked(ledger: Ledger, period: str) -> tuple[Tracked, ...]:
    """Tell of every item of a period how far it is, by slip and number.

    Raises:
        StoreError: The ledger cannot be read.
    """
    slips = slips_in(ledger.choices(period))
    if not slips:
        return ()
    own = ledger.identity().ledger
    sent = [slip for slip in slips.values() if slip.sender.ledger == own]
    came = [slip for slip in slips.values() if slip.sender.ledger != own]
    found = (*_sent(ledger, period, sent), *_came(ledger, period, came))
    return tuple(sorted(found, key=lambda one: (one.slip.id, one.item.number)))


def _sent(ledger: Ledger, period: str, slips: list[Slip]) -> Iterator[Tracked]:
    if not slips:
        return
    newest = Newest(ledger, period)
    looked = []
    for slip in slips:
        for item in slip.items:
            package = newest.of(slip.about.unit, item.form)
            slots = newest.slots(package, key_of(slip, item))
            looked.append((slip, item, package, seen(slip.id, item, slots)))
    asked = {
        (item.form, item.record, item.rule)
        for slip, item, package, _ in looked
        if item.rule and package not in ("", item.package) and slip.issued(item)
    }
    there = occurring(ledger, period, asked)
    for slip, item, package, now in looked:
        spot = item.form, item.record, item.rule
        gone = spot in asked and spot not in there
        how = state(item, now, gone=gone)
        # Nothing counts that speaks of it: what was sent back has been taken back.
        if not (package and slip.issued(item)):
            how = ItemState.OPEN
        # What is wrong no more needs nobody to agree.
        elif gone:
            how = ItemState.CHECKED
        yield Tracked(slip, item, how, now, ours=True, newest=package)


def _came(ledger: Ledger, period: str, slips: list[Slip]) -> Iterator[Tracked]:
    looked = []
    for slip in slips:
        for item in slip.items:
            slots = slots_here(ledger, key_of(slip, item))
            looked.append((slip, item, seen(slip.id, item, slots)))
    asked = {
        (item.form, item.record, item.rule)
        for _, item, now in looked
        if item.rule and item.here and now == item.returned
    }
    there = occurring(ledger, period, asked)
    for slip, item, now in looked:
        spot = item.form, item.record, item.rule
        gone = spot in asked and spot not in there
        yield Tracked(slip, item, state(item, now, gone=gone), now, ours=False)


def slots_here(ledger: Ledger, key: RecordKey) -> Slots | None:
    """Give what stands in a record of the ledger; None where there is none."""
    if key.form not in ledger.pack(key.period).form_by_id:
        return None
    record = ledger.record(key)
    return None if record is None else slots_of(record, ledger.notes(key))


class Newest:
    """Which package of a unit speaks of a form at present, and what it says."""

    def __init__(self, ledger: Ledger, period: str) -> None:
        """Read the journal."""
        self.journal = Journal(ledger)
        self._period = period
        self._of: dict[tuple[str, str], str] = {}
        self._sightings: dict[str, list[Sighting]] = {}

    def of(self, unit: str, form: str) -> str:
        """Give the package of a unit that no other one goes on from; or nothing."""
        place = unit, form
        if place not in self._of:
            self._of[place] = self._find(unit, form)
        return self._of[place]

    def _find(self, unit: str, form: str) -> str:
        if unit not in self._sightings:
            found = self.journal.sightings(self._period, [unit])
            mine = [one for one in found if one.accepted and one.unit == unit]
            self._sightings[unit] = mine
        speaking = [one for one in self._sightings[unit] if form in one.forms]
        heads = [one for one in speaking if not any(_behind(one, s) for s in speaking)]
        return max((self._at(one.id), one.id) for one in heads)[1] if heads else ""

    def _at(self, package: str) -> int:
        return self.journal.arrival(package).at

    def slots(self, package: str, key: RecordKey) -> Slots | None:
        """Give what a package says of a record; None where it has none."""
        return self.journal.arrival(package).content.get(key) if package else None


def _behind(one: Sighting, other: Sighting) -> bool:
    return one.line != other.line and one.line.leads_to(other.line)


def occurring(
    ledger: Ledger, period: str, spots: Collection[Spot]
) -> Mapping[Spot, Finding | None]:
    """Find out which of these findings there are; None for what cannot be asked."""
    if not spots:
        return {}
    found: dict[Spot, Finding | None] = {}
    of = _period(ledger, period)
    compiled = compiled_for(ledger, of)
    parameters = period_parameters(compiled.pack, of)
    for form, rule in sorted({(form, rule) for form, _, rule in spots}):
        records = [one for f, one, r in spots if (f, r) == (form, rule)]
        if form not in compiled.pack.form_by_id:
            continue
        audit = compiled.audit.of(form)
        alone = next((one for one in audit.rules if one.rule.id == rule), None)
        if alone is None:
            continue
        keys = (RecordKey(form, period, FacilityId(record)) for record in records)
        ids = {key.facility: one.id for key in keys if (one := ledger.record(key))}
        told = _alone(ledger, audit, alone, ids.values(), parameters)
        for record, id_ in ids.items():
            if told is None:
                found[form, record, rule] = None
            elif id_ in told:
                found[form, record, rule] = told[id_]
    return found


def _alone(
    ledger: Ledger,
    audit: FormAudit,
    rule: CompiledRule,
    records: Iterable[RecordId],
    parameters: Mapping[str, str],
) -> dict[RecordId, Finding] | None:
    """Ask one rule by itself; None where it cannot be asked."""
    # Brings the SQL parser.
    from desktop.rules.audit import FormAudit  # noqa: PLC0415 - see above

    alone = FormAudit(audit.form, (rule,), (), audit.schema, audit.dialect)
    try:
        if rule.far:
            result = run_steps(audit_form(ledger, alone, parameters))
            if result.broken:
                return None
            found = result.findings
        else:
            found = audit_near(ledger, alone, records, parameters, lambda _: ())
    except QueryError:
        return None
    return {record: findings[0] for record, findings in found.items() if findings}


def _period(ledger: Ledger, code: str) -> Period:
    return next(each for each in ledger.periods() if each.code == code)
