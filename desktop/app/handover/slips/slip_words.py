"""How slips and receipts are spoken of: states, places, and what stood and stands."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.commands import mark
from desktop.app.handover.slips.slip_pages import FEW
from desktop.app.handover.slips.slip_pages import stood
from desktop.exchange.slip import GONE
from desktop.exchange.slip import ItemState
from desktop.exchange.slip import PackageState
from desktop.export.manifest.words import shown
from desktop.export.notice import BLANK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.app.handover.slips.returning import Tracked
    from desktop.core.words import Words
    from desktop.exchange.slip import Item
    from desktop.exchange.slip import Seen

_ITEMS: Final[Mapping[ItemState, str]] = {
    ItemState.OPEN: mark("to be corrected"),
    ItemState.CHANGED: mark("corrected"),
    ItemState.CHECKED: mark("checked"),
}
_PACKAGES: Final[Mapping[PackageState, str]] = {
    PackageState.RECEIVED: mark("received"),
    PackageState.RETURNED: mark("sent back"),
    PackageState.ACCEPTED: mark("accepted"),
}


def item_state(one: Tracked, say: Words) -> str:
    """Say how far an item is; one that has not gone out is not with the unit yet."""
    if one.ours and not one.issued:
        return say("not sent yet")
    if not one.ours and one.state is ItemState.CHANGED:
        return say("corrected, to be handed in")
    if one.ours and one.state is ItemState.CHANGED:
        return say("corrected, to be checked")
    return say(_ITEMS[one.state])


def package_state(state: PackageState, say: Words) -> str:
    """Say what became of a package."""
    return say(_PACKAGES[state])


def what_of(item: Item) -> str:
    """Say what of a record is sent back: a cell by its title, or what was found."""
    if not item.rule:
        return item.field_title
    return f"{item.field_title}：{item.says}" if item.field_title else item.says


def before_of(item: Item, say: Words) -> str:
    """Say what stood there when it was sent back."""
    return stood(item) if item.returned else say("the record was not there")


def now_of(one: Tracked, say: Words) -> str:
    """Say what stands there now, and what was answered."""
    item, now = one.item, one.now
    if now == GONE:
        return say("the record is gone")
    cells = now[: len(item.fields)]
    said = "、".join(map(_cell, cells)) if len(cells) <= FEW else ""
    answer = answer_of(item, now)
    if answer:
        said = say("{value} (right: {reason})", value=said, reason=answer)
    return said


def answer_of(item: Item, now: Seen) -> str:
    """Give what was answered to an item."""
    return now[-1] if len(now) == len(item.fields) + 2 else ""


def _cell(text: str) -> str:
    return shown(text) if text else BLANK
