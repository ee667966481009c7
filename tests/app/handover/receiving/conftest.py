"""Desks of a county and its streets, for the tests of receiving."""

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
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger


@pytest.fixture
def desks(tmp_path_factory: pytest.TempPathFactory) -> Desks:
    """Give a place for ledgers, apart from what a test writes itself."""
    return Desks(tmp_path_factory.mktemp("desks"))


@pytest.fixture
def county(desks: Desks) -> Iterator[Ledger]:
    """Give a county's ledger, empty."""
    with opened(desks.new(*county_units())) as ledger:
        yield ledger


@pytest.fixture
def east(desks: Desks) -> Path:
    """Give a street's ledger with two facilities, closed."""
    path = desks.new(street(EAST))
    with opened(path) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
        add(ledger, "乙院", EAST, beds_total=20)
    return path
