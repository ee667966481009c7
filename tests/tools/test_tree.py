"""The files that checks look at, and the words they report in."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tools import tree

if TYPE_CHECKING:
    import pytest

    from tests.tools.conftest import Plant


def test_python_files__leave_out_what_was_made(plant: Plant) -> None:
    plant("desktop/b.py")
    plant("desktop/a/c.py")
    root = plant("desktop/__pycache__/a.py")
    assert [p.name for p in tree.python_files(root, "desktop")] == ["c.py", "b.py"]


def test_kept_files__of_an_unpacked_archive_are_all(plant: Plant) -> None:
    root = plant("a.txt")
    assert tree.kept_files(root) == [root / "a.txt"]


def test_kept_files__of_a_repository_leave_out_the_ignored(plant: Plant) -> None:
    plant(".gitignore", "out/\n")
    plant("out/made.txt")
    root = plant("written.txt")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    assert {p.name for p in tree.kept_files(root)} == {".gitignore", "written.txt"}


def test_verdict__ok(capsys: pytest.CaptureFixture[str]) -> None:
    assert tree.verdict("shape", ()) == 0
    assert capsys.readouterr().out == "shape: clean\n"


def test_verdict__error(capsys: pytest.CaptureFixture[str]) -> None:
    assert tree.verdict("shape", ["a.py:1: odd"]) == 1
    assert capsys.readouterr().out == "a.py:1: odd\nshape: 1 faults\n"


def test_run__reads_this_repository(capsys: pytest.CaptureFixture[str]) -> None:
    assert tree.run("root", lambda root: [] if root == tree.ROOT else ["lost"]) == 0
    assert capsys.readouterr().out == "root: clean\n"
