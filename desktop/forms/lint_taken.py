"""That a pack does not lessen what it takes, nor what the packs above it ask.

A locality may rename, narrow, tighten and add (因地制宜); it may not drop what the
shared form or a higher level insists on, nor what something in the pack rests on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.forms.fields import Blank
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import ChoicesField
from desktop.forms.lessened import lessened
from desktop.forms.mentioned import error_rule_fields
from desktop.forms.mentioned import mentioned
from desktop.forms.model import Roster
from desktop.forms.model import UnitForm
from desktop.forms.needed import needed_fields
from desktop.forms.said import Said
from desktop.forms.said import error
from desktop.forms.schema import schema_of
from desktop.forms.schema import source_of
from desktop.forms.validate import validate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from desktop.expr.schema import Schema
    from desktop.expr.schema import Source
    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.forms.source_map import Path
    from desktop.forms.taking import Took


def lint_left_out(pack: Pack, took: Iterable[Took]) -> Iterator[Said]:
    """Refuse to leave out what is required, or what something in the pack names."""
    entries = tuple(enumerate(took))
    if not any(each.entry.without for _, each in entries):
        return
    bases = {i: _form(each) for i, each in entries}
    users = mentioned(pack, _whole(pack, bases.values()))
    for i, each in entries:
        form = bases[i]
        for j, name in enumerate(each.entry.without):
            path = ("uses", "forms", i, "without", j)
            who = users.get((form.id, name), ())
            if form.by_id[name].blank is Blank.REQUIRED:
                yield error(path, "forms.left_out_required", field=name)
            elif who:
                users_said = ", ".join(who)
                yield error(path, "forms.left_out_named", field=name, users=users_said)


def lint_changed(pack: Pack, took: Iterable[Took]) -> Iterator[Said]:
    """Refuse changes by which a field asks less than the shared one."""
    for i, each in enumerate(took):
        shared = _form(each)
        for j, change in enumerate(each.entry.fields):
            path = ("uses", "forms", i, "fields", j)
            asked = shared.by_id[change.id]
            field = pack.form_by_id[shared.id].by_id[change.id]
            lists = (_listed(asked), _choices(pack, shared.id, field))
            for key in lessened(asked, field, lists):
                yield error((*path, key), "forms.lessened", field=change.id, key=key)


def lint_above(pack: Pack, i: int, above: Pack) -> Iterator[Said]:
    """Refuse to drop or lessen what a pack of the level above rests on."""
    path = ("above", i)
    resting = {*needed_fields(above), *error_rule_fields(above)}
    for form in above.forms:
        wanted = tuple(
            field
            for field in form.stored
            if field.blank is Blank.REQUIRED or (form.id, field.id) in resting
        )
        own = pack.form_by_id.get(form.id)
        if own is None and wanted:
            yield error(path, "forms.above_form", pack=above.title, form=form.title)
        elif own is not None:
            yield from _below(path, (above, form), (pack, own), wanted)


def _below(
    path: Path,
    asking: tuple[Pack, Form],
    answering: tuple[Pack, Form],
    wanted: Iterable[Field],
) -> Iterator[Said]:
    """Hold the fields of one form against those that the pack above wants."""
    (above, form), (pack, own) = asking, answering
    titles = {"pack": above.title, "form": form.title}
    key = form.answers.key if isinstance(form, Roster) and form.answers else None
    for field in wanted:
        # Each level lists its own indicators.
        if field.id == key:
            continue
        found = own.by_id.get(field.id)
        if found is None:
            yield error(path, "forms.above_field", field=field.title, **titles)
            continue
        lists = (_choices(above, form.id, field), _choices(pack, own.id, found))
        for what in lessened(field, found, lists):
            said = "forms.above_lessened"
            yield error(path, said, field=field.title, key=what, **titles)


def _form(took: Took) -> Form:
    """Give a shared form as a value; a form that was joined is well formed itself."""
    is_roster = "name" in took.base.items
    found = validate(Roster if is_roster else UnitForm, took.base)
    assert isinstance(found, Roster | UnitForm)  # noqa: S101 - the pack was read
    return found


def _whole(pack: Pack, bases: Iterable[Form]) -> Schema:
    """Give what could be named if nothing had been left out."""
    schema = schema_of(pack)
    shared = {form.id: source_of(form) for form in bases}
    sources = tuple(
        _restored(source, shared.get(source.id, source)) for source in schema.sources
    )
    return replace(schema, sources=sources)


def _restored(source: Source, shared: Source) -> Source:
    known = {column.id for column in source.columns}
    missing = (column for column in shared.columns if column.id not in known)
    return replace(source, columns=(*source.columns, *missing))


def _listed(field: Field) -> tuple[str, ...]:
    """Give the choices a shared field lists itself."""
    return field.choices if isinstance(field, ChoiceField | ChoicesField) else ()


def _choices(pack: Pack, form: str, field: Field) -> tuple[str, ...]:
    """Give the choices of a field; none where it names a list there is not."""
    name = getattr(field, "code_list", None)
    known = name is None or name in pack.code_list_by_id
    return pack.choices(form, field.id) if known else ()
