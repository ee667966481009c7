from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.store.cases import Desk
from tests.store.cases import added
from tests.store.cases import do

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "区 1.taizhang"


@pytest.fixture
def ledger(path: Path, desk: Desk) -> Iterator[Ledger]:
    """Give a new ledger of a county with two townships."""
    with desk.create(path) as made:
        yield made


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Give the same with two homes in the east and one in the west."""
    do(
        ledger,
        added("a", name="甲院", beds=10),
        added("b", name="乙院", beds=30),
        added("c", "310105002", name="丙院", beds=20),
    )
    return ledger
