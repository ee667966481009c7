"""What makes the rules of a pack sensible."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.findings import Level
from desktop.expr.parse import RecordContext
from desktop.expr.schema import ValueType
from desktop.forms.said import Said
from desktop.forms.said import error
from desktop.forms.said import unknown_name
from desktop.forms.said import warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.expr.parse import Expression
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.forms.model import Rule
    from desktop.forms.said import Expressions
    from desktop.forms.source_map import Path

_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}|[{}]")


def lint_rules(
    pack: Pack, expressions: Expressions, read_forms: set[str]
) -> Iterator[Said]:
    """Check every rule; the forms that rules read are added to `read_forms`."""
    for i, rule in enumerate(pack.rules):
        path = ("rules", i)
        form = pack.form_by_id.get(rule.form)
        if form is None:
            names = pack.form_by_id
            yield unknown_name((*path, "form"), "forms.form", rule.form, names)
            continue
        read_forms.add(form.id)
        yield from _fields(path, rule, form)
        yield from _expressions(path, rule, expressions, read_forms)


def _fields(path: Path, rule: Rule, form: Form) -> Iterator[Said]:
    for i, name in enumerate(rule.fields):
        if name not in form.by_id:
            yield unknown_name((*path, "fields", i), "forms.field", name, form.by_id)


def _placeholders(
    path: Path, rule: Rule, expressions: Expressions, named: set[str]
) -> Iterator[Said]:
    """Read each `{…}` of the sentence, as `desktop.rules.sentence` will."""
    where = (*path, "says")
    for found in _PLACEHOLDER.finditer(rule.says):
        if found[1] is None:
            yield error(where, "forms.lone_brace")
            continue
        read = expressions.read(where, found[1], RecordContext(rule.form))
        if isinstance(read, Said):
            yield read.within(rule.says, found.start(1))
        else:
            named.update(read.mentions.sources)


def _expressions(
    path: Path, rule: Rule, expressions: Expressions, read_forms: set[str]
) -> Iterator[Said]:
    """Read `check`, `when` and `says`, and hold what they name against `needs`."""
    named: set[str] = set()
    faults = list(_conditions(path, rule, expressions, named))
    faults += _placeholders(path, rule, expressions, named)
    yield from faults
    read_forms |= named
    if not any(fault.level is Level.ERROR for fault in faults):
        yield from _needs(path, rule, named - {rule.form})


def _conditions(
    path: Path, rule: Rule, expressions: Expressions, named: set[str]
) -> Iterator[Said]:
    context, wanted = RecordContext(rule.form), ValueType.BOOLEAN
    for key, text in (("check", rule.check), ("when", rule.when)):
        if text is None:
            continue
        where = (*path, key)
        read = expressions.read(where, text, context, wanted)
        if isinstance(read, Said):
            yield read
            continue
        named.update(read.mentions.sources)
        yield from expressions.strangers(where, read)
        if _is_constant(read):
            yield warning(where, "forms.constant_condition", rule=rule.id)


def _is_constant(read: Expression) -> bool:
    """Tell whether a condition names nothing that could make it true or false."""
    names = read.mentions
    return not (names.own or names.prev or names.sources)


def _needs(path: Path, rule: Rule, named: set[str]) -> Iterator[Said]:
    """Ask that `needs` lists the other forms; by it a shared rule joins a pack."""
    for name in sorted(named - set(rule.needs)):
        yield error((*path, "needs"), "forms.need_missing", form=name)
    for i, name in enumerate(rule.needs):
        if name not in named:
            yield error((*path, "needs", i), "forms.need_idle", form=name)
