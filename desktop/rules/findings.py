"""Rows of an audit's statements as findings and tallies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.findings import Finding
from desktop.core.findings import Outcome
from desktop.core.findings import RecordId
from desktop.core.findings import Tally
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.rules.audit import BrokenRule
    from desktop.rules.audit import CompiledRule
    from desktop.rules.audit import FormAudit
    from desktop.rules.audit import Part

HEAD = 2
"""Columns before the outcomes in a row: record and unit."""


def failing(audit: FormAudit | Part, row: Sequence[object]) -> Iterator[CompiledRule]:
    """Give the rules that fail in a row of `failing` or `outcomes`."""
    for rule, outcome in zip(audit.rules, row[HEAD:], strict=True):
        if outcome is not None and not outcome:
            yield rule


def outcome_of(value: object) -> Outcome:
    """Read one outcome as SQL gives it: true, false or NULL."""
    if value is None:
        return Outcome.MISSING
    return Outcome.PASSED if value else Outcome.FAILED


def finding(
    rule: CompiledRule, period: str, row: Sequence[object], values: Sequence[object]
) -> Finding:
    """Make the finding of a failing rule; `values` fill its sentence."""
    return Finding(
        rule=rule.rule.id,
        level=rule.rule.level,
        outcome=Outcome.FAILED,
        form=rule.rule.form,
        unit=str(row[1]),
        period=period,
        record=RecordId(int(str(row[0]))),
        fields=rule.fields,
        text=rule.sentence.fill(values),
    )


def broken_finding(broken: BrokenRule, period: str, unit: str) -> Finding:
    """Make the finding of a rule that could not run; it speaks of no record."""
    rule = broken.rule
    return Finding(
        rule=rule.id,
        level=rule.level,
        outcome=Outcome.BROKEN,
        form=rule.form,
        unit=unit,
        period=period,
        record=None,
        fields=(),
        text=rule.says,
        problem=message("rules.broken", rule=rule.id, check=rule.check),
    )


def tallies(audit: FormAudit, row: Sequence[object]) -> Iterator[Tally]:
    """Read the one row of `tally`: passed, failed and missing of each rule.

    The count of all records stands first. A form without records counts nothing.
    """
    for place, rule in enumerate(audit.rules):
        first = 1 + 3 * place
        passed, failed, missing = (
            int(str(count or 0)) for count in row[first : first + 3]
        )
        yield Tally(rule.rule.id, passed, failed, missing)
    for broken in audit.broken:
        yield Tally(broken.rule.id, 0, 0, 0, broken=True)
