"""A small tree to plant faults in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Protocol

import pytest

if TYPE_CHECKING:
    from pathlib import Path


class Plant(Protocol):
    """Writes a file of the tree and returns the tree."""

    def __call__(self, name: str, text: str = "") -> Path:
        """Write one more file."""
        ...


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    def write(name: str, text: str = "") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path

    return write
