"""What the frozen program must do, shown on small programs that stand in for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools import check_dist

if TYPE_CHECKING:
    from pathlib import Path

WORKS = """#!/bin/sh
[ "$1" = --version ] && echo "taizhang 1" && exit 0
echo book > "$3/demo.xlsx"
echo page > "$3/demo.pdf"
"""
LAZY = "#!/bin/sh\nexit 0\n"
BROKEN = "#!/bin/sh\necho 'no Qt' >&2\nexit 3\n"


def made(folder: Path, text: str) -> Path:
    program = folder / "taizhang"
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    return program


def out(folder: Path) -> Path:
    path = folder / "out"
    path.mkdir()
    return path


def test_faults__ok(tmp_path: Path) -> None:
    assert list(check_dist.faults(made(tmp_path, WORKS), out(tmp_path))) == []


def test_faults__a_program_that_fails_error(tmp_path: Path) -> None:
    found = list(check_dist.faults(made(tmp_path, BROKEN), out(tmp_path)))
    assert found[0] == "--version ended with 3:\nno Qt\n"
    assert "demo --out" in found[1]


def test_faults__a_demo_without_files_error(tmp_path: Path) -> None:
    found = list(check_dist.faults(made(tmp_path, LAZY), out(tmp_path)))
    assert found == ["the demo left no *.xlsx", "the demo left no *.pdf"]


def test_size__counts_a_linked_file_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "b").symlink_to("a")
    assert check_dist.size(tmp_path) == 5


def test_fastest_start__is_a_time(tmp_path: Path) -> None:
    assert 0 < check_dist.fastest_start(made(tmp_path, WORKS)) < check_dist.PATIENCE
