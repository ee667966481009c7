"""Take in what came back, a slip or a receipt, and answer what was sent back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.audit.standing import wanting
from desktop.app.handover.keeping.signing import Arrived as Signed
from desktop.app.handover.keeping.signing import Standing
from desktop.app.handover.keeping.signing import judged
from desktop.app.handover.keeping.signing import known_keys
from desktop.app.handover.keeping.signing import noted
from desktop.app.handover.slips.returning import key_of
from desktop.app.handover.slips.returning import occurring
from desktop.app.handover.slips.returning import tracked
from desktop.core.changes import Action
from desktop.core.changes import NoteChange
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.lineage import MARK
from desktop.exchange.lineage import marks_of
from desktop.exchange.slip import Receipt
from desktop.exchange.slip import Slip
from desktop.exchange.slip import agree
from desktop.exchange.slip import answer_topic
from desktop.exchange.slip_facts import came_change
from desktop.exchange.slip_facts import changes_to
from desktop.exchange.slip_facts import receipt_change
from desktop.exchange.slip_facts import receipts_in
from desktop.exchange.slip_facts import slips_in
from desktop.exchange.slip_files import LARGEST
from desktop.exchange.slip_files import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.handover.keeping.signing import Judgement
    from desktop.app.handover.keeping.signing import KnownKeys
    from desktop.app.handover.slips.returning import Tracked
    from desktop.app.person import Person
    from desktop.core.changes import Change
    from desktop.core.manifest import Signature
    from desktop.exchange.slip import About
    from desktop.exchange.slip import Sender
    from desktop.exchange.slip_files import Arrived
    from desktop.store.ledger import Ledger


def read_back(path: Path) -> Arrived | Message:
    """Read a file that came back, or say why it is none."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        detail = error.strerror or type(error).__name__
        return message("slips.unreadable", file=path.name, detail=detail)
    return read_file(data)


def judgement_of(ledger: Ledger, came: Arrived) -> Judgement:
    """Say whose signature a file has, and how far it is to be trusted."""
    return judgement(known_keys(ledger), came.what.sender, came.digest, came.signature)


def judgement(
    known: KnownKeys, sender: Sender, digest: str, signature: Signature | None
) -> Judgement:
    """Judge a signature of a sender that need not be one of the ledger's units."""
    names = {sender.unit: sender.name, **known.names}
    return judged(replace(known, names=names), sender.unit, digest, signature)


def take_in(ledger: Ledger, came: Arrived, person: Person) -> Action | Message:
    """Keep what came back with the ledger it is about, or say why not.

    A signature that does not hold is refused; a key seen first is remembered.

    Raises:
        StoreError: The ledger cannot be read.
    """
    what = came.what
    refused = _foreign(ledger, what)
    if refused is not None:
        return refused
    found = judgement_of(ledger, came)
    if found.standing is Standing.BROKEN:
        return found.said
    if isinstance(what, Slip):
        action = _take_slip(ledger, what)
    else:
        action = _take_receipt(ledger, what)
    if isinstance(action, Message):
        return action
    signed = Signed(came.digest, what.sender.unit, what.about.period, came.signature)
    more = noted(known_keys(ledger), [signed], person)
    kept = came_change(ledger.choices(what.about.period), came)
    return replace(action, changes=(*action.changes, kept, *more))


def _foreign(ledger: Ledger, what: Slip | Receipt) -> Message | None:
    """Say why a file has no business here."""
    about, own = what.about, ledger.identity().ledger
    if what.sender.ledger == own:
        return message("slips.own", unit=about.unit_name)
    said = {"unit": about.unit_name, "period": about.period_title}
    if about.ledger != own:
        return message("slips.other_ledger", **said)
    root = ledger.units()[0]
    if about.unit != root.code:
        return message("slips.other_unit", unit=about.unit_name, here=root.name)
    if about.period not in [period.code for period in ledger.periods()]:
        return message("slips.other_period", period=about.period_title)
    return None


def _take_slip(ledger: Ledger, slip: Slip) -> Action | Message:
    period = slip.about.period
    choices = ledger.choices(period)
    known = slips_in(choices).get(slip.id)
    if known is not None:
        if known.sender.ledger != slip.sender.ledger:
            return message("slips.other_sender", sender=known.sender.name)
        if known.edition == slip.edition:
            return message("slips.again")
        if known.edition > slip.edition:
            return message("slips.older")
    spots = {(item.form, item.record, item.rule) for item in slip.items if item.rule}
    there = occurring(ledger, period, spots)
    items = tuple(
        replace(item, here=(item.form, item.record, item.rule) in there)
        for item in slip.items
    )
    changes = changes_to(choices, period, replace(slip, items=items))
    title = message("slips.action.take_slip", count=len(items))
    return Action(title, tuple(changes))


def _take_receipt(ledger: Ledger, receipt: Receipt) -> Action | Message:
    about = receipt.about
    if not _is_ours(ledger, about, receipt.mark):
        return message("slips.other_line", revision=about.revision)
    choices = ledger.choices(about.period)
    known = receipts_in(choices).get(about.package)
    if known is not None and known.edition == receipt.edition:
        return message("slips.again")
    if known is not None and known.edition > receipt.edition:
        return message("slips.older")
    title = message("slips.action.take_receipt", revision=about.revision)
    changes = (receipt_change(choices, receipt), *_agreed(ledger, receipt))
    return Action(title, changes)


def _is_ours(ledger: Ledger, about: About, mark: str) -> bool:
    """Tell whether this line of the ledger ever was at the revision acknowledged."""
    marks = marks_of(ledger.marks())
    end = about.revision * MARK
    return 0 < end <= len(marks) and marks[end - MARK : end] == mark


def _agreed(ledger: Ledger, receipt: Receipt) -> Iterator[Change]:
    """Note which items of the slips taken in whoever sent them has agreed to."""
    period = receipt.about.period
    choices = ledger.choices(period)
    slips = slips_in(choices)
    told: dict[str, Slip] = {}
    for one in receipt.agreed:
        slip = told.get(one.slip, slips.get(one.slip))
        item = slip.item(one.number) if slip else None
        if slip and item and item.round == one.round:
            told[one.slip] = slip.with_item(agree(item, one.seen))
    for slip in told.values():
        if slip.sender.ledger == receipt.sender.ledger:
            yield from changes_to(choices, period, slip)


# --- Answering ---------------------------------------------------------------


def find_taken(ledger: Ledger, period: str, name: str) -> Tracked | Message:
    """Find an item that came to this ledger, by slip and number."""
    found = next((one for one in tracked(ledger, period) if one.name == name), None)
    if found is None:
        return message("slips.unknown_item", item=name)
    if found.ours:
        unit = found.slip.about.unit_name
        return message("slips.not_theirs", item=name, unit=unit)
    return found


def answer(ledger: Ledger, one: Tracked, text: str) -> Action | Message:
    """Say why what was sent back is right (无误); an empty text takes it back.

    The answer is a note of the record and goes along with the next submission. Stock
    phrases say nothing, as with explanations.
    """
    words = text.strip()
    key = key_of(one.slip, one.item)
    if ledger.record(key) is None:
        return message("slips.record_gone", item=one.name)
    demands = ledger.pack(key.period).explanations
    lacks = wanting(words, demands, figure=False) if words else None
    if lacks is not None:
        return lacks
    topic = answer_topic(one.slip.id, one.item)
    before = ledger.notes(key).get(topic, "")
    changes = (NoteChange(key, topic, before, words),) if before != words else ()
    return Action(message("slips.action.answer", item=one.name), changes)
