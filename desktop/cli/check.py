"""`taizhang check`: audit a ledger."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.audit.auditing import audit_ledger
from desktop.app.audit.explained import explained
from desktop.app.audit.standing import Standing
from desktop.app.compiled import compiled_for
from desktop.app.progress import run_steps
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.desk import period_of
from desktop.cli.findings import tell_findings
from desktop.core.findings import Level
from desktop.indicators.periods import period_parameters

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from desktop.app.audit.explained import ExplainedFinding
    from desktop.app.compiled import CompiledPack
    from desktop.cli.desk import Desk
    from desktop.core.findings import Tally
    from desktop.core.period import Period
    from desktop.store.ledger import Ledger


def check(desk: Desk, options: Namespace) -> int:
    """Audit a period: 0 clean, 1 with open 强制性 findings."""
    with desk.open(Path(options.ledger)) as ledger:
        period = period_of(ledger, options.period)
        compiled = compiled_for(ledger, period)
        pack = compiled.pack
        parameters = period_parameters(pack, period)
        result = run_steps(audit_ledger(ledger, compiled.audit, parameters))
        told = explained(ledger, result.findings)
        if options.xlsx:
            _write(desk, options, ledger, compiled, told)
        if options.json:
            facts = _facts(desk, ledger, period, told)
            desk.answer({**facts, "rules": [_tally(each) for each in result.tallies]})
    if not options.json:
        counts = _counts(told)
        desk.tell(
            "Audited by {rules} rules: {errors} 强制性, {warnings} 核实性 "
            "({unexplained} without explanation), {infos} 提示.",
            rules=len(result.tallies),
            **counts,
        )
        if counts["lapsed"] or counts["poor"]:
            desk.tell(
                "Of these, {lapsed} were explained for other figures, and {poor} in "
                "words that give no reason.",
                lapsed=counts["lapsed"],
                poor=counts["poor"],
            )
        tell_findings(desk, pack, told, everything=options.all)
    return FOUND if _counts(told)["errors"] else DONE


def _write(
    desk: Desk,
    options: Namespace,
    ledger: Ledger,
    compiled: CompiledPack,
    told: Sequence[ExplainedFinding],
) -> None:
    """Write the findings as a list to be worked through."""
    from desktop.app.audit.finding_book import book_of
    from desktop.app.audit.finding_book import in_full
    from desktop.app.audit.finding_book import listed
    from desktop.app.audit.finding_book import write_findings
    from desktop.app.audit.finding_table import finding_table

    period, path = period_of(ledger, options.period), Path(options.xlsx)
    short = run_steps(finding_table(ledger, compiled.pack, desk.say, listed(told)))
    rows = in_full(short, compiled, desk.say)
    remarks = write_findings(path, book_of(ledger, period, rows, desk.say))
    if not options.json:
        desk.tell("Written and read back: {path}", path=str(path))
        for said in remarks:
            desk.told(said, "  ")


def _counts(told: Sequence[ExplainedFinding]) -> dict[str, int]:
    counts = Counter(each.finding.level for each in told)
    soft = [each for each in told if each.finding.level is Level.WARNING]
    standings = Counter(each.said.standing for each in soft)
    return {
        "errors": counts[Level.ERROR],
        "warnings": counts[Level.WARNING],
        "unexplained": len(soft) - standings[Standing.STANDS],
        "lapsed": standings[Standing.LAPSED],
        "poor": standings[Standing.POOR],
        "infos": counts[Level.INFO],
    }


def _facts(
    desk: Desk, ledger: Ledger, period: Period, told: Sequence[ExplainedFinding]
) -> dict[str, object]:
    root, pack = ledger.units()[0], ledger.pack(period.code)
    return {
        "unit": root.code,
        "unit_name": root.name,
        "period": period.code,
        "pack": pack.id,
        "pack_version": pack.version,
        **_counts(told),
        "findings": [_finding(desk, each) for each in told],
    }


def _finding(desk: Desk, told: ExplainedFinding) -> dict[str, object]:
    finding, record = told.finding, told.record
    problem = finding.problem
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        "outcome": finding.outcome.value,
        "form": finding.form,
        "unit": finding.unit,
        "unit_name": told.unit_name,
        "facility": None if record is None else record.key.facility,
        "name": told.name,
        "fields": list(finding.fields),
        "text": finding.text,
        "problem": None if problem is None else desk.say.message(problem),
        "explanation": told.explanation,
        "standing": _standing(told),
    }


def _standing(told: ExplainedFinding) -> str | None:
    """Tell whether a 核实性 finding is explained; others are not asked to be."""
    soft = told.finding.level is Level.WARNING
    return told.said.standing.value if soft else None


def _tally(tally: Tally) -> dict[str, object]:
    return {
        "rule": tally.rule,
        "passed": tally.passed,
        "failed": tally.failed,
        "missing": tally.missing,
        "broken": tally.broken,
    }
