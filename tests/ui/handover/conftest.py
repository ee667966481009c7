"""A street and its county, as files; for the tests of slips and receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def east(tmp_path: Path) -> Path:
    """Give a street's ledger with two facilities, one of them with a fault."""
    (tmp_path / "east").mkdir()
    path = Desks(tmp_path / "east").new(street(EAST))
    with opened(path) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
        add(ledger, "乙院", EAST, beds_total=20, beds_nursing=30)
    return path


@pytest.fixture
def county(tmp_path: Path, east: Path) -> Path:
    """Give its county's ledger, which has received it."""
    path = Desks(tmp_path).new(*county_units())
    with opened(path) as ledger, opened(east) as street_:
        take(ledger, submit(street_, "first.xlsx"))
    return path
