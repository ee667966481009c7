"""All files a period can be written as: workbook, PDF, CSV, data package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.app.files.data_export import DataWanted
from desktop.app.files.data_export import data_of
from desktop.app.files.data_export import write_data
from desktop.app.reports import exporting
from desktop.app.reports.exporting import Exported
from desktop.app.reports.unit_report import EVERYTHING

if TYPE_CHECKING:
    from desktop.app.compiled import CompiledPack
    from desktop.app.files.data_export import Data
    from desktop.app.progress import Steps
    from desktop.app.progress import Watcher
    from desktop.app.reports.exporting import Wanted
    from desktop.app.reports.unit_report import Wish
    from desktop.core.period import Period
    from desktop.export.building.rollup import Printing
    from desktop.export.report import Report
    from desktop.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Order:
    """Which files are wanted, and what is to be in workbook and PDF."""

    wanted: Wanted
    csv: bool = False
    package: bool = False
    by_unit: Printing | None = None
    wish: Wish = EVERYTHING

    @property
    def report(self) -> bool:
        """Whether a report has to be read."""
        return self.wanted.xlsx or self.wanted.pdf

    @property
    def data(self) -> bool:
        """Whether the records have to be read as plain data."""
        return self.csv or self.package

    @property
    def names(self) -> tuple[str, ...]:
        """Give the files as a person is told of them."""
        name = self.wanted.name
        kinds = (
            (self.wanted.xlsx, f"{name}.xlsx"),
            (self.wanted.pdf, f"{name}.pdf"),
            (self.csv, f"{name}-*.csv"),
            (self.package, f"{name}.zip"),
        )
        return tuple(file for asked, file in kinds if asked)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of the ledger for an order."""

    report: Report | None
    data: Data | None


def read_order(
    ledger: Ledger, compiled: CompiledPack, period: Period, order: Order
) -> Steps[Read]:
    """Read what the files of an order say."""
    report = data = None
    if order.report:
        gathered = exporting.gather(ledger, compiled, period, order.by_unit, order.wish)
        report = yield from gathered
    if order.data:
        data = yield from data_of(ledger, period)
    return Read(report, data)


def write_order(read: Read, order: Order, watch: Watcher) -> Exported:
    """Write the files of an order.

    Raises:
        ExportError: A file could not be written; those that were whole stay.
        CancelledError: `watch` answered False; nothing half done is left.
    """
    done = Exported((), ())
    if read.report is not None:
        done = exporting.write(read.report, order.wanted, watch)
    if read.data is not None:
        look = order.wanted
        asked = DataWanted(look.folder, look.name, order.csv, order.package)
        paths = write_data(read.data, asked, watch)
        done = Exported((*done.paths, *paths), done.remarks)
    return done
