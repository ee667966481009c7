"""Say what each file is to a ledger, and what taking it would do.

That is planned on the ledger's thread; nothing is written (`desktop.app.handover.
taking_in`).
"""

from __future__ import annotations

from dataclasses import field
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.handover.board.lateness import lock_verdict
from desktop.app.handover.keeping.signing import judged
from desktop.app.handover.keeping.signing import known_keys
from desktop.app.handover.receiving.edited import accepted_records
from desktop.app.handover.receiving.edited import readable
from desktop.app.handover.receiving.typed import accepted_rows
from desktop.app.handover.receiving.typed import mark_of
from desktop.app.handover.receiving.typed import packed
from desktop.app.handover.receiving.typed import typed_book
from desktop.app.progress import Progress
from desktop.core.catalogue import CATALOGUE
from desktop.core.frozen import frozen
from desktop.core.manifest import Envelope
from desktop.core.manifest import digest_of
from desktop.core.manifest import to_data
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.words import Words
from desktop.exchange.journal import UNDECIDED
from desktop.exchange.journal import Journal
from desktop.exchange.journal import arrival_of
from desktop.exchange.journal import body_of
from desktop.exchange.lineage import ACCEPTABLE
from desktop.exchange.lineage import Kind
from desktop.exchange.lineage import Place
from desktop.exchange.lineage import Verdict
from desktop.exchange.lineage import verdict
from desktop.exchange.packing import travelling_forms
from desktop.exchange.planning import Planner
from desktop.exchange.planning import standing
from desktop.forms.written import digest
from desktop.store.journal_rows import Became
from desktop.store.journal_rows import Event
from desktop.store.journal_rows import Package

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from desktop.app.handover.keeping.signing import Judgement
    from desktop.app.handover.receiving.edited import EditedCell
    from desktop.app.handover.receiving.reading import Read
    from desktop.app.handover.receiving.typed import TypedBook
    from desktop.app.progress import Steps
    from desktop.exchange.merge import Choices
    from desktop.exchange.merge import Conflict
    from desktop.exchange.planning import Plan
    from desktop.exchange.settle import Arrival
    from desktop.store.ledger import Ledger


class Wish(Enum):
    """What somebody wants done with a file."""

    MERGE = "merge"
    REPLACE = "replace"
    """It takes the place of everything received for its units, and of own changes."""
    SKIP = "skip"
    """It is kept aside and counts for nothing."""
    WAIT = "wait"
    """Nothing is decided yet."""


@frozen
class Decisions:
    """What somebody decided, file by file and place by place.

    `edits` are the cells that were changed outside the program and are accepted, by
    their places in the file; `units` says whose a file is that was typed by hand.
    """

    wish: Callable[[Read, Verdict], Wish]
    choices: Choices = field(default_factory=dict)
    edits: Mapping[Path, Collection[str]] = field(default_factory=dict)
    units: Mapping[Path, str] = field(default_factory=dict)


@frozen
class Around:
    """What a receiving ledger's surroundings lend: the day, the period, the words.

    Without a day no deadline is asked about; without a period the last one is meant.
    """

    today: date | None = None
    period: str = ""
    say: Words = field(default_factory=lambda: Words(CATALOGUE))


@frozen
class Item:
    """A file, what it is to the ledger, and what taking it would do.

    `left` says what of it stays outside, `locked` why it may not be taken at present.
    Without a `plan` nothing of it can be taken. `edits` are the cells that were changed
    outside the program, `typed` what was typed by hand.
    """

    read: Read
    verdict: Verdict
    wish: Wish = Wish.WAIT
    package: Package | None = None
    plan: Plan | None = None
    left: tuple[Message, ...] = ()
    locked: Message | None = None
    signed: Judgement | None = None
    edits: tuple[EditedCell, ...] = ()
    typed: TypedBook | None = None

    @property
    def open(self) -> tuple[Conflict, ...]:
        """What somebody has to choose before it can be taken."""
        return self.plan.open if self.plan is not None else ()

    @property
    def counts(self) -> bool:
        """Whether it is to be taken."""
        return self.wish in TAKING and self.plan is not None


TAKING: Final = frozenset({Wish.MERGE, Wish.REPLACE})
_NEVER_OVER: Final = frozenset({Kind.OLDER, Kind.TYPED})


class Reception:
    """Plans one file after another, on a ledger's thread; nothing is written.

    What is read of the ledger is read once: use it for one preview or one receiving.
    """

    def __init__(self, ledger: Ledger, around: Around | None = None) -> None:
        """Read what is known.

        Raises:
            StoreError: The ledger cannot be read.
        """
        self.journal = Journal(ledger)
        self._ledger = ledger
        self._around = around or Around()
        self._here = frozenset(str(unit.code) for unit in ledger.units())
        self._place = _place_of(ledger)
        self._keys = known_keys(ledger)
        self._planners: dict[str, Planner] = {}

    def items(self, reads: Sequence[Read], decided: Decisions) -> Steps[list[Item]]:
        """Plan files, earlier revisions first, each on what the ones before leave.

        Raises:
            StoreError: The ledger cannot be read.
        """
        found = []
        for place, read in enumerate(_in_order(reads)):
            said = message("exchange.comparing", unit=read.file)
            yield Progress(place, len(reads), said)
            found.append(self.item(read, decided))
        return found

    def item(self, read: Read, decided: Decisions) -> Item:
        """Plan one file, on what those planned before leave.

        Raises:
            StoreError: The ledger cannot be read.
        """
        envelope = read.envelope
        if envelope is None:
            if read.source is not None:
                return self._typed(read, decided)
            said = read.refused or message("exchange.no_manifest")
            return Item(read, Verdict(Kind.DAMAGED, said))
        manifest = envelope.manifest
        units = [code for code, _ in manifest.units]
        known = self.journal.sightings(manifest.stamp.period, units)
        found = verdict(envelope.digest, manifest, self._place, known)
        mine = found.kind in ACCEPTABLE or found.kind is Kind.SAME
        counts = self.journal.became(envelope.digest) is Became.TAKEN
        if not mine or (counts and not read.edited):
            return Item(read, found)
        if read.edited:
            code = "exchange.edited_same" if counts else "exchange.edited"
            said = message(code, count=len(read.edited))
            found = replace(found, kind=Kind.EDITED, said=said)
        return self._submitted(read, envelope, found, decided)

    def _submitted(
        self, read: Read, envelope: Envelope, found: Verdict, decided: Decisions
    ) -> Item:
        stamp = envelope.manifest.stamp
        signed = judged(self._keys, stamp.unit, envelope.digest, envelope.signature)
        item = Item(read, found, decided.wish(read, found), signed=signed)
        made = self._arrival(envelope)
        if isinstance(made, Message):
            return Item(read, Verdict(Kind.DAMAGED, made), signed=signed)
        arrival, left = made
        pack = self._ledger.pack(stamp.period)
        edits = readable(read.edited, arrival.content, pack, stamp.period)
        chosen = decided.edits.get(read.path, ())
        accepted = accepted_records(edits, chosen, arrival.content)
        item = replace(item, left=left, edits=edits)
        arrival = replace(arrival, accepted=accepted)
        return self._planned(item, envelope, arrival, decided.choices)

    def _arrival(
        self, envelope: Envelope
    ) -> tuple[Arrival, tuple[Message, ...]] | Message:
        journal, manifest = self.journal, envelope.manifest
        unpacker = journal.unpacker(manifest.stamp.period)
        made = arrival_of(envelope.digest, journal.next_seq, manifest, unpacker)
        if isinstance(made, Message) or journal.became(made[0].id) is not Became.TAKEN:
            return made
        # It counts already, and goes on to stand where it does.
        known = journal.arrival(envelope.digest)
        return replace(made[0], at=known.at, over=known.over), made[1]

    def _typed(self, read: Read, decided: Decisions) -> Item:
        # For the type checker: it was read.
        assert read.source is not None  # noqa: S101 - see above
        ledger = self._ledger
        periods = ledger.periods()
        wanted = self._around.period
        period = next((one for one in periods if one.code == wanted), periods[-1])
        unit = decided.units.get(read.path, "")
        unit = unit if unit in self._here else ""
        book = typed_book(ledger, period, read.source, unit)
        if isinstance(book, Message):
            return Item(read, Verdict(Kind.NOT_OURS, book))
        mark = mark_of(read.source)
        same = [one.id for one in self.journal.packages.values() if one.ledger == mark]
        if any(self.journal.became(id_) is Became.TAKEN for id_ in same):
            return Item(read, Verdict(Kind.SAME, message("exchange.same"), tuple(same)))
        if not book.unit:
            found = Verdict(Kind.TYPED, message("exchange.typed_whose"))
            return Item(read, found, typed=book)
        said = message("exchange.typed", count=book.rows, waiting=book.kept_back)
        found = Verdict(Kind.TYPED, said)
        holds = self.planner(period.code).holds
        pairs = accepted_rows(book, holds, self._around.say)
        manifest = packed(ledger, read, book, pairs)
        envelope = Envelope(manifest, digest_of(to_data(manifest)), ())
        made = self._arrival(envelope)
        # For the type checker: what was packed a moment ago can be unpacked.
        assert not isinstance(made, Message)  # noqa: S101 - see above
        item = Item(read, found, decided.wish(read, found), left=made[1], typed=book)
        arrival = replace(made[0], accepted=pairs)
        return self._planned(item, envelope, arrival, decided.choices)

    def _planned(
        self, item: Item, envelope: Envelope, arrival: Arrival, choices: Choices
    ) -> Item:
        stamp, wish, package = (
            envelope.manifest.stamp,
            item.wish,
            _package(item, envelope),
        )
        # An older state that took the place of newer ones would be behind itself.
        over = wish is Wish.REPLACE and item.verdict.kind not in _NEVER_OVER
        planner = self.planner(stamp.period)
        now = self.journal.next_seq
        arrival = replace(arrival, chosen_at=now, at=now if over else arrival.at)
        plan = planner.take(arrival, choices, over=over)
        if self.journal.became(package.id) is Became.TAKEN:
            since = 0 if over else arrival.at
            plan = replace(plan, decided=replace(plan.decided, since=since))
            wish = Wish.WAIT if wish is Wish.SKIP else wish
        today = self._around.today
        locked = (
            lock_verdict(self._ledger, stamp.period, stamp.unit, today)
            if today
            else None
        )
        if locked is not None and wish in TAKING:
            wish = Wish.WAIT
        item = replace(item, wish=wish, package=package, plan=plan, locked=locked)
        if wish is Wish.SKIP or (item.counts and not plan.open):
            event = replace(event_of(item), seq=self.journal.next_seq)
            arrival = replace(arrival, over=plan.decided.over)
            self.journal.add(event, package, arrival, envelope.manifest)
            if item.counts:
                planner.carried_out(plan)
        return item

    def planner(self, period: str) -> Planner:
        """Give the planner of a period."""
        if period not in self._planners:
            forms = travelling_forms(self._ledger.pack(period))
            there = standing(self._ledger, period, [form.id for form in forms])
            self._planners[period] = Planner(self.journal, there)
        return self._planners[period]


def _in_order(reads: Sequence[Read]) -> list[Read]:
    """Put files in the order of their names, those of one ledger by revision."""
    first: dict[str, str] = {}
    for read in sorted(reads, key=lambda each: each.file):
        first.setdefault(_ledger(read), read.file)
    return sorted(reads, key=lambda read: place_in(first, read))


def place_in(first: dict[str, str], read: Read) -> tuple[str, int, bool, str]:
    """Give the place of a file; `first` has a file of each ledger, this one is added.

    Of one revision, what somebody edited outside the program comes after what was not.
    """
    stamp = read.envelope.manifest.stamp if read.envelope else None
    revision = stamp.revision if stamp else 0
    of = first.setdefault(_ledger(read), read.file)
    return of, revision, bool(read.edited), read.file


def _ledger(read: Read) -> str:
    """Tell which ledger a file is of; one that tells nothing stands by itself."""
    if read.envelope is None:
        return str(read.path)
    return read.envelope.manifest.stamp.ledger


def _place_of(ledger: Ledger) -> Place:
    units = ledger.units()
    packs = {}
    for period in ledger.periods():
        pack = ledger.pack(period.code)
        packs[period.code] = pack.id, pack.version, digest(pack)
    names = {str(unit.code): unit.name for unit in units}
    return Place(ledger.identity().ledger, str(units[0].code), names, packs)


def _package(item: Item, envelope: Envelope) -> Package:
    manifest = envelope.manifest
    stamp = manifest.stamp
    return Package(
        envelope.digest,
        item.read.file,
        stamp.period,
        stamp.unit,
        tuple(code for code, _ in manifest.units),
        stamp.ledger,
        stamp.epoch,
        stamp.made,
        item.read.data or to_data(manifest),
    )


def event_of(item: Item) -> Event:
    """Give the journal's event for what is wanted with a file."""
    plan, package = item.plan, item.package
    # For the type checker: only what can be taken has events.
    if plan is None or package is None:  # pragma: no cover
        raise AssertionError
    if item.wish is Wish.SKIP:
        return Event(package.id, Became.SKIPPED, body_of(UNDECIDED))
    return Event(package.id, Became.TAKEN, body_of(plan.decided))
