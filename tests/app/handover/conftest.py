"""A county and its street, opened; shared by the tests of slips and receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.exchange.townships import street

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger


@pytest.fixture
def over(tmp_path: Path) -> Iterator[Ledger]:
    """Give a county's ledger, empty."""
    with opened(Desks(tmp_path).new(*county_units())) as ledger:
        yield ledger


@pytest.fixture
def below(tmp_path: Path) -> Iterator[Ledger]:
    """Give a street's ledger with two facilities, one of them with a fault."""
    (tmp_path / "below").mkdir()
    with opened(Desks(tmp_path / "below").new(street(EAST))) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
        add(ledger, "乙院", EAST, beds_total=20, beds_nursing=30)
        yield ledger


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[], Ledger]:
    """Copy the street's ledger with the file manager, and open the copy."""
    return lambda: opened(Desks(tmp_path, 10).copy(tmp_path / "below" / "1.taizhang"))
