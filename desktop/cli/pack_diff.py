"""`taizhang pack diff`: what a newer version of a pack changes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.commands import mark
from desktop.app.packs.diff_words import said
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.named_pack import pack_of
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


def compare(desk: Desk, options: Namespace) -> int:
    """Tell how two packs differ; 1 where a ledger could not change over."""
    old, new = pack_of(desk, options.old), pack_of(desk, options.new)
    found = diff(old, new)
    if options.json:
        desk.answer({"pack": new.id, **diff_facts(desk, found)})
    else:
        desk.line(f"{new.title} ({new.id} {old.version} → {new.version})")
        tell_diff(desk, found)
        for why in found.hindrances:
            desk.told(why)
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
    told = said(desk.say, each)
    return f"{told.part} {told.place} {told.title}  {told.change}".rstrip()


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
        "hindrances": [desk.say.message(why) for why in found.hindrances],
    }
