"""Making a report out of a pack and what a unit's ledger holds."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from types import MappingProxyType
from typing import TYPE_CHECKING

from desktop.export.building.figures import indicator_line
from desktop.export.building.forms import form_table
from desktop.export.report import ChoiceLine
from desktop.export.report import Explanation
from desktop.export.report import FindingLine
from desktop.export.report import PackStamp
from desktop.export.report import Report
from desktop.forms.settle import DEFINITION
from desktop.forms.settle import PARAMETER
from desktop.forms.settle import adjustable
from desktop.forms.settle import in_force
from desktop.forms.settle import number_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.findings import Finding
    from desktop.core.period import Period
    from desktop.export.building.forms import RecordLine
    from desktop.export.report import FormTable
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.indicators.figures import Figure

OURS = "本系统整理"
"""Whose words an explanation is that names no source."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding with the names a reader knows, and its 情况说明 if there is one."""

    finding: Finding
    unit_name: str
    record_name: str
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Expressions in words: rules and formulas by id (`desktop.expr` says them)."""

    rules: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    formulas: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Contents:
    """What a unit's ledger holds for one period.

    `records` by form id, computed fields included; `nil` are the forms with a nil
    return (零报告). `revision` and `made_at` are words for the version page.
    """

    period: Period
    unit_code: str
    unit_name: str
    records: Mapping[str, Sequence[RecordLine]]
    nil: frozenset[str] = frozenset()
    findings: Sequence[Explained] = ()
    figures: Sequence[Figure] = ()
    revision: str = ""
    made_at: str = ""
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the ledger chose for the period, by name; the pack has it in force."""


def build_report(
    pack: Pack, digest: str, contents: Contents, spoken: Spoken | None = None
) -> Report:
    """Put together everything the report says; `digest` is the pack's."""
    words = spoken or Spoken()
    figures = {figure.indicator: figure for figure in contents.figures}
    return Report(
        title=pack.report.title,
        unit_name=contents.unit_name,
        unit_code=contents.unit_code,
        period_title=contents.period.title,
        pack=PackStamp(pack.id, pack.title, pack.version, digest),
        revision=contents.revision,
        made_at=contents.made_at,
        signatures=pack.report.signatures,
        preface=pack.report.preface,
        forms=tuple(_form(pack, form, contents, words) for form in pack.forms),
        indicators=tuple(
            indicator_line(
                pack,
                indicator,
                figures.get(indicator.id),
                words.formulas.get(indicator.id),
            )
            for indicator in pack.indicators
        ),
        findings=tuple(_finding(pack, line, words) for line in contents.findings),
        explanations=tuple(_explanations(pack)),
        choices=tuple(_choices(pack, contents)),
    )


def _form(pack: Pack, form: Form, contents: Contents, words: Spoken) -> FormTable:
    rules = tuple(
        (rule.level, words.rules.get(rule.id, rule.says))
        for rule in pack.rules
        if rule.form == form.id
    )
    return form_table(pack, form, contents, rules)


def _finding(pack: Pack, line: Explained, words: Spoken) -> FindingLine:
    finding = line.finding
    form = pack.form_by_id[finding.form]
    return FindingLine(
        level=finding.level,
        outcome=finding.outcome,
        form=form.title,
        unit=line.unit_name,
        record=line.record_name,
        fields="、".join(
            form.by_id[name].title for name in finding.fields if name in form.by_id
        ),
        text=finding.text,
        rule=words.rules.get(finding.rule, ""),
        explanation=line.explanation,
        rule_id=finding.rule,
        form_id=finding.form,
        record_id=finding.record or 0,
    )


def _choices(pack: Pack, contents: Contents) -> Iterator[ChoiceLine]:
    """Say by which definitions and numbers a settled pack goes."""
    for definition, option in in_force(pack):
        own = DEFINITION + definition.id in contents.choices
        yield ChoiceLine(definition.title, option.title, own)
    for parameter in adjustable(pack):
        value = f"{number_text(parameter.value)} {parameter.measure or ''}".rstrip()
        own = PARAMETER + parameter.id in contents.choices
        yield ChoiceLine(parameter.title, value, own, number=True)


def _explanations(pack: Pack) -> Iterator[Explanation]:
    for form in pack.forms:
        for found in form.fields:
            if found.explanation:
                yield Explanation(
                    form.title,
                    found.title,
                    found.explanation,
                    found.explanation_source or OURS,
                )
