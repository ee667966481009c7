"""The files of this repository as the checks of `tools` read them."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent

OUTSIDE = frozenset({"__pycache__", "build", "dist", "out"})
"""Folders that hold what was made, never what was written."""


def python_files(root: Path, *folders: str) -> Iterator[Path]:
    """Yield the modules below the folders, in order."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            if OUTSIDE.isdisjoint(path.parts):
                yield path


def parse(path: Path) -> ast.Module:
    """Read a module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def kept_files(root: Path) -> list[Path]:
    """List the files that git keeps or would keep.

    Outside a repository (an unpacked archive, a test's folder) it is every file.
    """
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    if (root / ".git").exists():
        listed = subprocess.run(asked, cwd=root, check=True, capture_output=True)
        names = listed.stdout.decode().split("\0")
        files = [root / name for name in names if name]
    else:
        files = sorted(root.rglob("*"))
    return [path for path in files if path.is_file()]


def at(root: Path, path: Path, line: int, says: str) -> str:
    """Word a fault so that an editor can jump to it."""
    return f"{path.relative_to(root).as_posix()}:{line}: {says}"


def verdict(name: str, faults: Iterable[str]) -> int:
    """Print the faults and return the exit status."""
    lines = list(faults)
    for line in lines:
        print(line)
    print(f"{name}: {len(lines)} faults" if lines else f"{name}: clean")
    return 1 if lines else 0


def run(name: str, check: Callable[[Path], Iterable[str]]) -> int:
    """Run a check over this repository."""
    return verdict(name, check(ROOT))
