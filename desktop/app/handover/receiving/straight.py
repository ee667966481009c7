"""Take in what was decided beforehand while the files are still being read.

Files are proved in other processes. Those that came meanwhile are planned and written,
in one transaction that ends with the last of them: it takes two thirds of the time, and
nobody has looked at a preview. Wherever that could come to something else than looking
at all files first, nothing is written, and whoever asked goes the other way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.handover.receiving.receiving import Reception
from desktop.app.handover.receiving.receiving import place_in
from desktop.app.handover.receiving.taking_in import parts_of
from desktop.app.handover.receiving.taking_in import received_of
from desktop.app.handover.receiving.taking_in import signatures_of
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.store.records import Stale

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator

    from desktop.app.handover.receiving.reading import Read
    from desktop.app.handover.receiving.receiving import Around
    from desktop.app.handover.receiving.receiving import Decisions
    from desktop.app.handover.receiving.receiving import Item
    from desktop.app.handover.receiving.taking_in import Received
    from desktop.app.person import Person
    from desktop.store.ledger import Ledger


@frozen
class Straight:
    """Files that were read, and what came of taking them.

    Without `received` nothing was written: somebody has to look at them together.
    """

    reads: tuple[Read, ...]
    items: tuple[Item, ...] = ()
    received: Received | None = None
    reception: Reception | None = None


class _LookFirstError(Exception):
    """What comes of the files cannot be known file by file."""


def receive_straight(
    ledger: Ledger,
    coming: Iterable[Read],
    decided: tuple[Decisions, Around],
    go_on: Callable[[], bool],
    person: Person | None = None,
) -> Straight:
    """Plan and write files as they come, all of it in one action or nothing.

    Raises:
        StoppedError: `go_on` said no; nothing was written.
        StoreError: The disk did not take it; nothing was written.
    """
    reads: list[Read] = []
    items: list[Item] = []
    first: dict[str, str] = {}
    places: list[tuple[str, int, bool, str]] = []
    stream = iter(coming)
    decisions, around = decided
    reception = Reception(ledger, around)

    def planned() -> Iterator[Item]:
        for read in stream:
            reads.append(read)
            places.append(place_in(first, read))
            item = reception.item(read, decisions)
            if places[-2:] != sorted(places[-2:]) or (item.counts and item.open):
                raise _LookFirstError
            items.append(item)
            yield item

    parts = parts_of(ledger, planned(), lambda: signatures_of(ledger, items, person))
    try:
        answer = ledger.receive(message("exchange.action.receive_files"), parts, go_on)
    except _LookFirstError:
        answer = None
    if answer is None or isinstance(answer, Stale):
        return Straight((*reads, *stream))
    received = received_of(items, answer)
    return Straight(tuple(reads), tuple(items), received, reception)
