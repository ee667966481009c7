"""`taizhang pack diff`: what a newer version of a pack changes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.commands import mark
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.pack import pack_of
from desktop.cli.pack_show import BLANKS
from desktop.cli.pack_show import KINDS
from desktop.forms.diff import Part
from desktop.forms.diff import Sort
from desktop.forms.diff import diff

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from desktop.cli.desk import Desk
    from desktop.forms.diff import Difference
    from desktop.forms.diff import PackDiff

_HEADS: Final[Mapping[Sort, str]] = {
    Sort.ADDED: mark("Added:"),
    Sort.REMOVED: mark("Removed:"),
    Sort.RENAMED: mark("Renamed:"),
    Sort.CHANGED: mark("Changed:"),
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
_KEYS: Final[Mapping[str, str]] = {
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


def compare(desk: Desk, options: Namespace) -> int:
    """Tell how two packs differ; 1 where a ledger could not change over."""
    old, new = pack_of(desk, options.old), pack_of(desk, options.new)
    found = diff(old, new)
    if options.json:
        desk.answer({"pack": new.id, **diff_facts(desk, found)})
    else:
        desk.line(f"{new.title} ({new.id} {old.version} → {new.version})")
        tell_diff(desk, found)
        for said in found.hindrances:
            desk.told(said)
    return FOUND if found.hindrances else DONE


def tell_diff(desk: Desk, found: PackDiff) -> None:
    """Say differences, a line each under what happened to the part."""
    if not found.differences:
        desk.tell("Nothing differs.")
    for sort, head in _HEADS.items():
        listed = found.of(sort)
        if listed:
            desk.line(desk.say(head))
        for each in listed:
            desk.line(f"  {_line(desk, each)}")


def _line(desk: Desk, each: Difference) -> str:
    part = desk.say(_PARTS[each.part])
    key = _KEYS.get(each.what)
    what = each.what if key is None else desk.say(key)
    name = f"{part} {each.id} {each.title}"
    match each.sort:
        case Sort.ADDED | Sort.REMOVED:
            return f"{name}  {each.old or each.new}".rstrip()
        case _:
            old, new = (_value(desk, each.what, said) for said in (each.old, each.new))
            return f"{name}  {what}：{old} → {new}"


def _value(desk: Desk, what: str, said: str) -> str:
    if what == "kind":
        return desk.say(KINDS[said])
    blanks = {blank.value: text for blank, text in BLANKS.items()}
    if what == "blank" and said in blanks:
        return desk.say(blanks[said])
    return said or "—"


def diff_facts(desk: Desk, found: PackDiff) -> dict[str, object]:
    """Give differences as JSON."""
    return {
        "old_version": found.old,
        "new_version": found.new,
        "differences": [
            {
                "sort": each.sort.value,
                "part": each.part.value,
                "id": each.id,
                "title": each.title,
                "what": each.what,
                "old": each.old,
                "new": each.new,
            }
            for each in found.differences
        ],
        "hindrances": [desk.say.message(said) for said in found.hindrances],
    }
