"""A pack read from its folder and the shared library, and its one-file JSON form.

    root/<id>/pack.yaml         identity, plan, report; `uses` names shared forms
    root/<id>/forms/*.yaml      forms of its own, one a file
    root/<id>/layouts/*.yaml    where their figures stand in official templates
    root/<id>/rules.yaml, indicators*.yaml, parameters.yaml, code_lists.yaml
    root/common/<domain>/<form>.yaml, rules*.yaml, indicators*.yaml
    root/common/parameters.yaml, code_lists.yaml, explanations.yaml

What is shared joins by itself: a rule when the pack has its form and all it needs, a
parameter or a code list when something names it. docs/packs.md is the authors' guide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message
from desktop.forms.answering import answered_rows
from desktop.forms.answering import forms_with_titles
from desktop.forms.files import COMMON
from desktop.forms.files import Files
from desktop.forms.files import scalar_text
from desktop.forms.joining import indicators
from desktop.forms.library import all_rules
from desktop.forms.library import form
from desktop.forms.model import Pack
from desktop.forms.nodes import with_items
from desktop.forms.problems import Problem
from desktop.forms.problems import in_order
from desktop.forms.problems import problem
from desktop.forms.sharing import code_lists
from desktop.forms.sharing import definitions
from desktop.forms.sharing import explanations
from desktop.forms.sharing import parameters
from desktop.forms.source_map import SourceMap
from desktop.forms.taking import UsedForms
from desktop.forms.taking import used_forms
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

    from desktop.forms.taking import Took

MAX_JSON: Final = 8_000_000
_PACK_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")
_ELSEWHERE: Final[abc.Mapping[str, str]] = {
    "forms": "forms/*.yaml",
    "rules": "rules*.yaml",
    "indicators": "indicators*.yaml",
    "parameters": "parameters.yaml",
    "definitions": "definitions.yaml",
    "code_lists": "code_lists.yaml",
    "explanations": "explanations.yaml",
    "layouts": "layouts/*.yaml",
}
HEAD: Final = frozenset(Pack.__names__) - _ELSEWHERE.keys()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pack together with where each part of it was written."""

    pack: Pack
    source: SourceMap
    took: tuple[Took, ...] = ()
    """The forms it took from the shared library, in the order of `uses`."""


def is_pack_id(name: str) -> bool:
    """Tell whether a folder of that name can be a pack."""
    return name != COMMON and _PACK_ID.fullmatch(name) is not None


def load_pack(
    root: Path, pack_id: str, library: Path | None = None
) -> Pack | tuple[Problem, ...]:
    """Read the pack `root/pack_id`, or say what forbids it.

    `library` is another folder of packs whose shared library serves where `root` has
    none of its own.
    """
    loaded = read_pack(root, pack_id, library)
    return loaded.pack if isinstance(loaded, Loaded) else loaded


def read_pack(
    root: Path, pack_id: str, library: Path | None = None
) -> Loaded | tuple[Problem, ...]:
    """Read a pack and keep the places of its parts for `lint`."""
    if not is_pack_id(pack_id):
        return (problem(message("forms.pack_name", name=pack_id)),)
    files = Files(root, library)
    head = files.mapping(f"{pack_id}/pack.yaml")
    if head is None:
        return in_order(files.problems)
    used = used_forms(files, head)
    node = _assemble(files, pack_id, head, used)
    pack = validate(Pack, node)
    if isinstance(pack, Pack) and not files.problems:
        written = {} if used.uses is None else {"uses": used.uses}
        return Loaded(pack, SourceMap(with_items(node, written)), used.took)
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


def _assemble(files: Files, pack_id: str, head: Mapping, used: UsedForms) -> Mapping:
    """Join the files of a pack and what it shares to one document."""
    _check_head(files, pack_id, head)
    forms = (*used.forms, *_own_forms(files, pack_id))
    rows = answered_rows(files, forms, indicators(files, pack_id))
    forms = forms_with_titles(files, forms, rows)
    rules = all_rules(files, pack_id, forms)
    meanings = definitions(files, pack_id, forms, (*forms, *rules, *rows))
    users = (*forms, *rules, *rows, *meanings)
    parts = {
        "forms": forms,
        "rules": rules,
        "indicators": rows,
        "definitions": meanings,
        "parameters": parameters(files, pack_id, users),
        "code_lists": code_lists(files, pack_id, forms),
        "layouts": _layouts(files, pack_id),
    }
    items = {key: node for key, node in head.items.items() if key in HEAD}
    lists = {key: List(nodes, head.place) for key, nodes in parts.items()}
    asked = explanations(files, pack_id)
    rest = {} if asked is None else {"explanations": asked}
    return Mapping({**items, **lists, **rest}, head.keys, head.place)


def _check_head(files: Files, pack_id: str, head: Mapping) -> None:
    for key in head.items.keys() - HEAD - {"uses"}:
        if key in _ELSEWHERE:
            said = message("forms.belongs_elsewhere", key=key, file=_ELSEWHERE[key])
        else:
            said = unknown("forms.key", key, (*sorted(HEAD), "uses"))
        files.refuse(said, head.keys[key])
    if scalar_text(head, "id") not in {None, pack_id}:
        said = message("forms.id_is_not_name", id=pack_id)
        files.refuse(said, head.items["id"].place)


def _own_forms(files: Files, pack_id: str) -> tuple[Node, ...]:
    found = [form(files, name) for name in files.names(f"{pack_id}/forms/*.yaml")]
    return tuple(node for node in found if node is not None)


def _layouts(files: Files, pack_id: str) -> tuple[Node, ...]:
    """Read the layouts of official templates; a file bears the id of its form."""
    found = []
    for name in files.names(f"{pack_id}/layouts/*.yaml"):
        node = files.mapping(name)
        if node is None:
            continue
        form = name.rsplit("/", 1)[-1].removesuffix(".yaml")
        if scalar_text(node, "form") not in {None, form}:
            said = message("forms.layout_file", form=form)
            files.refuse(said, node.items["form"].place)
        found.append(node)
    return tuple(found)
