"""What differs between two packs, in words: for the window and the command line."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from desktop.app.commands import mark
from desktop.core.frozen import frozen
from desktop.forms.diff import Part
from desktop.forms.diff import Sort
from desktop.forms.fields import Blank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.words import Words
    from desktop.forms.diff import Difference
    from desktop.forms.diff import PackDiff
    from desktop.forms.model import Pack


class Heading(Enum):
    """What a reader looks under; the value is the msgid of the title."""

    ADDED = mark("Added")
    RENAMED = mark("Renamed")
    REMOVED = mark("Removed")
    CHANGED = mark("Says something else")
    RULES = mark("Rules")
    INDICATORS = mark("Indicators and targets")
    DEFINITIONS = mark("Definitions and parameters")


SORTS: Final[Mapping[Sort, Heading]] = {
    Sort.ADDED: Heading.ADDED,
    Sort.REMOVED: Heading.REMOVED,
    Sort.RENAMED: Heading.RENAMED,
    Sort.CHANGED: Heading.CHANGED,
}
KINDS: Final[Mapping[str, str]] = {
    "integer": mark("whole number"),
    "decimal": mark("decimal number"),
    "text": mark("text"),
    "choice": mark("one of a list"),
    "choices": mark("several of a list"),
    "date": mark("date"),
    "yes_no": mark("yes or no"),
    "unit": mark("unit"),
    "credit_code": mark("credit code"),
    "telephone": mark("telephone"),
}
BLANKS: Final[Mapping[Blank, str]] = {
    Blank.REQUIRED: mark("required"),
    Blank.EXPECTED: mark("expected"),
    Blank.NEEDED: mark("where indicators need it"),
}
_BLANK_TEXTS: Final[Mapping[str, str]] = {
    Blank.OPTIONAL.value: mark("optional"),
    **{blank.value: text for blank, text in BLANKS.items()},
}
_PARTS: Final[Mapping[Part, str]] = {
    Part.PACK: mark("pack"),
    Part.FORM: mark("form"),
    Part.FIELD: mark("field"),
    Part.CHOICE: mark("choice"),
    Part.RULE: mark("rule"),
    Part.INDICATOR: mark("indicator"),
    Part.TARGET: mark("target"),
    Part.DEFINITION: mark("definition"),
    Part.OPTION: mark("option"),
    Part.PARAMETER: mark("parameter"),
}
_VALUES: Final = re.compile(r"(（)?\{[^{}]*\}(?(1)）|)")
"""Where the sentence of a rule shows a value, with brackets around it or without."""
_KEYS: Final[Mapping[str, str]] = {
    "id": mark("id"),
    "kind": mark("kind"),
    "digits": mark("decimals"),
    "measure": mark("measure"),
    "blank": mark("if blank"),
    "minimum": mark("at least"),
    "maximum": mark("at most"),
    "computed": mark("computed"),
    "visible_when": mark("shown when"),
    "title": mark("title"),
    "check": mark("check"),
    "says": mark("sentence"),
    "level": mark("level"),
    "when": mark("asked when"),
    "value": mark("value"),
    "numerator": mark("numerator"),
    "denominator": mark("denominator"),
    "default": mark("default"),
    "explanation": mark("explanation"),
    "target": mark("target"),
}


@frozen
class SaidDifference:
    """A difference in words: what happened to what sort of part, and where it is."""

    sort: str
    part: str
    place: str
    title: str
    change: str


def said(say: Words, each: Difference, pack: Pack | None = None) -> SaidDifference:
    """Say a difference; with a pack as its reader knows it, without ids and signs."""
    place, title = each.id, each.title
    if pack is not None:
        title = _VALUES.sub(lambda shown: "" if shown[1] else "…", title)
        form = pack.form_by_id.get(each.id.partition(".")[0])
        inside = each.part in {Part.FIELD, Part.CHOICE, Part.RULE}
        place = form.title if inside and form is not None else ""
    change = (each.old or each.new) if _came_or_went(each) else _change(say, each)
    sort, part = say(SORTS[each.sort].value), say(_PARTS[each.part])
    return SaidDifference(sort, part, place, title, change)


def sorted_out(
    found: PackDiff,
) -> tuple[tuple[Heading, tuple[Difference, ...]], ...]:
    """Put differences under what a person looks for; empty headings are left out."""
    below: dict[Heading, list[Difference]] = {heading: [] for heading in Heading}
    for each in found.differences:
        below[_heading(each)].append(each)
    return tuple((head, tuple(listed)) for head, listed in below.items() if listed)


def _heading(each: Difference) -> Heading:
    match each.part:
        case Part.RULE:
            return Heading.RULES
        case Part.INDICATOR | Part.TARGET:
            return Heading.INDICATORS
        case Part.DEFINITION | Part.OPTION | Part.PARAMETER:
            return Heading.DEFINITIONS
        case Part.PACK | Part.FORM | Part.FIELD | Part.CHOICE:
            return SORTS[each.sort]
        case _:
            assert_never(each.part)


def _came_or_went(each: Difference) -> bool:
    return each.sort in {Sort.ADDED, Sort.REMOVED}


def _change(say: Words, each: Difference) -> str:
    key = _KEYS.get(each.what)
    what = each.what if key is None else say(key)
    old, new = (_value(say, each.what, text) for text in (each.old, each.new))
    return f"{what}：{old} → {new}"


def _value(say: Words, what: str, text: str) -> str:
    if what == "kind":
        return say(KINDS[text])
    if what == "blank" and text in _BLANK_TEXTS:
        return say(_BLANK_TEXTS[text])
    return text or "—"
