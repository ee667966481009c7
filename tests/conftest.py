"""What every test shares: a screenless Qt, repeatable examples, what is measured."""

from __future__ import annotations

import gc
import os
import pkgutil
import shutil
import sys
import threading
from importlib import import_module
from typing import TYPE_CHECKING
from typing import Final
from typing import Protocol

import pytest
from hypothesis import HealthCheck
from hypothesis import settings

import desktop  # it says how openpyxl reads, before a test imports it
from tests.preflight import faults
from tests.preflight import missing_jars

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Generator
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

TRIED_AGAIN: Final = set[str]()
"""Tests whose process hung or died; that happens once, or is a fault."""
MEASURE_CHILDREN: Final = "COVERAGE_PROCESS_CONFIG"
"""Where coverage.py tells the processes we start that they are measured, too."""


class Scheduler(Protocol):
    """What hands tests out to the processes that run them."""

    def mark_test_pending(self, item: str) -> None:
        """Hand a test out once more."""
        ...


def pytest_configure(config: pytest.Config) -> None:
    """Know what tests say of their coverage."""
    for marker in (
        "unmeasured: what it reaches does not count; shorter tests reach the same",
        "measured_children: what the processes it starts reach counts, too",
    ):
        config.addinivalue_line("markers", marker)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let each worker be measured once, by pytest-cov, and not as a child, too."""
    os.environ.pop(MEASURE_CHILDREN, None)


@pytest.hookimpl(optionalhook=True)
def pytest_handlecrashitem(
    crashitem: str, report: pytest.TestReport, sched: Scheduler
) -> None:
    """Try a test once more whose process hung or died, and count it as `rerun`.

    A run of the windows once stood still for ever, and nobody could tell where: now
    what every thread was at is printed. A test that fails has failed.
    """
    if crashitem not in TRIED_AGAIN:
        TRIED_AGAIN.add(crashitem)
        sched.mark_test_pending(crashitem)
        report.outcome = "rerun"  # type: ignore[assignment]  # xdist's own word for it


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let only written examples count as coverage: what random ones reach is chance."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("unmeasured")


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stays to the end.

    Much is imported when it is asked for. Where coverage is measured all of it is
    imported now: whichever test asks first, even one that does not count.
    """
    if sys.gettrace() is not None:
        for found in pkgutil.walk_packages(desktop.__path__, "desktop."):
            if not found.name.startswith("desktop.ui"):
                import_module(found.name)
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure children where a test is about them: half a second for each start."""
    told = os.environ.get(MEASURE_CHILDREN)
    if told is None or item.get_closest_marker("measured_children"):
        return (yield)
    del os.environ[MEASURE_CHILDREN]
    try:
        return (yield)
    finally:
        os.environ[MEASURE_CHILDREN] = told


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Let a long test run at its own pace: measuring doubles its time.

    The marker of pytest-cov for this does nothing in the workers of xdist.
    """
    here, in_threads = sys.gettrace(), threading.gettrace()
    if here is None or not item.get_closest_marker("unmeasured"):
        return (yield)
    sys.settrace(None)
    threading.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(here)
        threading.settrace(in_threads)


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
