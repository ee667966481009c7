"""退回单 and 回执 as values: what was sent back, and how far each item is.

How far an item is follows from the data alone: it is 待改 while the cells, and what was
said about them, are what was sent back; 已改 once they differ; 已核 while they are what
whoever sent it back has agreed to. Nobody ticks anything off.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.core.frozen import frozen
from desktop.core.manifest import digest_of
from desktop.exchange.content import ANSWER

if TYPE_CHECKING:
    from collections.abc import Collection

    from desktop.exchange.content import Slots

Seen: TypeAlias = "tuple[str, ...]"
"""What stands where an item points: its cells, the explanation of its finding, and the
answer to it, as texts. Nothing at all where the record is gone."""
GONE: Final[Seen] = ()


class ItemState(Enum):
    """How far an item of a slip is."""

    OPEN = "open"
    """待改: all is as it was sent back."""
    CHANGED = "changed"
    """已改: something else stands there, or is said about it."""
    CHECKED = "checked"
    """已核: whoever sent it back agrees."""


class PackageState(Enum):
    """What became of a package at whoever received it."""

    RECEIVED = "received"
    RETURNED = "returned"
    ACCEPTED = "accepted"


@frozen
class Item:
    """One cell or finding that is sent back; `rule` is empty for a cell.

    `fields` are the cells it is about, `returned` what stood there, `level` and `says`
    what the audit said. `name` and the titles are for a reader. `round` counts how
    often it was sent back, `since` the edition of the slip that says so first.
    `package` brought what is sent back. `agreed` is what whoever sent it back has
    agreed to. `here` tells, where it was taken in, that the audit found it there too.
    """

    number: int
    form: str
    record: str
    field: str
    rule: str
    fields: tuple[str, ...]
    returned: Seen
    reason: str
    package: str
    name: str = ""
    form_title: str = ""
    field_title: str = ""
    level: str = ""
    says: str = ""
    round: int = 1
    since: int = 1
    agreed: Seen | None = None
    here: bool = False

    @property
    def spot(self) -> tuple[str, str, str, str]:
        """Where it points."""
        return self.form, self.record, self.field, self.rule


@frozen
class Sender:
    """Whose ledger something went out from: its id, its unit, and who did it."""

    ledger: str
    unit: str
    name: str
    who: str = ""


@frozen
class About:
    """What was handed in: whose ledger, unit and period; package, file, revision."""

    ledger: str
    unit: str
    unit_name: str
    period: str
    period_title: str
    package: str
    file: str
    revision: int


@frozen
class Slip:
    """What one unit gets back for a period.

    `edition` counts how often it went out, 0 while it never did; `waiting` tells that
    something of it has not. `due` is a day, as 2026-01-31, or nothing. `made` is the
    time of the sender's last change then.
    """

    id: str
    edition: int
    sender: Sender
    about: About
    due: str = ""
    made: str = ""
    waiting: bool = False
    items: tuple[Item, ...] = ()

    def item(self, number: int) -> Item | None:
        """Find an item."""
        return next((each for each in self.items if each.number == number), None)

    def with_item(self, item: Item) -> Slip:
        """Put an item in, in the place of the one with its number."""
        others = [each for each in self.items if each.number != item.number]
        items = sorted((*others, item), key=lambda each: each.number)
        return replace(self, items=tuple(items))

    def without(self, number: int) -> Slip:
        """Take an item off."""
        left = tuple(each for each in self.items if each.number != number)
        return replace(self, items=left)

    def issued(self, item: Item) -> bool:
        """Tell whether an item has gone out."""
        return item.since <= self.edition


@frozen
class FormLine:
    """What a receipt says of one form.

    Findings are 强制性, 核实性 without an explanation that holds, and with one.
    """

    form: str
    title: str
    records: int
    nil: bool = False
    errors: int = 0
    warnings: int = 0
    explained: int = 0


@frozen
class Agreed:
    """What whoever sent an item back has agreed to."""

    slip: str
    number: int
    round: int
    seen: Seen


@frozen
class Receipt:
    """What became of one package.

    `edition` is the revision of the ledger that says so. `mark` is that of the
    package's last revision, `handed` the time it was made at, `taken` when it came in.
    `accepted` is the day on which it was, or nothing.
    """

    sender: Sender
    about: About
    edition: int
    mark: str
    state: PackageState
    handed: str
    taken: str
    made: str
    accepted: str = ""
    forms: tuple[FormLine, ...] = ()
    agreed: tuple[Agreed, ...] = ()


def seen(slip: str, item: Item, slots: Slots | None) -> Seen:
    """Look where an item points; `slots` are the record's, None where there is none."""
    if slots is None:
        return GONE
    said = slots.get(f"rule:{item.rule}", "") if item.rule else ""
    answer = slots.get(answer_topic(slip, item), "")
    return (*(slots.get(field, "") for field in item.fields), said, answer)


def answer_topic(slip: str, item: Item) -> str:
    """Name the note that answers an item, this time it was sent back."""
    return f"{ANSWER}{slip}.{item.number}.{item.round}"


def state(item: Item, now: Seen, *, gone: bool = False) -> ItemState:
    """Tell how far an item is; `gone` says that the audit no longer finds it."""
    if item.agreed is not None and now == item.agreed:
        return ItemState.CHECKED
    if gone or now != item.returned:
        return ItemState.CHANGED
    return ItemState.OPEN


def again(item: Item, reason: str, edition: int, *, now: Seen, package: str) -> Item:
    """Send an item back once more, as it stands now; earlier answers are over."""
    without_answer = (*now[:-1], "") if now else GONE
    return replace(
        item,
        reason=reason,
        returned=without_answer,
        package=package,
        round=item.round + 1,
        since=edition + 1,
        agreed=None,
    )


def agree(item: Item, now: Seen) -> Item:
    """Agree to what stands there now."""
    return replace(item, agreed=now)


def number_for(ledger: str, package: str, taken: Collection[str]) -> str:
    """Find a number for a ledger's new slip about a package that no slip has yet."""
    first = digest_of(f"{ledger} {package}".encode())[:8]
    count = 1
    while (made := f"{first}-{count}") in taken:
        count += 1
    return made
