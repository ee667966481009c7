"""The script that looks after Debian's packages, run without any right to install."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "system_libs.sh"


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """Give a search path with the shell's own tools, no apt, and no Qt library."""
    for name in ("cat", "id", "sort", "tr", "uname"):
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    ldconfig = tmp_path / "ldconfig"
    ldconfig.write_text("#!/bin/sh\nprintf '\\tlibGL.so.1 (x) => /x\\n'\n")
    ldconfig.chmod(0o755)
    return {"PATH": str(tmp_path)}


def run(env: dict[str, str], part: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(SCRIPT), part],
        env=env,
        check=False,
        capture_output=True,
        text=True,
    )


def command(bare: dict[str, str], name: str, script: str) -> None:
    path = Path(bare["PATH"]) / name
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


pytestmark = pytest.mark.skipif(os.uname().sysname != "Linux", reason="Linux only")


def test_qt__missing_prints_the_line_to_type(bare: dict[str, str]) -> None:
    done = run(bare, "qt")
    assert done.returncode == 1
    line = "    sudo apt-get install --no-install-recommends "
    assert line in done.stderr
    assert " libegl1 " in done.stderr
    assert "libgl1 " not in done.stderr.replace("libegl1 ", "")


@pytest.mark.parametrize(("extra", "status"), [({}, 0), ({"CI": "true"}, 1)])
def test_tests__missing_fails_in_ci_only(
    bare: dict[str, str], extra: dict[str, str], status: int
) -> None:
    done = run(bare | extra, "tests")
    assert done.returncode == status
    assert "poppler-utils qpdf" in done.stderr


def test_unknown_part__error(bare: dict[str, str]) -> None:
    done = run(bare, "all")
    assert done.returncode != 0
    assert "usage" in done.stderr


@pytest.mark.parametrize(
    ("user", "sudo", "expected"),
    [
        (0, "exit 1", True),
        (1000, 'shift; exec "$@"', True),
        (1000, "exit 1", False),
    ],
)
def test_qt__installs_where_it_may(
    bare: dict[str, str], user: int, sudo: str, expected: bool
) -> None:
    log = Path(bare["PATH"]) / "apt.log"
    command(bare, "id", f"echo {user}")
    command(bare, "sudo", sudo)
    command(bare, "apt-get", f'echo "$@" >> {log}')
    for name in ("env", "true"):
        (Path(bare["PATH"]) / name).symlink_to(str(shutil.which(name)))
    run(bare, "qt")
    assert log.exists() == expected
    if expected:
        update, install = log.read_text(encoding="utf-8").splitlines()
        assert update == "update -qq"
        assert install.startswith("install -y -qq --no-install-recommends libdbus-1-3 ")


def test_qt__nothing_missing_installs_nothing(bare: dict[str, str]) -> None:
    command(bare, "uname", "echo Darwin")
    done = run(bare, "qt")
    assert (done.returncode, done.stderr) == (0, "")
