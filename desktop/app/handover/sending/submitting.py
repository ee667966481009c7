"""Make a submission (上报包): a workbook to read that can be merged where it arrives.

It is the same workbook as an export makes; the sheet nobody sees carries the notes that
travel, all units, and the marks of the ledger's revisions besides.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.handover.sending.splitting import manifest_in
from desktop.app.handover.sending.splitting import part_of
from desktop.app.reports.exporting import gather
from desktop.core.manifest import to_data
from desktop.exchange.packing import for_submission
from desktop.export.building.rollup import Printing
from desktop.forms.model import UnitForm

if TYPE_CHECKING:
    from desktop.app.compiled import CompiledPack
    from desktop.app.progress import Steps
    from desktop.core.manifest import Stamp
    from desktop.core.period import Period
    from desktop.export.report import Report
    from desktop.forms.model import Pack
    from desktop.store.ledger import Ledger


def submission(
    ledger: Ledger,
    compiled: CompiledPack,
    period: Period,
    forms: frozenset[str] | None = None,
    *,
    totals: bool = False,
) -> Steps[Report]:
    """Gather a period's report with all that others need to merge it.

    With `forms` it speaks of those alone; with `totals` it has the tables by unit of
    the others instead.

    Raises:
        StoreError: The ledger cannot be read.
    """
    by_unit = Printing() if totals else None
    report = yield from gather(ledger, compiled, period, by_unit)
    # No step lies between reading the report's data and the notes: both are one state.
    manifest = for_submission(manifest_in(report), ledger)
    report = replace(report, data=to_data(manifest))
    return report if forms is None else part_of(report, forms)


def without_rosters(pack: Pack) -> frozenset[str]:
    """Name the forms of a pack that list no facilities by name."""
    return frozenset(form.id for form in pack.forms if isinstance(form, UnitForm))


def submission_name(stamp: Stamp) -> str:
    """Name a submission so that any stick takes it and no later one lies over it."""
    return f"{stamp.unit}-{stamp.period}-r{stamp.revision:04d}-{stamp.head[:6]}"
