"""及时与质量得分: a formula of ours (本软件口径), always shown with its sum.

Out of 100: 50 for being on time, 50 for what was handed in. Every part says what was
counted, what each costs and at most how much, so that anybody can add it up again.
`WEIGHTS` is the one place where the numbers stand.
"""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.audit.standing import Standing
from desktop.app.audit.standing import said_in
from desktop.app.handover.board.board_lines import ANSWERED
from desktop.app.handover.board.lateness import Timely
from desktop.core.findings import Level
from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.handover.board.board_lines import Line
    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.store.ledger import Ledger

TIMELY: Final = 50
"""Points for being on time."""
QUALITY: Final = 50
"""Points for what was handed in."""


class Part(Enum):
    """What takes points off."""

    LATE = "late"
    """Days late."""
    RETURNED = "returned"
    """Times it was sent back."""
    ERRORS = "errors"
    """Open 强制性 findings."""
    UNEXPLAINED = "unexplained"
    """核实性 findings without an explanation that holds."""
    UNANSWERED = "unanswered"
    """Forms that have neither a record nor a nil return (零报告)."""


@frozen
class Weight:
    """What one of a kind costs, and the most that the kind can cost."""

    each: int
    most: int


WEIGHTS: Final[Mapping[Part, Weight]] = {
    Part.LATE: Weight(5, TIMELY),
    Part.RETURNED: Weight(10, 20),
    Part.ERRORS: Weight(2, 20),
    Part.UNEXPLAINED: Weight(1, 10),
    Part.UNANSWERED: Weight(5, 20),
}


@frozen
class Open:
    """What the audit finds in a unit and below that nobody has mended or explained."""

    errors: int = 0
    unexplained: int = 0


@frozen
class Deduction:
    """One part of a score: `count` times what each costs, up to the most."""

    part: Part
    count: int

    @property
    def points(self) -> int:
        """Points it takes off."""
        weight = WEIGHTS[self.part]
        return min(self.count * weight.each, weight.most)


@frozen
class Score:
    """A unit's score; without a last day `timely` and `total` are None."""

    timely: int | None
    quality: int
    deductions: tuple[Deduction, ...]

    @property
    def total(self) -> int | None:
        """Both together."""
        return None if self.timely is None else self.timely + self.quality


def score_of(line: Line, found: Open) -> Score | None:
    """Give the score of a unit, or None where nothing can be said of it.

    What is not due yet has no score, nor has what this ledger's own people typed in;
    what is overdue has none of its points.
    """
    if not line.asked or line.timely in (Timely.WAITING, Timely.NOT_JUDGED):
        return None
    if not line.handed_in:
        return None if line.timely is Timely.NO_DEADLINE else Score(0, 0, ())
    deductions = tuple(_deductions(line, found))
    quality = sum(each.points for each in deductions if each.part is not Part.LATE)
    late = sum(each.points for each in deductions if each.part is Part.LATE)
    timely = None if line.timely is Timely.NO_DEADLINE else TIMELY - late
    return Score(timely, max(QUALITY - quality, 0), deductions)


def _deductions(line: Line, found: Open) -> Iterator[Deduction]:
    blank = sum(cell.state not in ANSWERED for cell in line.cells)
    yield Deduction(Part.LATE, line.late)
    yield Deduction(Part.RETURNED, line.back.times)
    yield Deduction(Part.ERRORS, found.errors)
    yield Deduction(Part.UNEXPLAINED, found.unexplained)
    yield Deduction(Part.UNANSWERED, blank)


def open_by_unit(
    ledger: Ledger, period: str, findings: Iterable[Finding]
) -> dict[str, Open]:
    """Count what is open by unit, each with everything below it.

    Raises:
        StoreError: The ledger cannot be read.
    """
    every = tuple(findings)
    holding = _holding(ledger, period, every)
    parents = {str(unit.code): unit.parent for unit in ledger.units()}
    found: dict[str, Open] = {}
    for each in every:
        error = each.level is Level.ERROR
        spot = (each.form, each.record, each.rule)
        soft = each.level is Level.WARNING and spot not in holding
        code: str | None = each.unit
        while (error or soft) and code is not None and code in parents:
            one = found.get(code, Open())
            found[code] = Open(one.errors + error, one.unexplained + soft)
            code = parents[code]
    return found


def _holding(
    ledger: Ledger, period: str, findings: Iterable[Finding]
) -> set[tuple[str, RecordId | None, str]]:
    """Give form, record and rule of every explanation that holds."""
    found: dict[str, dict[RecordId, list[Finding]]] = {}
    for each in findings:
        if each.level is Level.WARNING and each.record is not None:
            records = found.setdefault(each.form, {})
            records.setdefault(each.record, []).append(each)
    demands = ledger.pack(period).explanations
    holding: set[tuple[str, RecordId | None, str]] = set()
    for form, records in found.items():
        of = partial(_of, records)
        said = said_in(ledger, (form, period), demands, of)
        holding.update(
            spot for spot, one in said.items() if one.standing is Standing.STANDS
        )
    return holding


def _of(
    found: Mapping[RecordId, Sequence[Finding]], record: RecordId
) -> Sequence[Finding]:
    return found.get(record, ())
