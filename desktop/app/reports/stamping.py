"""Saying in a report which state of which ledger it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.core.manifest import Stamp
from desktop.core.manifest import to_data
from desktop.export.manifest.data import manifest_of
from desktop.forms.written import digest

if TYPE_CHECKING:
    from desktop.core.period import Period
    from desktop.export.report import Report
    from desktop.store.ledger import Ledger


def stamp_of(ledger: Ledger, period: Period) -> Stamp:
    """Say which state a ledger is in, for its first unit and a period."""
    pack, root = ledger.pack(period.code), ledger.units()[0]
    identity, head = ledger.identity(), ledger.head()
    return Stamp(
        pack=pack.id,
        pack_version=pack.version,
        # The pack as it is kept; what was chosen is printed beside it.
        pack_digest=digest(pack),
        unit=root.code,
        unit_name=root.name_in(period.code),
        period=period.code,
        period_title=period.title,
        ledger=identity.ledger,
        epoch=identity.epoch,
        head=head.hash.hex(),
        made=ledger.log(after=head.seq - 1, limit=1)[0].at,
        revision=head.revision,
        seq=head.seq,
    )


def made_at(stamp: Stamp) -> str:
    """Say when the state came to be, in words."""
    return f"{datetime.fromisoformat(stamp.made):%Y-%m-%d %H:%M}"


def stamped(report: Report, stamp: Stamp) -> Report:
    """Give a report the manifest of what it says, for the unit it is about."""
    own = replace(stamp, unit=report.unit_code, unit_name=report.unit_name)
    return replace(report, stamp=own, data=to_data(manifest_of(report, own)))
