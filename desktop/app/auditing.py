"""Ask a ledger's records what its pack's rules ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.app.progress import Progress
from desktop.core.findings import RecordId
from desktop.core.messages import message
from desktop.rules.findings import broken_finding
from desktop.rules.findings import failing
from desktop.rules.findings import finding
from desktop.rules.findings import tallies

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.progress import Steps
    from desktop.core.findings import Finding
    from desktop.core.findings import Tally
    from desktop.rules.audit import Audit
    from desktop.rules.audit import FormAudit
    from desktop.store.ledger import Ledger

SLICE = 200
"""Records with findings between two looks at who else waits."""


@dataclass(frozen=True, slots=True)
class AuditResult:
    """What an audit of a whole period found, and how each rule went."""

    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]


def audit_ledger(
    ledger: Ledger, audit: Audit, parameters: Mapping[str, str]
) -> Steps[AuditResult]:
    """Audit every form of a period."""
    found: list[Finding] = []
    counted: list[Tally] = []
    for place, form in enumerate(audit.forms):
        yield Progress(place, len(audit.forms), message("app.auditing"))
        by_record = yield from audit_form(ledger, form, parameters)
        found += [each for findings in by_record.values() for each in findings]
        found += broken(ledger, form, parameters["period"])
        counted += tally(ledger, form, parameters)
    return AuditResult(tuple(found), tuple(counted))


def audit_form(
    ledger: Ledger, form: FormAudit, parameters: Mapping[str, str]
) -> Steps[dict[RecordId, tuple[Finding, ...]]]:
    """Find what fails in a form's records, a slice at a time."""
    found: dict[RecordId, tuple[Finding, ...]] = {}
    rows = ledger.query(form.failing, parameters)
    for place, row in enumerate(rows):
        if place % SLICE == 0:
            yield Progress(place, 0, message("app.auditing"))
        findings = tuple(_findings(ledger, form, row, parameters))
        found[RecordId(int(str(row[0])))] = findings
    return found


def audit_record(
    ledger: Ledger,
    form: FormAudit,
    records: Iterable[RecordId],
    parameters: Mapping[str, str],
) -> dict[RecordId, tuple[Finding, ...]]:
    """Ask single records again, as after an edit; one that passes maps to nothing."""
    found = {}
    for record in records:
        asked = {**parameters, "record": record}
        for row in ledger.query(form.outcomes, asked):
            found[record] = tuple(_findings(ledger, form, row, parameters))
    return found


def tally(
    ledger: Ledger, form: FormAudit, parameters: Mapping[str, str]
) -> Iterator[Tally]:
    """Count how each rule of a form goes over all its records."""
    for row in ledger.query(form.tally, parameters):
        yield from tallies(form, row)


def broken(ledger: Ledger, form: FormAudit, period: str) -> list[Finding]:
    """Report the rules of a form that could not run."""
    root = ledger.units()[0].code
    return [broken_finding(rule, period, root) for rule in form.broken]


def _findings(
    ledger: Ledger,
    form: FormAudit,
    row: Sequence[object],
    parameters: Mapping[str, str],
) -> Iterator[Finding]:
    for rule in failing(form, row):
        values: Sequence[object] = ()
        if rule.sentence.statement is not None:
            asked = {**parameters, "record": row[0]}
            for answer in ledger.query(rule.sentence.statement, asked):
                values = answer[2:]
        yield finding(rule, parameters["period"], row, values)
