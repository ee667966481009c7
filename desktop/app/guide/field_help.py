"""All there is to know of one field (指标解释): words, sources, rules, indicators."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.app.compiled import CompiledPack
    from desktop.core.findings import Level
    from desktop.export.building.whole import Spoken
    from desktop.forms.base import Sourced
    from desktop.forms.fields import Field
    from desktop.forms.model import Form


@frozen
class RuleHelp:
    """A rule that looks at a field; `holds` is its condition in words."""

    level: Level
    holds: str
    quote: str


@frozen
class IndicatorHelp:
    """An indicator that rests on a field, with its formula and its plan's sentence."""

    title: str
    formula: str
    quote: str


@frozen
class FieldHelp:
    """What a person who stands on a field may want to know."""

    form: Form
    field: Field
    choices: tuple[str, ...]
    computed: str
    """How it is computed, in words; empty where it is typed."""
    asked: str
    """When it is asked for, in words; empty where always."""
    rules: tuple[RuleHelp, ...]
    indicators: tuple[IndicatorHelp, ...]


class FieldGuide:
    """Tells of the fields of a pack; what all of them share is read once."""

    def __init__(self, compiled: CompiledPack) -> None:
        """Take the pack; nothing is compiled yet."""
        self._compiled = compiled

    def of(self, form: str, field: str) -> FieldHelp:
        """Gather what the pack says of a field; the first time takes a second.

        Raises:
            KeyError: The pack has no such field.
        """
        compiled, said = self._compiled, self._said
        pack = compiled.pack
        there = pack.form_by_id[form]
        found = there.by_id[field]
        names = frozenset(self._mentioned.get((form, field), ()))
        return FieldHelp(
            form=there,
            field=found,
            choices=pack.choices(form, field),
            computed=_words(found.computed, form, compiled),
            asked=_words(found.visible_when, form, compiled),
            rules=tuple(
                RuleHelp(each.rule.level, said.rules[each.rule.id], quote(each.rule))
                for audit in compiled.audit.forms
                for each in audit.rules
                if each.rule.id in names
                or (audit.form == form and field in each.fields)
            ),
            indicators=tuple(
                IndicatorHelp(each.title, said.formulas.get(each.id, ""), quote(each))
                for each in pack.indicators
                if each.id in names
            ),
        )

    @cached_property
    def _mentioned(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        from desktop.forms.mentioned import mentioned  # noqa: PLC0415 - brings the parser

        return mentioned(self._compiled.pack, self._compiled.schema)

    @cached_property
    def _said(self) -> Spoken:
        from desktop.app.packs.words import spoken  # noqa: PLC0415 - brings the parser

        return spoken(self._compiled)


def quote(part: Sourced) -> str:
    """Give the sentence something comes from, or why it is ours."""
    return part.ours or "" if part.source is None else part.source.quote


def _words(text: str | None, form: str, compiled: CompiledPack) -> str:
    from desktop.expr.parse import Expression  # noqa: PLC0415 - brings the parser
    from desktop.expr.parse import RecordContext  # noqa: PLC0415 - same
    from desktop.expr.parse import parse  # noqa: PLC0415 - same
    from desktop.expr.words import say  # noqa: PLC0415 - same

    if text is None:
        return ""
    read = parse(text, compiled.schema, RecordContext(form))
    return say(read, compiled.schema) if isinstance(read, Expression) else text
