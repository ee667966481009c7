"""What a name in an expression stands for, given where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING

from desktop.expr.context import RecordContext
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import Param
from desktop.expr.nodes import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.expr.context import Context
    from desktop.expr.fault import Refusal
    from desktop.expr.lexer import Token
    from desktop.expr.schema import Schema
    from desktop.expr.schema import Source


class Level(Enum):
    """How deep in an expression a name stands."""

    TOP = "top"
    AGGREGATE = "aggregate"
    EXISTS = "exists"
    COUNTED = "counted"
    """In the condition under which a form's records count."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an expression something stands.

    `row` is the form an aggregate or EXISTS looks through, `qualifier` the name that
    stands for it there (the form's id, or `child`).
    """

    schema: Schema
    context: Context
    level: Level = Level.TOP
    row: Source | None = None
    qualifier: str = ""
    shift: bool = False

    def inside(self, level: Level, row: Source, qualifier: str) -> Place:
        """Step into an aggregate, an EXISTS or a form's own condition."""
        return replace(self, level=level, row=row, qualifier=qualifier)

    @property
    def form(self) -> Source | None:
        """The form of the record the expression is asked of."""
        if isinstance(self.context, RecordContext):
            return self.schema.by_id.get(self.context.form)
        return None


def misspelt(token: Token, kind: str, name: str, known: Iterable[str]) -> Refusal:
    """Refuse an unknown name and offer the nearest known one."""
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    code = f"expr.unknown_{kind}"
    if near:
        return token.refuse(f"{code}_nearest", name=name, nearest=near[0])
    return token.refuse(code, name=name)


def resolve(token: Token, place: Place) -> FieldRef | Param:
    """Find what a name stands for.

    Raises:
        Refusal: Nothing, or nothing that may be named here.
    """
    qualifier, dot, name = token.text.rpartition(".")
    if not dot:
        return _bare(token, place)
    if qualifier == "param":
        return _param(token, name, place.schema)
    if place.level is not Level.TOP:
        return _row_field(token, qualifier, name, place)
    match qualifier:
        case "prev":
            return _prev(token, name, place)
        case "unit":
            return _unit_field(token, name, place)
        case _:
            return _record_field(token, qualifier, name, place)


def _param(token: Token, name: str, schema: Schema) -> Param:
    if name not in schema.constant_by_id:
        raise misspelt(token, "parameter", name, schema.constant_by_id)
    return Param(schema.constant_by_id[name])


def _field(token: Token, name: str, source: Source, scope: Scope) -> FieldRef:
    if name not in source.by_id:
        raise misspelt(token, "name", name, source.by_id)
    return FieldRef(scope, source.id, source.by_id[name])


def _bare(token: Token, place: Place) -> FieldRef:
    name = token.text
    if place.level is Level.COUNTED and place.row:
        return _field(token, name, place.row, Scope.ROW)
    if place.row:
        code = "expr.mixed" if place.level is Level.AGGREGATE else "expr.exists_link"
        raise token.refuse(code, name=name, form=place.row.id)
    if place.form is None:
        raise _no_record(token, place.schema)
    if name not in place.form.by_id and name in place.schema.by_id:
        raise token.refuse("expr.whole_form", name=name)
    found = _field(token, name, place.form, Scope.RECORD)
    return replace(found, shift=place.shift)


def _no_record(token: Token, schema: Schema) -> Refusal:
    """Refuse a bare name in an indicator, with the names it may have meant."""
    if token.text in schema.by_id:
        return token.refuse("expr.whole_form", name=token.text)
    whole = {
        f"{_prefix(source)}.{column.id}": column.id
        for source in schema.sources
        for column in source.columns
    }
    for full, short in whole.items():
        if short == token.text:
            return token.refuse(
                "expr.unknown_name_nearest", name=token.text, nearest=full
            )
    return misspelt(token, "name", token.text, whole.values())


def _prefix(source: Source) -> str:
    return source.id if source.roster else "unit"


def _row_field(token: Token, qualifier: str, name: str, place: Place) -> FieldRef:
    """Find a field of the row that an aggregate or EXISTS looks at."""
    row = place.row
    if row is None or qualifier != place.qualifier:
        if place.level is Level.COUNTED:
            raise token.refuse("expr.counted_nested", form=place.qualifier)
        code = "expr.mixed" if place.level is Level.AGGREGATE else "expr.exists_link"
        raise token.refuse(code, name=token.text, form=place.qualifier)
    return _field(token, name, row, Scope.ROW)


def _prev(token: Token, name: str, place: Place) -> FieldRef:
    if place.shift:
        raise token.refuse("expr.prev_nested")
    if place.form is None:
        raise token.refuse("expr.no_record", name=token.text)
    return replace(_field(token, name, place.form, Scope.RECORD), shift=True)


def _unit_field(token: Token, name: str, place: Place) -> FieldRef:
    source = unit_form(token, name, place)
    return replace(_field(token, name, source, Scope.UNIT), shift=place.shift)


def unit_form(token: Token, name: str, place: Place) -> Source:
    """Find the one unit form that has a field; the record's own form comes first."""
    own = place.form
    if own and not own.roster and name in own.by_id:
        return own
    unit_forms = [source for source in place.schema.sources if not source.roster]
    holders = [source for source in unit_forms if name in source.by_id]
    if not holders:
        known = {column for source in unit_forms for column in source.by_id}
        raise misspelt(token, "name", name, known)
    if len(holders) > 1:
        forms = "、".join(source.id for source in holders)
        raise token.refuse("expr.ambiguous_unit", name=name, forms=forms)
    return holders[0]


def _record_field(token: Token, qualifier: str, name: str, place: Place) -> FieldRef:
    """Find `form.field` outside aggregates: it can only be the record's own form."""
    own = place.form
    if own and own.id == qualifier:
        return replace(_field(token, name, own, Scope.RECORD), shift=place.shift)
    if qualifier in place.schema.by_id:
        _field(token, name, place.schema.by_id[qualifier], Scope.ROW)
        raise token.refuse("expr.bare_roster", name=token.text, form=qualifier)
    if qualifier == "child":
        raise token.refuse("expr.bare_roster", name=token.text, form=qualifier)
    known = {*place.schema.by_id, "prev", "unit", "param", "definition", "child"}
    raise misspelt(token, "form", qualifier, known)
