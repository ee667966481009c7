"""The pictures of 收表 name each file that is made for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.handover_files import first_files
from tools.handover_files import later_files
from tools.handover_pictures import CLASSES

if TYPE_CHECKING:
    from pathlib import Path


def test_classes__are_those_of_the_files(tmp_path: Path) -> None:
    first_files(tmp_path)
    assert set(CLASSES) == {path.name for path in later_files(tmp_path).glob("*.xlsx")}
