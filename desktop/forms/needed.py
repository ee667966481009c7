"""Which fields the indicators of a pack rest on.

A shared form serves packs that ask for different things. A field with `blank: needed`
is asked for where an indicator of the pack at hand rests on it, and nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from typing import TypeAlias

from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import walk
from desktop.expr.parse import Expression
from desktop.expr.parse import RecordContext
from desktop.expr.parse import UnitContext
from desktop.expr.parse import parse
from desktop.forms.schema import schema_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.expr.context import Context
    from desktop.expr.schema import Schema
    from desktop.forms.model import Indicator
    from desktop.forms.model import Pack

    Spot: TypeAlias = tuple[str, str]
    """A form and a field of it, by their ids."""


def needed_fields(pack: Pack) -> Mapping[Spot, tuple[str, ...]]:
    """Give the fields that indicators rest on, each with the indicators' titles.

    An expression that cannot be read names nothing; lint says what is wrong with it.
    """
    schema = schema_of(pack)
    users: defaultdict[Spot, list[str]] = defaultdict(list)
    for indicator in pack.indicators:
        for spot in _rests_on(indicator, pack, schema):
            users[spot].append(indicator.title)
    return {spot: tuple(titles) for spot, titles in users.items()}


def _rests_on(indicator: Indicator, pack: Pack, schema: Schema) -> set[Spot]:
    """Follow an indicator to its fields.

    A computed field rests on what it is computed from, and a field that may be hidden
    on what decides whether it is shown.
    """
    terms = (indicator.numerator, indicator.denominator)
    ahead = [
        spot for term in terms if term for spot in _named(term.value, schema, _UNIT)
    ]
    seen: set[Spot] = set()
    while ahead:
        spot = ahead.pop()
        if spot in seen:
            continue
        seen.add(spot)
        form, name = spot
        field = pack.form_by_id[form].by_id[name]
        for text in (field.computed, field.visible_when):
            if text is not None:
                ahead += _named(text, schema, RecordContext(form))
    return seen


_UNIT = UnitContext()


def _named(text: str, schema: Schema, context: Context) -> Iterator[Spot]:
    """Give the fields an expression names, those inside aggregates and EXISTS too."""
    read = parse(text, schema, context)
    if isinstance(read, Expression):
        for node in walk(read.node):
            if isinstance(node, FieldRef):
                yield node.source, node.column.id
