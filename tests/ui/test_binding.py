from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LOADED = """
import builtins, sys
from pathlib import Path
compiled = []
def hear(event, values):
    if event == "compile":
        compiled.append(values[1])
sys.addaudithook(hear)
plain = builtins.__import__, builtins.compile
from desktop.ui.binding import load_binding
load_binding(Path(sys.argv[1]))
assert plain == (builtins.__import__, builtins.compile)
from PySide6.QtCore import QSize
assert QSize(1, 2).height() == 2
print(sum(str(name).startswith("shibokensupport/") for name in compiled))
"""


def compiled(kept: Path) -> int:
    """Load the binding in a fresh process; tells how many sources were compiled."""
    command = [sys.executable, "-c", LOADED, str(kept)]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=True, timeout=60
    )
    return int(done.stdout)


def test_load_binding__compiles_its_sources_once(tmp_path: Path) -> None:
    kept = tmp_path / "new" / "binding.compiled"
    assert compiled(kept) > 5
    assert compiled(kept) == 0
    assert [each.name for each in kept.parent.iterdir()] == [kept.name]


@pytest.mark.parametrize("at", [0, 10, 100])
def test_load_binding__a_damaged_file_is_written_anew(tmp_path: Path, at: int) -> None:
    kept = tmp_path / "binding.compiled"
    compiled(kept)
    whole = bytearray(kept.read_bytes())
    whole[at] ^= 1
    kept.write_bytes(whole)
    assert compiled(kept) > 5
    assert compiled(kept) == 0


def test_load_binding__a_place_that_takes_nothing_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert compiled(tmp_path / "file" / "binding.compiled") > 5
