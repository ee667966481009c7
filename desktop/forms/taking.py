"""Forms a pack takes from the shared library, as they are or with changes.

Changes are made before anything is checked and keep the place of every part. That they
do not lessen what the shared form asks is for `desktop.forms.lint_taken` to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from typing import Annotated
from typing import Any
from typing import Final

from desktop.forms.base import NOTHING
from desktop.forms.base import Limit
from desktop.forms.base import Model
from desktop.forms.base import Name
from desktop.forms.base import Number
from desktop.forms.base import Text
from desktop.forms.fields import Blank
from desktop.forms.fields import ValueAliases
from desktop.forms.files import COMMON
from desktop.forms.files import keyed
from desktop.forms.files import scalar_text
from desktop.forms.library import form
from desktop.forms.library import shared_forms
from desktop.forms.model import Group
from desktop.forms.model import LegalMarks
from desktop.forms.nodes import field_ids
from desktop.forms.nodes import items_of
from desktop.forms.nodes import laid_over
from desktop.forms.nodes import picked
from desktop.forms.nodes import with_field
from desktop.forms.nodes import with_items
from desktop.forms.nodes import without
from desktop.forms.validate import unknown
from desktop.forms.validate import validate
from desktop.forms.yaml_text import List
from desktop.forms.yaml_text import Mapping
from desktop.forms.yaml_text import Scalar

if TYPE_CHECKING:
    from desktop.forms.files import Files
    from desktop.forms.yaml_text import Node

_OF_THE_FORM: Final = ("title", "title_en", "record", "notes", "legal")


class Change(Model):
    """What a pack says otherwise about one field of a shared form.

    The field that comes of it is checked as any other; here it is only said which keys
    there may be.
    """

    id: Name
    title: Text | None = None
    title_en: Text | None = None
    aliases: tuple[Text, ...] = ()
    explanation: Text | None = None
    explanation_source: Text | None = None
    blank: Blank | None = None
    not_applicable: bool | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    max_length: int | None = None
    choices: tuple[Text, ...] = ()
    value_aliases: ValueAliases = NOTHING
    default: Any = None
    carried: bool | None = None
    note: Text | None = None


class Taken(Model):
    """A form of the shared library and what the pack changes about it."""

    form: Annotated[str, Limit(pattern=r"^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*$")]
    title: Text | None = None
    title_en: Text | None = None
    record: Text | None = None
    notes: tuple[Text, ...] = ()
    legal: LegalMarks | None = None
    without: tuple[Name, ...] = ()
    fields: tuple[Change, ...] = ()
    groups: tuple[Group, ...] = ()


class Uses(Model):
    """What a pack takes from the shared library."""

    forms: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True)
class Took:
    """A form that was taken: what the pack wrote, and the form as the library has it.

    Where the pack lists the choices of a field anew, `base` has the shared ones in
    place of the name of their list.
    """

    entry: Taken
    base: Mapping


@dataclass(frozen=True, slots=True)
class UsedForms:
    """The forms a pack takes, with its changes made; `uses` is what it wrote."""

    forms: tuple[Node, ...] = ()
    took: tuple[Took, ...] = ()
    uses: Node | None = None


def used_forms(files: Files, head: Mapping) -> UsedForms:
    """Read the shared forms that `uses` names and make the pack's changes."""
    written = head.items.get("uses")
    if written is None:
        return UsedForms()
    node = _normal(written)
    uses = validate(Uses, node, "uses")
    if not isinstance(uses, Uses):
        files.problems.extend(uses)
        return UsedForms()
    forms: list[Node] = []
    took: list[Took] = []
    for entry, where in zip(uses.forms, items_of(node, "forms"), strict=True):
        base = _shared(files, entry.form, where)
        if base is not None and isinstance(where, Mapping):
            forms.append(_changed(files, base, where))
            took.append(Took(entry, _with_lists(files, base, entry)))
    return UsedForms(tuple(forms), tuple(took), node)


def _normal(uses: Node) -> Node:
    """Write a form that is only named as a mapping, as one with changes is."""
    listed = uses.items.get("forms") if isinstance(uses, Mapping) else None
    if not isinstance(uses, Mapping) or not isinstance(listed, List):
        return uses
    items = tuple(
        Mapping({"form": item}, {"form": item.place}, item.place)
        if isinstance(item, Scalar)
        else item
        for item in listed.items
    )
    return with_items(uses, {"forms": List(items, listed.place)})


def _shared(files: Files, name: str, where: Node) -> Mapping | None:
    path = f"{COMMON}/{name}.yaml"
    if files.exists(path):
        return form(files, path)
    files.refuse(unknown("forms.form", name, shared_forms(files)), where.place)
    return None


def _changed(files: Files, base: Mapping, entry: Mapping) -> Mapping:
    """Make the changes of one entry to a shared form."""
    left = base
    for name in items_of(entry, "without"):
        if _is_there(files, base, name):
            left = with_field(left, scalar_text(name) or "", lambda _: None)
    for change in items_of(entry, "fields"):
        if isinstance(change, Mapping) and _is_there(files, left, change.items["id"]):
            field = scalar_text(change, "id") or ""
            left = with_field(left, field, partial(_restated, change))
    for group in items_of(entry, "groups"):
        left = _with_group(left, group)
    stated = picked(entry, _OF_THE_FORM)
    keys = {**left.keys, **stated.keys}
    return Mapping({**left.items, **stated.items}, keys, left.place)


def _is_there(files: Files, base: Mapping, name: Node) -> bool:
    """Tell whether the form has a field; refuse the name where it has not."""
    ids = field_ids(base)
    if scalar_text(name) in ids:
        return True
    files.refuse(unknown("forms.field", scalar_text(name) or "", ids), name.place)
    return False


def _restated(change: Mapping, field: Mapping) -> Mapping:
    """State keys of a field again; its own choices take the place of a shared list."""
    shared = {"code_list"} if "choices" in change.items else set[str]()
    return laid_over(without(field, shared), change)


def _with_group(base: Mapping, group: Node) -> Mapping:
    """Add a group, or its fields to the group of the same title."""
    groups = list(items_of(base, "groups"))
    title = scalar_text(group, "title")
    for i, old in enumerate(groups):
        if isinstance(old, Mapping) and scalar_text(old, "title") == title:
            fields = (*items_of(old, "fields"), *items_of(group, "fields"))
            groups[i] = with_items(old, {"fields": List(fields, old.place)})
            break
    else:
        groups.append(group)
    return with_items(base, {"groups": List(tuple(groups), base.place)})


def _with_lists(files: Files, base: Mapping, entry: Taken) -> Mapping:
    """Write out the shared choices of the fields whose choices the pack lists anew."""
    listing = [change.id for change in entry.fields if change.choices]
    if not listing:
        return base
    shared = {
        each.id: each.node for each in keyed(files.list(f"{COMMON}/code_lists.yaml"))
    }

    def written_out(field: Mapping) -> Mapping:
        known = shared.get(scalar_text(field, "code_list") or "")
        if known is None:
            return field
        choices = List(items_of(known, "choices"), field.place)
        return with_items(without(field, {"code_list"}), {"choices": choices})

    for name in listing:
        base = with_field(base, name, written_out)
    return base
