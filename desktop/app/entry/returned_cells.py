"""Which cells were sent back to this ledger (退回), to be seen where they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.exchange.slip import Slip
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record

_NAMES: Final = "period.return."
MOST: Final = 8
"""Cells of a finding that are marked; of more nobody sees which is meant."""


@frozen
class SentBack:
    """Why a cell was sent back, and by when it is to be corrected.

    `corrected` tells that something else stands there by now, or that it was answered.
    """

    reason: str
    due: str = ""
    corrected: bool = False


def slips_of(ledger: Ledger, period: str) -> tuple[Slip, ...]:
    """Give the slips that came to a ledger for a period; mostly there are none."""
    choices = ledger.choices(period)
    if not any(name.startswith(_NAMES) for name in choices):
        return ()
    from desktop.exchange.slip_facts import slips_in  # noqa: PLC0415 - the first window need not wait for it

    own = ledger.identity().ledger
    slips = slips_in(choices).values()
    return tuple(slip for slip in slips if slip.sender.ledger != own)


def sent_back(
    slips: tuple[Slip, ...], record: Record, notes: Mapping[str, str]
) -> dict[str, SentBack]:
    """Give what was sent back of a record, by field; what was agreed to is done with.

    Of several reasons for one cell the first one that is still open holds.
    """
    from desktop.exchange.content import slots_of  # noqa: PLC0415 - as above
    from desktop.exchange.slip import ItemState  # noqa: PLC0415 - same
    from desktop.exchange.slip import seen  # noqa: PLC0415 - same
    from desktop.exchange.slip import state  # noqa: PLC0415 - same

    found: dict[str, SentBack] = {}
    slots = slots_of(record, notes)
    for slip in slips:
        for item in slip.items:
            there = (item.form, item.record) == (record.key.form, record.key.facility)
            if not there or len(item.fields) > MOST:
                continue
            how = state(item, seen(slip.id, item, slots))
            if how is ItemState.CHECKED:
                continue
            one = SentBack(item.reason, slip.due, how is ItemState.CHANGED)
            for field in item.fields:
                if field not in found or found[field].corrected:
                    found[field] = one
    return found
