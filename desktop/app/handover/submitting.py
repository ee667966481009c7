"""Make a submission (上报包): a workbook to read that can be merged where it arrives.

It is the same workbook as an export makes; the sheet nobody sees carries the notes that
travel, all units, and the marks of the ledger's revisions besides.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.reports.exporting import gather
from desktop.core.manifest import to_data
from desktop.core.manifest_read import read_data
from desktop.core.messages import Message
from desktop.exchange.packing import for_submission

if TYPE_CHECKING:
    from desktop.app.compiled import CompiledPack
    from desktop.app.progress import Steps
    from desktop.core.manifest import Stamp
    from desktop.core.period import Period
    from desktop.export.report import Report
    from desktop.store.ledger import Ledger


def submission(ledger: Ledger, compiled: CompiledPack, period: Period) -> Steps[Report]:
    """Gather a period's report with all that others need to merge it.

    Raises:
        StoreError: The ledger cannot be read.
    """
    report = yield from gather(ledger, compiled, period)
    manifest = read_data(report.data)
    # For the type checker: the report was stamped a moment ago.
    assert not isinstance(manifest, Message)  # noqa: S101 - see above
    # No step lies between reading the report's data and the notes: both are one state.
    return replace(report, data=to_data(for_submission(manifest, ledger)))


def submission_name(stamp: Stamp) -> str:
    """Name a submission so that any stick takes it and no later one lies over it."""
    return f"{stamp.unit}-{stamp.period}-r{stamp.revision:04d}-{stamp.head[:6]}"
