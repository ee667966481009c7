from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LOADED = """
import _sre, builtins, re, sys
from pathlib import Path
from re import _compiler, _parser
from threading import Thread
compiled = []
parse = _parser.parse
def hear_parse(expression, *more):
    if expression != "of another thread":
        compiled.append("expression")
        other = Thread(target=re.compile, args=["of another thread"])
        other.start()
        other.join()
    return parse(expression, *more)
_parser.parse = hear_parse
def hear(event, values):
    if event == "compile":
        compiled.append(values[1])
sys.addaudithook(hear)
places = ((builtins, "__import__"), (builtins, "compile"), (_sre, "compile"),
    (_compiler, "compile"))
plain = [getattr(*place) for place in places]
from desktop.ui.binding import load_binding
load_binding(Path(sys.argv[1]))
assert plain == [getattr(*place) for place in places]
from PySide6.QtCore import QSize
assert QSize(1, 2).height() == 2
print(sum(str(name).startswith("shibokensupport/") for name in compiled))
print(compiled.count("expression"))
kept = Path(sys.argv[1])
assert not kept.is_file() or b"another thread" not in kept.read_bytes()
from PySide6.support.signature.lib.pyi_generator import Formatter
known = Formatter.opt_uni_searcher, Formatter.brace_searcher
re.purge()
assert known == tuple(re.compile(each.pattern, each.flags) for each in known)
from PySide6.QtCore import Qt
assert Qt.Key.Key_A.value == 65
try:
    QSize("1", "2")
except TypeError as error:
    assert "wrong argument types" in str(error)
"""


def compiled(kept: Path) -> int:
    """Load the binding in a fresh process; tells how much was compiled."""
    command = [sys.executable, "-c", LOADED, str(kept)]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=True, timeout=60
    )
    sources, expressions = map(int, done.stdout.split())
    assert (sources > 5) == (expressions > 5)
    return sources + expressions


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
