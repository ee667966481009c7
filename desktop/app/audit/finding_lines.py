"""Findings as lines for a person: one a rule, and one for all blanks of a form."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.frozen import frozen
from desktop.export.wording import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.app.audit.explained import ExplainedFinding
    from desktop.core.findings import Finding
    from desktop.core.words import Words
    from desktop.forms.model import Form
    from desktop.forms.model import Pack

_BLANK = ("required", "expected")
"""The rules every field brings that ask for an answer (`desktop.forms.implied`)."""


@frozen
class FindingLine:
    """What one rule found, or that cells of a form are blank, and where.

    `rule` is its id; empty where several say so, or where it could not run.
    """

    level: Level
    text: str
    rule: str
    findings: tuple[ExplainedFinding, ...]


def finding_lines(
    say: Words, pack: Pack, told: Sequence[ExplainedFinding]
) -> Iterator[FindingLine]:
    """Say what an audit found, hardest first."""
    groups: dict[tuple[Level, str, str | None], list[ExplainedFinding]] = {}
    for each in told:
        finding = each.finding
        rule = None if is_blank(finding) else finding.rule
        groups.setdefault((finding.level, finding.form, rule), []).append(each)
    for level in Level:
        for (found, name, rule), group in groups.items():
            if found is level:
                yield _line(say, pack.form_by_id[name], group, blank=rule is None)


def place(each: ExplainedFinding) -> str:
    """Name unit and record of a finding, which may be called the same."""
    return " ".join(dict.fromkeys((each.unit_name, each.name)))


def is_blank(finding: Finding) -> bool:
    """Tell whether a finding only says that a cell is not filled in."""
    blanks = [
        f"{finding.form}.{field}.{name}"
        for field in finding.fields[:1]
        for name in _BLANK
    ]
    return finding.rule in blanks


def _line(
    say: Words, form: Form, group: Sequence[ExplainedFinding], *, blank: bool
) -> FindingLine:
    first, told = group[0].finding, tuple(group)
    if blank:
        return FindingLine(first.level, _blanks(say, form, group), "", told)
    level = LEVELS[first.level]
    if first.outcome is Outcome.BROKEN:
        why = "" if first.problem is None else say.message(first.problem)
        text = f"[{level}] {form.title}：{why}"
        return FindingLine(first.level, text, "", told)
    text = say(
        "[{level}] {form}, {count} records, such as {name}: {text}",
        level=level,
        form=form.title,
        count=len(group),
        name=group[0].name,
        text=first.text,
    )
    return FindingLine(first.level, text, first.rule, told)


def _blanks(say: Words, form: Form, group: Sequence[ExplainedFinding]) -> str:
    cells = Counter(each.finding.fields[0] for each in group)
    records = len({each.finding.record for each in group})
    return say(
        "[{level}] {form}, {records} records, not filled in: {fields}",
        level=LEVELS[group[0].finding.level],
        form=form.title,
        records=records,
        fields="、".join(_titles(form, cells, records)),
    )


def _titles(form: Form, cells: Counter[str], records: int) -> Iterable[str]:
    """Name the fields, with a count where not every record lacks them."""
    for field, count in cells.items():
        title = form.by_id[field].title
        yield title if count == records else f"{title}（{count}）"
