"""Settings every test shares: a screenless Qt and repeatable examples."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import settings

import desktop  # noqa: F401 - it says how openpyxl reads, before a test imports it
from tests.preflight import faults
from tests.preflight import missing_jars

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path

# Before anything imports Qt; a person who wants to watch sets it to xcb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Two shared cores make any single example slow now and then: no deadline.
settings.register_profile("dev", deadline=None, max_examples=50)
settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    max_examples=100,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """Find an outside program; where CI is set, one that is missing is a failure."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None and os.environ.get("CI"):
            pytest.fail(f"{name} is missing; run tools/system_libs.sh tests")
        if path is None:
            pytest.skip(f"{name} is not installed")
        return path

    return find


@pytest.fixture(scope="session")
def preflight(
    program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Sequence[Path]], list[list[str]]]:
    """Have PDFs judged as PDF/A-1b; Java takes two seconds, so ask for many at once."""
    java = program("java")
    if missing_jars():
        program(f"PDFBox Preflight ({', '.join(missing_jars())})")
    return lambda files: faults(java, files, tmp_path_factory.mktemp("preflight"))
