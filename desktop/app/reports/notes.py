"""The notes of a report: which lines of its printed forms an indicator rests on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.figures.contributors import rows_of
from desktop.app.progress import Progress
from desktop.core.messages import message
from desktop.export.report import Rests
from desktop.indicators.contributing import Role
from desktop.indicators.contributing import bases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.app.compiled import CompiledPack
    from desktop.app.progress import Steps
    from desktop.core.period import Period
    from desktop.export.report import FindingLine
    from desktop.export.report import Report
    from desktop.indicators.compute import CompiledIndicator
    from desktop.indicators.contributing import Contribution
    from desktop.store.ledger import Ledger

LISTED: Final = 2000
"""Records of a form whose lines are named; of a longer one they are only counted."""
_TERMS: Final[Mapping[Role, str]] = {
    Role.NUMERATOR: "分子",
    Role.DENOMINATOR: "分母",
    Role.JUDGED: "评定",
}


def noted(
    ledger: Ledger, compiled: CompiledPack, period: Period, report: Report
) -> Steps[Report]:
    """Say of a report of the ledger's topmost unit on which lines it rests."""
    lines = {
        form.id: {
            int(record): place
            for place, record in enumerate(ledger.ids(form.id, period.code), 1)
        }
        for form in compiled.pack.forms
    }
    plan = compiled.figures.indicators
    rests: dict[str, tuple[Rests, ...]] = {}
    for place, ready in enumerate(plan):
        yield Progress(place, len(plan), message("app.reading"))
        asked = (ledger, compiled, period)
        rests[ready.indicator.id] = yield from _rests(asked, ready, lines)
    return replace(
        report,
        indicators=tuple(
            replace(line, rests=rests.get(line.id, ())) for line in report.indicators
        ),
        findings=tuple(_numbered(line, lines) for line in report.findings),
    )


def _rests(
    asked: tuple[Ledger, CompiledPack, Period],
    ready: CompiledIndicator,
    lines: Mapping[str, Mapping[int, int]],
) -> Steps[tuple[Rests, ...]]:
    """Put the records of one indicator together, by term and form."""
    ledger, compiled, period = asked
    found: dict[tuple[Role, str], list[Contribution]] = {}
    for basis in dict.fromkeys(bases(ready, compiled.schema)):
        if len(lines[basis.form]) <= LISTED:
            rows = yield from rows_of(ledger, compiled, basis, period)
            found.setdefault((basis.role, basis.form), []).extend(rows)
    return tuple(
        _named(_TERMS[role], form, rows, lines[form])
        for (role, form), rows in found.items()
    )


def _named(
    term: str, form: str, rows: list[Contribution], lines: Mapping[int, int]
) -> Rests:
    undecided = {lines[row.record] for row in rows if row.undecided}
    blank = {lines[row.record] for row in rows if row.amount is None} - undecided
    records = {lines[row.record] for row in rows} - undecided - blank
    return Rests(
        term,
        form,
        tuple(sorted(records)),
        tuple(sorted(blank)),
        tuple(sorted(undecided)),
    )


def _numbered(line: FindingLine, lines: Mapping[str, Mapping[int, int]]) -> FindingLine:
    """Say in which line of its printed form a finding's record stands."""
    return replace(line, number=lines[line.form_id].get(line.record_id, 0))
