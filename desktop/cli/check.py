"""`taizhang check`: audit a ledger."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.auditing import audit_ledger
from desktop.app.compiled import CompiledPack
from desktop.app.edits import rule_topic
from desktop.app.progress import run_steps
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.desk import period_of
from desktop.core.findings import Level
from desktop.export.wording import LEVELS
from desktop.indicators.compute import period_parameters

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.app.auditing import AuditResult
    from desktop.cli.desk import Desk
    from desktop.core.findings import Finding
    from desktop.core.period import Period
    from desktop.forms.model import Pack
    from desktop.store.ledger import Ledger


def check(desk: Desk, options: Namespace) -> int:
    """Audit a period: 0 clean, 1 with open 强制性 findings."""
    with desk.open(Path(options.ledger)) as ledger:
        period = period_of(ledger, options.period)
        pack = ledger.pack()
        parameters = period_parameters(pack, period)
        audit = CompiledPack(pack).audit
        result = run_steps(audit_ledger(ledger, audit, parameters))
        if options.json:
            desk.answer(_facts(ledger, period, result))
        else:
            _report(desk, pack, result, everything=options.all)
    return FOUND if _errors(result) else DONE


def _errors(result: AuditResult) -> int:
    return sum(finding.level is Level.ERROR for finding in result.findings)


def _report(desk: Desk, pack: Pack, result: AuditResult, *, everything: bool) -> None:
    counts = Counter(finding.level for finding in result.findings)
    desk.tell(
        "Audited by {rules} rules: {errors} 强制性, {warnings} 核实性, {infos} 提示.",
        rules=len(result.tallies),
        errors=counts[Level.ERROR],
        warnings=counts[Level.WARNING],
        infos=counts[Level.INFO],
    )
    groups: dict[tuple[Level, str], list[Finding]] = {}
    for finding in result.findings:
        groups.setdefault((finding.level, finding.rule), []).append(finding)
    for level in Level:
        for (found, _), findings in groups.items():
            if found is level:
                _group(desk, pack, findings, everything=everything)


def _group(
    desk: Desk, pack: Pack, findings: list[Finding], *, everything: bool
) -> None:
    first = findings[0]
    desk.tell(
        "  [{level}] {form} {rule}: {count} records, such as: {text}",
        level=LEVELS[first.level],
        form=pack.form_by_id[first.form].title,
        rule=first.rule,
        count=len(findings),
        text=first.text,
    )
    if everything:
        for finding in findings:
            desk.line(f"    {finding.unit} #{finding.record or '-'} {finding.text}")


def _facts(ledger: Ledger, period: Period, result: AuditResult) -> dict[str, object]:
    root, pack = ledger.units()[0], ledger.pack()
    counts = Counter(finding.level for finding in result.findings)
    return {
        "unit": root.code,
        "unit_name": root.name,
        "period": period.code,
        "pack": pack.id,
        "pack_version": pack.version,
        "errors": counts[Level.ERROR],
        "warnings": counts[Level.WARNING],
        "infos": counts[Level.INFO],
        "findings": _findings(ledger, result),
        "rules": [
            {
                "rule": tally.rule,
                "passed": tally.passed,
                "failed": tally.failed,
                "missing": tally.missing,
                "broken": tally.broken,
            }
            for tally in result.tallies
        ],
    }


def _findings(ledger: Ledger, result: AuditResult) -> list[dict[str, object]]:
    facts: list[dict[str, object]] = []
    for finding in result.findings:
        record = None
        if finding.record is not None:
            record = ledger.rows(finding.form, [finding.record])[0]
        notes = {} if record is None else ledger.notes(record.key)
        facts.append(
            {
                "rule": finding.rule,
                "level": finding.level.value,
                "outcome": finding.outcome.value,
                "form": finding.form,
                "unit": finding.unit,
                "facility": None if record is None else record.key.facility,
                "fields": list(finding.fields),
                "text": finding.text,
                "explanation": notes.get(rule_topic(finding.rule), ""),
            }
        )
    return facts
