"""Hold functions, classes and files to their budgets of lines.

A length counts every line from the first to the last, docstring and blanks included.
"""

from __future__ import annotations

import ast
import statistics
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools import tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDERS = ("desktop", "tools", "benchmarks", "tests")
FUNCTION_MEDIAN = 8
FUNCTION_P95 = 35
FUNCTION_LIMIT = 60
CLASS_LIMIT = 300
FILE_SOFT = 400
FILE_LIMIT = 600


@dataclass(frozen=True, slots=True)
class Measured:
    """One function, class or file and its length in lines."""

    kind: str
    name: str
    path: Path
    line: int
    length: int


def measure(path: Path) -> Iterator[Measured]:
    """Measure a module and everything defined in it."""
    text = path.read_text(encoding="utf-8")
    yield Measured("file", path.name, path, 1, len(text.splitlines()))
    for node in ast.walk(ast.parse(text, filename=str(path))):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                kind = "function"
            case ast.ClassDef():
                kind = "class"
            case _:
                continue
        last = node.end_lineno or node.lineno
        yield Measured(kind, node.name, path, node.lineno, last - node.lineno + 1)


def measure_all(root: Path, *folders: str) -> list[Measured]:
    """Measure every module of the folders."""
    paths = tree.python_files(root, *folders)
    return [measured for path in paths for measured in measure(path)]


def faults(root: Path) -> Iterator[str]:
    """Yield what is over a hard limit."""
    limits = {"function": FUNCTION_LIMIT, "class": CLASS_LIMIT, "file": FILE_LIMIT}
    for found in measure_all(root, *FOLDERS):
        limit = limits[found.kind]
        if found.length > limit:
            says = f"{found.kind} {found.name} has {found.length} lines, limit {limit}"
            yield tree.at(root, found.path, found.line, says)


def report(root: Path) -> Iterator[str]:
    """Yield the figures of `desktop` beside their budgets, and the files that swell."""
    measured = measure_all(root, "desktop")
    functions = sorted(m.length for m in measured if m.kind == "function")
    if functions:
        p95 = functions[round(0.95 * (len(functions) - 1))]
        yield (
            f"desktop: {len(functions)} functions, median "
            f"{statistics.median(functions):g} (budget {FUNCTION_MEDIAN}), "
            f"95th percentile {p95} (budget {FUNCTION_P95}), longest {functions[-1]}"
        )
    for found in measured:
        if found.kind == "file" and FILE_SOFT < found.length <= FILE_LIMIT:
            says = f"{found.length} lines, soft limit {FILE_SOFT}: time to split"
            yield tree.at(root, found.path, 1, says)


def main() -> int:
    """Report, then judge."""
    for line in report(tree.ROOT):
        print(line)
    return tree.run("lengths", faults)


if __name__ == "__main__":
    sys.exit(main())
