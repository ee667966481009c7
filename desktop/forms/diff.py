"""What a newer version of a pack changes: what came, went, has another name or says.

Only what a person would notice is told. What follows by itself, such as the rules every
field brings, is not told a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.forms.base import Model
from desktop.forms.carrying import renamed_choices
from desktop.forms.carrying import renamed_fields
from desktop.forms.hindered import hindrances
from desktop.forms.settle import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from desktop.core.messages import Message
    from desktop.forms.fields import Field
    from desktop.forms.indicator import Indicator
    from desktop.forms.indicator import Target
    from desktop.forms.model import Definition
    from desktop.forms.model import Form
    from desktop.forms.model import Pack


class Sort(Enum):
    """What happened to a part."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"


class Part(Enum):
    """What sort of part of a pack it is."""

    PACK = "pack"
    FORM = "form"
    FIELD = "field"
    CHOICE = "choice"
    RULE = "rule"
    INDICATOR = "indicator"
    TARGET = "target"
    DEFINITION = "definition"
    OPTION = "option"
    PARAMETER = "parameter"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was.

    `id` is the part's place in dots, such as `eci.beds_total`; `title` its title now,
    or its last one. `what` names the key that changed, and `old` and `new` are what
    it says; of a renamed part they are its names.
    """

    sort: Sort
    part: Part
    id: str
    title: str
    what: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class PackDiff:
    """How two packs differ, and what keeps a ledger from changing over."""

    old: str
    new: str
    differences: tuple[Difference, ...]
    hindrances: tuple[Message, ...]

    def of(self, *sorts: Sort) -> tuple[Difference, ...]:
        """Give the differences of some sorts."""
        return tuple(each for each in self.differences if each.sort in sorts)


_SILENT: Final = frozenset({"id", "title_en", "note", "ours", "kind"})
_TOLD_APART: Final[Mapping[str, frozenset[str]]] = {
    "pack": frozenset(
        {
            "version",
            "code_lists",
            "forms",
            "parameters",
            "definitions",
            "rules",
            "indicators",
        }
    ),
    "form": frozenset({"groups"}),
    "field": frozenset({"formerly", "choices", "code_list"}),
    "indicator": frozenset({"targets", "title"}),
    "definition": frozenset({"options"}),
}
"""Keys that are told of in another way, or not at all."""


def diff(old: Pack, new: Pack) -> PackDiff:
    """Tell how a newer pack differs from an older one."""
    found = (
        *_changed(Part.PACK, new.id, old, new),
        *_forms(old, new),
        *_listed(Part.RULE, old.rules, new.rules),
        *_indicators(old, new),
        *_definitions(old.definition_by_id, new.definition_by_id),
        *_listed(Part.PARAMETER, old.parameters, new.parameters),
    )
    return PackDiff(old.version, new.version, found, hindrances(old, new))


def _forms(old: Pack, new: Pack) -> Iterator[Difference]:
    yield from _listed(Part.FORM, old.forms, new.forms)
    for form in new.forms:
        before = old.form_by_id.get(form.id)
        if before is not None:
            yield from _fields(before, form)
            yield from _all_choices(old, new, form)


def _fields(old: Form, new: Form) -> Iterator[Difference]:
    former = renamed_fields(old, new)
    for field in old.fields:
        if field.id not in {*new.by_id, *former.values()}:
            place = f"{new.id}.{field.id}"
            yield Difference(Sort.REMOVED, Part.FIELD, place, field.title)
    for field in new.fields:
        yield from _field(new.id, old.by_id.get(former.get(field.id, field.id)), field)


def _field(form: str, old: Field | None, new: Field) -> Iterator[Difference]:
    place = f"{form}.{new.id}"
    if old is None:
        yield Difference(Sort.ADDED, Part.FIELD, place, new.title)
        return
    if old.id != new.id:
        sort, part = Sort.RENAMED, Part.FIELD
        yield Difference(sort, part, place, new.title, "id", old.id, new.id)
    if old.kind != new.kind:
        yield _said(Part.FIELD, place, new.title, "kind", (old.kind, new.kind))
    yield from _changed(Part.FIELD, place, old, new)


def _all_choices(old: Pack, new: Pack, form: Form) -> Iterator[Difference]:
    former = renamed_fields(old.form_by_id[form.id], form)
    for field in form.fields:
        source = former.get(field.id, field.id)
        if source in old.form_by_id[form.id].by_id:
            yield from _choices(old, new, (form.id, source), (form.id, field.id))


def _choices(
    old: Pack, new: Pack, source: tuple[str, str], target: tuple[str, str]
) -> Iterator[Difference]:
    words = renamed_choices(old, new, source, target)
    before, after = old.choices(*source), new.choices(*target)
    place, part = ".".join(target), Part.CHOICE
    for word, meant in words.items():
        yield Difference(Sort.RENAMED, part, place, meant, "title", word, meant)
    for word in before:
        if after and word not in {*after, *words}:
            yield Difference(Sort.REMOVED, part, place, word)
    for word in after:
        if before and word not in {*before, *words.values()}:
            yield Difference(Sort.ADDED, part, place, word)


def _indicators(old: Pack, new: Pack) -> Iterator[Difference]:
    yield from _listed(Part.INDICATOR, old.indicators, new.indicators)
    for after in new.indicators:
        before = old.indicator_by_id.get(after.id)
        if before is None:
            continue
        if before.title != after.title:
            names = ("title", before.title, after.title)
            sort, part = Sort.RENAMED, Part.INDICATOR
            yield Difference(sort, part, after.id, after.title, *names)
        yield from _targets(before, after)


def _targets(old: Indicator, new: Indicator) -> Iterator[Difference]:
    """Hold the targets of the same years against each other, in their order."""
    gone = [each for each in old.targets if each not in new.targets]
    for target in (each for each in new.targets if each not in old.targets):
        before = next((each for each in gone if each.year == target.year), None)
        if before is None:
            said = target_text(target)
            yield _target(Sort.ADDED, new, "", said)
        else:
            gone.remove(before)
            yield _target(Sort.CHANGED, new, target_text(before), target_text(target))
    for each in gone:
        yield _target(Sort.REMOVED, new, target_text(each), "")


def _target(sort: Sort, of: Indicator, old: str, new: str) -> Difference:
    return Difference(sort, Part.TARGET, of.id, of.title, "target", old, new)


def target_text(target: Target) -> str:
    """Write a target on one line, in the signs of the pack."""
    words = [
        str(target.year or ""),
        target.qualifier or "",
        target.operator.value if target.operator else "",
        "" if target.value is None else number_text(target.value),
        "" if target.upper is None else f"~ {number_text(target.upper)}",
        target.text or "",
        {True: "约束性", False: "预期性", None: ""}[target.binding],
        f"since {target.since}" if target.since else "",
        f"until {target.until}" if target.until else "",
    ]
    return " ".join(filter(None, words))


def _definitions(
    old: Mapping[str, Definition], new: Mapping[str, Definition]
) -> Iterator[Difference]:
    yield from _listed(Part.DEFINITION, old.values(), new.values())
    for after in new.values():
        before = old.get(after.id)
        if before is not None:
            options = (before.options, after.options)
            yield from _listed(Part.OPTION, *options, within=f"{after.id}.")


def _listed(
    part: Part, old: Iterable[Model], new: Iterable[Model], *, within: str = ""
) -> Iterator[Difference]:
    """Tell of parts that are known by their ids."""
    before = {_text_of(each, "id"): each for each in old}
    after = {_text_of(each, "id"): each for each in new}
    for name, each in before.items():
        if name not in after:
            yield Difference(Sort.REMOVED, part, within + name, _title(each))
    for name, each in after.items():
        if name not in before:
            yield Difference(Sort.ADDED, part, within + name, _title(each))
        else:
            yield from _changed(part, within + name, before[name], each)


def _changed(part: Part, place: str, old: Model, new: Model) -> Iterator[Difference]:
    """Tell which keys of a part say something else."""
    apart = _SILENT | _TOLD_APART.get(part.value, frozenset())
    for name in dict.fromkeys((*new.__names__, *old.__names__)):
        if name in apart:
            continue
        both = (getattr(old, name, None), getattr(new, name, None))
        if both[0] != both[1]:
            yield _said(part, place, _title(new), name, both)


def _said(
    part: Part, place: str, title: str, what: str, both: tuple[object, object]
) -> Difference:
    before, after = (in_words(each) for each in both)
    return Difference(Sort.CHANGED, part, place, title, what, before, after)


def in_words(value: object) -> str:
    """Write what a key of a pack holds on one line; nothing for nothing."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Enum():
            return str(value.value)
        case Decimal():
            return number_text(value)
        case Mapping():
            pairs = (f"{key}: {in_words(each)}" for key, each in value.items())
            return "；".join(pairs)
        case tuple():
            return "、".join(in_words(each) for each in value)
        case Model():
            given = {name: getattr(value, name) for name in value.__names__}
            return in_words({name: each for name, each in given.items() if each})
        case _:
            return " ".join(str(value).split())


def _title(part: Model) -> str:
    return _text_of(part, "title") or _text_of(part, "says")


def _text_of(part: Model, name: str) -> str:
    return str(getattr(part, name, ""))
