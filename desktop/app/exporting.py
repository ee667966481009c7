"""Gather a period of a ledger into a report, and write it as workbook and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeVar

from desktop.app.auditing import audit_ledger
from desktop.app.explained import explained
from desktop.app.figuring import figures_of_unit
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.app.rolling import tables_by_unit
from desktop.app.standing import Standing
from desktop.core.messages import message
from desktop.export.build import Contents
from desktop.export.build import Explained
from desktop.export.build import Spoken
from desktop.export.build import build_report
from desktop.export.build_forms import RecordLine
from desktop.expr.words import say_ratio
from desktop.expr.words import say_rule
from desktop.forms.written import digest
from desktop.indicators.periods import period_parameters

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from desktop.app.compiled import CompiledPack
    from desktop.app.explained import ExplainedFinding
    from desktop.app.progress import Steps
    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.export.build_rollup import Printing
    from desktop.export.report import Report
    from desktop.forms.model import Form
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record

T = TypeVar("T")

SLICE = 200
"""Records read between two looks at who else waits."""
_DOUBTS: Final[Mapping[Standing, str]] = {
    Standing.LAPSED: "（数值已变，待重新说明）",
    Standing.POOR: "（看不出原因）",
}
"""What is printed before an explanation that does not hold."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The files that were written, and what the person should know of them."""

    paths: tuple[Path, ...]
    remarks: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which files to write, and where; `fonts` is the folder of font files."""

    folder: Path
    name: str
    fonts: Path
    xlsx: bool = True
    pdf: bool = True


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
    clock: Callable[[], datetime],
    by_unit: Printing | None = None,
) -> Steps[Report]:
    """Read everything a period's report says, auditing and computing anew.

    With `by_unit` the report has tables by unit too, printed that way.
    """
    pack, root = compiled.pack, ledger.units()[0]
    records: dict[str, tuple[Record, ...]] = {}
    for place, form in enumerate(pack.forms):
        yield Progress(place, len(pack.forms), message("app.reading"))
        records[form.id] = yield from _records(ledger, form, period)
    parameters = period_parameters(pack, period)
    result = yield from audit_ledger(ledger, compiled.audit, parameters)
    plan = compiled.figures
    contents = Contents(
        period=period,
        unit_code=root.code,
        unit_name=root.name,
        records=_lines(ledger, records),
        nil=frozenset(
            form for form, unit in ledger.nils(period.code) if unit == root.code
        ),
        findings=tuple(
            Explained(told.finding, told.unit_name, told.name, _printed(told))
            for told in explained(ledger, result.findings, records)
        ),
        figures=figures_of_unit(ledger, pack, plan, period, root.code),
        revision=str(ledger.head().revision),
        made_at=f"{clock():%Y-%m-%d %H:%M}",
        choices=ledger.choices(period.code),
    )
    # The digest names the pack as it is kept; what was chosen is printed beside it.
    kept = digest(ledger.pack(period.code))
    report = build_report(pack, kept, contents, spoken(compiled))
    if by_unit is None:
        return report
    rollups = yield from tables_by_unit(ledger, compiled, period, by_unit)
    return replace(report, rollups=rollups)


def _printed(told: ExplainedFinding) -> str:
    """Give an explanation as it is printed: one that does not hold says so."""
    return f"{_DOUBTS.get(told.said.standing, '')}{told.explanation}"


def write(
    report: Report, wanted: Wanted, watch: Callable[[Progress], bool]
) -> Exported:
    """Write the files of a report; what stood under their names stays if one fails.

    Raises:
        ExportError: A file could not be written.
        CancelledError: `watch` answered False; nothing half done is left.
    """
    # reportlab and openpyxl cost a third of a second; only an export waits for them.
    from desktop.export.pdf import write_pdf  # noqa: PLC0415 - see above
    from desktop.export.xlsx import write_xlsx  # noqa: PLC0415 - see above

    paths: list[Path] = []
    remarks: list[Message] = []
    if wanted.xlsx:
        path = wanted.folder / f"{wanted.name}.xlsx"
        workbook = write_xlsx(report, path, _teller(watch, "app.writing-xlsx"))
        remarks += _kept(workbook).remarks
        paths.append(path)
    if wanted.pdf:
        path = wanted.folder / f"{wanted.name}.pdf"
        teller = _teller(watch, "app.writing-pdf")
        pdf = write_pdf(report, path, wanted.fonts, teller)
        remarks += _kept(pdf).remarks
        paths.append(path)
    return Exported(tuple(paths), tuple(remarks))


def spoken(compiled: CompiledPack) -> Spoken:
    """Say every rule and formula of a pack in words."""
    schema = compiled.schema
    return Spoken(
        rules={
            rule.rule.id: say_rule(rule.outcome.expression, rule.outcome.when, schema)
            for form in compiled.audit.forms
            for rule in form.rules
        },
        formulas=formulas(compiled),
    )


def formulas(compiled: CompiledPack) -> dict[str, str]:
    """Say the formula of every indicator in words."""
    return {
        ready.indicator.id: say_ratio(
            ready.numerator,
            ready.denominator,
            ready.indicator.multiplier,
            compiled.schema,
        )
        for ready in compiled.figures.indicators
        if ready.numerator is not None
    }


def _kept(written: T | None) -> T:
    if written is None:
        raise CancelledError
    return written


def _teller(watch: Callable[[Progress], bool], code: str) -> Callable[[int, int], bool]:
    return lambda done, total: watch(Progress(done, total, message(code)))


def _records(ledger: Ledger, form: Form, period: Period) -> Steps[tuple[Record, ...]]:
    ids = ledger.ids(form.id, period.code)
    found: list[Record] = []
    for start in range(0, len(ids), SLICE):
        found += ledger.rows(form.id, ids[start : start + SLICE])
        yield Progress(start, len(ids), message("app.reading"))
    return tuple(found)


def _lines(
    ledger: Ledger, records: Mapping[str, Sequence[Record]]
) -> dict[str, tuple[RecordLine, ...]]:
    names = {str(unit.code): unit.name for unit in ledger.units()}
    return {
        form: tuple(
            RecordLine(
                record.unit, names[record.unit], {**record.cells, **record.derived}
            )
            for record in found
        )
        for form, found in records.items()
    }
