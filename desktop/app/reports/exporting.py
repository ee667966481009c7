"""Gather a period of a ledger into a report, and write it as workbook and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from hashlib import file_digest
from typing import TYPE_CHECKING
from typing import TypeVar

from desktop.app.figures.rolling import tables_by_unit
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.app.reports.stamping import stamped
from desktop.app.reports.stamping import told_head
from desktop.app.reports.unit_report import EVERYTHING
from desktop.app.reports.unit_report import report_of_unit
from desktop.app.reports.unit_report import whole_of
from desktop.core.messages import message
from desktop.export.layout import Binding
from desktop.export.pdf.archive import USUAL

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.compiled import CompiledPack
    from desktop.app.progress import Steps
    from desktop.app.reports.unit_report import Wish
    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.export.building.rollup import Printing
    from desktop.export.pdf.archive import Archiving
    from desktop.export.pdf.fonts import Typefaces
    from desktop.export.report import Report
    from desktop.store.ledger import Ledger

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Exported:
    """The files that were written, and what the person should know of them."""

    paths: tuple[Path, ...]
    remarks: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which files to write, and where.

    `fonts` is the folder of font files, or what was read of it for another report.
    """

    folder: Path
    name: str
    fonts: Path | Typefaces
    xlsx: bool = True
    pdf: bool = True
    binding: Binding = Binding.BOUND
    archiving: Archiving = USUAL


def file_name(ledger_unit: str, period: Period, pack_title: str) -> str:
    """Propose a name that any file system takes: `长宁区-2025年-…`."""
    return clean_name(f"{ledger_unit}-{period.title}-{pack_title}")


def clean_name(name: str) -> str:
    """Leave out of a name what some file system does not take."""
    kept = "".join(char for char in name if char not in '<>:"/\\|?*' and char >= " ")
    return kept.strip(" .")[:80]


def gather(
    ledger: Ledger,
    compiled: CompiledPack,
    period: Period,
    by_unit: Printing | None = None,
    wish: Wish = EVERYTHING,
) -> Steps[Report]:
    """Read everything a period's report says, auditing and computing anew.

    With `by_unit` the report has tables by unit too, printed that way. What is changed
    while this reads is read again, so that the report shows one state of the ledger.
    """
    # Only an export waits for what reads expressions and draws.
    from desktop.app.reports.charts import charted  # noqa: PLC0415 - see above
    from desktop.app.reports.notes import noted  # noqa: PLC0415 - see above

    while True:
        whole = yield from whole_of(ledger, compiled, period)
        report = yield from report_of_unit(ledger, whole, ledger.units()[0], wish)
        if by_unit is not None:
            rollups = yield from tables_by_unit(ledger, compiled, period, by_unit)
            report = stamped(replace(report, rollups=rollups), whole.stamp)
        report = yield from noted(ledger, compiled, period, report)
        report = yield from charted(ledger, compiled, period, report)
        if told_head(ledger).seq == whole.stamp.seq:
            return report


def write(
    report: Report, wanted: Wanted, watch: Callable[[Progress], bool]
) -> Exported:
    """Write the files of a report; what stood under their names stays if one fails.

    Raises:
        ExportError: A file could not be written.
        CancelledError: `watch` answered False; nothing half done is left.
    """
    # reportlab and openpyxl cost a third of a second; only an export waits for them.
    from desktop.export.pdf.writing import write_pdf  # noqa: PLC0415 - see above
    from desktop.export.xlsx.writing import write_xlsx  # noqa: PLC0415 - see above

    paths: list[Path] = []
    remarks = list(_void(report))
    if wanted.xlsx:
        path = wanted.folder / f"{wanted.name}.xlsx"
        workbook = write_xlsx(report, path, _teller(watch, "app.writing-xlsx"))
        remarks += _kept(workbook).remarks
        paths.append(path)
    if wanted.pdf:
        path = wanted.folder / f"{wanted.name}.pdf"
        teller = _teller(watch, "app.writing-pdf")
        archiving = wanted.archiving
        if paths:
            archiving = replace(archiving, workbook=digest_of_file(paths[0]))
        pdf = write_pdf(report, path, wanted.fonts, teller, wanted.binding, archiving)
        remarks += _kept(pdf).remarks
        paths.append(path)
    return Exported(tuple(paths), tuple(remarks))


def digest_of_file(path: Path) -> str:
    """Give the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _void(report: Report) -> Iterator[Message]:
    """Say which forms had ended to be valid when they were filled in."""
    for form in report.forms:
        if form.lapsed:
            yield message("app.form_lapsed", form=form.title)


def _kept(written: T | None) -> T:
    if written is None:
        raise CancelledError
    return written


def _teller(watch: Callable[[Progress], bool], code: str) -> Callable[[int, int], bool]:
    return lambda done, total: watch(Progress(done, total, message(code)))
