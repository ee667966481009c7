"""Receive submissions: read, say what each is, preview, decide, apply; and take back.

Files are read in processes of their own, without the ledger. What each would do is
planned on the ledger's thread; nothing is written before `receive`, and that is one
action, whole or not at all.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.progress import Progress
from desktop.app.verify.verifying import envelope_of
from desktop.app.verify.verifying import in_workbook
from desktop.core.frozen import frozen
from desktop.core.manifest import digest_of
from desktop.core.manifest import to_data
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.journal import Decided
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
from desktop.intake.source import read_source
from desktop.store.journal_rows import Became
from desktop.store.journal_rows import Event
from desktop.store.journal_rows import Package
from desktop.store.journal_rows import Part

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.progress import Steps
    from desktop.core.manifest import Envelope
    from desktop.core.manifest_diff import Difference
    from desktop.exchange.merge import Choices
    from desktop.exchange.merge import Conflict
    from desktop.exchange.planning import Plan
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer

ENDINGS: Final = (".xlsx",)
_NOTHING: Final = Decided({}, {})


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
class Read:
    """A file as it was read; `refused` says why there is nothing to go on."""

    file: str
    path: Path
    envelope: Envelope | None = None
    refused: Message | None = None
    edited: tuple[Difference, ...] = ()


@frozen
class Item:
    """A file, what it is to the ledger, and what taking it would do.

    `left` says what of it stays outside. Without a `plan` nothing of it can be taken.
    """

    read: Read
    verdict: Verdict
    wish: Wish = Wish.WAIT
    package: Package | None = None
    plan: Plan | None = None
    left: tuple[Message, ...] = ()

    @property
    def open(self) -> tuple[Conflict, ...]:
        """What somebody has to choose before it can be taken."""
        return self.plan.open if self.plan is not None else ()


@frozen
class Received:
    """What came of receiving; `refused` says why nothing was written."""

    taken: tuple[Item, ...] = ()
    skipped: tuple[Item, ...] = ()
    answer: Answer | None = None
    refused: Message | None = None


# --- Reading -----------------------------------------------------------------


def files_in(paths: Sequence[Path]) -> list[Path]:
    """Give the files to look at: those named, and the workbooks in folders named."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (each for each in path.iterdir() if _looks_like_one(each))
            found += sorted(inside)
        else:
            found.append(path)
    return found


def _looks_like_one(path: Path) -> bool:
    # Excel leaves `~$name.xlsx` beside a file it has open.
    return path.suffix.lower() in ENDINGS and not path.name.startswith("~$")


def read_files(paths: Sequence[Path], reader: tuple[str, ...]) -> Steps[list[Read]]:
    """Read files in processes of their own; a bad one never stops the others."""
    found = []
    for place, path in enumerate(paths):
        said = message("exchange.reading", file=path.name)
        yield Progress(place, len(paths), said)
        found.append(read_one(path, reader))
    return found


def read_one(path: Path, reader: tuple[str, ...]) -> Read:
    """Read one file, and hold its cells against what it says of itself."""
    source = read_source(path, reader)
    if isinstance(source, Message):
        return Read(path.name, path, refused=source)
    envelope = envelope_of(source)
    if isinstance(envelope, Message):
        missing = envelope.code == "verify.no-manifest"
        said = message("exchange.no_manifest") if missing else envelope
        return Read(path.name, path, refused=said)
    if digest_of(to_data(envelope.manifest)) != envelope.digest:
        return Read(path.name, path, refused=message("manifest.newer"))
    edited = tuple(in_workbook(source, envelope))
    return Read(path.name, path, envelope, edited=edited)


# --- Planning ----------------------------------------------------------------


class Reception:
    """Plans one file after another, on a ledger's thread; nothing is written.

    What is read of the ledger is read once: use it for one preview or one receiving.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Read what is known.

        Raises:
            StoreError: The ledger cannot be read.
        """
        self.journal = Journal(ledger)
        self._ledger = ledger
        self._here = frozenset(str(unit.code) for unit in ledger.units())
        self._place = _place_of(ledger)
        self._planners: dict[str, Planner] = {}

    def items(
        self,
        reads: Sequence[Read],
        wish: Callable[[Read, Verdict], Wish],
        choices: Choices,
    ) -> Steps[list[Item]]:
        """Plan files, earlier revisions first, each on what the ones before leave.

        Raises:
            StoreError: The ledger cannot be read.
        """
        found = []
        for place, read in enumerate(_in_order(reads)):
            said = message("exchange.comparing", unit=read.file)
            yield Progress(place, len(reads), said)
            found.append(self._item(read, wish, choices))
        return found

    def _item(
        self, read: Read, wish: Callable[[Read, Verdict], Wish], choices: Choices
    ) -> Item:
        envelope = read.envelope
        if envelope is None:
            said = read.refused or message("exchange.no_manifest")
            foreign = said.code == "exchange.no_manifest"
            return Item(read, Verdict(Kind.NOT_OURS if foreign else Kind.DAMAGED, said))
        manifest = envelope.manifest
        units = [code for code, _ in manifest.units]
        known = self.journal.sightings(manifest.stamp.period, units)
        found = verdict(envelope.digest, manifest, self._place, known)
        again = (
            found.kind is Kind.SAME
            and self.journal.became(envelope.digest) is not Became.TAKEN
        )
        mine = found.kind in ACCEPTABLE or found.kind is Kind.SAME
        if read.edited and mine:
            plain = found.kind in ACCEPTABLE or again
            code = "exchange.edited" if plain else "exchange.edited_same"
            said = message(code, count=len(read.edited))
            found = replace(found, kind=Kind.EDITED, said=said)
            if not plain:
                return Item(read, found)
        elif found.kind not in ACCEPTABLE and not again:
            return Item(read, found)
        return self._planned(read, envelope, found, (wish(read, found), choices))

    def _planned(
        self,
        read: Read,
        envelope: Envelope,
        found: Verdict,
        wanted: tuple[Wish, Choices],
    ) -> Item:
        wish, choices = wanted
        manifest = envelope.manifest
        place = self._ledger, self._here
        made = arrival_of(envelope.digest, self.journal.next_seq, manifest, place)
        if isinstance(made, Message):
            return Item(read, Verdict(Kind.DAMAGED, made))
        arrival, left = made
        planner = self.planner(manifest.stamp.period)
        # An older state that took the place of newer ones would be behind itself.
        over = wish is Wish.REPLACE and found.kind is not Kind.OLDER
        plan = planner.take(arrival, choices, over=over)
        package = _package(read.file, envelope)
        item = Item(read, found, wish, package, plan, left)
        if wish is Wish.SKIP or (wish is not Wish.WAIT and not plan.open):
            event = replace(event_of(item), seq=self.journal.next_seq)
            arrival = replace(arrival, over=plan.decided.over)
            self.journal.add(event, package, arrival, manifest)
            if wish is not Wish.SKIP:
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

    def order(read: Read) -> tuple[str, int, str]:
        stamp = read.envelope.manifest.stamp if read.envelope else None
        return first[_ledger(read)], stamp.revision if stamp else 0, read.file

    return sorted(reads, key=order)


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


def _package(file: str, envelope: Envelope) -> Package:
    manifest = envelope.manifest
    stamp = manifest.stamp
    return Package(
        envelope.digest,
        file,
        stamp.period,
        stamp.unit,
        tuple(code for code, _ in manifest.units),
        stamp.ledger,
        stamp.epoch,
        stamp.made,
        to_data(manifest),
    )


def event_of(item: Item) -> Event:
    """Give the journal's event for what is wanted with a file."""
    plan, package = item.plan, item.package
    # For the type checker: only what can be taken has events.
    if plan is None or package is None:  # pragma: no cover
        raise AssertionError
    if item.wish is Wish.SKIP:
        return Event(package.id, Became.SKIPPED, body_of(_NOTHING))
    return Event(package.id, Became.TAKEN, body_of(plan.decided))


# --- Doing -------------------------------------------------------------------


def receive(
    ledger: Ledger, items: Sequence[Item], go_on: Callable[[], bool]
) -> Received:
    """Write what was decided, all of it in one action or nothing.

    Raises:
        StoppedError: `go_on` said no; nothing was written.
        StoreError: The disk did not take it; nothing was written.
    """
    taken = [item for item in items if item.wish in (Wish.MERGE, Wish.REPLACE)]
    taken = [item for item in taken if item.plan is not None]
    skipped = [item for item in items if item.wish is Wish.SKIP and item.plan]
    for item in taken:
        if item.open:
            said = message(
                "exchange.conflicts", count=len(item.open), unit=item.read.file
            )
            return Received(refused=said)
    if not taken and not skipped:
        return Received()
    known = {package.id for package in ledger.packages()}
    title = message("exchange.action.receive", count=len(taken))
    parts = _parts([each for each in items if each in (*taken, *skipped)], known)
    answer = ledger.receive(title, parts, go_on)
    return Received(tuple(taken), tuple(skipped), answer)


def _parts(items: Sequence[Item], known: set[str]) -> Iterator[Part]:
    for item in items:
        event, package = event_of(item), item.package
        changes = item.plan.changes if item.plan and item.wish is not Wish.SKIP else ()
        new = package is not None and event.package not in known
        known.add(event.package)
        yield Part(event, changes, package if new else None)


def wishes(
    explicit: Mapping[str, Wish], *, all_new: bool, all_updates: bool
) -> Callable[[Read, Verdict], Wish]:
    """Give what is wanted with each file, by its name or in bulk by its kind."""
    bulk = set()
    if all_new:
        bulk.add(Kind.NEW)
    if all_updates:
        bulk.add(Kind.UPDATE)

    def wish(read: Read, found: Verdict) -> Wish:
        if read.file in explicit:
            return explicit[read.file]
        return Wish.MERGE if found.kind in bulk else Wish.WAIT

    return wish
