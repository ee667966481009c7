from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.audit.auditing import audit_ledger
from desktop.app.compiled import compiled_for
from desktop.app.handover.board.board_whole import scored_board
from desktop.app.progress import run_steps
from desktop.indicators.periods import period_parameters
from tests.app.handover.boards import TODAY
from tests.app.handover.boards import last_day
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.small import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Ledger]:
    """Give a county to which one street handed in a home with a fault, in time."""
    desks = Desks(tmp_path)
    with opened(desks.new(street(EAST))) as east:
        add(east, "坏院", EAST, beds_total=1, beds_nursing=2)
        read = submit(east)
    with opened(desks.new(*county_units())) as ledger:
        take(ledger, read)
        last_day(ledger, TODAY)
        yield ledger


def test_scored__with_what_the_audit_finds(county: Ledger) -> None:
    compiled = compiled_for(county, YEAR)
    asked = period_parameters(compiled.pack, YEAR)
    found = run_steps(audit_ledger(county, compiled.audit, asked)).findings
    told = run_steps(scored_board(county, YEAR, TODAY, found))
    assert told.audited
    score = told.scores[EAST]
    assert score is not None
    assert (score.total, score.timely, score.quality) == (98, 50, 48)
    assert told.scores[WEST] is None


def test_scored__nobody_before_the_audit_is_through(county: Ledger) -> None:
    told = run_steps(scored_board(county, YEAR, TODAY, None))
    assert not told.audited
    assert told.scores == {}
    assert told.board.sums.handed_in == 1
