"""What joins a pack because something in it names it.

Parameters, definitions (口径) and code lists stand in the shared library and in packs.
A shared one joins where an expression or a field names it; an entry of the pack with
the same id changes what it states. What is asked of a 情况说明 joins every pack.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Final

from desktop.forms.files import COMMON
from desktop.forms.files import keyed
from desktop.forms.files import scalar_text
from desktop.forms.files import texts
from desktop.forms.library import shared_forms
from desktop.forms.nodes import laid_over
from desktop.forms.nodes import with_items
from desktop.forms.nodes import without
from desktop.forms.yaml_text import List
from desktop.forms.yaml_text import Mapping

if TYPE_CHECKING:
    from collections import abc

    from desktop.forms.files import Files
    from desktop.forms.yaml_text import Node

_WORD: Final = re.compile(r"[a-z][a-z0-9_]*")
_PARAMETER: Final = re.compile(r"\bparam\.([a-z][a-z0-9_]*)")
_DEFINITION: Final = re.compile(r"\bdefinition\.([a-z][a-z0-9_]*)")


def parameters(files: Files, pack_id: str, users: tuple[Node, ...]) -> tuple[Node, ...]:
    """Give the pack's parameters and those shared ones that an expression names.

    Where the pack's entry states an origin, the shared origin is gone.
    """
    own = files.list(f"{pack_id}/parameters.yaml")
    shared = _by_id(files, "parameters")
    wanted = _named(users, _PARAMETER) - {each.id for each in keyed(own)}
    joined = [node for key, node in shared.items() if key in wanted]
    return (*joined, *(_overriding(node, shared) for node in own))


def definitions(
    files: Files, pack_id: str, forms: tuple[Node, ...], users: tuple[Node, ...]
) -> tuple[Node, ...]:
    """Give the pack's definitions and those shared ones that an expression names.

    An entry of the pack that lists no options keeps the shared ones: `id` and `default`
    alone choose another of them. A shared option that reads a form of the library which
    the pack does not have stays away.
    """
    here = {each.id for each in keyed(forms)}
    absent = {name.rsplit("/", 1)[-1] for name in shared_forms(files)} - here
    shared = {
        key: _fitting(node, absent)
        for key, node in _by_id(files, "definitions").items()
    }
    own = tuple(
        node if "options" in _keys(node) else _overriding(node, shared)
        for node in files.list(f"{pack_id}/definitions.yaml")
    )
    known = {**shared, **{each.id: each.node for each in keyed(own)}}
    wanted: dict[str, None] = {}
    ahead = sorted(_named((*users, *own), _DEFINITION))
    while ahead:
        name = ahead.pop(0)
        if name in known and name not in wanted:
            wanted[name] = None
            ahead += sorted(_named((known[name],), _DEFINITION))
    ids = {each.id for each in keyed(own)}
    joined = (node for key, node in shared.items() if key in wanted.keys() - ids)
    return (*joined, *own)


def _fitting(definition: Mapping, absent: set[str]) -> Mapping:
    """Leave out the options that read a form there is not."""
    options = definition.items.get("options")
    if not isinstance(options, List):
        return definition
    kept = tuple(
        option
        for option in options.items
        if absent.isdisjoint(_WORD.findall(scalar_text(option, "value") or ""))
    )
    if len(kept) == len(options.items):
        return definition
    return with_items(definition, {"options": List(kept, options.place)})


def code_lists(files: Files, pack_id: str, forms: tuple[Node, ...]) -> tuple[Node, ...]:
    """Give the pack's code lists and those shared ones that a field names."""
    own = files.list(f"{pack_id}/code_lists.yaml")
    ids = {each.id for each in keyed(own)}
    named = set(texts(forms, key="code_list"))
    shared = keyed(files.list(f"{COMMON}/code_lists.yaml"))
    return (*(each.node for each in shared if each.id in named - ids), *own)


def explanations(files: Files, pack_id: str) -> Mapping | None:
    """Give what is asked of a 情况说明, in the library and changed by the pack.

    Stock phrases of the pack come on top of the shared ones.
    """
    shared, own = (
        files.mapping(path) if files.exists(path) else None
        for path in (f"{COMMON}/explanations.yaml", f"{pack_id}/explanations.yaml")
    )
    if shared is None or own is None:
        return own or shared
    origin = {"source", "ours"} & own.items.keys()
    whole = laid_over(without(shared, {"source", "ours"} if origin else ()), own)
    lists = [part.items.get("stock") for part in (shared, own)]
    both = [each for part in lists if isinstance(part, List) for each in part.items]
    once = {scalar_text(each) or str(n): each for n, each in enumerate(both)}
    if not once:
        return whole
    return with_items(whole, {"stock": List(tuple(once.values()), own.place)})


def _by_id(files: Files, part: str) -> dict[str, Mapping]:
    return {each.id: each.node for each in keyed(files.list(f"{COMMON}/{part}.yaml"))}


def _named(users: tuple[Node, ...], pattern: re.Pattern[str]) -> set[str]:
    return {name for text in texts(users) for name in pattern.findall(text)}


def _keys(node: Node) -> abc.Set[str]:
    return node.items.keys() if isinstance(node, Mapping) else set()


def _overriding(node: Node, shared: abc.Mapping[str, Mapping]) -> Node:
    base = shared.get(scalar_text(node, "id") or "")
    if base is None or not isinstance(node, Mapping):
        return node
    origin = {"source", "ours"}
    gone = origin if origin & node.items.keys() else set[str]()
    return laid_over(without(base, gone), node)
