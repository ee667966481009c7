"""A pack read from its folder and the shared library, and its one-file JSON form.

    root/<id>/pack.yaml         identity, plan, report; `uses` names shared forms
    root/<id>/forms/*.yaml      forms of its own, one a file
    root/<id>/rules.yaml, indicators.yaml, parameters.yaml, code_lists.yaml
    root/common/<domain>/<form>.yaml, rules*.yaml
    root/common/parameters.yaml, code_lists.yaml

What is shared joins by itself: a rule when the pack has its form and all it needs, a
parameter or a code list when something names it. docs/packs.md is the authors' guide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Annotated
from typing import Final

from desktop.core.messages import message
from desktop.forms.base import Limit
from desktop.forms.base import Model
from desktop.forms.files import Files
from desktop.forms.files import keyed
from desktop.forms.files import scalar_text
from desktop.forms.files import texts
from desktop.forms.model import Pack
from desktop.forms.problems import Place
from desktop.forms.problems import Problem
from desktop.forms.problems import in_order
from desktop.forms.problems import problem
from desktop.forms.source_map import SourceMap
from desktop.forms.validate import unknown
from desktop.forms.validate import validate
from desktop.forms.validate import validate_json
from desktop.forms.yaml_text import List
from desktop.forms.yaml_text import Mapping
from desktop.forms.yaml_text import Node

if TYPE_CHECKING:
    from collections import abc
    from collections.abc import Iterable
    from pathlib import Path

COMMON: Final = "common"
MAX_JSON: Final = 8_000_000
_PACK_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")
_PARAMETER: Final = re.compile(r"\bparam\.([a-z][a-z0-9_]*)")
_ELSEWHERE: Final[abc.Mapping[str, str]] = {
    "forms": "forms/*.yaml",
    "rules": "rules.yaml",
    "indicators": "indicators.yaml",
    "parameters": "parameters.yaml",
    "code_lists": "code_lists.yaml",
}
_HEAD: Final = frozenset(Pack.__names__) - _ELSEWHERE.keys()


class Uses(Model):
    """What a pack takes from the shared library: forms as `domain/form`."""

    forms: tuple[
        Annotated[str, Limit(pattern=r"^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*$")],
        ...,
    ] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pack together with where each part of it was written."""

    pack: Pack
    source: SourceMap


def load_pack(root: Path, pack_id: str) -> Pack | tuple[Problem, ...]:
    """Read the pack `root/pack_id`, or say what forbids it."""
    loaded = read_pack(root, pack_id)
    return loaded.pack if isinstance(loaded, Loaded) else loaded


def read_pack(root: Path, pack_id: str) -> Loaded | tuple[Problem, ...]:
    """Read a pack and keep the places of its parts for `lint`."""
    if pack_id == COMMON or _PACK_ID.fullmatch(pack_id) is None:
        return (problem(message("forms.pack_name", name=pack_id)),)
    files = Files(root)
    head = files.mapping(f"{pack_id}/pack.yaml")
    if head is None:
        return in_order(files.problems)
    node = _assemble(files, pack_id, head)
    pack = validate(Pack, node)
    if isinstance(pack, Pack) and not files.problems:
        return Loaded(pack, SourceMap(node))
    found = [] if isinstance(pack, Pack) else list(pack)
    return in_order([*files.problems, *_own_faults(found, files.problems)])


def pack_from_json(text: str) -> Pack | tuple[Problem, ...]:
    """Read the one-file form of a pack, which may come from anyone.

    The result is well formed, not yet sensible: `lint_pack` says that.
    """
    if len(text) > MAX_JSON:
        said = message("forms.json_too_big", size=len(text), limit=MAX_JSON)
        return (problem(said),)
    return validate_json(Pack, text)


def _own_faults(found: list[Problem], of_files: list[Problem]) -> Iterable[Problem]:
    """Leave out what is only said because a file could not be read."""
    return (each for each in found if not (of_files and each.path == "forms"))


def _assemble(files: Files, pack_id: str, head: Mapping) -> Mapping:
    """Join the files of a pack and what it shares to one document."""
    _check_head(files, pack_id, head)
    forms = (*_used_forms(files, head), *_own_forms(files, pack_id))
    rules = (*_shared_rules(files, forms), *files.list(f"{pack_id}/rules.yaml"))
    indicators = files.list(f"{pack_id}/indicators.yaml")
    parameters = _parameters(files, pack_id, (*forms, *rules, *indicators))
    parts = {
        "forms": forms,
        "rules": rules,
        "indicators": indicators,
        "parameters": parameters,
        "code_lists": _code_lists(files, pack_id, forms),
    }
    items = {key: node for key, node in head.items.items() if key in _HEAD}
    lists = {key: List(nodes, head.place) for key, nodes in parts.items()}
    return Mapping({**items, **lists}, head.keys, head.place)


def _check_head(files: Files, pack_id: str, head: Mapping) -> None:
    for key in head.items.keys() - _HEAD - {"uses"}:
        if key in _ELSEWHERE:
            said = message("forms.belongs_elsewhere", key=key, file=_ELSEWHERE[key])
        else:
            said = unknown("forms.key", key, (*sorted(_HEAD), "uses"))
        files.refuse(said, head.keys[key])
    if scalar_text(head, "id") not in {None, pack_id}:
        said = message("forms.id_is_not_name", id=pack_id)
        files.refuse(said, head.items["id"].place)


def _used_forms(files: Files, head: Mapping) -> tuple[Node, ...]:
    """Read the shared forms that `uses` names."""
    node = head.items.get("uses")
    if node is None:
        return ()
    uses = validate(Uses, node, "uses")
    if not isinstance(uses, Uses):
        files.problems.extend(uses)
        return ()
    listed = node.items.get("forms") if isinstance(node, Mapping) else None
    places = [item.place for item in listed.items] if isinstance(listed, List) else []
    found = [
        _used_form(files, name, place)
        for name, place in zip(uses.forms, places, strict=True)
    ]
    return tuple(form for form in found if form is not None)


def _used_form(files: Files, name: str, place: Place) -> Node | None:
    path = f"{COMMON}/{name}.yaml"
    if files.exists(path):
        return _form(files, path)
    shared = tuple(
        each.removeprefix(f"{COMMON}/").removesuffix(".yaml")
        for each in files.names(f"{COMMON}/*/*.yaml")
        if not _is_rules(each)
    )
    files.refuse(unknown("forms.form", name, shared), place)
    return None


def _own_forms(files: Files, pack_id: str) -> tuple[Node, ...]:
    found = [_form(files, name) for name in files.names(f"{pack_id}/forms/*.yaml")]
    return tuple(form for form in found if form is not None)


def _form(files: Files, path: str) -> Node | None:
    """Read a form, whose file bears its id."""
    form = files.mapping(path)
    name = path.rsplit("/", 1)[-1].removesuffix(".yaml")
    if form is not None and scalar_text(form, "id") not in {None, name}:
        said = message("forms.id_is_not_name", id=name)
        files.refuse(said, form.items["id"].place)
    return form


def _is_rules(path: str) -> bool:
    return path.rsplit("/", 1)[-1].startswith("rules")


def _shared_rules(files: Files, forms: tuple[Node, ...]) -> tuple[Node, ...]:
    """Give the shared rules whose forms the pack has; one that cannot say joins too."""
    here = {form.id for form in keyed(forms)}
    names = files.names(f"{COMMON}/*/*.yaml")
    known = here | {
        name.rsplit("/", 1)[-1].removesuffix(".yaml")
        for name in names
        if not _is_rules(name)
    }
    joined: list[Node] = []
    for name in names:
        for rule in files.list(name) if _is_rules(name) else ():
            wanted = _forms_of(rule)
            _check_known(files, wanted, known)
            if wanted.keys() <= here:
                joined.append(rule)
    return tuple(joined)


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


def _parameters(
    files: Files, pack_id: str, users: tuple[Node, ...]
) -> tuple[Node, ...]:
    """Give the pack's parameters and those shared ones that an expression names.

    A parameter of the pack with the id of a shared one changes what it states; where
    it states an origin, the shared origin is gone.
    """
    named = {name for text in texts(users) for name in _PARAMETER.findall(text)}
    own = files.list(f"{pack_id}/parameters.yaml")
    shared = {
        each.id: each.node for each in keyed(files.list(f"{COMMON}/parameters.yaml"))
    }
    ids = {each.id for each in keyed(own)}
    joined = [node for key, node in shared.items() if key in named - ids]
    return (*joined, *(_overriding(node, shared) for node in own))


def _overriding(node: Node, shared: dict[str, Mapping]) -> Node:
    base = shared.get(scalar_text(node, "id") or "")
    if base is None or not isinstance(node, Mapping):
        return node
    origin = {"source", "ours"}
    gone = origin if origin & node.items.keys() else set[str]()
    items = {key: part for key, part in base.items.items() if key not in gone}
    keys = {**base.keys, **node.keys}
    return Mapping({**items, **node.items}, keys, node.place)


def _code_lists(
    files: Files, pack_id: str, forms: tuple[Node, ...]
) -> tuple[Node, ...]:
    """Give the pack's code lists and those shared ones that a field names."""
    own = files.list(f"{pack_id}/code_lists.yaml")
    ids = {each.id for each in keyed(own)}
    named = set(texts(forms, key="code_list"))
    shared = keyed(files.list(f"{COMMON}/code_lists.yaml"))
    return (*(each.node for each in shared if each.id in named - ids), *own)
