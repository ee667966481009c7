"""What was received by file, as a list: when, of whom, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.handover.receiving.merge_words import MergeWords
from desktop.app.handover.receiving.receiving import Around
from desktop.app.handover.receiving.receiving import Reception
from desktop.app.handover.receiving.taking_back import carry_out
from desktop.app.handover.receiving.taking_back import plan_redo
from desktop.app.handover.receiving.taking_back import plan_undo
from desktop.app.handover.receiving.typed import is_typed
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.journal import read_body
from desktop.store.journal_rows import Became

if TYPE_CHECKING:
    from desktop.app.handover.receiving.merge_words import ChangeLine
    from desktop.app.handover.receiving.taking_back import TakingBack
    from desktop.core.words import Words
    from desktop.store.journal_rows import Event
    from desktop.store.journal_rows import Package
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer


@frozen
class Entry:
    """A package with what became of it last, when, and by whom.

    `accepted` counts the records that were taken over with it beyond what it says.
    """

    package: Package
    unit: str
    became: Became
    at: str
    who: str
    accepted: int = 0

    @property
    def typed(self) -> bool:
        """Whether it was typed by hand."""
        return is_typed(self.package.ledger)


@frozen
class Turn:
    """What taking a package back, or again, would do, in words."""

    back: TakingBack
    changes: tuple[ChangeLine, ...]
    revision: int

    @property
    def undone(self) -> bool:
        """Whether it is taken back, and not again."""
        return self.back.part.event.became is Became.UNDONE


def history(ledger: Ledger, period: str) -> tuple[Entry, ...]:
    """List what was received for a period, the latest word first.

    Raises:
        StoreError: The ledger cannot be read.
    """
    last: dict[str, Event] = {}
    for event in ledger.journal():
        last.pop(event.package, None)
        last[event.package] = event
    units = {str(unit.code): unit.name_in(period) for unit in ledger.units()}
    packages = {package.id: package for package in ledger.packages(period)}
    return tuple(
        Entry(
            packages[id_],
            units.get(packages[id_].unit, packages[id_].unit),
            event.became,
            event.at,
            event.who,
            len(read_body(event.body).accepted),
        )
        for id_, event in reversed(last.items())
        if id_ in packages
    )


def plan_turn(ledger: Ledger, package: str, say: Words) -> Turn | Message:
    """Plan to take a package back if it counts, or else again; or say why not.

    Raises:
        StoreError: The ledger cannot be read.
    """
    reception = Reception(ledger, Around(say=say))
    known = reception.journal.packages[package]
    if reception.journal.became(package) is Became.TAKEN:
        back = plan_undo(reception, known)
    else:
        back = plan_redo(reception, known, {})
    if isinstance(back, Message):
        return back
    words = MergeWords(ledger, reception, say)
    changes = tuple(words.changes(back.plan))
    return Turn(back, changes, ledger.head().revision)


def do_turn(ledger: Ledger, turn: Turn) -> Answer | Message:
    """Write what was planned, or say that the ledger has moved on since.

    Raises:
        StoreError: The disk did not take it; nothing was written.
    """
    if ledger.head().revision != turn.revision:
        return message("exchange.moved_on")
    return carry_out(ledger, turn.back)
