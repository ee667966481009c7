"""A county with many streets, and what it knows of who has handed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from desktop.app.compiled import compiled_for
from desktop.app.handover.board.board import board_of
from desktop.app.handover.board.board_facts import Recording
from desktop.app.handover.sending.splitting import manifest_in
from desktop.app.handover.sending.submitting import submission
from desktop.app.ledgers.home_board import deadline_of
from desktop.app.ledgers.home_board import set_deadline
from desktop.app.progress import run_steps
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from tests.app.handover.back_and_forth import done
from tests.exchange.townships import COUNTY
from tests.exchange.townships import opened
from tests.exchange.townships import read_of
from tests.small import YEAR

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.app.handover.board.board_lines import Board
    from desktop.app.handover.board.board_lines import Line
    from desktop.app.handover.receiving.reading import Read
    from desktop.core.changes import Action
    from desktop.core.messages import Message
    from desktop.store.ledger import Ledger

TODAY = date(2026, 1, 2)
"""The day on which everything is received: the person's clock stands still."""
VILLAGE = f"{COUNTY}001001"


def village() -> Unit:
    """Give a village of the first street."""
    return Unit(
        UnitCode(VILLAGE),
        "东村",
        UnitCode(f"{COUNTY}001"),
        UnitLevel.VILLAGE,
        UnitClass.VILLAGE,
    )


def board(ledger: Ledger, today: date = TODAY) -> Board:
    """Give the board of a ledger."""
    return run_steps(board_of(ledger, YEAR.code, today))


def line(ledger: Ledger, unit: str, today: date = TODAY) -> Line:
    """Give the line of a unit."""
    found = board(ledger, today).line(unit)
    assert found is not None
    return found


def record(
    ledger: Ledger, wanted: Callable[[Recording], Action | Message]
) -> Action | Message:
    """Record something that may be recorded."""
    return done(ledger, wanted(Recording(YEAR.code, ledger.choices(YEAR.code))))


def last_day(ledger: Ledger, day: date | None) -> None:
    """Set the deadline."""
    before = deadline_of(ledger.choices(YEAR.code))
    done(ledger, set_deadline(YEAR, before, day))


def handed_in(
    path: Path, forms: frozenset[str] | None = None, *, totals: bool = True
) -> Read:
    """Make a submission with all a workbook says, sums instead of some forms."""
    with opened(path) as ledger:
        compiled = compiled_for(ledger, YEAR)
        sums = totals and forms is not None
        steps = submission(ledger, compiled, YEAR, forms, totals=sums)
        report = run_steps(steps)
    return read_of(manifest_in(report))


def by_the_clock(read: Read, made: str) -> Read:
    """Give the same file as a computer with another clock would have made it."""
    assert read.envelope is not None
    manifest = read.envelope.manifest
    return read_of(replace(manifest, stamp=replace(manifest.stamp, made=made)))
