"""What makes the forms of a pack sensible."""

from __future__ import annotations

from decimal import Decimal
from graphlib import CycleError
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.expr.parse import RecordContext
from desktop.expr.schema import ValueType
from desktop.forms.entry import NOT_APPLICABLE
from desktop.forms.entry import SEPARATORS
from desktop.forms.entry import UNKNOWN
from desktop.forms.fields import Binding
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import ChoicesField
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.forms.fields import TextField
from desktop.forms.model import Roster
from desktop.forms.said import Said
from desktop.forms.said import duplicates
from desktop.forms.said import error
from desktop.forms.said import unknown_name
from desktop.forms.said import warning
from desktop.forms.schema import value_type

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.expr.parse import Expression
    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.forms.said import Expressions
    from desktop.forms.source_map import Path

    Placed: TypeAlias = tuple[Path, Field]

MAX_FIELDS: Final = 1000
"""A SQLite table holds 2,000 columns."""

# fmt: off
_WORDS: Final = frozenset({
    "all", "and", "as", "between", "by", "case", "cast", "check", "create", "default",
    "delete", "distinct", "drop", "else", "end", "exists", "false", "filter", "foreign",
    "from", "group", "having", "in", "index", "insert", "into", "is", "join", "like",
    "limit", "not", "null", "oid", "on", "or", "order", "over", "primary", "references",
    "rowid", "select", "set", "table", "then", "true", "union", "update", "using",
    "values", "when", "where", "with",
})
# fmt: on
_PREFIXES: Final = frozenset({"child", "param", "prev", "unit"})


def lint_forms(pack: Pack, expressions: Expressions) -> Iterator[Said]:
    """Check every form by itself."""
    for i, form in enumerate(pack.forms):
        path = ("forms", i)
        placed = tuple(_placed(path, form))
        yield from _names(path, form, placed)
        yield from _heads(placed)
        if isinstance(form, Roster):
            yield from _roster(path, form, expressions)
        for where, field in placed:
            yield from _field(pack, where, field, form)
        yield from _expressions(form, placed, expressions)


def _placed(path: Path, form: Form) -> Iterator[Placed]:
    """Give the fields of a form with their paths."""
    for j, group in enumerate(form.groups):
        for k, field in enumerate(group.fields):
            yield (*path, "groups", j, "fields", k), field


def _names(path: Path, form: Form, placed: tuple[Placed, ...]) -> Iterator[Said]:
    """Refuse ids that stand twice or mean something in SQL."""
    ids = (((*where, "id"), field.id) for where, field in placed)
    yield from duplicates(ids, "forms.duplicate_field")
    yield from _former(placed)
    reserved = form.id in _WORDS | _PREFIXES or form.id.startswith("sqlite_")
    if reserved:
        yield error((*path, "id"), "forms.reserved_name", name=form.id)
    for where, field in placed:
        if field.id in _WORDS:
            yield error((*where, "id"), "forms.reserved_name", name=field.id)
    if len(placed) > MAX_FIELDS:
        yield error(path, "forms.too_many_fields", limit=MAX_FIELDS)


def _former(placed: tuple[Placed, ...]) -> Iterator[Said]:
    """Refuse a former id that some field bears now, or that two claim."""
    living = {field.id for _, field in placed}
    former = [
        ((*where, "formerly"), field.formerly)
        for where, field in placed
        if field.formerly is not None
    ]
    for where, name in former:
        if name in living:
            yield error(where, "forms.formerly_living", name=name)
    yield from duplicates(former, "forms.formerly_twice")


def _heads(placed: tuple[Placed, ...]) -> Iterator[Said]:
    """Point out two fields that an imported table's head could both mean."""
    owners: dict[str, str] = {}
    for where, field in placed:
        for head in dict.fromkeys((field.title, *field.aliases)):
            owner = owners.setdefault(head, field.id)
            if owner != field.id:
                yield warning(where, "forms.same_head", head=head, field=owner)


def _roster(path: Path, form: Roster, expressions: Expressions) -> Iterator[Said]:
    stored = {field.id: field for field in form.stored}
    for key, named in (("name", form.name), ("code", form.code)):
        if named is not None and named not in stored:
            yield unknown_name((*path, key), "forms.field", named, stored)
    if isinstance(stored.get(form.name), ChoicesField):
        yield error((*path, "name"), "forms.name_is_list", field=form.name)
    if form.counted_when is not None:
        where, wanted = (*path, "counted_when"), ValueType.BOOLEAN
        read = expressions.read_own(where, form.counted_when, form.id, wanted)
        if isinstance(read, Said):
            yield read


def _field(pack: Pack, path: Path, field: Field, form: Form) -> Iterator[Said]:
    if field.explanation_source is not None and field.explanation is None:
        yield warning(path, "forms.source_of_nothing", field=field.id)
    yield from _origin_of_value(path, field)
    match field:
        case IntegerField() | DecimalField():
            yield from _numbers(path, field)
        case ChoiceField() if _is_key(form, field):
            if not field.choices:
                said = "forms.nobody_answers"
                yield error(path, said, form=form.id, field=field.id)
        case ChoiceField() | ChoicesField():
            yield from _choices(pack, path, field)
        case TextField(default=str(default)) if len(default) > field.max_length:
            said = "forms.default_too_long"
            yield error((*path, "default"), said, limit=field.max_length)
        case _:
            pass


def _is_key(form: Form, field: Field) -> bool:
    """Tell whether the choices of a field are titles of indicators."""
    answers = form.answers if isinstance(form, Roster) else None
    return answers is not None and answers.key == field.id


def _origin_of_value(path: Path, field: Field) -> Iterator[Said]:
    """Check that a value comes from one place only, and fits what it repeats."""
    default = getattr(field, "default", None)
    origins = (field.computed, field.binds, default)
    if sum(origin is not None for origin in origins) > 1:
        yield error(path, "forms.two_values", field=field.id)
    if field.binds is not None:
        year = field.binds is Binding.PERIOD_YEAR
        wanted = ValueType.NUMBER if year else ValueType.TEXT
        if value_type(field) is not wanted:
            said, binding = "forms.binding_kind", field.binds.value
            yield error((*path, "binds"), said, binding=binding, kind=field.kind)


def _numbers(path: Path, field: IntegerField | DecimalField) -> Iterator[Said]:
    low, high, default = field.minimum, field.maximum, field.default
    if low is not None and high is not None and low > high:
        yield error(
            (*path, "maximum"), "forms.empty_range", low=f"{low}", high=f"{high}"
        )
    elif default is not None and (
        (low is not None and default < low) or (high is not None and default > high)
    ):
        yield error((*path, "default"), "forms.default_outside", value=f"{default}")
    if isinstance(field, DecimalField):
        named = (("minimum", low), ("maximum", high), ("default", default))
        for key, number in named:
            if number is not None and _decimals(Decimal(number)) > field.digits:
                where, digits = (*path, key), field.digits
                yield error(where, "forms.too_many_decimals", digits=digits)


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _choices(
    pack: Pack, path: Path, field: ChoiceField | ChoicesField
) -> Iterator[Said]:
    if bool(field.choices) == (field.code_list is not None):
        yield error(path, "forms.choices_or_list", field=field.id)
        return
    own = (((*path, "choices", i), each) for i, each in enumerate(field.choices))
    yield from duplicates(own, "forms.duplicate_choice")
    choices = field.choices
    if field.code_list is not None:
        code_list = pack.code_list_by_id.get(field.code_list)
        if code_list is None:
            where = (*path, "code_list")
            names = pack.code_list_by_id
            yield unknown_name(where, "forms.code_list", field.code_list, names)
            return
        choices = code_list.choices
    yield from _labels(path, field, choices)
    yield from _value_aliases((*path, "value_aliases"), field.value_aliases, choices)


def _labels(
    path: Path, field: ChoiceField | ChoicesField, choices: tuple[str, ...]
) -> Iterator[Said]:
    """Check the labels, and the default against them."""
    for choice in choices:
        counted = choice == NOT_APPLICABLE and not field.not_applicable
        if choice in {NOT_APPLICABLE, UNKNOWN} and not counted:
            yield warning(path, "forms.choice_is_absent", choice=choice)
        if choice != choice.strip():
            yield warning(path, "forms.choice_spaces", choice=choice)
        several = isinstance(field, ChoicesField)
        if several and any(sign in choice for sign in SEPARATORS):
            yield warning(path, "forms.choice_separator", choice=choice)
    if (
        isinstance(field, ChoiceField)
        and field.default is not None
        and field.default not in choices
    ):
        where = (*path, "default")
        yield unknown_name(where, "forms.value", field.default, choices)


def _value_aliases(
    path: Path, aliases: Mapping[str, tuple[str, ...]], choices: tuple[str, ...]
) -> Iterator[Said]:
    """Check that each word of other sources is none of ours and means one of ours."""
    for alias, meanings in aliases.items():
        if alias in choices:
            yield error((*path, alias), "forms.alias_is_choice", name=alias)
        if alias in {NOT_APPLICABLE, UNKNOWN}:
            yield warning((*path, alias), "forms.choice_is_absent", choice=alias)
        if alias != alias.strip():
            yield warning((*path, alias), "forms.choice_spaces", choice=alias)
        for choice in meanings:
            if choice not in choices:
                yield unknown_name((*path, alias), "forms.value", choice, choices)


def _expressions(
    form: Form, placed: tuple[Placed, ...], expressions: Expressions
) -> Iterator[Said]:
    """Read visible_when and computed, and refuse fields computed from themselves."""
    named: dict[str, tuple[str, ...]] = {}
    paths: dict[str, Path] = {}
    for path, field in placed:
        if field.visible_when is not None:
            where, wanted = (*path, "visible_when"), ValueType.BOOLEAN
            context = RecordContext(form.id)
            shown = expressions.read(where, field.visible_when, context, wanted)
            if isinstance(shown, Said):
                yield shown
            elif others := _others(shown):
                yield error(where, "forms.own_record_only", names=others)
            else:
                yield from expressions.strangers(where, shown)
        if field.computed is not None:
            where = paths[field.id] = (*path, "computed")
            kind = value_type(field)
            read = expressions.read_own(where, field.computed, form.id, kind)
            if isinstance(read, Said):
                yield read
            else:
                named[field.id] = read.mentions.own
    yield from _cycle(named, paths)


def _others(read: Expression) -> str:
    """Name what an expression reads besides its own record."""
    names = read.mentions
    return ", ".join((*(f"prev.{name}" for name in names.prev), *names.sources))


def _cycle(named: dict[str, tuple[str, ...]], paths: dict[str, Path]) -> Iterator[Said]:
    try:
        TopologicalSorter(named).prepare()
    except CycleError as fault:
        cycle = fault.args[1]
        yield error(paths[cycle[0]], "forms.computed_cycle", fields=" → ".join(cycle))
