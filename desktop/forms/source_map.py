"""Where each part of a loaded pack was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from desktop.forms.problems import NOWHERE
from desktop.forms.problems import Place
from desktop.forms.yaml_text import List
from desktop.forms.yaml_text import Mapping
from desktop.forms.yaml_text import Node
from desktop.forms.yaml_text import Scalar
from desktop.forms.yaml_text import place_inside

Path: TypeAlias = tuple[str | int, ...]
"""Keys and positions from the pack down, such as `("rules", 3, "check")`."""


@dataclass(frozen=True, slots=True)
class SourceMap:
    """The YAML a pack was made of; None for a pack that came as JSON."""

    root: Node | None = None

    def place(self, path: Path) -> Place:
        """Give the place of a part, or of the nearest part around it."""
        node, place = self.root, NOWHERE
        for step in (None, *path):
            node = self.root if step is None else _child(node, step)
            if node is None:
                break
            place = node.place
        return place

    def place_inside(self, path: Path, line: int, column: int) -> Place:
        """Give the place of a point inside a text, such as a fault in an expression."""
        node = self.root
        for step in path:
            node = _child(node, step)
        if isinstance(node, Scalar):
            return place_inside(node, line, column)
        return self.place(path)


def spelt(path: Path) -> str:
    """Write a path as `rules[3].check`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def _child(node: Node | None, step: str | int) -> Node | None:
    match node:
        case Mapping(items) if isinstance(step, str):
            return items.get(step)
        case List(items) if isinstance(step, int) and step < len(items):
            return items[step]
        case _:
            return None
