"""A county and a street with what one sends back to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.handover.slips.receipts import receipts_for
from desktop.app.handover.slips.returning import tracked
from desktop.app.handover.slips.slips import find_slip
from desktop.app.handover.slips.slips import issue
from desktop.app.handover.slips.slips_marking import Wanted
from desktop.app.handover.slips.slips_marking import send_back
from desktop.app.handover.slips.slips_taken import answer
from desktop.app.handover.slips.slips_taken import find_taken
from desktop.app.handover.slips.slips_taken import take_in
from desktop.app.progress import run_steps
from desktop.core.changes import Action
from desktop.core.messages import Message
from desktop.exchange.slip_files import read_file
from desktop.exchange.slip_files import to_file
from desktop.store.records import Applied
from tests.small import YEAR
from tests.small import person

if TYPE_CHECKING:
    from desktop.app.handover.receiving.reading import Read
    from desktop.app.handover.slips.receipts import Noted
    from desktop.app.handover.slips.returning import Tracked
    from desktop.app.handover.slips.slips import Issued
    from desktop.exchange.slip import ItemState
    from desktop.exchange.slip_files import Arrived
    from desktop.store.journal_rows import Package
    from desktop.store.ledger import Ledger

CODE = YEAR.code


def done(ledger: Ledger, action: Action | Message) -> Action:
    """Do an action that must be possible."""
    assert isinstance(action, Action), action
    answered = ledger.apply(action)
    assert isinstance(answered, Applied), answered
    return action


def refused(answered: object) -> str:
    """Give the code of the message why not."""
    assert isinstance(answered, Message), answered
    return answered.code


def package_of(ledger: Ledger, read: Read) -> Package:
    """Find what was received."""
    assert read.envelope is not None
    (found,) = [p for p in ledger.packages() if p.id == read.envelope.digest]
    return found


def sent_back(ledger: Ledger, read: Read, place: str, reason: str = "请核对") -> None:
    """Send a cell back, or a finding where the place's last part has a dot."""
    form, record, what = place.split("/")
    named = {"rule": what} if "." in what else {"field": what}
    wanted = Wanted(form, record, reason=reason, **named)
    done(ledger, send_back(ledger, package_of(ledger, read), [wanted]))


def issued(ledger: Ledger) -> Issued:
    """Let the only slip there is go out."""
    (id_,) = {one.slip.id for one in tracked(ledger, CODE) if one.ours}
    slip = find_slip(ledger, CODE, id_)
    assert not isinstance(slip, Message)
    out = issue(ledger, slip, "李四")
    assert not isinstance(out, Message)
    if out.action is not None:
        done(ledger, out.action)
    return out


def arrived(data: bytes) -> Arrived:
    """Read a file as if it had travelled."""
    found = read_file(to_file(data))
    assert not isinstance(found, Message), found
    return found


def taken_in(ledger: Ledger, out: Issued | Noted) -> None:
    """Take in what came back."""
    done(ledger, take_in(ledger, arrived(out.data), person()))


def receipt(ledger: Ledger, read: Read) -> Noted:
    """Make the receipt of a package."""
    (made,) = run_steps(receipts_for(ledger, [package_of(ledger, read)], "李四"))
    return made


def states(ledger: Ledger) -> dict[str, ItemState]:
    """Tell how far each item is, by what it points at."""
    found = {}
    for one in tracked(ledger, CODE):
        item = one.item
        place = f"{item.form}/{item.record}/{item.field or item.rule}"
        found[place] = one.state
    return found


def the(ledger: Ledger, place: str = "") -> Tracked:
    """Give an item by what it points at, or the only one there is."""
    form, _, rest = place.partition("/")
    record, _, what = rest.partition("/")
    (found,) = [
        one
        for one in tracked(ledger, CODE)
        if not place
        or (one.item.form, one.item.record, one.item.field or one.item.rule)
        == (form, record, what)
    ]
    return found


def answered(ledger: Ledger, text: str, place: str = "") -> None:
    """Answer an item."""
    found = find_taken(ledger, CODE, the(ledger, place).name)
    assert not isinstance(found, Message)
    done(ledger, answer(ledger, found, text))
