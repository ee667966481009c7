"""Send back (退回): what becomes of the slips that go out from a ledger.

No figure is ever changed by it. Everything here is on a ledger's thread and gives the
action that does it, or says why not.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from desktop.app.handover.slips.returning import Newest
from desktop.app.handover.slips.returning import tracked
from desktop.app.reports.stamping import stamp_of
from desktop.core.changes import Action
from desktop.core.changes import RecordKey
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.journal import Journal
from desktop.exchange.slip import About
from desktop.exchange.slip import ItemState
from desktop.exchange.slip import Sender
from desktop.exchange.slip import Slip
from desktop.exchange.slip import again
from desktop.exchange.slip import agree
from desktop.exchange.slip_facts import changes_to
from desktop.exchange.slip_facts import slips_in
from desktop.exchange.slip_facts import taken_away
from desktop.exchange.slip_files import SLIP_ENDING
from desktop.exchange.slip_files import data_of
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.app.handover.slips.returning import Tracked
    from desktop.core.changes import Change
    from desktop.store.journal_rows import Package
    from desktop.store.ledger import Ledger


@frozen
class Issued:
    """A slip as it goes out: its bytes, its file's name, and what notes that it did."""

    slip: Slip
    data: bytes
    name: str
    action: Action | None


def sender_of(ledger: Ledger, period: str, who: str = "") -> Sender:
    """Say whose ledger this is."""
    root = ledger.units()[0]
    return Sender(ledger.identity().ledger, str(root.code), root.name_in(period), who)


def about_of(journal: Journal, package: Package) -> About:
    """Say what a package was, as its sender knows it."""
    stamp = journal.manifest(package.id).stamp
    return About(
        stamp.ledger,
        stamp.unit,
        stamp.unit_name,
        stamp.period,
        stamp.period_title,
        package.id,
        package.file,
        stamp.revision,
    )


def package_for(ledger: Ledger, key: RecordKey) -> Package | Message:
    """Find the package that a record of the ledger came in, the last of its unit."""
    record = ledger.record(key)
    newest = Newest(ledger, key.period)
    unit = "" if record is None else record.unit
    for package in reversed(newest.journal.beside(key.period, [unit])):
        head = newest.of(package.unit, key.form)
        if head and newest.slots(head, key) is not None:
            return newest.journal.packages[head]
    return message("slips.not_received")


def find_record(ledger: Ledger, package: Package, form: str, named: str) -> str:
    """Give the id of a package's record by the id itself, or by its name alone."""
    content = Journal(ledger).arrival(package.id).content
    of_form = {
        str(key.facility): slots for key, slots in content.items() if key.form == form
    }
    known = ledger.pack(package.period).form_by_id.get(form)
    if named in of_form or not isinstance(known, Roster) or not known.name:
        return named
    told = f"t:{named}"
    found = [id_ for id_, slots in of_form.items() if slots.get(known.name) == told]
    return found[0] if len(found) == 1 else named


# --- Going on with a slip ----------------------------------------------------


def find_item(ledger: Ledger, period: str, name: str) -> Tracked | Message:
    """Find an item of this ledger's slips by its slip and number, as `ab12cd34-1.2`."""
    found = [one for one in tracked(ledger, period) if one.name == name]
    if not found:
        return message("slips.unknown_item", item=name)
    if not found[0].ours:
        sender = found[0].slip.sender.name
        return message("slips.not_ours", item=name, sender=sender)
    return found[0]


def find_slip(ledger: Ledger, period: str, id_: str) -> Slip | Message:
    """Find a slip that goes out from this ledger."""
    slip = slips_in(ledger.choices(period)).get(id_)
    if slip is None or slip.sender.ledger != ledger.identity().ledger:
        return message("slips.unknown_slip", slip=id_)
    return slip


def drop(ledger: Ledger, one: Tracked) -> Action:
    """Take an item off its slip; where it went out, the next edition says so."""
    choices, period = ledger.choices(one.key.period), one.key.period
    title = message("slips.action.drop", item=one.name)
    slip = one.slip.without(one.item.number)
    if not slip.items and not slip.edition:
        return Action(title, tuple(taken_away(choices, period, slip.id)))
    waiting = slip.waiting or one.issued
    return _kept(ledger, replace(slip, waiting=waiting), title)


def running(ledger: Ledger, package: Package) -> Slip | None:
    """Give the slip of a package's unit that what is sent back next goes on, if any.

    One that is done with is left; the next item begins a new one.
    """
    own, period = ledger.identity().ledger, package.period
    undone = {
        one.slip.id
        for one in tracked(ledger, period)
        if one.state is not ItemState.CHECKED
    }
    for slip in slips_in(ledger.choices(period)).values():
        ours = (slip.sender.ledger, slip.about.unit) == (own, package.unit)
        if ours and (slip.waiting or slip.id in undone):
            return slip
    return None


def set_due(ledger: Ledger, slip: Slip, day: str) -> Action | Message:
    """Set the day by which the unit is to answer; an empty one sets none."""
    if day and not is_day(day):
        return message("slips.bad_day", day=day)
    title = message("slips.action.due", unit=slip.about.unit_name)
    waiting = slip.waiting or slip.due != day
    return _kept(ledger, replace(slip, due=day, waiting=waiting), title)


def is_day(text: str) -> bool:
    """Tell whether a text is a day, written as 2026-01-31."""
    with suppress(ValueError):
        return date.fromisoformat(text).isoformat() == text
    return False


def agree_to(ledger: Ledger, found: Sequence[Tracked]) -> Action | Message:
    """Agree to what was corrected: those items are 已核."""
    for one in found:
        if not one.issued:
            return message("slips.not_out", item=one.name)
        if one.state is ItemState.OPEN:
            return message("slips.not_changed", item=one.name)
    title = message("slips.action.agree", count=len(found))
    return Action(title, tuple(agreeing(ledger, found)))


def agreeing(ledger: Ledger, found: Sequence[Tracked]) -> Iterator[Change]:
    """Give the changes that agree to items of one period."""
    slips: dict[str, Slip] = {}
    for one in found:
        slip = slips.get(one.slip.id, one.slip)
        slips[slip.id] = slip.with_item(agree(one.item, one.now))
    for one in {one.slip.id: one for one in found}.values():
        period = one.key.period
        yield from changes_to(ledger.choices(period), period, slips[one.slip.id])


def send_again(ledger: Ledger, one: Tracked, reason: str) -> Action | Message:
    """Send an item back once more, as it stands in the unit's newest package."""
    if not reason.strip():
        return message("slips.no_reason")
    if not one.issued:
        return message("slips.not_out", item=one.name)
    slip = one.slip
    item = again(
        one.item,
        reason.strip(),
        slip.edition,
        now=one.now,
        package=one.newest or one.item.package,
    )
    slip = replace(slip.with_item(item), waiting=True)
    return _kept(ledger, slip, message("slips.action.again", item=one.name))


def _kept(ledger: Ledger, slip: Slip, title: Message) -> Action:
    period = slip.about.period
    changes = changes_to(ledger.choices(period), period, slip)
    return Action(title, tuple(changes))


# --- Going out ---------------------------------------------------------------


def issue(ledger: Ledger, slip: Slip, who: str) -> Issued | Message:
    """Make what goes out of a slip; of what went out already, the same file again.

    Write the file first, then do the action: it notes that the slip went out.
    """
    if not slip.items and not slip.edition:
        return message("slips.nothing", slip=slip.id)
    action = None
    if slip.waiting or not slip.edition:
        period = next(p for p in ledger.periods() if p.code == slip.about.period)
        made = stamp_of(ledger, period).made
        sender = sender_of(ledger, period.code, who)
        for one in tracked(ledger, period.code):
            if one.slip.id == slip.id and one.state is ItemState.CHECKED:
                slip = slip.with_item(agree(one.item, one.now))
        slip = replace(
            slip, edition=slip.edition + 1, sender=sender, made=made, waiting=False
        )
        title = message("slips.action.issue", unit=slip.about.unit_name)
        action = _kept(ledger, slip, title)
    about = slip.about
    name = f"{about.unit}-{about.period}-return-{slip.id}-{slip.edition}{SLIP_ENDING}"
    return Issued(slip, data_of(slip), name, action)
