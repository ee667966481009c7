"""On time or late, and whether a locked period still takes a package.

What counts is when this ledger received a package, by its own clock: the clock of the
computer that made it may be wrong, and is only shown beside.
"""

from __future__ import annotations

from datetime import date
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from desktop.app.handover.board.board_facts import facts_of
from desktop.core.messages import message
from desktop.exchange.slip_facts import slips_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.handover.board.board_facts import BoardFacts
    from desktop.core.messages import Message
    from desktop.core.unit import Unit
    from desktop.store.reader import Reader


class Timely(Enum):
    """How a unit stands to its deadline."""

    ON_TIME = "on_time"
    """按时: received on the last day or before."""
    LATE = "late"
    """迟报: received after it."""
    MISSING = "missing"
    """逾期未报: nothing was received, and the last day is over."""
    WAITING = "waiting"
    """未到期: nothing was received, and there is time."""
    NO_DEADLINE = "no_deadline"
    """No last day is set, so nothing is late."""
    NOT_JUDGED = "not_judged"
    """The unit handed in nothing: this ledger's own people typed it in."""


def day_of(moment: str) -> date:
    """Give the day of a moment, by the clock it was noted with."""
    return datetime.fromisoformat(moment).date()


def due(facts: BoardFacts, unit: str) -> date | None:
    """Give a unit's last day: the exception's, where one names a day."""
    grace = facts.grace.get(unit)
    if facts.deadline is None or grace is None or grace.until is None:
        return facts.deadline
    return max(facts.deadline, grace.until)


def judge(last: date | None, received: str, today: date) -> tuple[Timely, int]:
    """Tell how a unit stands to its last day, and how many days it is late."""
    if last is None:
        return Timely.NO_DEADLINE, 0
    day = day_of(received) if received else today
    late = max((day - last).days, 0)
    if received:
        return (Timely.LATE if late else Timely.ON_TIME), late
    return (Timely.MISSING if late else Timely.WAITING), late


def lock_verdict(ledger: Reader, period: str, unit: str, today: date) -> Message | None:
    """Say why a package of a unit may not be taken at present, or None: it may.

    A locked period takes what is late only by an exception recorded for the unit, or
    for one above it; or where it was sent back from here and its day is not over.

    Raises:
        StoreError: The ledger cannot be read.
    """
    choices = ledger.choices(period)
    facts = facts_of(choices)
    if not facts.locked or facts.deadline is None or today <= facts.deadline:
        return None
    units = {str(each.code): each for each in ledger.units()}
    for code in lineage_of(units, unit):
        grace = facts.grace.get(code)
        if grace is not None and _holds(grace.until, today):
            return None
    own = ledger.identity().ledger
    for slip in slips_in(choices).values():
        wanted = slip.edition and slip.about.unit == unit and slip.sender.ledger == own
        if wanted and _holds(_day(slip.due), today):
            return None
    known = units.get(unit)
    name = unit if known is None else known.name_in(period)
    return message("board.locked", unit=name, deadline=facts.deadline.isoformat())


def _holds(until: date | None, today: date) -> bool:
    return until is None or today <= until


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def lineage_of(units: Mapping[str, Unit], unit: str) -> Sequence[str]:
    """Give a unit's code and those above it that the ledger has, nearest first."""
    found = []
    code: str | None = unit
    while code is not None and code in units and code not in found:
        found.append(code)
        code = units[code].parent
    return found
