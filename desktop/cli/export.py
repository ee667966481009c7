"""`taizhang export`: write workbook and PDF, or the records as plain data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.compiled import compiled_for
from desktop.app.files.data_export import DataWanted
from desktop.app.files.data_export import data_of
from desktop.app.files.data_export import write_data
from desktop.app.progress import run_steps
from desktop.app.reports.exporting import Exported
from desktop.app.reports.exporting import Wanted
from desktop.app.reports.exporting import file_name
from desktop.app.reports.exporting import gather
from desktop.app.reports.exporting import write
from desktop.cli.desk import DONE
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import period_of
from desktop.cli.rollup import printing_of
from desktop.core.messages import message
from desktop.export.layout import Binding
from desktop.export.pdf.archive import ATTACHING
from desktop.export.pdf.archive import USUAL

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.desk import Desk
    from desktop.core.period import Period
    from desktop.export.building.rollup import Printing
    from desktop.export.report import Report
    from desktop.store.ledger import Ledger


def export(desk: Desk, options: Namespace) -> int:
    """Write a period into a folder: workbook and PDF unless something else is named."""
    folder = Path(options.to)
    printing = printing_of(options.scale, options.digits)
    by_unit = printing if options.by_unit else None
    some = options.xlsx or options.pdf or options.csv or options.data_package
    with desk.open(Path(options.ledger)) as ledger:
        period = period_of(ledger, options.period)
        make_folder(folder)
        name = file_name(ledger.units()[0].name, period, ledger.pack(period.code).title)
        wanted = Wanted(
            folder=folder,
            name=name,
            fonts=desk.places.fonts,
            xlsx=options.xlsx or not some,
            pdf=options.pdf or not some,
            binding=Binding.SCREEN if options.screen else Binding.BOUND,
            archiving=ATTACHING if options.attach else USUAL,
        )
        report = None
        if wanted.xlsx or wanted.pdf:
            report = report_of(ledger, period, by_unit)
        data = None
        if options.csv or options.data_package:
            data = run_steps(data_of(ledger, period))
    written = Exported((), ())
    if report is not None:
        written = write(report, wanted, lambda _: True)
    if data is not None:
        asked = DataWanted(folder, name, options.csv, options.data_package)
        made = write_data(data, asked, lambda _: True)
        written = Exported((*written.paths, *made), written.remarks)
    if options.json:
        desk.answer(_facts(desk, written))
        return DONE
    for path in written.paths:
        desk.tell("Written and read back: {path}", path=str(path))
    for said in written.remarks:
        desk.told(said, "  ")
    return DONE


def make_folder(folder: Path) -> None:
    """Make a folder for files, with those above it.

    Raises:
        CannotRunError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        detail = error.strerror or str(error)
        raise CannotRunError(
            message("cli.no-folder", folder=str(folder), detail=detail)
        ) from error


def report_of(
    ledger: Ledger, period: Period, by_unit: Printing | None = None
) -> Report:
    """Gather a period's report."""
    compiled = compiled_for(ledger, period)
    return run_steps(gather(ledger, compiled, period, by_unit))


def _facts(desk: Desk, written: Exported) -> dict[str, object]:
    return {
        "files": [str(path) for path in written.paths],
        "remarks": [desk.say.message(said) for said in written.remarks],
    }
