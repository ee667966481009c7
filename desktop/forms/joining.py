"""Rows of a plan joined with the indicators that several plans share.

A row with `concept` takes all keys of the shared indicator and states again what its
plan says otherwise. Joining happens before anything is checked and keeps the place of
every part, so that a fault is shown in the file it was written in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message
from desktop.forms.files import COMMON
from desktop.forms.files import keyed
from desktop.forms.files import scalar_text
from desktop.forms.nodes import laid_over
from desktop.forms.validate import unknown
from desktop.forms.yaml_text import Mapping

if TYPE_CHECKING:
    from collections import abc

    from desktop.forms.files import Files
    from desktop.forms.yaml_text import Node

_OF_THE_PLAN: Final = (
    "also",
    "baseline",
    "concept",
    "departments",
    "differs",
    "source",
    "table_row",
    "targets",
)
"""Keys that only a plan can state."""
_DEFINING: Final = ("numerator", "denominator", "multiplier", "aggregation")
"""Keys that make it another figure."""


def indicators(files: Files, pack_id: str) -> tuple[Node, ...]:
    """Give the indicators of a pack, complete with what they share."""
    names = files.names(f"{pack_id}/indicators*.yaml")
    rows = tuple(row for name in names for row in files.list(name))
    if all(scalar_text(row, "concept") is None for row in rows):
        return rows
    concepts = _concepts(files)
    joined = (_joined(files, row, concepts) for row in rows)
    return tuple(row for row in joined if row is not None)


def _concepts(files: Files) -> dict[str, Mapping]:
    """Read the shared indicators of all domains by id."""
    found: dict[str, Mapping] = {}
    for name in files.names(f"{COMMON}/*/indicators*.yaml"):
        for concept in keyed(files.list(name)):
            _check_concept(files, concept.node)
            if concept.id in found:
                said = message("forms.duplicate_id", name=concept.id)
                files.refuse(said, concept.node.items["id"].place)
            found.setdefault(concept.id, concept.node)
    return found


def _check_concept(files: Files, concept: Mapping) -> None:
    for key in _OF_THE_PLAN:
        if key in concept.items:
            said = message("forms.concept_key", key=key)
            files.refuse(said, concept.keys[key])


def _joined(
    files: Files, row: Node, concepts: abc.Mapping[str, Mapping]
) -> Node | None:
    """Join one row; None where there is no such concept."""
    name = scalar_text(row, "concept")
    if name is None or not isinstance(row, Mapping):
        return row
    base = concepts.get(name)
    if base is None:
        said = unknown("forms.concept", name, tuple(sorted(concepts)))
        files.refuse(said, row.items["concept"].place)
        return None
    _check_differs(files, row)
    return laid_over(base, row)


def _check_differs(files: Files, row: Mapping) -> None:
    """Ask for the reason where a plan means another figure, and only there."""
    stated = tuple(key for key in _DEFINING if key in row.items)
    if stated and "differs" not in row.items:
        said = message("forms.differs_missing", keys=", ".join(stated))
        files.refuse(said, row.keys[stated[0]])
    elif "differs" in row.items and not stated:
        files.refuse(message("forms.differs_idle"), row.keys["differs"])
