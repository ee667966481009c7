"""Start the frozen program, let it do the demo's work, and state its size and start."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tools import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

STARTS = 5
PATIENCE = 300
"""Seconds after which a program that says nothing is taken for hung."""


def start(program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the frozen program as on a machine without Python and without a screen."""
    kept = {name: os.environ[name] for name in ("HOME", "TMPDIR") if name in os.environ}
    return subprocess.run(
        [program, *arguments],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        env={**kept, "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"},
    )


def size(folder: Path) -> int:
    """Add up the bytes of a folder."""
    files = (path for path in folder.rglob("*") if not path.is_symlink())
    return sum(path.stat().st_size for path in files if path.is_file())


def fastest_start(program: Path) -> float:
    """Take the best of a few starts, in seconds."""
    best = float(PATIENCE)
    for _ in range(STARTS):
        before = time.perf_counter()
        start(program, "--version")
        best = min(best, time.perf_counter() - before)
    return best


def faults(program: Path, out: Path) -> Iterator[str]:
    """Yield what the frozen program fails to do."""
    runs = (("--version",), ("demo", "--out", str(out)))
    for arguments in runs:
        done = start(program, *arguments)
        if done.returncode:
            yield f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}"
    for wanted in ("*.xlsx", "*.pdf"):
        if not any(file.stat().st_size for file in out.glob(wanted)):
            yield f"the demo left no {wanted}"


def main() -> int:
    """Judge what `make dist` made."""
    folder = tree.ROOT / "dist" / "taizhang"
    program = folder / "taizhang"
    with tempfile.TemporaryDirectory() as out:
        status = tree.verdict("dist", faults(program, Path(out)))
    print(f"{size(folder) / 1e6:.0f} MB, starts in {fastest_start(program):.2f} s")
    return status


if __name__ == "__main__":
    sys.exit(main())
