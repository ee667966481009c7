"""Ask a ledger's records what its pack's rules ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.progress import Progress
from desktop.core.findings import RecordId
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.rules.findings import broken_finding
from desktop.rules.findings import failing
from desktop.rules.findings import finding
from desktop.rules.findings import tallies
from desktop.store.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.progress import Steps
    from desktop.core.findings import Finding
    from desktop.core.findings import Tally
    from desktop.rules.audit import Audit
    from desktop.rules.audit import CompiledRule
    from desktop.rules.audit import FormAudit
    from desktop.store.ledger import Ledger

SLICE = 200
"""Records with findings between two looks at who else waits."""


@frozen
class AuditResult:
    """What an audit of a whole period found, and how each rule went."""

    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]


@frozen
class FormResult:
    """What an audit of one form found; `audit` are the rules that could run."""

    audit: FormAudit
    findings: dict[RecordId, tuple[Finding, ...]]
    broken: tuple[Finding, ...]


def audit_ledger(
    ledger: Ledger, audit: Audit, parameters: Mapping[str, str]
) -> Steps[AuditResult]:
    """Audit every form of a period."""
    found: list[Finding] = []
    counted: list[Tally] = []
    for place, form in enumerate(audit.forms):
        yield Progress(place, len(audit.forms), message("app.auditing"))
        result = yield from audit_form(ledger, form, parameters)
        found += [each for some in result.findings.values() for each in some]
        found += result.broken
        counted += tally(ledger, result.audit, parameters)
    return AuditResult(tuple(found), tuple(counted))


def audit_form(
    ledger: Ledger, form: FormAudit, parameters: Mapping[str, str]
) -> Steps[FormResult]:
    """Find what fails in a form's records, a slice at a time.

    A rule that cannot run on the data at hand is set aside as broken; the others go on.
    """
    try:
        found = yield from _found(ledger, form, parameters)
    except QueryError:
        form = form.without(_unable(ledger, form, parameters))
        found = yield from _found(ledger, form, parameters)
    root, period = ledger.units()[0].code, parameters["period"]
    broken = tuple(broken_finding(rule, period, root) for rule in form.broken)
    return FormResult(form, found, broken)


def _found(
    ledger: Ledger, form: FormAudit, parameters: Mapping[str, str]
) -> Steps[dict[RecordId, tuple[Finding, ...]]]:
    found: dict[RecordId, tuple[Finding, ...]] = {}
    for place, row in enumerate(ledger.query(form.failing, parameters)):
        if place % SLICE == 0:
            yield Progress(place, 0, message("app.auditing"))
        findings = tuple(_findings(ledger, form, row, parameters))
        found[RecordId(int(str(row[0])))] = findings
    return found


def _unable(
    ledger: Ledger, form: FormAudit, parameters: Mapping[str, str]
) -> list[CompiledRule]:
    return [
        rule for rule in form.rules if not _runs(ledger, form.alone(rule), parameters)
    ]


def _runs(ledger: Ledger, statement: str, parameters: Mapping[str, str]) -> bool:
    try:
        for _ in ledger.query(statement, parameters):
            pass
    except QueryError:
        return False
    return True


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


def _findings(
    ledger: Ledger,
    form: FormAudit,
    row: Sequence[object],
    parameters: Mapping[str, str],
) -> Iterator[Finding]:
    """Say what fails in a row; a record that went meanwhile has nothing to say."""
    for rule in failing(form, row):
        values: Sequence[object] | None = ()
        if rule.sentence.statement is not None:
            asked = {**parameters, "record": row[0]}
            answers = (
                found[2:] for found in ledger.query(rule.sentence.statement, asked)
            )
            values = next(answers, None)
        if values is not None:
            yield finding(rule, parameters["period"], row, values)
