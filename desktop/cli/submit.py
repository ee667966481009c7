"""`taizhang submit`: make the file that is handed to the county."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.compiled import compiled_for
from desktop.app.handover.submitting import submission
from desktop.app.handover.submitting import submission_name
from desktop.app.progress import run_steps
from desktop.app.reports.exporting import Wanted
from desktop.app.reports.exporting import write
from desktop.cli.desk import DONE
from desktop.cli.desk import period_of
from desktop.cli.export import make_folder
from desktop.core.manifest import digest_of
from desktop.exchange.lineage import letters

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.desk import Desk


def submit(desk: Desk, options: Namespace) -> int:
    """Write a submission into a folder, with a PDF beside it if wanted."""
    folder = Path(options.out)
    with desk.open(Path(options.ledger)) as ledger:
        period = period_of(ledger, options.period)
        make_folder(folder)
        report = run_steps(submission(ledger, compiled_for(ledger, period), period))
    stamp = report.stamp
    # For the type checker: a submission is stamped.
    assert stamp is not None  # noqa: S101 - see above
    name = submission_name(stamp)
    wanted = Wanted(folder, name, desk.places.fonts, xlsx=True, pdf=options.pdf)
    written = write(report, wanted, lambda _: True)
    number = digest_of(report.data)
    if options.json:
        desk.answer(
            {
                "files": [str(path) for path in written.paths],
                "package": number,
                "unit": stamp.unit,
                "period": stamp.period,
                "revision": stamp.revision,
                "made": stamp.made,
            }
        )
        return DONE
    for path in written.paths:
        desk.tell("Written and read back: {path}", path=str(path))
    desk.tell(
        "Package {number}, revision {revision}. Read the number out over the "
        "telephone if you want to be sure that the right file arrived.",
        number=letters(number),
        revision=stamp.revision,
    )
    return DONE
