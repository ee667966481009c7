"""Bring last year's ledger in: an earlier period of another file becomes one of this.

With it the values of a year before stand beside every number, and the rules that
compare with them have something to compare. The other file is only read. What would
come, and what would not, is planned and shown before anything is done.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.app.opening import open_ledger
from desktop.app.progress import Progress
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.changes import NilChange
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.messages import message
from desktop.forms.model import Roster
from desktop.store.carried import Carrier
from desktop.store.shelf import Kept
from desktop.store.tables import tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.background import Stage
    from desktop.app.packs.known import KnownPacks
    from desktop.app.person import Person
    from desktop.core.changes import Change
    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record

AT_ONCE = 500
"""Records read between two looks at whether to go on."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """The ledger that takes something in; it may not be there yet.

    `packs` are those of its periods, `period` is the one that wants a past.
    """

    packs: Mapping[str, Pack]
    units: Sequence[Unit]
    period: Period

    @property
    def root(self) -> Unit:
        """The unit the ledger is for."""
        return self.units[0]

    def pack_for(self, code: str) -> Pack:
        """Give the pack that a period to be added would go by."""
        earlier = [there for there in self.packs if there < code]
        return self.packs[max(earlier) if earlier else min(self.packs)]


@dataclass(frozen=True, slots=True)
class Arriving:
    """How many records of a form would come."""

    form: str
    title: str
    records: int


@dataclass(frozen=True, slots=True)
class BringPlan:
    """What would come of another ledger, and what would not.

    `left` says what would not come, `remarks` what a person should know. The figures
    of the other ledger keep their period: nothing is passed off as another year's.
    """

    source: Path
    period: Period
    action: Action
    arriving: tuple[Arriving, ...]
    left: tuple[Message, ...]
    remarks: tuple[Message, ...]

    @property
    def records(self) -> int:
        """How many records would come."""
        return sum(form.records for form in self.arriving)


def receiver_of(ledger: Ledger, period: Period) -> Receiver:
    """Say what an open ledger can take in; runs on its thread."""
    packs = {each.code: ledger.pack(each.code) for each in ledger.periods()}
    return Receiver(packs, ledger.units(), period)


def plan_bringing(
    path: Path,
    person: Person,
    receiver: Receiver,
    stage: Stage,
    known: KnownPacks | None = None,
) -> BringPlan | Message:
    """Read another ledger and plan what would come, or say why nothing can.

    Raises:
        StoreError: The file cannot be opened or read; it is left as it is.
        CancelledError: The person does not want to know any more.
    """
    with open_ledger(path, person, read_only=True, known=known) as source:
        refusal = _refusal(source, receiver)
        if refusal is not None:
            return refusal
        period = _wanted(source, receiver)
        if period is None:
            return _no_period(source, receiver)
        return _Reading(source, receiver, period, stage).plan()


def carry_out(ledger: Ledger, plan: BringPlan, period: Period) -> tuple[Action, ...]:
    """Take in what was planned, and begin empty rosters of a period with it.

    Gives what was done, as far as it can be undone; the period itself stays.

    Raises:
        StoreError: The disk did not take it, or the ledger has the period by now.
    """
    ledger.add_period(plan.period, brought=plan.action)
    rosters = roster_action(ledger, plan, period)
    if rosters is None:
        return (plan.action,)
    ledger.apply(rosters)
    return (plan.action, rosters)


def roster_action(ledger: Ledger, plan: BringPlan, period: Period) -> Action | None:
    """Begin the rosters of a period that are empty with the facilities that came."""
    came: dict[str, list[str]] = {}
    for change in plan.action.changes:
        if isinstance(change, RecordAdded):
            came.setdefault(change.record.form, []).append(change.record.facility)
    changes: list[Change] = []
    for form in ledger.pack(period.code).forms:
        empty = isinstance(form, Roster) and not ledger.count(form.id, period.code)
        if form.id in came and empty:
            changes += ledger.returning(plan.period, period, form.id, came[form.id])
    if not changes:
        return None
    title = message("app.bring.rosters", period=plan.period.title)
    return Action(title, tuple(changes))


def _refusal(source: Ledger, receiver: Receiver) -> Message | None:
    pack, mine = source.pack(), receiver.packs[min(receiver.packs)]
    if pack.id != mine.id:
        return message("app.bring.pack", other=pack.title, pack=mine.title)
    other, root = source.units()[0], receiver.root
    if other.code != root.code:
        return message("app.bring.unit", other=other.name, unit=root.name)
    return None


def _wanted(source: Ledger, receiver: Receiver) -> Period | None:
    """Choose the period just before the one that wants a past, else the latest."""
    kind, code = receiver.period.kind, receiver.period.code
    found = [
        period
        for period in source.periods()
        if period.kind is kind and period.code < code
        if period.code not in receiver.packs
    ]
    return max(found, key=lambda period: period.code, default=None)


def _no_period(source: Ledger, receiver: Receiver) -> Message:
    there = "、".join(period.title for period in source.periods())
    return message("app.bring.period", there=there, period=receiver.period.title)


class _Reading:
    """Reads one period of another ledger into changes of this one."""

    def __init__(
        self, source: Ledger, receiver: Receiver, period: Period, stage: Stage
    ) -> None:
        self._source = source
        self._receiver = receiver
        self._period = period
        self._stage = stage
        old, new = source.pack(period.code), receiver.pack_for(period.code)
        self._old = Kept(0, old, tables_of(old))
        self._new = Kept(1, new, tables_of(new))
        self._units = {str(unit.code) for unit in receiver.units}
        self._strangers: Counter[str] = Counter()
        self._lost: Counter[tuple[str, str]] = Counter()
        """How many cells of a field (form and field by title) cannot come."""
        self._read = 0

    def plan(self) -> BringPlan:
        """Read everything."""
        changes: list[Change] = []
        arriving: list[Arriving] = []
        left: list[Message] = []
        total = self._total()
        for form in self._old.pack.forms:
            if form.id not in self._new.tables:
                left += self._formless(form)
                continue
            records = list(self._records(form, total))
            arriving.append(Arriving(form.id, form.title, len(records)))
            changes += records
            changes += self._notes(form, {record.record for record in records})
        changes += self._nils()
        changes += self._choices()
        left += self._left()
        title = message("app.bring", period=self._period.title)
        return BringPlan(
            self._source.path,
            self._period,
            Action(title, tuple(changes)),
            tuple(form for form in arriving if form.records),
            tuple(left),
            tuple(self._remarks()),
        )

    def _total(self) -> int:
        code = self._period.code
        return sum(self._source.count(form.id, code) for form in self._old.pack.forms)

    def _formless(self, form: Form) -> Iterator[Message]:
        count = self._source.count(form.id, self._period.code)
        if count:
            yield message("app.bring.no-form", form=form.title, count=count)

    def _records(self, form: Form, total: int) -> Iterator[RecordAdded]:
        carrier = Carrier(self._old, self._new, form.id)
        ids = self._source.ids(form.id, self._period.code)
        for start in range(0, len(ids), AT_ONCE):
            self._stage.tell(Progress(self._read, total, message("app.reading")))
            for record in self._source.rows(form.id, ids[start : start + AT_ONCE]):
                self._read += 1
                if record.unit in self._units:
                    yield self._carried(form, carrier, record)
                else:
                    self._strangers[record.unit] += 1

    def _carried(self, form: Form, carrier: Carrier, record: Record) -> RecordAdded:
        filled = dict(record.filled())
        carried = carrier.carried(filled)
        known = {way.source.id for way in carrier.ways}
        lost = [form.by_id[name].title for name in filled if name not in known]
        lost += [way.source.title for way, _ in carried.left]
        self._lost.update((form.title, title) for title in lost)
        key = RecordKey(form.id, self._period.code, record.key.facility)
        return RecordAdded(key, record.unit, tuple(carried.cells.items()))

    def _notes(self, form: Form, coming: set[RecordKey]) -> Iterator[NoteChange]:
        notes = self._source.notes_of(form.id, self._period.code)
        for key, topics in notes.items():
            if key in coming:
                for topic, text in topics.items():
                    yield NoteChange(key, topic, "", text)

    def _nils(self) -> Iterator[NilChange]:
        code = self._period.code
        for form, unit in sorted(self._source.nils(code)):
            if form in self._new.tables and unit in self._units:
                yield NilChange(form, code, unit, before=False, after=True)

    def _choices(self) -> Iterator[DefinitionChange]:
        code = self._period.code
        for name, value in self._source.choices(code).items():
            yield DefinitionChange(code, name, "", value)

    def _left(self) -> Iterator[Message]:
        """Say which records and cells cannot come, unit by unit and field by field."""
        names = {str(unit.code): unit.name for unit in self._source.units()}
        for unit, count in self._strangers.items():
            name = names.get(unit, unit)
            yield message("app.bring.stranger", unit=name, code=unit, count=count)
        for (form, field), count in self._lost.items():
            yield message("app.bring.no-field", form=form, field=field, count=count)

    def _remarks(self) -> Iterator[Message]:
        before, old, new = self._receiver.period.previous(), self._old, self._new
        if self._period != before:
            came, wanted = self._period.title, before.title
            yield message("app.bring.gap", period=came, before=wanted)
        if old.pack.version != new.pack.version:
            versions = {"old": old.pack.version, "new": new.pack.version}
            yield message("app.bring.version", **versions)
