"""What makes sensible that which a ledger may choose: definitions and parameters."""

from __future__ import annotations

import re
from graphlib import CycleError
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING
from typing import Final

from desktop.expr.parse import UnitContext
from desktop.expr.schema import ValueType
from desktop.forms.mentioned import namings
from desktop.forms.said import Said
from desktop.forms.said import duplicates
from desktop.forms.said import error
from desktop.forms.said import unknown_name
from desktop.forms.said import warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.forms.model import Definition
    from desktop.forms.model import Pack
    from desktop.forms.model import Parameter
    from desktop.forms.said import Expressions
    from desktop.forms.source_map import Path

_VALUES: Final = frozenset({ValueType.NUMBER, ValueType.TEXT})
_PARAMETER: Final = re.compile(r"\bparam\.([a-z][a-z0-9_]*)")
_NAMED: Final = re.compile(r"\bdefinition\.([a-z][a-z0-9_]*)")


def lint_choices(
    pack: Pack, expressions: Expressions, read_forms: set[str]
) -> Iterator[Said]:
    """Check parameters and definitions; forms these read are added to `read_forms`."""
    columns = _in_columns(pack)
    for i, parameter in enumerate(pack.parameters):
        path: Path = ("parameters", i)
        yield from _parameter(path, parameter)
        if parameter.adjustable and parameter.id in columns:
            field = columns[parameter.id]
            yield error(
                (*path, "adjustable"),
                "forms.adjustable_column",
                name=parameter.id,
                field=field,
            )
    named = {name for each in namings(pack) for name in _NAMED.findall(each.text)}
    for i, definition in enumerate(pack.definitions):
        path = ("definitions", i)
        if definition.id not in named:
            yield warning(path, "forms.definition_idle", name=definition.id)
        yield from _default(path, definition)
        yield from _options(path, definition, expressions, read_forms)
    yield from _circle(pack)


def _in_columns(pack: Pack) -> dict[str, str]:
    """Give the parameters that computed fields name, each with the title of one."""
    return {
        name: field.title
        for form in pack.forms
        for field in form.fields
        for name in _PARAMETER.findall(field.computed or "")
    }


def _parameter(path: Path, parameter: Parameter) -> Iterator[Said]:
    """Check that bounds agree with the value, and that someone may move within them."""
    low, high, value = parameter.minimum, parameter.maximum, parameter.value
    for key, bound in (("minimum", low), ("maximum", high)):
        if bound is not None and not parameter.adjustable:
            yield error((*path, key), "forms.bounds_idle", name=parameter.id)
    if low is not None and high is not None and low > high:
        where = (*path, "maximum")
        yield error(where, "forms.empty_range", low=f"{low}", high=f"{high}")
    elif (low is not None and value < low) or (high is not None and value > high):
        yield error((*path, "value"), "forms.default_outside", value=f"{value}")


def _default(path: Path, definition: Definition) -> Iterator[Said]:
    ids = tuple(option.id for option in definition.options)
    if definition.default not in ids:
        where = (*path, "default")
        yield unknown_name(where, "forms.value", definition.default, ids)


def _circle(pack: Pack) -> Iterator[Said]:
    """Refuse options that could name each other, whichever are chosen."""
    naming = {
        each.id: [
            name for option in each.options for name in _NAMED.findall(option.value)
        ]
        for each in pack.definitions
    }
    try:
        TopologicalSorter(naming).prepare()
    except CycleError as fault:
        circle: list[str] = fault.args[1]
        i = next(i for i, each in enumerate(pack.definitions) if each.id == circle[0])
        names = " → ".join(circle)
        yield error(("definitions", i), "forms.definition_circle", names=names)


def _options(
    path: Path, definition: Definition, expressions: Expressions, read_forms: set[str]
) -> Iterator[Said]:
    """Check that options can be told apart, and that each is a number of a unit.

    A text is one that expressions ask for: `CASE WHEN definition.x = 'all' THEN …`.
    """
    for key, code in (
        ("id", "forms.duplicate_id"),
        ("title", "forms.duplicate_choice"),
    ):
        words = (
            ((*path, "options", j, key), str(getattr(option, key)))
            for j, option in enumerate(definition.options)
        )
        yield from duplicates(words, code)
    for j, option in enumerate(definition.options):
        where = (*path, "options", j, "value")
        read = expressions.read(where, option.value, UnitContext())
        if isinstance(read, Said):
            yield read
        elif read.type not in _VALUES:
            yield error(where, "expr.wanted_number", name=option.id)
        else:
            read_forms.update(read.mentions.sources)
            yield from expressions.strangers(where, read)
