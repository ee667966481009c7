"""Which unit a row belongs to, by what its unit column says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import assert_never

from desktop.core.layout import UNIT
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.unit_match import Candidates
from desktop.core.unit_match import Matched
from desktop.core.unit_match import NoMatch
from desktop.core.unit_match import UnitMatcher
from desktop.intake.cleaning import RepairKind
from desktop.intake.cleaning import clean_text
from desktop.intake.plan_values import UnitFrom
from desktop.intake.repair import CellProblem
from desktop.intake.repair import Repair

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.unit import Unit
    from desktop.core.unit import UnitCode
    from desktop.intake.plan_values import ImportContext
    from desktop.intake.table import RawCell

_SHOWN: int = 5


@dataclass(frozen=True, slots=True)
class Place:
    """The unit of a row, and how it came to it.

    `named` is the unit the table names for certain. `problem` keeps the row back: it
    names a unit this ledger has nothing like, so it may belong to another ledger.
    """

    unit: UnitCode
    how: UnitFrom
    named: UnitCode | None = None
    repair: Repair | None = None
    unfit: CellProblem | None = None
    problem: Message | None = None


class Places:
    """Finds the unit of rows."""

    def __init__(self, context: ImportContext, said: Mapping[str, str]) -> None:
        """Take the ledger, and the units a person named for texts of the table."""
        self._root = context.root
        self._matcher = UnitMatcher(context.units)
        known = {unit.code: unit for unit in context.units}
        self._said: dict[str, Unit] = {
            text: known[code]  # type: ignore[index]  # a text that may be no code
            for text, code in said.items()
            if code in known
        }

    def of(self, cell: RawCell | None) -> Place:
        """Find the unit that a cell of the unit column means."""
        text = clean_text(cell.text) if cell else ""
        if cell is None or not text:
            return Place(self._root, UnitFrom.ROOT)
        if text in self._said:
            code = self._said[text].code
            return Place(code, UnitFrom.PERSON, named=code)
        match self._matcher.match(text):
            case Matched(unit, exact):
                repair = Repair(
                    cell.address, UNIT, cell.text, unit.name, RepairKind.UNIT_NAME
                )
                shown = None if exact else repair
                return Place(unit.code, UnitFrom.TABLE, named=unit.code, repair=shown)
            case Candidates(units):
                names = "、".join(unit.name for unit in units[:_SHOWN])
                why = message("intake.cell.unit_unsure", candidates=names)
                unfit = CellProblem(cell.address, UNIT, text, why)
                return Place(self._root, UnitFrom.UNSURE, unfit=unfit)
            case NoMatch():
                problem = message("intake.row.unknown_unit", text=text)
                return Place(self._root, UnitFrom.ROOT, problem=problem)
            case never:
                assert_never(never)
