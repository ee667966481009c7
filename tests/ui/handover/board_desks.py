"""A county whose streets are in every state the board knows."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.handover.board.board_facts import Asked
from desktop.app.handover.board.board_facts import Grace
from desktop.app.handover.board.board_facts import Instead
from desktop.app.handover.board.board_whole import scored_board
from desktop.app.progress import run_steps
from tests.app.handover.back_and_forth import issued
from tests.app.handover.back_and_forth import package_of
from tests.app.handover.back_and_forth import sent_back
from tests.app.handover.boards import last_day
from tests.app.handover.boards import record
from tests.exchange.townships import COUNTY
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import county_units
from tests.exchange.townships import nil
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.small import YEAR

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.app.handover.board.board_facts import Recording
    from desktop.app.handover.board.board_whole import ScoredBoard
    from desktop.core.changes import Action
    from desktop.core.messages import Message

(HERE, NIL, BLANK, BACK, OTHERS, TYPED, EXCUSED, LATE, MISSING) = STREETS = tuple(
    f"{COUNTY}{place:03}" for place in range(1, 10)
)
TODAY: Final = date(2025, 11, 22)
"""The day of the windows' clock; what was received has been on 2026-01-02."""


def busy_county(folder: Path) -> Path:
    """Make it."""
    desks = Desks(folder)
    path = desks.new(county_units()[0], *map(street, STREETS))
    with opened(path) as county:
        for code in (HERE, NIL, BLANK, BACK, OTHERS):
            with opened(desks.new(street(code))) as ledger:
                if code == NIL:
                    nil(ledger, code, now=True)
                elif code != BLANK:
                    add(ledger, f"院{code}", code, beds_total=7)
                read = submit(ledger)
            take(county, read)
            if code == BACK:
                sent_back(county, read, f"eci/院{code}/beds_total")
                issued(county)
            if code == OTHERS:
                record(county, partial(_instead, package_of(county, read).id))
        add(county, "县录院", TYPED, beds_total=1)
        last_day(county, date(2025, 11, 20))
        record(county, lambda to: to.asked(EXCUSED, "街道", Asked(False, "撤并")))
        grace = Grace(date(2025, 12, 1), "停电")
        record(county, lambda to: to.grace(LATE, "街道", grace))
    return path


def _instead(package: str, to: Recording) -> Action | Message:
    return to.instead(package, "街道", Instead("李科", "电脑坏了"))


def told(path: Path) -> ScoredBoard:
    """Read the board of a ledger, as if the audit had found nothing."""
    with opened(path) as county:
        return run_steps(scored_board(county, YEAR, TODAY, ()))
