"""The budgets of lines have teeth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tools import check_lengths

if TYPE_CHECKING:
    from tests.tools.conftest import Plant


def body(lines: int, indent: int = 4) -> str:
    return "\n".join(f"{' ' * indent}x{i} = {i}" for i in range(lines))


def function(lines: int, keyword: str = "def") -> str:
    return f"{keyword} work():\n{body(lines - 1)}\n"


@pytest.mark.parametrize("keyword", ["def", "async def"])
def test_function__at_the_limit_is_ok(plant: Plant, keyword: str) -> None:
    root = plant("desktop/a.py", function(60, keyword))
    assert list(check_lengths.faults(root)) == []


@pytest.mark.parametrize("keyword", ["def", "async def"])
@pytest.mark.parametrize("folder", check_lengths.FOLDERS)
def test_function__error(plant: Plant, folder: str, keyword: str) -> None:
    root = plant(f"{folder}/a.py", function(61, keyword))
    says = f"{folder}/a.py:1: function work has 61 lines, limit 60"
    assert list(check_lengths.faults(root)) == [says]


def test_class__error(plant: Plant) -> None:
    root = plant("desktop/a.py", f"class Work:\n{body(300)}\n")
    says = "desktop/a.py:1: class Work has 301 lines, limit 300"
    assert list(check_lengths.faults(root)) == [says]


def test_file__error(plant: Plant) -> None:
    root = plant("desktop/a.py", f"{body(601, 0)}\n")
    says = "desktop/a.py:1: file a.py has 601 lines, limit 600"
    assert list(check_lengths.faults(root)) == [says]


def test_report__gives_figures_and_swelling_files(plant: Plant) -> None:
    root = plant("desktop/a.py", function(4) + body(397, 0))
    assert list(check_lengths.report(root)) == [
        (
            "desktop: 1 functions, median 4 (budget 8), "
            "95th percentile 4 (budget 35), longest 4"
        ),
        "desktop/a.py:1: 401 lines, soft limit 400: time to split",
    ]


def test_report__of_nothing_is_nothing(plant: Plant) -> None:
    assert list(check_lengths.report(plant("README.md"))) == []
