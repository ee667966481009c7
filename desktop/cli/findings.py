"""Findings as lines for a person: one a rule, and one for all blanks of a form."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.export.wording import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from desktop.app.explained import ExplainedFinding
    from desktop.cli.desk import Desk
    from desktop.core.findings import Finding
    from desktop.forms.model import Form
    from desktop.forms.model import Pack

_BLANK = ("required", "expected")
"""The rules every field brings that ask for an answer (`desktop.forms.implied`)."""


def tell_findings(
    desk: Desk, pack: Pack, told: Sequence[ExplainedFinding], *, everything: bool
) -> None:
    """Say what an audit found, hardest first; `everything` names each record too."""
    groups: dict[tuple[Level, str, str | None], list[ExplainedFinding]] = {}
    for each in told:
        finding = each.finding
        rule = None if is_blank(finding) else finding.rule
        groups.setdefault((finding.level, finding.form, rule), []).append(each)
    for level in Level:
        for (found, form, rule), group in groups.items():
            if found is not level:
                continue
            if rule is None:
                _tell_blanks(desk, pack.form_by_id[form], group)
            else:
                _tell_rule(desk, pack.form_by_id[form], group)
            for each in group if everything else ():
                where = dict.fromkeys((each.unit_name, each.name))
                desk.line(f"    {' '.join(where)}：{each.finding.text}")


def is_blank(finding: Finding) -> bool:
    """Tell whether a finding only says that a cell is not filled in."""
    blanks = [
        f"{finding.form}.{field}.{name}"
        for field in finding.fields[:1]
        for name in _BLANK
    ]
    return finding.rule in blanks


def _tell_rule(desk: Desk, form: Form, group: Sequence[ExplainedFinding]) -> None:
    first = group[0].finding
    level = LEVELS[first.level]
    if first.outcome is Outcome.BROKEN:
        said = "" if first.problem is None else desk.say.message(first.problem)
        desk.line(f"  [{level}] {form.title}：{said}")
        return
    desk.tell(
        "  [{level}] {form}, {count} records, such as {name}: {text} ({rule})",
        level=level,
        form=form.title,
        count=len(group),
        name=group[0].name,
        text=first.text,
        rule=first.rule,
    )


def _tell_blanks(desk: Desk, form: Form, group: Sequence[ExplainedFinding]) -> None:
    first = group[0].finding
    cells = Counter(each.finding.fields[0] for each in group)
    records = len({each.finding.record for each in group})
    desk.tell(
        "  [{level}] {form}, {records} records, not filled in: {fields}",
        level=LEVELS[first.level],
        form=form.title,
        records=records,
        fields="、".join(_titles(form, cells, records)),
    )


def _titles(form: Form, cells: Counter[str], records: int) -> Iterable[str]:
    """Name the fields, with a count where not every record lacks them."""
    for field, count in cells.items():
        title = form.by_id[field].title
        yield title if count == records else f"{title}（{count}）"
