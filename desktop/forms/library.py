"""The shared library: which of its files are forms, and the rules that join a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.core.findings import Level
from desktop.core.messages import message
from desktop.forms.files import COMMON
from desktop.forms.files import keyed
from desktop.forms.files import scalar_text
from desktop.forms.validate import unknown
from desktop.forms.yaml_text import List
from desktop.forms.yaml_text import Mapping
from desktop.forms.yaml_text import Node

if TYPE_CHECKING:
    from desktop.forms.files import Files
    from desktop.forms.problems import Place

_NO_FORMS: Final = ("rules", "indicators")
_MILDEST_FIRST: Final = tuple(reversed([level.value for level in Level]))
_UNKNOWN: Final = len(_MILDEST_FIRST)
"""A level there is none of: the model says so."""


def shared_forms(files: Files) -> tuple[str, ...]:
    """Name the forms of the library as `uses` does: domain/form."""
    return tuple(
        name.removeprefix(f"{COMMON}/").removesuffix(".yaml")
        for name in files.names(f"{COMMON}/*/*.yaml")
        if not _stem(name).startswith(_NO_FORMS)
    )


def form(files: Files, path: str) -> Mapping | None:
    """Read a form, whose file bears its id."""
    node = files.mapping(path)
    name = _stem(path)
    if node is not None and scalar_text(node, "id") not in {None, name}:
        said = message("forms.id_is_not_name", id=name)
        files.refuse(said, node.items["id"].place)
    return node


def shared_rules(files: Files, forms: tuple[Node, ...]) -> tuple[Node, ...]:
    """Give the shared rules whose forms the pack has; one that cannot say joins too."""
    here = {each.id for each in keyed(forms)}
    known = here | {name.rsplit("/", 1)[-1] for name in shared_forms(files)}
    joined: list[Node] = []
    for name in files.names(f"{COMMON}/*/rules*.yaml"):
        for rule in files.list(name):
            wanted = _forms_of(rule)
            _check_known(files, wanted, known)
            if wanted.keys() <= here:
                joined.append(rule)
    return tuple(joined)


def all_rules(files: Files, pack_id: str, forms: tuple[Node, ...]) -> tuple[Node, ...]:
    """Give the rules of a pack: those that join it, and its own.

    A rule of the pack with the id of a shared one stands for it; it may say the same
    otherwise, but not more mildly.
    """
    own = files.lists(f"{pack_id}/rules*.yaml")
    ids = {each.id: each.node for each in keyed(own)}
    joined: list[Node] = []
    for rule in shared_rules(files, forms):
        name = scalar_text(rule, "id")
        instead = ids.get(name or "")
        if instead is None:
            joined.append(rule)
        elif _severity(instead) < _severity(rule):
            said = message("forms.rule_milder", rule=name or "")
            files.refuse(said, instead.items["level"].place)
    return (*joined, *own)


def _severity(rule: Node) -> int:
    level = scalar_text(rule, "level")
    return _MILDEST_FIRST.index(level) if level in _MILDEST_FIRST else _UNKNOWN


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".yaml")


def _check_known(files: Files, wanted: dict[str, Place], known: set[str]) -> None:
    """Refuse a shared rule that no pack could ever have."""
    for name in sorted(wanted.keys() - known):
        said = unknown("forms.form", name, tuple(sorted(known)))
        files.refuse(said, wanted[name])


def _forms_of(rule: Node) -> dict[str, Place]:
    """Give the forms a rule names in `form` and `needs`, and where it does."""
    if not isinstance(rule, Mapping):
        return {}
    needs = rule.items.get("needs")
    named = [rule.items.get("form"), *(needs.items if isinstance(needs, List) else ())]
    return {
        text: node.place
        for node in named
        if node is not None and (text := scalar_text(node)) is not None
    }
