"""Saying in a report which state of which ledger it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.manifest import Stamp
from desktop.core.manifest import to_data
from desktop.export.manifest.data import manifest_of
from desktop.forms.written import digest
from desktop.store.choice_rows import OF_LEDGER
from desktop.store.choice_rows import OF_PERIOD
from desktop.store.log import Head

if TYPE_CHECKING:
    from desktop.core.period import Period
    from desktop.export.report import Report
    from desktop.store.ledger import Ledger
    from desktop.store.reader import Reader

_ASIDE: Final = " OR ".join(
    f"""body LIKE '{{"{begins}%'""" for begins in (OF_PERIOD, OF_LEDGER)
)
_TOLD: Final = (
    "SELECT seq, revision, hash FROM _log WHERE revision = (SELECT revision FROM _log "  # noqa: S608 - our own words
    f"WHERE NOT (kind = 'choice' AND ({_ASIDE})) ORDER BY seq DESC LIMIT 1) "
    "ORDER BY seq DESC LIMIT 1"
)


def told_head(ledger: Reader) -> Head:
    """Find the last state that reports speak of.

    What a ledger notes about its own hand-over (when it handed in, what came back, its
    keys) is in the log, too, and changes nothing of what is handed in: the same figures
    stay the same revision.
    """
    ((seq, revision, digest),) = ledger.query(_TOLD)
    # For the type checker: that is what stands in these columns.
    assert isinstance(seq, int)  # noqa: S101 - see above
    assert isinstance(revision, int)  # noqa: S101 - see above
    assert isinstance(digest, bytes)  # noqa: S101 - see above
    return Head(seq, revision, digest)


def stamp_of(ledger: Ledger, period: Period) -> Stamp:
    """Say which state a ledger is in, for its first unit and a period."""
    pack, root = ledger.pack(period.code), ledger.units()[0]
    identity, head = ledger.identity(), told_head(ledger)
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
