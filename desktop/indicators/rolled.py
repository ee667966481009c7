"""A form's figures by unit, as a tree whose parts add up (节点汇总, 完全汇总)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from desktop.core.rounding import Sum
from desktop.core.rounding import balanced
from desktop.core.rounding import rounded
from desktop.forms.model import Nesting
from desktop.forms.model import UnitForm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from decimal import Decimal

    from desktop.core.unit import Unit
    from desktop.indicators.totals import TotalsPlan
    from desktop.indicators.totals import UnitTotals


class Breadth(Enum):
    """How far down a roll-up looks."""

    FULL = "full"
    """完全汇总: everything below."""
    NODE = "node"
    """节点汇总: the unit's own records and those of the units directly below."""


class RowKind(Enum):
    """What a line of a roll-up speaks of."""

    TOTAL = "total"
    """The unit asked about, with all that is looked at."""
    UNIT = "unit"
    """A unit below it."""
    OWN = "own"
    """The records a unit keeps by itself, beside those of the units below (本级)."""


@dataclass(frozen=True, slots=True)
class RolledRow:
    """A line: the unit, its figures, and the lines below that it is made of.

    `counts` is False where a record of a unit above speaks for this one, so that it is
    no part of the line above.
    """

    unit: Unit
    kind: RowKind
    figures: UnitTotals
    below: tuple[RolledRow, ...] = ()
    counts: bool = True

    def walk(self, depth: int = 0) -> Iterator[tuple[RolledRow, int]]:
        """Yield the line and those below it, from the top down, with their depth."""
        yield self, depth
        for row in self.below:
            yield from row.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class Rolled:
    """A form added up for a unit: `top` is the total, its parts lie below."""

    plan: TotalsPlan
    breadth: Breadth
    top: RolledRow

    @property
    def waiting(self) -> tuple[Unit, ...]:
        """Units directly below that have not begun the form."""
        return tuple(
            row.unit
            for row in self.top.below
            if row.kind is RowKind.UNIT and row.counts and not row.figures.started
        )


@dataclass(frozen=True, slots=True)
class Extent:
    """What is added up: the unit, how far down, and how many levels have lines."""

    root: Unit
    breadth: Breadth = Breadth.FULL
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Answered:
    """What the statements of a plan answered for one unit."""

    full: Mapping[str, UnitTotals]
    own: Mapping[str, UnitTotals]
    near: UnitTotals


def roll_up(
    plan: TotalsPlan, units: Sequence[Unit], answered: Answered, extent: Extent
) -> Rolled:
    """Arrange answers as a tree of lines."""
    below: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.parent is not None:
            below.setdefault(unit.parent, []).append(unit)
    tree = _Tree(plan, below, answered)
    if extent.breadth is Breadth.NODE:
        return Rolled(plan, extent.breadth, tree.near(extent.root))
    top = tree.row(extent.root, RowKind.TOTAL, extent.depth, covered=False)
    return Rolled(plan, extent.breadth, top)


@dataclass(frozen=True, slots=True)
class _Tree:
    plan: TotalsPlan
    below: Mapping[str, Sequence[Unit]]
    answered: Answered

    def row(self, unit: Unit, kind: RowKind, depth: int, *, covered: bool) -> RolledRow:
        """Give a unit's line with those below it."""
        figures = self.answered.full[unit.code]
        if depth == 0:
            return RolledRow(unit, kind, figures, counts=not covered)
        speaks = self._speaks(unit)
        parts = [
            self.row(each, RowKind.UNIT, depth - 1, covered=speaks)
            for each in self.below.get(unit.code, ())
        ]
        return RolledRow(
            unit, kind, figures, self._with_own(unit, parts), counts=not covered
        )

    def near(self, root: Unit) -> RolledRow:
        """Give a unit's line with the own records of those directly below."""
        own, speaks = self.answered.own, self._speaks(root)
        parts = [
            RolledRow(each, RowKind.UNIT, own[each.code], counts=not speaks)
            for each in self.below.get(root.code, ())
        ]
        below = self._with_own(root, parts)
        return RolledRow(root, RowKind.TOTAL, self.answered.near, below)

    def _speaks(self, unit: Unit) -> bool:
        """Tell whether a unit's record covers the units below."""
        form = self.plan.form
        top = isinstance(form, UnitForm) and form.nesting is Nesting.TOP
        return top and self.answered.own[unit.code].records > 0

    def _with_own(
        self, unit: Unit, parts: Sequence[RolledRow]
    ) -> tuple[RolledRow, ...]:
        own = self.answered.own[unit.code]
        if not own.records:
            return tuple(parts)
        return (RolledRow(unit, RowKind.OWN, own), *parts)


def printed_values(
    rolled: Rolled, place: int, divisor: int, digits: int
) -> tuple[Decimal | None, ...]:
    """Round a field's values for print, line by line from the top down.

    Parts add up to their totals. Where something stands between a total and its parts,
    such as a record without a number, the parts are rounded each by itself.
    """
    amount = rolled.plan.fields[place].amount
    return tuple(_Rounding(place, divisor, digits, amount).begun(rolled.top))


@dataclass(frozen=True, slots=True)
class _Rounding:
    """Rounds one field of a tree; ratios have no parts."""

    place: int
    divisor: int
    digits: int
    amount: bool

    def begun(self, row: RolledRow) -> Iterator[Decimal | None]:
        """Round a line that is no part of a sum, and those below it."""
        value = self._value(row)
        if value is not None and self.amount:
            tree = balanced(self._sum(row, value), self.divisor, self.digits)
            yield from self._shared(row, tree)
            return
        yield None if value is None else rounded(value, 1, self.digits)
        for part in row.below:
            yield from self.begun(part)

    def _shared(self, row: RolledRow, tree: Sum) -> Iterator[Decimal | None]:
        """Give a line its share, and its parts theirs."""
        yield tree.value
        shares = iter(tree.parts)
        for part in row.below:
            if tree.parts and self._is_part(part):
                yield from self._shared(part, next(shares))
            else:
                yield from self.begun(part)

    def _sum(self, row: RolledRow, value: Decimal) -> Sum:
        parts = tuple(
            self._sum(part, known)
            for part in row.below
            if self._is_part(part) and (known := self._value(part)) is not None
        )
        adds_up = sum(part.value for part in parts) == value
        return Sum(value, parts if adds_up else ())

    def _is_part(self, row: RolledRow) -> bool:
        return row.counts and self._value(row) is not None

    def _value(self, row: RolledRow) -> Decimal | None:
        return row.figures.totals[self.place].value
