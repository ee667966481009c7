"""The shape of the tree has teeth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tools import check_tree

if TYPE_CHECKING:
    from tests.tools.conftest import Plant

CODE = "def work():\n    return 1\n"


@pytest.mark.parametrize(
    ("module", "test"),
    [
        ("desktop/core/unit.py", "tests/core/test_unit.py"),
        ("desktop/cli.py", "tests/test_cli.py"),
        ("desktop/__main__.py", "tests/test_main.py"),
        ("desktop/core/messages/__init__.py", "tests/core/messages/test_messages.py"),
        ("tools/measure.py", "tests/tools/test_measure.py"),
    ],
)
def test_mirror(plant: Plant, module: str, test: str) -> None:
    root = plant(module, CODE)
    says = f"{module}:1: has no test; expected {test}"
    assert list(check_tree.untested(root)) == [says]
    plant(test)
    assert list(check_tree.untested(root)) == []


def test_mirror__a_package_may_be_tested_beside_it(plant: Plant) -> None:
    root = plant("desktop/core/messages/__init__.py", CODE)
    plant("tests/core/test_messages.py")
    assert list(check_tree.untested(root)) == []


def test_mirror__names_and_data_need_none(plant: Plant) -> None:
    assert list(check_tree.untested(plant("desktop/core/layout.py", "A = 1\n"))) == []


@pytest.mark.parametrize(
    "name", ["desktop/utils.py", "desktop/common/a.py", "tests/test_helpers.py"]
)
def test_vague__error(plant: Plant, name: str) -> None:
    assert len(list(check_tree.vague(plant(name)))) == 1


def test_vague__ok(plant: Plant) -> None:
    assert list(check_tree.vague(plant("desktop/core/unit.py"))) == []


@pytest.mark.parametrize(
    "code",
    [
        "SEEN = []",
        "SEEN = {}",
        "SEEN = {1}",
        "SEEN = [x for x in y]",
        "SEEN = {x for x in y}",
        "SEEN = {x: x for x in y}",
        "SEEN = set()",
        "SEEN = collections.defaultdict(list)",
        "SEEN: Final = []",
        "SEEN: dict[str, str] = {}",
    ],
)
def test_state__error(plant: Plant, code: str) -> None:
    root = plant("desktop/a.py", f"\n{code}\n")
    says = "SEEN can be written to; make it a Mapping, Sequence or tuple"
    assert list(check_tree.state(root)) == [f"desktop/a.py:2: {says}"]


@pytest.mark.parametrize(
    "code",
    [
        "SEEN = ()",
        "SEEN = frozenset({1})",
        "SEEN: Final[Mapping[str, str]] = {}",
        "SEEN = MappingProxyType({})",
        "__all__ = ['SEEN']",
        "import os",
    ],
)
def test_state__ok(plant: Plant, code: str) -> None:
    assert list(check_tree.state(plant("desktop/a.py", f"{code}\n"))) == []


def test_state__global_error(plant: Plant) -> None:
    root = plant("desktop/a.py", "def work():\n    global seen\n")
    assert list(check_tree.state(root)) == ["desktop/a.py:2: global state"]


@pytest.mark.parametrize("stray", check_tree.STRAYS)
def test_strays__error(plant: Plant, stray: str) -> None:
    root = plant("docs/a.md", f"fine\nsee {stray}x\n")
    assert list(check_tree.strays(root)) == [f"docs/a.md:2: names {stray}"]


def test_strays__binary_files_are_not_text(plant: Plant) -> None:
    root = plant("a.md", "fine")
    (root / "a.bin").write_bytes(b"\xff" + check_tree.STRAYS[0].encode())
    assert list(check_tree.strays(root)) == []


PROJECT = """
[project]
dependencies = ["PyYAML>=6", "ruff"]
[dependency-groups]
dev = ["mypy>=1"]
"""


def test_dependencies__ok(plant: Plant) -> None:
    plant("pyproject.toml", PROJECT)
    rows = "".join(f"| `{name}` | why |\n" for name in ("pyyaml", "ruff", "mypy"))
    assert list(check_tree.unexplained(plant("docs/dependencies.md", rows))) == []


def test_dependencies__error(plant: Plant) -> None:
    plant("pyproject.toml", PROJECT)
    rows = "".join(f"| `{name}` | why |\n" for name in ("pyyaml", "ruff", "attrs"))
    root = plant("docs/dependencies.md", rows)
    assert list(check_tree.unexplained(root)) == [
        "docs/dependencies.md:1: has no line for mypy",
        "docs/dependencies.md:1: explains attrs, which is not asked for",
    ]


def test_faults__joins_all_checks(plant: Plant) -> None:
    plant("pyproject.toml", PROJECT)
    plant("docs/dependencies.md")
    root = plant("desktop/utils.py", f"SEEN = []\n{CODE}")
    found = "\n".join(check_tree.faults(root))
    for says in ("no test", "no subject", "written to", "no line for ruff"):
        assert says in found
