"""Hold the shape of the tree: mirrored tests, honest names, no globals, no strays."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from typing import TYPE_CHECKING

from tools import tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VAGUE = frozenset({"common", "helper", "helpers", "misc", "util", "utils"})
MUTABLE_CALLS = frozenset(
    {
        "Counter",
        "OrderedDict",
        "bytearray",
        "defaultdict",
        "deque",
        "dict",
        "list",
        "set",
    }
)
READ_ONLY = ("Mapping[", "Sequence[", "Set[", "Collection[", "Iterable[")
"""An annotation under which mypy refuses every write."""

STRAYS = tuple("/".join(parts) for parts in (("", "work", ""), ("..", "shared")))
"""Folders of the machines this was written on, which nobody else has."""


def defines(module: ast.Module) -> bool:
    """Tell whether a module holds code, and not only names and data."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return any(isinstance(node, kinds) for node in module.body)


def mirrors(root: Path, path: Path) -> list[Path]:
    """List the places where a module's test may stand."""
    folder, *below = path.relative_to(root).parts
    tests = root / "tests"
    inner = below[:-1] if folder == "desktop" else [folder, *below[:-1]]
    home = tests.joinpath(*inner)
    if path.stem == "__init__":
        return [home / f"test_{home.name}.py", home.parent / f"test_{home.name}.py"]
    return [home / f"test_{path.stem.strip('_')}.py"]


def untested(root: Path) -> Iterator[str]:
    """Yield the modules with code and without a mirrored test file."""
    for path in tree.python_files(root, "desktop", "tools"):
        places = mirrors(root, path)
        if defines(tree.parse(path)) and not any(place.is_file() for place in places):
            wanted = places[0].relative_to(root).as_posix()
            yield tree.at(root, path, 1, f"has no test; expected {wanted}")


def vague(root: Path) -> Iterator[str]:
    """Yield the modules and folders named for no subject."""
    for path in tree.python_files(root, "desktop", "tests", "tools", "benchmarks"):
        parts = path.relative_to(root).with_suffix("").parts
        for name in VAGUE.intersection(part.removeprefix("test_") for part in parts):
            yield tree.at(root, path, 1, f"{name!r} names no subject")


def is_mutable(value: ast.expr | None) -> bool:
    """Tell whether an expression makes something that can be written to."""
    match value:
        case ast.List() | ast.Dict() | ast.Set():
            return True
        case ast.ListComp() | ast.DictComp() | ast.SetComp():
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in MUTABLE_CALLS
        case _:
            return False


def mutable_names(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and name of each module-level value that can be written to."""
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                read_only = name == "__all__"
            case ast.AnnAssign(target=ast.Name(id=name), value=value):
                noted = ast.unparse(node.annotation)
                read_only = any(word in noted for word in READ_ONLY)
            case _:
                continue
        if is_mutable(value) and not read_only:
            yield node.lineno, name


def state(root: Path) -> Iterator[str]:
    """Yield module-level mutable state and `global` statements."""
    for path in tree.python_files(root, "desktop"):
        module = tree.parse(path)
        for line, name in mutable_names(module):
            says = f"{name} can be written to; make it a Mapping, Sequence or tuple"
            yield tree.at(root, path, line, says)
        for node in ast.walk(module):
            if isinstance(node, ast.Global):
                yield tree.at(root, path, node.lineno, "global state")


def strays(root: Path) -> Iterator[str]:
    """Yield the lines that name a place only the authors have."""
    for path in tree.kept_files(root):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(lines, 1):
            for stray in STRAYS:
                if stray in line:
                    yield tree.at(root, path, number, f"names {stray}")


def dependency_names(root: Path) -> set[str]:
    """Read the names of what pyproject.toml asks for, lower case."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(project["project"].get("dependencies", []))
    for group in project.get("dependency-groups", {}).values():
        wanted.extend(group)
    names = (re.match(r"[\w.-]+", line) for line in wanted)
    return {found[0].lower() for found in names if found}


def unexplained(root: Path) -> Iterator[str]:
    """Yield dependencies without a reason, and reasons without a dependency."""
    page = root / "docs" / "dependencies.md"
    rows = re.findall(
        r"^\| `([\w.-]+)` \|", page.read_text(encoding="utf-8"), re.MULTILINE
    )
    listed = {row.lower() for row in rows}
    for name in sorted(dependency_names(root) - listed):
        yield tree.at(root, page, 1, f"has no line for {name}")
    for name in sorted(listed - dependency_names(root)):
        yield tree.at(root, page, 1, f"explains {name}, which is not asked for")


def faults(root: Path) -> Iterator[str]:
    """Yield everything out of shape."""
    for check in (untested, vague, state, strays, unexplained):
        yield from check(root)


if __name__ == "__main__":
    sys.exit(tree.run("tree", faults))
