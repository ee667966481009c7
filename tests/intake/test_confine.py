from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

pytestmark = pytest.mark.measured_children

PROGRAM = textwrap.dedent(
    """
    import resource
    from dataclasses import replace
    from desktop.intake.confine import confine
    from desktop.intake.limits import LIMITS
    {before}
    confine(replace(LIMITS, memory_bytes=400 * 1024 * 1024))
    print(resource.getrlimit(resource.RLIMIT_CORE), resource.getrlimit(
        resource.RLIMIT_CPU))
    bytearray(800 * 1024 * 1024)
    """
)


@pytest.mark.skipif(sys.platform == "win32", reason="Job Objects do this there")
@pytest.mark.parametrize(
    ("before", "seconds"),
    [
        ("", 60),
        ("resource.setrlimit(resource.RLIMIT_CPU, (30, 30))", 30),
    ],
)
def test_confine__caps_memory_and_never_loosens(before: str, seconds: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(before=before)],
        capture_output=True,
        check=False,
        text=True,
    )

    assert f"(0, 0) ({seconds}, {seconds})" in done.stdout
    assert "MemoryError" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="whoever starts it says so there")
@pytest.mark.measured_children
def test_give_way__others_go_first() -> None:
    program = """
import os
from desktop.intake.confine import give_way
before = os.nice(0)
give_way()
print(os.nice(0) - before)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert int(done.stdout) > 0
