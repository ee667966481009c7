"""The walls that import contracts cannot see have teeth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tools import check_walls

if TYPE_CHECKING:
    from tests.tools.conftest import Plant


@pytest.mark.parametrize(
    "code",
    [
        "from PySide6 import QtNetwork",
        "from PySide6.QtNetwork import QTcpSocket",
        "import PySide6.QtNetwork",
        "import PySide6.QtNetwork as net",
    ],
)
def test_qt__part_not_shipped_error(plant: Plant, code: str) -> None:
    root = plant("desktop/ui/a.py", f"{code}\n")
    says = "desktop/ui/a.py:1: Qt part QtNetwork is not shipped"
    assert list(check_walls.faults(root)) == [says]


def test_qt__whole_error(plant: Plant) -> None:
    root = plant("desktop/ui/a.py", "import PySide6\n")
    says = "desktop/ui/a.py:1: Qt part all of it is not shipped"
    assert list(check_walls.faults(root)) == [says]


def test_qt__parts_in_use_are_ok(plant: Plant) -> None:
    code = "import sys\nfrom PySide6 import QtGui\nfrom PySide6.QtCore import Qt\n"
    assert list(check_walls.faults(plant("desktop/ui/a.py", code))) == []


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("now = datetime.now(UTC)", "consults a clock (now)"),
        ("day = date.today()", "consults a clock (today)"),
        ("text = path.read_text()", "reaches for a file (read_text)"),
        ("file = open(path)", "reaches for a file (open)"),
        ("there = path.exists()", "reaches for a file (exists)"),
        ("home = os.environ['HOME']", "consults the environment"),
        ("home = os.getenv('HOME')", "consults the environment"),
    ],
)
@pytest.mark.parametrize("package", check_walls.PURE)
def test_pure__error(plant: Plant, package: str, code: str, says: str) -> None:
    root = plant(f"{package}/a.py", f"{code}\n")
    assert list(check_walls.faults(root)) == [f"{package}/a.py:1: {says}"]


@pytest.mark.parametrize("code", ["file = open(path)", "text = path.read_text()"])
def test_pure__the_pack_reader_may_read(plant: Plant, code: str) -> None:
    for reader in check_walls.READERS:
        assert list(check_walls.faults(plant(reader, f"{code}\n"))) == []


def test_pure__exists_of_an_expression_is_no_file(plant: Plant) -> None:
    root = plant("desktop/expr/a.py", "node = exp.exists(inner)\n")
    assert list(check_walls.faults(root)) == []


def test_pure__the_pack_reader_has_no_clock(plant: Plant) -> None:
    for reader in check_walls.READERS:
        root = plant(reader, "day = date.today()\n")
        says = f"{reader}:1: consults a clock (today)"
        assert list(check_walls.faults(root)) == [says]


def test_higher_floors__may_ask_the_time(plant: Plant) -> None:
    root = plant("desktop/app/a.py", "day = date.today()\n")
    assert list(check_walls.faults(root)) == []
