"""Take back what was received, and let it count again, whatever came later."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.journal import body_of
from desktop.store.journal_rows import Became
from desktop.store.journal_rows import Event
from desktop.store.journal_rows import Part

if TYPE_CHECKING:
    from desktop.app.handover.receiving.receiving import Reception
    from desktop.exchange.journal import Journal
    from desktop.exchange.merge import Choices
    from desktop.exchange.planning import Plan
    from desktop.store.journal_rows import Package
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer


@frozen
class TakingBack:
    """What it would mean to let a package count no longer, or again.

    `after` are the packages that came behind it and count.
    """

    package: Package
    plan: Plan
    after: tuple[Package, ...]
    part: Part


def find_package(journal: Journal, wanted: str) -> Package | Message:
    """Find a package by the beginning of its number, its file's name, or its unit."""
    packages = list(journal.packages.values())
    found = [one for one in packages if one.id.startswith(wanted)]
    found = found or [one for one in packages if wanted in (one.file, one.unit)]
    if not found:
        return message("exchange.unknown_package", package=wanted)
    return found[-1]


def plan_undo(reception: Reception, package: Package) -> TakingBack | Message:
    """Plan to let a package count no longer, or say why there is nothing to do."""
    journal = reception.journal
    if journal.became(package.id) is not Became.TAKEN:
        return message("exchange.not_taken", package=package.file)
    arrival = journal.arrival(package.id)
    plan = reception.planner(package.period).leave_out(arrival)
    after = tuple(
        one
        for one in journal.beside(package.period, arrival.units)
        if one.id != package.id and journal.arrival(one.id).at > arrival.at
    )
    event = Event(package.id, Became.UNDONE, body_of(plan.decided))
    return TakingBack(package, plan, after, Part(event, plan.changes))


def plan_redo(
    reception: Reception, package: Package, choices: Choices
) -> TakingBack | Message:
    """Plan to let a package count again as it was decided, or say why not."""
    journal = reception.journal
    if journal.became(package.id) is Became.TAKEN:
        return message("exchange.already_taken", package=package.file)
    arrival = journal.arrival(package.id)
    plan = reception.planner(package.period).take(arrival, choices)
    if plan.open:
        count = len(plan.open)
        return message("exchange.conflicts", count=count, unit=package.file)
    since = arrival.at if arrival.at < journal.next_seq else 0
    decided = replace(plan.decided, since=since, chosen_at=arrival.chosen_at)
    event = Event(package.id, Became.TAKEN, body_of(decided))
    return TakingBack(package, plan, (), Part(event, plan.changes))


def carry_out(ledger: Ledger, back: TakingBack) -> Answer:
    """Write what taking back, or taking again, means.

    Raises:
        StoreError: The disk did not take it; nothing was written.
    """
    undone = back.part.event.became is Became.UNDONE
    code = "exchange.action.undo" if undone else "exchange.action.redo"
    return ledger.receive(message(code, unit=back.package.unit), [back.part])
