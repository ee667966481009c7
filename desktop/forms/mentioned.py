"""Which parts of a pack name which fields, by any of their expressions."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple
from typing import TypeAlias

from desktop.core.findings import Level
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import walk
from desktop.expr.parse import Expression
from desktop.expr.parse import RecordContext
from desktop.expr.parse import UnitContext
from desktop.expr.parse import parse
from desktop.forms.model import Roster
from desktop.forms.schema import schema_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.expr.context import Context
    from desktop.expr.schema import Schema
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.forms.model import Rule

    Spot: TypeAlias = tuple[str, str]
    """A form and a field of it, by their ids."""

PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}|[{}]")
"""A value in the sentence of a rule, or a brace that stands alone."""


class Naming(NamedTuple):
    """One expression and who says it."""

    who: str
    text: str
    context: Context


def mentioned(pack: Pack, schema: Schema) -> Mapping[Spot, tuple[str, ...]]:
    """Give the ids of what names a field: rules, indicators, definitions, fields.

    `schema` says what may be named, which can be more than the pack has. An expression
    that cannot be read names nothing; lint says what is wrong with it.
    """
    found: defaultdict[Spot, dict[str, None]] = defaultdict(dict)
    for form in pack.forms:
        if isinstance(form, Roster):
            found[form.id, form.name][form.id] = None
            found[form.id, form.code or form.name][form.id] = None
    for rule in pack.rules:
        for name in rule.fields:
            found[rule.form, name][rule.id] = None
    for naming in namings(pack):
        for spot in _spots(naming, schema):
            found[spot][naming.who] = None
    return {spot: tuple(names) for spot, names in found.items()}


def error_rule_fields(pack: Pack) -> frozenset[Spot]:
    """Give the fields that the conditions of the 强制性 rules name."""
    schema = schema_of(pack)
    return frozenset(
        spot
        for rule in pack.rules
        if rule.level is Level.ERROR
        for naming in _of_rule(rule)
        for spot in _spots(naming, schema)
    )


def _spots(naming: Naming, schema: Schema) -> Iterator[Spot]:
    read = parse(naming.text, schema, naming.context)
    if isinstance(read, Expression):
        for node in walk(read.node):
            if isinstance(node, FieldRef):
                yield node.source, node.column.id


def namings(pack: Pack) -> Iterator[Naming]:
    """Give all expressions of a pack, and whose they are."""
    for form in pack.forms:
        yield from _of_form(form)
    for rule in pack.rules:
        yield from _of_rule(rule)
        for text in PLACEHOLDER.findall(rule.says):
            yield Naming(rule.id, text, RecordContext(rule.form))
    for indicator in pack.indicators:
        for term in (indicator.numerator, indicator.denominator):
            if term is not None and term.value is not None:
                yield Naming(indicator.id, term.value, UnitContext())
    for definition in pack.definitions:
        for option in definition.options:
            yield Naming(definition.id, option.value, UnitContext())


def _of_form(form: Form) -> Iterator[Naming]:
    own = RecordContext(form.id)
    if isinstance(form, Roster) and form.counted_when is not None:
        yield Naming(form.id, form.counted_when, own)
    for field in form.fields:
        for text in (field.computed, field.visible_when):
            if text is not None:
                yield Naming(f"{form.id}.{field.id}", text, own)


def _of_rule(rule: Rule) -> Iterator[Naming]:
    for text in (rule.check, rule.when):
        if text is not None:
            yield Naming(rule.id, text, RecordContext(rule.form))
