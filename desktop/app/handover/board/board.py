"""上报率: who was to hand in a period, and what came of it, by unit and by form.

Everything follows from what the ledger holds: its units, the journal of what was
received, the records, and what the county recorded (`board_facts`). How it is counted
is ours (本软件口径): no rule book says it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.handover.board.board_counts import Holdings
from desktop.app.handover.board.board_counts import read_carried
from desktop.app.handover.board.board_facts import facts_of
from desktop.app.handover.board.board_facts import recorded_by
from desktop.app.handover.board.board_lines import ANSWERED
from desktop.app.handover.board.board_lines import FROM_STATE
from desktop.app.handover.board.board_lines import HANDED_IN
from desktop.app.handover.board.board_lines import Arrived
from desktop.app.handover.board.board_lines import Back
from desktop.app.handover.board.board_lines import Board
from desktop.app.handover.board.board_lines import Came
from desktop.app.handover.board.board_lines import FormCell
from desktop.app.handover.board.board_lines import FormState
from desktop.app.handover.board.board_lines import FormSum
from desktop.app.handover.board.board_lines import LevelSum
from desktop.app.handover.board.board_lines import Line
from desktop.app.handover.board.board_lines import sums_of
from desktop.app.handover.board.expected import expected_units
from desktop.app.handover.board.lateness import Timely
from desktop.app.handover.board.lateness import due
from desktop.app.handover.board.lateness import judge
from desktop.app.handover.slips.receipts import PackageState
from desktop.app.handover.slips.receipts import states_of
from desktop.app.handover.slips.returning import tracked
from desktop.store.journal_rows import Became

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from desktop.app.handover.board.board_counts import Carried
    from desktop.app.handover.board.board_counts import Held
    from desktop.app.handover.board.board_facts import BoardFacts
    from desktop.app.handover.board.board_facts import Instead
    from desktop.app.handover.board.expected import Expected
    from desktop.app.progress import Steps
    from desktop.core.unit import Unit
    from desktop.core.unit import UnitLevel
    from desktop.forms.model import Form
    from desktop.store.journal_rows import Event
    from desktop.store.ledger import Ledger
    from desktop.store.reader import Reader


def board_of(
    ledger: Ledger, period: str, today: date, known: dict[str, Carried] | None = None
) -> Steps[Board]:
    """Put the board of a period together.

    `known` remembers what packages carry from one time to the next.

    Raises:
        StoreError: The ledger cannot be read.
    """
    carried = {} if known is None else known
    facts = facts_of(ledger.choices(period))
    arrived = _arrived(ledger, period)
    counting = [each.package.id for each in arrived if each.counts]
    yield from read_carried(ledger, counting, carried)
    spared = [form for form, said in facts.forms.items() if not said.asked]
    holdings = Holdings(ledger, period, spared)
    expected = expected_units(ledger.units(), period, facts.asked)
    states, backs = states_of(ledger, period), _backs(ledger, period)
    making = _Making(ledger, period, today, facts, holdings, carried)
    lines = tuple(
        replace(line, back=backs.get(line.unit.code, Back()))
        for line in making.lines(expected, arrived, states)
    )
    return Board(
        period,
        today,
        ledger.units()[0],
        facts,
        holdings.forms,
        lines,
        sums_of(lines),
        tuple(_levels(ledger.units()[1:], period, holdings)),
        tuple(_coverage(holdings.forms, lines)),
        recorded_by(ledger, period),
        holdings.spared,
    )


def _backs(ledger: Ledger, period: str) -> dict[str, Back]:
    """Tell what was sent back to each unit, as far as it went out."""
    sent: dict[str, dict[str, int]] = {}
    found: dict[str, Back] = {}
    for each in tracked(ledger, period):
        if not (each.ours and each.issued):
            continue
        unit = each.slip.about.unit
        sent.setdefault(unit, {})[each.slip.id] = each.slip.edition
        was = found.get(unit, Back())
        due = max(was.due, each.slip.due) if each.open else was.due
        found[unit] = Back(sum(sent[unit].values()), was.open + each.open, due)
    return found


def _arrived(ledger: Reader, period: str) -> list[Arrived]:
    """Give the packages of a period, in the order they came first."""
    first: dict[str, Event] = {}
    fate: dict[str, Became] = {}
    for event in ledger.journal():
        first.setdefault(event.package, event)
        fate[event.package] = event.became
    found = [
        Arrived(
            package,
            first[package.id].at,
            first[package.id].seq,
            first[package.id].who,
            fate[package.id] is Became.TAKEN,
        )
        for package in ledger.packages(period)
    ]
    return sorted(found, key=lambda each: each.seq)


class _Making:
    """Makes lines; what all of them rest on is read once."""

    def __init__(
        self,
        ledger: Reader,
        period: str,
        today: date,
        facts: BoardFacts,
        holdings: Holdings,
        carried: Mapping[str, Carried],
    ) -> None:
        self._units = {str(unit.code): unit for unit in ledger.units()}
        self._period = period
        self._today = today
        self._facts = facts
        self._holdings = holdings
        self._carried = carried

    def lines(
        self,
        expected: Iterable[Expected],
        arrived: Sequence[Arrived],
        states: Mapping[str, PackageState],
    ) -> Iterator[Line]:
        by_unit: dict[str, list[Arrived]] = {}
        below: dict[str, int] = {}
        for each in arrived:
            for code in each.package.units:
                by_unit.setdefault(code, []).append(each)
            if each.counts:
                for code in self._above(each.package.unit):
                    below[code] = below.get(code, 0) + 1
        for one in expected:
            code = one.unit.code
            yield self._line(one, by_unit.get(code, ()), below.get(code, 0), states)

    def _above(self, unit: str) -> Iterator[str]:
        known = self._units.get(unit)
        while known is not None and known.parent is not None:
            yield known.parent
            known = self._units.get(known.parent)

    def _line(
        self,
        expected: Expected,
        speaking: Sequence[Arrived],
        below: int,
        states: Mapping[str, PackageState],
    ) -> Line:
        code = expected.unit.code
        counting = sorted(
            (each for each in speaking if each.counts),
            key=lambda each: (each.package.made, each.seq),
        )
        newest = counting[-1] if counting else None
        came = self._came(code, newest, below, states)
        first = min(counting, key=lambda each: each.seq, default=None)
        last = due(self._facts, code)
        received = first.at if first is not None else ""
        timely, late = judge(last, received, self._today)
        if came is Came.TYPED:
            timely, late = Timely.NOT_JUDGED, 0
        return Line(
            expected=expected,
            name=expected.unit.name_in(self._period),
            came=came,
            timely=timely,
            late=late,
            due=last,
            cells=tuple(self._cells(code, counting, came)),
            first=first,
            counting=tuple(counting),
            below=below,
            aside=len(speaking) - len(counting),
            instead=self._instead(newest),
            by_other=self._other(code, newest),
            grace=self._facts.grace.get(code),
        )

    def _came(
        self,
        unit: str,
        newest: Arrived | None,
        below: int,
        states: Mapping[str, PackageState],
    ) -> Came:
        if newest is not None:
            state = states.get(newest.package.id, PackageState.RECEIVED)
            return FROM_STATE[state]
        if below:
            return Came.BELOW
        return Came.TYPED if self._holdings.begun(unit) else Came.NOTHING

    def _instead(self, newest: Arrived | None) -> Instead | None:
        return self._facts.instead.get(newest.package.id) if newest else None

    def _other(self, unit: str, newest: Arrived | None) -> str:
        if newest is None or newest.package.unit == unit:
            return ""
        other = self._units.get(newest.package.unit)
        return newest.package.unit if other is None else other.name_in(self._period)

    def _cells(
        self, unit: str, counting: Sequence[Arrived], came: Came
    ) -> Iterator[FormCell]:
        carried = [
            self._carried[each.package.id]
            for each in counting
            if each.package.id in self._carried
        ]
        forms = frozenset[str]().union(*(each.forms for each in carried))
        totals = frozenset[str]().union(*(each.totals for each in carried))
        for form in self._holdings.forms:
            held = self._holdings.of(unit, form.id)
            if counting and form.id not in forms:
                told = FormState.TOTALS if form.id in totals else FormState.NOT_CARRIED
                yield FormCell(told, held.records)
            else:
                yield FormCell(_state(held, came), held.records)


def _state(held: Held, came: Came) -> FormState:
    if held.nil:
        return FormState.NIL
    if came in HANDED_IN:
        return FormState.RECORDS if held.records else FormState.BLANK
    # What the period began with was carried over, and nobody has reported it.
    return FormState.RECORDS if held.written else FormState.NOTHING


# --- Sums --------------------------------------------------------------------


def _levels(
    units: Sequence[Unit], period: str, holdings: Holdings
) -> Iterator[LevelSum]:
    by_level: dict[UnitLevel, list[Unit]] = {}
    for unit in units:
        if unit.exists_in(period):
            by_level.setdefault(unit.level, []).append(unit)
    for level, some in by_level.items():
        yield LevelSum(level, len(some), holdings.present(some))


def _coverage(forms: Sequence[Form], lines: Iterable[Line]) -> Iterator[FormSum]:
    asked = [line for line in lines if line.asked]
    for place, form in enumerate(forms):
        states = [line.cells[place].state for line in asked]
        answered = sum(state in ANSWERED for state in states)
        nil = sum(state is FormState.NIL for state in states)
        yield FormSum(form, len(asked), answered, nil)
