"""Hold the walls that import contracts cannot see.

Only some parts of Qt are shipped; and on floors 0 to 3 a clock or a file is reached by
a method (`datetime.now`, `Path.read_text`), not by an import.
"""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

from tools import tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QT_PARTS = frozenset({"QtCore", "QtGui", "QtPrintSupport", "QtSvg", "QtWidgets"})
PURE = tuple(
    f"desktop/{name}" for name in ("core", "expr", "forms", "indicators", "rules")
)
READERS = frozenset({"desktop/forms/files.py"})
"""The module that opens the pack folder it is handed."""

CLOCKS = frozenset({"now", "today", "utcnow"})
FILES = frozenset(
    {
        "glob",
        "iterdir",
        "open",
        "read_bytes",
        "read_text",
        "rglob",
        "write_bytes",
        "write_text",
    }
)


PROBES = frozenset({"exists", "is_dir", "is_file"})
"""Asked of a path without arguments; with some, it is another object's method."""


def qt_parts(node: ast.AST) -> Iterator[str]:
    """Yield the parts of PySide6 an import names."""
    match node:
        case ast.ImportFrom(module="PySide6"):
            yield from (alias.name for alias in node.names)
        case ast.ImportFrom(module=str(module)) if module.startswith("PySide6."):
            yield module.split(".")[1]
        case ast.Import():
            for alias in node.names:
                name, _, part = alias.name.partition(".")
                if name == "PySide6":
                    yield part.split(".")[0] or "all of it"


def impurity(node: ast.AST, *, may_read: bool) -> str | None:
    """Name the clock, file or environment a call reaches for."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCKS:
            return f"consults a clock ({name})"
        case ast.Call(func=ast.Attribute(attr=name)) if name in FILES:
            return None if may_read else f"reaches for a file ({name})"
        case ast.Call(func=ast.Attribute(attr=name), args=[]) if name in PROBES:
            return None if may_read else f"reaches for a file ({name})"
        case ast.Call(func=ast.Name(id="open")):
            return None if may_read else "reaches for a file (open)"
        case ast.Attribute(value=ast.Name(id="os"), attr="environ" | "getenv"):
            return "consults the environment"
        case _:
            return None


def faults(root: Path) -> Iterator[str]:
    """Yield the breaches."""
    for path in tree.python_files(root, "desktop"):
        name = path.relative_to(root).as_posix()
        pure = name.startswith(PURE)
        for node in ast.walk(tree.parse(path)):
            line = getattr(node, "lineno", 1)
            for part in qt_parts(node):
                if part not in QT_PARTS:
                    yield tree.at(root, path, line, f"Qt part {part} is not shipped")
            says = impurity(node, may_read=name in READERS) if pure else None
            if says:
                yield tree.at(root, path, line, says)


if __name__ == "__main__":
    sys.exit(tree.run("walls", faults))
