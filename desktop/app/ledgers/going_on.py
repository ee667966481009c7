"""Going on under a newer version of the pack; `upgrading` says what it would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.store.errors import UnfitChangeError
from desktop.store.records import Stale

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.period import Period
    from desktop.forms.model import Pack
    from desktop.store.ledger import Ledger


def go_on_under(ledger: Ledger, pack: Pack, period: Period) -> Path:
    """Go on under a newer pack from a period on; gives the copy written before.

    Raises:
        UnfitChangeError: The ledger cannot go on under this pack.
        StoreError: No copy could be made, or the disk did not take it.
    """
    ledger.check_upgrade(pack, period)
    copy = ledger.set_aside()
    answer = ledger.upgrade(pack, period, aside=False)
    if isinstance(answer, Stale):  # pragma: no cover - the lock is ours
        raise UnfitChangeError(answer.conflicts[0].message)
    return copy
