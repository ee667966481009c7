"""审核结果清单: findings as a file, with each rule in words and its source."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.audit.finding_list import FindingList
from desktop.app.audit.finding_list import Group
from desktop.app.audit.finding_list import which
from desktop.app.audit.finding_table import write_csv
from desktop.app.packs.words import spoken
from desktop.app.reports.stamping import made_at
from desktop.app.reports.stamping import stamp_of
from desktop.core.findings import Level
from desktop.export.xlsx.finding_sheet import FindingSheet
from desktop.export.xlsx.finding_sheet import write_finding_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.audit.explained import ExplainedFinding
    from desktop.app.audit.finding_table import Row
    from desktop.app.compiled import CompiledPack
    from desktop.core.manifest import Stamp
    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.core.words import Words
    from desktop.forms.base import Sourced
    from desktop.store.ledger import Ledger

WIDTHS: Final = (7, 13, 10, 13, 12, 24, 9, 20, 12, 22, 18)
CSV: Final = ".csv"


def listed(told: Sequence[ExplainedFinding]) -> FindingList:
    """Make a list of all findings, the hardest first."""
    groups = []
    for level in Level:
        some = tuple(each.finding for each in told if each.finding.level is level)
        if some:
            groups.append(Group(level, some, 0))
    return FindingList(tuple(groups), {which(each.finding): each.said for each in told})


def in_full(rows: Iterable[Row], compiled: CompiledPack, say: Words) -> tuple[Row, ...]:
    """Add to the rows of `finding_table` what each rule says, and its source."""
    words = spoken(compiled).rules
    sources = {
        rule.rule.id: _source(rule.rule, say)
        for form in compiled.audit.forms
        for rule in form.rules
    }
    head, *others = rows
    return (
        (*head, say("Rule in words"), say("Source of the rule")),
        *((*row, words.get(row[-1], ""), sources.get(row[-1], "")) for row in others),
    )


def book_of(
    ledger: Ledger, period: Period, rows: tuple[Row, ...], say: Words
) -> FindingSheet:
    """Put what the list stands on above it."""
    stamp = stamp_of(ledger, period)
    return FindingSheet(
        title=say("List of findings"),
        about=tuple(_about(stamp, len(rows) - 1, say)),
        rows=rows,
        widths=WIDTHS,
        made=stamp.made,
    )


def write_findings(path: Path, book: FindingSheet) -> tuple[Message, ...]:
    """Write the list as a workbook, or as CSV where the name says so.

    Raises:
        ExportError: Nothing was written; a file of that name is as it was.
    """
    if path.suffix.lower() == CSV:
        write_csv(path, book.rows)
        return ()
    return write_finding_sheet(path, book)


def _about(stamp: Stamp, count: int, say: Words) -> Iterable[str]:
    yield say("Unit: {unit} ({code})", unit=stamp.unit_name, code=stamp.unit)
    yield say("Period: {period}", period=stamp.period_title)
    yield say(
        "{count} findings. Reporting system {pack} {version}; ledger revision "
        "{revision} of {made}.",
        count=count,
        pack=stamp.pack,
        version=stamp.pack_version,
        revision=stamp.revision,
        made=made_at(stamp),
    )


def _source(rule: Sourced, say: Words) -> str:
    """Say where a rule comes from: the plan's own words, or ours with the reason."""
    if rule.source is not None:
        return f"{rule.source.file}：“{rule.source.quote}”"
    return say("Ours: {reason}", reason=rule.ours) if rule.ours else ""
