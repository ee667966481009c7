"""The files of a folder of packs, read once each, with all that is wrong collected."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple

from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.forms.problems import Place
from desktop.forms.problems import Problem
from desktop.forms.problems import problem
from desktop.forms.yaml_text import MAX_BYTES
from desktop.forms.yaml_text import List
from desktop.forms.yaml_text import Mapping
from desktop.forms.yaml_text import Node
from desktop.forms.yaml_text import Scalar
from desktop.forms.yaml_text import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from pathlib import Path

COMMON: Final = "common"
"""The folder of the shared library."""
MAX_FILES: Final = 500


class Keyed(NamedTuple):
    """A mapping that has an `id`."""

    id: str
    node: Mapping


class Files:
    """Reads YAML below one root; paths are relative to it and cannot leave it.

    Where the root has no shared library, that of another folder serves.
    """

    def __init__(self, root: Path, library: Path | None = None) -> None:
        """Take the folder of packs, and one whose `common` may serve."""
        self._root = root.resolve()
        own = library is None or (self._root / COMMON).is_dir()
        self._library = self._root if own or library is None else library.resolve()
        self.problems: list[Problem] = []

    def refuse(self, said: Message, place: Place) -> None:
        """Add a fault."""
        self.problems.append(problem(said, place))

    def exists(self, path: str) -> bool:
        """Tell whether there is such a file, really inside the root."""
        root = self._root_of(path)
        file = (root / path).resolve()
        return file.is_relative_to(root) and file.is_file()

    def names(self, pattern: str) -> tuple[str, ...]:
        """Give the files a pattern finds, in order of name."""
        root = self._root_of(pattern)
        found = sorted(file.relative_to(root).as_posix() for file in root.glob(pattern))
        if len(found) > MAX_FILES:
            said = message("forms.too_many_files", count=len(found), limit=MAX_FILES)
            self.refuse(said, Place(pattern))
            return ()
        return tuple(name for name in found if self.exists(name))

    def mapping(self, path: str) -> Mapping | None:
        """Read a file that must be there and hold keys with values."""
        if not self.exists(path):
            self.refuse(message("forms.file_missing", file=path), Place(path))
            return None
        node = self._read(path)
        if node is None or isinstance(node, Mapping):
            return node
        self.refuse(message("forms.wants_mapping", value=""), node.place)
        return None

    def list(self, path: str) -> tuple[Node, ...]:
        """Read a file that may be there and holds a list; an empty one has no items."""
        node = self._read(path) if self.exists(path) else None
        if isinstance(node, List):
            return node.items
        if node is not None and not (isinstance(node, Scalar) and node.value is None):
            self.refuse(message("forms.wants_list", value=""), node.place)
        return ()

    def lists(self, pattern: str) -> tuple[Node, ...]:
        """Read the lists of all files a pattern finds, in order of name."""
        return tuple(item for name in self.names(pattern) for item in self.list(name))

    def _root_of(self, path: str) -> Path:
        return self._library if path.startswith(f"{COMMON}/") else self._root

    def _read(self, path: str) -> Node | None:
        with (self._root_of(path) / path).open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        node = read_yaml(data, path)
        if isinstance(node, tuple):
            self.problems.extend(node)
            return None
        return node


def keyed(nodes: Iterable[Node]) -> tuple[Keyed, ...]:
    """Keep the nodes that have an id."""
    return tuple(
        Keyed(name, node)
        for node in nodes
        if isinstance(node, Mapping) and (name := scalar_text(node, "id")) is not None
    )


def scalar_text(node: Node, key: str | None = None) -> str | None:
    """Give the text of a node, or of one of its keys; None for anything else."""
    if key is not None:
        inner = node.items.get(key) if isinstance(node, Mapping) else None
        return None if inner is None else scalar_text(inner)
    is_text = isinstance(node, Scalar) and isinstance(node.value, str)
    return str(node.value) if is_text and isinstance(node, Scalar) else None


def texts(nodes: Iterable[Node], key: str | None = None) -> Iterator[str]:
    """Give all texts in some nodes, or only those under one key."""
    for node in nodes:
        match node:
            case Scalar(value) if key is None and isinstance(value, str):
                yield value
            case Mapping(items):
                named = items.get(key) if key is not None else None
                if named is not None:
                    yield from texts((named,))
                yield from texts(items.values(), key)
            case List(items):
                yield from texts(items, key)
            case _:
                pass
