"""The report of one unit of a ledger: its records, what is found in them, its figures.

What the reports of all units have in common is read once (`whole_of`): the audit, the
explanations, names and stamp. After that a unit costs what it has itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.audit.auditing import audit_ledger
from desktop.app.audit.explained import explained
from desktop.app.audit.standing import Standing
from desktop.app.figures.figuring import computed
from desktop.app.packs.words import spoken
from desktop.app.progress import Progress
from desktop.app.reports.stamping import made_at
from desktop.app.reports.stamping import stamp_of
from desktop.app.reports.stamping import stamped
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.export.building.forms import RecordLine
from desktop.export.building.whole import Contents
from desktop.export.building.whole import Explained
from desktop.export.building.whole import Spoken
from desktop.export.building.whole import build_report
from desktop.export.report import Chapter
from desktop.indicators.periods import period_parameters
from desktop.store.records import View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.audit.explained import ExplainedFinding
    from desktop.app.compiled import CompiledPack
    from desktop.app.progress import Steps
    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.core.manifest import Stamp
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.export.report import Report
    from desktop.forms.model import Form
    from desktop.indicators.figures import Figure
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record

SLICE: Final = 200
"""Records read between two looks at who else waits."""
DOUBTS: Final[Mapping[Standing, str]] = {
    Standing.LAPSED: "（数值已变，待重新说明）",
    Standing.POOR: "（看不出原因）",
}
"""What is printed before an explanation that does not hold."""


@frozen
class Wish:
    """What of a report is wanted: the forms by id, or all; chapters to leave out."""

    forms: tuple[str, ...] | None = None
    left_out: frozenset[Chapter] = frozenset()

    def takes(self, form: str) -> bool:
        """Tell whether a form is wanted."""
        return self.forms is None or form in self.forms


EVERYTHING: Final = Wish()


@frozen
class Whole:
    """What the reports of a ledger's units have in common at one revision.

    `told` are the findings by the unit within which they lie, so that each stands
    under its own unit and under every one above it.
    """

    compiled: CompiledPack
    period: Period
    stamp: Stamp
    words: Spoken
    names: Mapping[str, str]
    told: Mapping[str, tuple[Explained, ...]]
    nils: frozenset[tuple[str, str]]
    choices: Mapping[str, str]


def whole_of(ledger: Ledger, compiled: CompiledPack, period: Period) -> Steps[Whole]:
    """Audit the period and read what every unit's report needs."""
    # Taken first: what is changed while this reads is noticed by whoever compares.
    stamp = stamp_of(ledger, period)
    parameters = period_parameters(compiled.pack, period)
    result = yield from audit_ledger(ledger, compiled.audit, parameters)
    records = yield from _found_in(ledger, result.findings)
    told = explained(ledger, result.findings, records)
    names = {str(unit.code): unit.name_in(period.code) for unit in ledger.units()}
    return Whole(
        compiled=compiled,
        period=period,
        stamp=stamp,
        words=spoken(compiled),
        names=names,
        told=_by_unit(ledger.units(), [_explained(each, names) for each in told]),
        nils=ledger.nils(period.code),
        choices=ledger.choices(period.code),
    )


def report_of_unit(
    ledger: Ledger, whole: Whole, unit: Unit, wish: Wish = EVERYTHING
) -> Steps[Report]:
    """Read one unit's report, as much of it as is wished for."""
    pack, period = whole.compiled.pack, whole.period
    wanted = [form for form in pack.forms if wish.takes(form.id)]
    records: dict[str, list[Record]] = {}
    for place, form in enumerate(wanted):
        yield Progress(place, len(wanted), message("app.reading"))
        records[form.id] = yield from _records(ledger, form, period, unit)
    figures: tuple[Figure, ...] = ()
    if Chapter.INDICATORS not in wish.left_out:
        plan = whole.compiled.figures
        figures = yield from computed(ledger, pack, plan, period, unit.code)
    contents = Contents(
        period=period,
        unit_code=unit.code,
        unit_name=whole.names[unit.code],
        records={
            form: tuple(_line(whole, record) for record in found)
            for form, found in records.items()
        },
        nil=frozenset(form for form, code in whole.nils if code == unit.code),
        findings=whole.told.get(unit.code, ()),
        figures=figures,
        revision=str(whole.stamp.revision),
        made_at=made_at(whole.stamp),
        choices=whole.choices,
    )
    report = build_report(pack, whole.stamp.pack_digest, contents, whole.words)
    return narrowed(report, whole.stamp, wish)


def narrowed(report: Report, stamp: Stamp, wish: Wish) -> Report:
    """Leave out of a report what is not wished for, and stamp what it says then.

    Indicators rest on all forms, whichever are printed.
    """
    out = wish.left_out
    tables = tuple(table for table in report.forms if wish.takes(table.id))
    titles = {table.title for table in tables}
    shown = replace(
        report,
        forms=tables,
        preface=() if Chapter.PREFACE in out else report.preface,
        indicators=() if Chapter.INDICATORS in out else report.indicators,
        findings=tuple(
            line
            for line in report.findings
            if line.form in titles and Chapter.FINDINGS not in out
        ),
        explanations=tuple(
            each
            for each in report.explanations
            if each.form in titles and Chapter.DEFINITIONS not in out
        ),
        left_out=out,
    )
    return stamped(shown, stamp)


def _found_in(
    ledger: Ledger, findings: Sequence[Finding]
) -> Steps[dict[str, list[Record]]]:
    """Read the records that something was found in, a slice at a time."""
    wanted: dict[str, dict[RecordId, None]] = {}
    for each in findings:
        if each.record is not None:
            wanted.setdefault(each.form, {})[each.record] = None
    found: dict[str, list[Record]] = {}
    for form, ids in wanted.items():
        found[form] = yield from _rows(ledger, form, list(ids))
    return found


def _explained(told: ExplainedFinding, names: Mapping[str, str]) -> Explained:
    """Name a finding's unit as it was called in the period."""
    unit = names.get(told.finding.unit, told.unit_name)
    name = unit if told.name == told.unit_name else told.name
    return Explained(told.finding, unit, name, _printed(told))


def _by_unit(
    units: Sequence[Unit], told: Sequence[Explained]
) -> dict[str, tuple[Explained, ...]]:
    """Put findings under their units and all above; a broken rule concerns each."""
    above = {str(unit.code): str(unit.parent or "") for unit in units}
    found: dict[str, list[Explained]] = {code: [] for code in above}
    for line in told:
        code = line.finding.unit
        if line.finding.record is None:
            for lines in found.values():
                lines.append(line)
            continue
        while code in found:
            found[code].append(line)
            code = above[code]
    return {code: tuple(lines) for code, lines in found.items()}


def _printed(told: ExplainedFinding) -> str:
    """Give an explanation as it is printed: one that does not hold says so."""
    return f"{DOUBTS.get(told.said.standing, '')}{told.explanation}"


def _records(
    ledger: Ledger, form: Form, period: Period, unit: Unit
) -> Steps[list[Record]]:
    """Read the records of a unit and everything below it."""
    root = unit.code == ledger.units()[0].code
    view = View() if root else View(unit=unit.code)
    ids = ledger.ids(form.id, period.code, view)
    return (yield from _rows(ledger, form.id, ids))


def _rows(ledger: Ledger, form: str, ids: Sequence[RecordId]) -> Steps[list[Record]]:
    found: list[Record] = []
    for start in range(0, len(ids), SLICE):
        found += ledger.rows(form, ids[start : start + SLICE])
        yield Progress(start, len(ids), message("app.reading"))
    return found


def _line(whole: Whole, record: Record) -> RecordLine:
    cells = {**record.cells, **record.derived}
    facility = record.key.facility
    return RecordLine(record.unit, whole.names[record.unit], cells, facility)
