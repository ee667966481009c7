"""Take in what was decided about files: all of it in one action, or nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.handover.keeping.signing import Arrived
from desktop.app.handover.keeping.signing import known_keys
from desktop.app.handover.keeping.signing import noted
from desktop.app.handover.receiving.receiving import Wish
from desktop.app.handover.receiving.receiving import event_of
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.exchange.lineage import Kind
from desktop.store.journal_rows import Part

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.handover.receiving.reading import Read
    from desktop.app.handover.receiving.receiving import Item
    from desktop.app.person import Person
    from desktop.core.changes import Change
    from desktop.core.messages import Message
    from desktop.exchange.lineage import Verdict
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer


@frozen
class Received:
    """What came of receiving; `refused` says why nothing was written."""

    taken: tuple[Item, ...] = ()
    skipped: tuple[Item, ...] = ()
    answer: Answer | None = None
    refused: Message | None = None


def receive(
    ledger: Ledger,
    items: Sequence[Item],
    go_on: Callable[[], bool],
    person: Person | None = None,
) -> Received:
    """Write what was decided, all of it in one action or nothing.

    What `person` is to be told of keys at the next file is noted with it.

    Raises:
        StoppedError: `go_on` said no; nothing was written.
        StoreError: The disk did not take it; nothing was written.
    """
    taken = [item for item in items if item.counts]
    for item in taken:
        if item.open:
            said = message(
                "exchange.conflicts", count=len(item.open), unit=item.read.file
            )
            return Received(refused=said)
    if not taken and not any(map(_is_aside, items)):
        return Received()
    title = message("exchange.action.receive", count=len(taken))
    parts = parts_of(ledger, items, lambda: signatures_of(ledger, items, person))
    return received_of(items, ledger.receive(title, parts, go_on))


def received_of(items: Sequence[Item], answer: Answer) -> Received:
    """Tell what came of files by what the ledger answered."""
    taken = tuple(item for item in items if item.counts)
    skipped = tuple(filter(_is_aside, items))
    return Received(taken, skipped, answer) if taken or skipped else Received()


def _is_aside(item: Item) -> bool:
    return item.wish is Wish.SKIP and item.plan is not None


def signatures_of(
    ledger: Ledger, items: Sequence[Item], person: Person | None
) -> tuple[Change, ...]:
    """Give what `person` is to be told of the keys of packages at the next file."""
    if person is None:
        return ()
    arrived = [
        Arrived(
            item.read.envelope.digest,
            item.read.envelope.manifest.stamp.unit,
            item.read.envelope.manifest.stamp.period,
            item.read.envelope.signature,
        )
        for item in items
        if item.counts and item.read.envelope is not None
    ]
    return noted(known_keys(ledger), arrived, person)


def parts_of(
    ledger: Ledger,
    items: Iterable[Item],
    beside: Callable[[], Sequence[Change]] = tuple,
) -> Iterator[Part]:
    """Give what is to be written for what was decided, `beside` with the last.

    Raises:
        StoreError: The ledger cannot be read.
    """
    known = {package.id for package in ledger.packages()}
    last: Part | None = None
    for item in items:
        package = item.package
        if package is None or not (item.counts or item.wish is Wish.SKIP):
            continue
        if last is not None:
            yield last
        changes = item.plan.changes if item.plan and item.counts else ()
        new = package.id not in known
        known.add(package.id)
        last = Part(event_of(item), changes, package if new else None)
    if last is not None:
        yield replace(last, changes=(*last.changes, *beside()))


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
