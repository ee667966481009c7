"""Which fields the indicators of a pack rest on, and in which records.

A shared form serves packs that ask for different things. A field with `blank: needed`
is asked for where an indicator of the pack at hand rests on it, and nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from typing import NamedTuple
from typing import TypeAlias

from desktop.expr.nodes import Aggregate
from desktop.expr.nodes import All
from desktop.expr.nodes import Comparison
from desktop.expr.nodes import Exists
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import OneOf
from desktop.expr.nodes import Relation
from desktop.expr.nodes import Scope
from desktop.expr.nodes import Text
from desktop.expr.nodes import walk
from desktop.expr.parse import Expression
from desktop.expr.parse import RecordContext
from desktop.expr.parse import UnitContext
from desktop.expr.parse import parse
from desktop.expr.schema import ValueType
from desktop.forms.fields import Blank
from desktop.forms.model import Roster
from desktop.forms.schema import schema_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.expr.nodes import Node
    from desktop.expr.schema import Schema
    from desktop.forms.indicator import Indicator
    from desktop.forms.model import Pack

    Spot: TypeAlias = tuple[str, str]
    """A form and a field of it, by their ids."""
    Asked: TypeAlias = tuple[Spot, str]
    """A field, and the condition on the record under which it counts; "" is any."""


class Need(NamedTuple):
    """Why a field is needed.

    `titles` are those of the indicators; `when` is the condition on the record under
    which one of them looks at the field, None where they look at every record.
    """

    titles: tuple[str, ...]
    when: str | None


def needed_fields(pack: Pack) -> Mapping[Spot, Need]:
    """Give the fields that indicators rest on.

    An expression that cannot be read names nothing; lint says what is wrong with it.
    """
    schema = schema_of(pack)
    titles: defaultdict[Spot, dict[str, str]] = defaultdict(dict)
    conditions: defaultdict[Spot, dict[str, None]] = defaultdict(dict)
    for indicator in pack.indicators:
        for spot, condition in _rests_on(indicator, pack, schema):
            titles[spot][indicator.id] = indicator.title
            conditions[spot][condition] = None
    return {
        spot: Need(tuple(users.values()), _any_of(tuple(conditions[spot])))
        for spot, users in titles.items()
    }


def _any_of(conditions: tuple[str, ...]) -> str | None:
    if "" in conditions:
        return None
    return " OR ".join(f"({condition})" for condition in conditions)


def _rests_on(indicator: Indicator, pack: Pack, schema: Schema) -> tuple[Asked, ...]:
    """Follow an indicator to its fields.

    A computed field rests on what it is computed from, and a field that may be hidden
    on what decides whether it is shown.
    """
    terms = (indicator.numerator, indicator.denominator)
    ahead = [
        asked
        for term in terms
        if term and term.value
        for asked in _term(term.value, pack, schema)
    ]
    ahead += _judged(indicator, pack)
    seen: dict[Asked, None] = {}
    while ahead:
        asked = ahead.pop(0)
        if asked in seen:
            continue
        seen[asked] = None
        (form, name), condition = asked
        field = pack.form_by_id[form].by_id[name]
        for text in (field.computed, field.visible_when):
            if text is not None:
                ahead += ((spot, condition) for spot in _own(text, form, schema))
    return tuple(seen)


def _judged(indicator: Indicator, pack: Pack) -> Iterator[Asked]:
    """Give the field in which people judge a commitment in words."""
    form = pack.form_by_id.get(indicator.judged_by or "")
    answers = form.answers if isinstance(form, Roster) else None
    if form is not None and answers and answers.words and answers.words.judgement:
        title = indicator.title.replace("'", "''")
        yield (form.id, answers.words.judgement), f"{answers.key} = '{title}'"


def _own(text: str, form: str, schema: Schema) -> Iterator[Spot]:
    read = parse(text, schema, RecordContext(form))
    if isinstance(read, Expression):
        yield from ((form, name) for name in read.mentions.own)


def _term(text: str, pack: Pack, schema: Schema) -> Iterator[Asked]:
    read = parse(text, schema, UnitContext())
    if not isinstance(read, Expression):
        return
    for node in walk(read.node):
        match node:
            case FieldRef(scope=Scope.UNIT):
                yield (node.source, node.column.id), ""
            case Aggregate() | Exists():
                yield from _rows(node, pack)
            case _:
                continue


def _rows(block: Aggregate | Exists, pack: Pack) -> Iterator[Asked]:
    """Give the fields an aggregate or EXISTS reads of the records it looks through."""
    tests = [
        (test.column.id, text)
        for condition in (block.counted, block.filter)
        for part in (condition.parts if isinstance(condition, All) else (condition,))
        for test, text in _tests(part)
        if _sure(pack, test)
    ]
    for node in walk(block):
        if isinstance(node, FieldRef) and node.source == block.source:
            name = node.column.id
            others = (text for field, text in tests if field != name)
            yield (node.source, name), " AND ".join(others)


def _tests(node: Node | None) -> Iterator[tuple[FieldRef, str]]:
    """Write a condition that picks records by a choice; any other narrows nothing."""
    match node:
        case Comparison(Relation.EQUAL | Relation.UNEQUAL, FieldRef() as field, Text()):
            sign, value = node.relation.value, _quoted((node.right,))
            yield field, f"{field.column.id} {sign} {value}"
        case OneOf(FieldRef() as field, items) if field.column.type is ValueType.TEXT:
            yield field, f"{field.column.id} IN ({_quoted(items)})"
        case _:
            return


def _quoted(items: tuple[Node, ...]) -> str:
    texts = (item.value for item in items if isinstance(item, Text))
    doubled = (text.replace("'", "''") for text in texts)
    return ", ".join(f"'{text}'" for text in doubled)


def _sure(pack: Pack, test: FieldRef) -> bool:
    """Tell whether a blank in the deciding field is pointed out by itself."""
    field = pack.form_by_id[test.source].by_id[test.column.id]
    return field.blank in {Blank.REQUIRED, Blank.EXPECTED}
