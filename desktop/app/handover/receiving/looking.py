"""What a window shows of files that were handed in, worked out on the ledger's thread.

A look is a plan and holds no words; those of a file are made when it is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.handover.receiving.merge_words import MergeWords
from desktop.app.handover.receiving.receiving import Reception
from desktop.app.handover.receiving.rehearsing import Effect
from desktop.app.handover.receiving.rehearsing import rehearse
from desktop.app.handover.receiving.taking_in import receive
from desktop.app.progress import Progress
from desktop.app.verify.words import in_words
from desktop.core.frozen import frozen
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from desktop.app.compiled import CompiledPack
    from desktop.app.handover.receiving.edited import EditedCell
    from desktop.app.handover.receiving.merge_words import ChangeLine
    from desktop.app.handover.receiving.merge_words import ConflictLine
    from desktop.app.handover.receiving.reading import Read
    from desktop.app.handover.receiving.receiving import Around
    from desktop.app.handover.receiving.receiving import Decisions
    from desktop.app.handover.receiving.receiving import Item
    from desktop.app.handover.receiving.rehearsing import Rehearsed
    from desktop.app.handover.receiving.taking_in import Received
    from desktop.app.person import Person
    from desktop.app.progress import Steps
    from desktop.app.verify.words import Found
    from desktop.core.period import Period
    from desktop.core.words import Words
    from desktop.store.ledger import Ledger

MOST: Final = 5000
"""Changes of one file that are listed; the others are counted."""


@frozen
class Look:
    """Files and what taking them would do, at a revision of the ledger.

    `reception` belongs to the ledger's thread.
    """

    items: tuple[Item, ...]
    reception: Reception
    revision: int


@frozen
class Lines:
    """What one file would do, in words.

    `edits` are what was changed outside with what accepting it means; `more` counts
    changes beyond those listed.
    """

    changes: tuple[ChangeLine, ...] = ()
    kept: tuple[ChangeLine, ...] = ()
    conflicts: tuple[ConflictLine, ...] = ()
    edits: tuple[tuple[EditedCell, Found], ...] = ()
    more: int = 0


def look(
    ledger: Ledger, reads: Sequence[Read], decided: Decisions, around: Around
) -> Steps[Look]:
    """Plan files; nothing is written.

    Raises:
        StoreError: The ledger cannot be read.
    """
    # Reading what is known takes longest; whoever waits for the ledger comes first.
    yield Progress(0, len(reads) + 1, message("exchange.comparing", unit=""))
    revision = ledger.head().revision
    reception = Reception(ledger, around)
    items = yield from reception.items(reads, decided)
    return Look(tuple(items), reception, revision)


def lines_of(ledger: Ledger, seen: Look, item: Item, say: Words) -> Lines:
    """Put what a file would do into words.

    Raises:
        StoreError: The ledger cannot be read.
    """
    edits = tuple((cell, in_words(cell.difference, say)) for cell in item.edits)
    plan, package = item.plan, item.package
    if plan is None or package is None:
        return Lines(edits=edits)
    words = MergeWords(ledger, seen.reception, say)
    changes = tuple(words.changes(plan))
    return Lines(
        changes[:MOST],
        tuple(words.kept(plan))[:MOST],
        tuple(words.conflicts(plan, package)),
        edits,
        max(len(changes) - MOST, 0),
    )


def size_of(item: Item) -> int:
    """Count what would change by a file: records that come or go, and slots."""
    if item.plan is None:
        return 0
    taken = item.plan.taken
    return len(taken.added) + len(taken.removed) + len(taken.changed)


def effects(
    ledger: Ledger,
    seen: Look,
    compiled: Callable[[Ledger, Period], CompiledPack],
) -> Steps[Rehearsed | None]:
    """Ask the rules of what was decided; None where the ledger has moved on.

    Raises:
        StoreError: The ledger cannot be read, or there is no room for a copy.
    """
    if ledger.head().revision != seen.revision:
        return None
    found = yield from rehearse(ledger, seen.items, compiled)
    return found


def effect_of(rehearsed: Rehearsed | None, item: Item) -> Effect:
    """Give what the rules would say of what a file brings."""
    if rehearsed is None or item.package is None:
        return Effect()
    return rehearsed.by_package.get(item.package.id, Effect())


def effect_around(rehearsed: Rehearsed | None, item: Item) -> Effect:
    """Give that of a file which is taken, with what is elsewhere: sums, and others."""
    own = effect_of(rehearsed, item)
    if rehearsed is None or not item.counts:
        return own
    more = rehearsed.elsewhere
    return Effect((*own.appear, *more.appear), (*own.vanish, *more.vanish))


def take(
    ledger: Ledger, seen: Look, person: Person, watch: Callable[[Progress], bool]
) -> Received | None:
    """Write what was decided; None where the ledger has moved on since it was planned.

    Raises:
        StoppedError: `watch` answered False; nothing was written.
        StoreError: The disk did not take it; nothing was written.
    """
    if ledger.head().revision != seen.revision:
        return None
    done = 0

    def go_on() -> bool:
        nonlocal done
        said = message("exchange.taking")
        done += 1
        return watch(Progress(done - 1, len(seen.items), said))

    return receive(ledger, seen.items, go_on, person)
