"""Ask a ledger's records what its pack's rules ask."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

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
    from collections.abc import Callable
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
    from desktop.rules.audit import Part
    from desktop.store.ledger import Ledger

Row: TypeAlias = "tuple[object, ...]"
Found: TypeAlias = "dict[RecordId, tuple[Finding, ...]]"

SLICE: Final = 0.004
"""Seconds between two looks at who else waits."""
RANGE: Final = 500
"""Records that are looked at first; then as many as a slice has time for."""


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


def _nothing(_: RecordId) -> tuple[Finding, ...]:
    return ()


def audit_form(
    ledger: Ledger,
    form: FormAudit,
    parameters: Mapping[str, str],
    known: Callable[[RecordId], tuple[Finding, ...]] = _nothing,
) -> Steps[FormResult]:
    """Find what fails in a form's records, a slice at a time.

    A rule that cannot run on the data at hand is set aside as broken; the others go on.
    What is `known` already is kept as it is: tens of thousands of findings that are
    made anew would have to be let go all at once.
    """
    try:
        found = yield from _found(ledger, form, parameters, known)
    except QueryError:
        form = form.without(_unable(ledger, form, parameters))
        found = yield from _found(ledger, form, parameters, known)
    root, period = ledger.units()[0].code, parameters["period"]
    broken = tuple(broken_finding(rule, period, root) for rule in form.broken)
    return FormResult(form, found, broken)


def _found(
    ledger: Ledger,
    form: FormAudit,
    parameters: Mapping[str, str],
    known: Callable[[RecordId], tuple[Finding, ...]],
) -> Steps[Found]:
    found: Found = {}
    around: Found = {}
    if form.far.rules:
        at = Progress(0, 0, message("app.auditing"))
        rows = yield from patiently(ledger, form.far.failing, parameters, at)
        around = yield from _judged(ledger, form.far, rows, parameters)
    mixed = bool(around)
    for near in _ranges(ledger, form, parameters):
        some = yield from _judged(ledger, form.near, near, parameters)
        for record, findings in some.items():
            together = in_order(form, (*findings, *around.pop(record, ())))
            found[record] = _kept(known(record), together)
        yield Progress(len(found), 0, message("app.auditing"))
    for record, findings in around.items():
        found[record] = _kept(known(record), findings)
    # SQLite gives them rule by rule; a person goes through them as they were entered.
    return {record: found[record] for record in sorted(found)} if mixed else found


def _kept(known: tuple[Finding, ...], now: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return known if known == now else now


def _ranges(
    ledger: Ledger, form: FormAudit, parameters: Mapping[str, str]
) -> Iterator[list[Row]]:
    """Give what fails among the records, as many at a time as a slice lasts for."""
    first, size = 1, RANGE
    last = ledger.last(form.form, parameters["period"]) if form.near.rules else 0
    while first <= last:
        asked = {**parameters, "first": first, "last": first + size - 1}
        begun = perf_counter()
        rows = list(ledger.query(form.near.failing, asked))
        seconds = perf_counter() - begun
        yield rows
        first += size
        size = size * 2 if seconds < SLICE / 2 else max(size // 2, 1)


def _judged(
    ledger: Ledger, part: Part, rows: Iterable[Row], parameters: Mapping[str, str]
) -> Steps[Found]:
    """Make rows into findings, a slice at a time."""
    found: Found = {}
    begun = perf_counter()
    for row in rows:
        if perf_counter() - begun > SLICE:
            yield Progress(len(found), 0, message("app.auditing"))
            begun = perf_counter()
        if findings := tuple(_findings(ledger, part, row, parameters)):
            found[RecordId(int(str(row[0])))] = findings
    return found


def in_order(form: FormAudit, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Put what is found in one record into the order of the pack's rules."""
    if len(findings) <= 1:
        return findings
    places = form.places
    return tuple(sorted(findings, key=lambda each: places[each.rule]))


def patiently(
    ledger: Ledger, statement: str, parameters: Mapping[str, object], at: Progress
) -> Steps[list[Row]]:
    """Run a statement that takes long; whoever wants the ledger meanwhile goes first.

    It is begun anew then: what it said might not be so any more.
    """
    while (rows := ledger.whole(statement, parameters)) is None:
        yield at
    return rows


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


def audit_near(
    ledger: Ledger,
    form: FormAudit,
    records: Iterable[RecordId],
    parameters: Mapping[str, str],
    known: Callable[[RecordId], tuple[Finding, ...]],
) -> Found:
    """Ask single records again what they can tell at once.

    Rules that look at other records keep the outcome that is `known`.
    """
    found: Found = {}
    far = frozenset(rule.rule.id for rule in form.far.rules)
    for record in records:
        asked = {**parameters, "record": record}
        kept = tuple(each for each in known(record) if each.rule in far)
        for row in ledger.query(form.near.outcomes, asked):
            near = tuple(_findings(ledger, form.near, row, parameters))
            found[record] = in_order(form, (*near, *kept))
    return found


def tally(
    ledger: Ledger, form: FormAudit, parameters: Mapping[str, str]
) -> Iterator[Tally]:
    """Count how each rule of a form goes over all its records."""
    for row in ledger.query(form.tally, parameters):
        yield from tallies(form, row)


def _findings(
    ledger: Ledger,
    form: FormAudit | Part,
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
