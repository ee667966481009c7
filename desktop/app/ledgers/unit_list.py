"""A list of units taken over from a table: who is new, renamed, moved, or missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.app.ledgers.unit_editing import unit_action
from desktop.core.changes import UnitChange
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.unit import ancestors_by_code
from desktop.core.unit import parse_unit_code
from desktop.core.unit_edits import UnitEdits
from desktop.core.unit_edits import made_unit
from desktop.forms.base import Domain
from desktop.forms.fields import TextField
from desktop.forms.model import Group
from desktop.forms.model import Roster
from desktop.intake.header import read_head

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from desktop.core.changes import Action
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.core.unit import UnitCode
    from desktop.core.unit_edits import Edit
    from desktop.core.words import Words
    from desktop.intake.header import Matching
    from desktop.intake.table import RawCell
    from desktop.intake.table import Source
    from desktop.intake.table import Table
    from desktop.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row nothing was made of, and why; rows count from 1."""

    row: int
    message: Message


@dataclass(frozen=True, slots=True)
class UnitListPlan:
    """What a list of units would do; `missing` are units it does not name.

    A unit that is not on the list is left as it is: whether it ended, and in which
    unit, is for a person to say.
    """

    changes: tuple[UnitChange, ...]
    missing: tuple[Unit, ...]
    refused: tuple[RefusedRow, ...]

    @property
    def added(self) -> tuple[Unit, ...]:
        """Units that the ledger does not have yet."""
        return tuple(
            change.after
            for change in self.changes
            if change.before is None and change.after is not None
        )

    @property
    def changed(self) -> tuple[tuple[Unit, Unit], ...]:
        """Units with another name or place, before and after."""
        return tuple(
            (change.before, change.after)
            for change in self.changes
            if change.before is not None and change.after is not None
        )


def plan_unit_list(
    ledger: Ledger, source: Source, period: Period
) -> UnitListPlan | Message:
    """Plan what the first table with codes and names would do to the units."""
    form = _form()
    pack = ledger.pack()
    for table in source.tables:
        matching = read_head(table, form, pack)
        if isinstance(matching, Message):
            continue
        if {"code", "name"} <= set(matching.by_column.values()):
            return _Planner(ledger.units(), period).plan(_rows(table, matching))
    return message("units.no_list", file=source.file)


def plan_words(say: Words, plan: UnitListPlan) -> str:
    """Say in one sentence what a list would do."""
    return say(
        "{added} new units, {changed} with another name or place, {missing} not on "
        "the list (left as they are), {refused} rows not taken.",
        added=len(plan.added),
        changed=len(plan.changed),
        missing=len(plan.missing),
        refused=len(plan.refused),
    )


def refused_lines(say: Words, plan: UnitListPlan) -> Iterator[str]:
    """Say of each row that was not taken why not."""
    for each in plan.refused:
        yield say("  Row {row}: {why}", row=each.row, why=say.message(each.message))


def unit_list_action(ledger: Ledger, plan: UnitListPlan) -> Action:
    """Turn a plan into one action."""
    return unit_action(ledger, plan.changes, message("units.action.list"))


def _form() -> Roster:
    """Describe the columns of such a list in the words that tables are read with."""
    columns = (
        ("code", "代码", ("单元代码", "区划代码", "行政区划代码", "编码", "code")),
        ("name", "名称", ("单元名称", "单位名称", "区划名称", "name")),
        ("parent", "上级代码", ("上级", "父级代码", "parent")),
        (
            "statistics_code",
            "统计用区划代码",
            ("统计代码", "统计用区划代码和城乡划分代码"),
        ),
    )
    fields = tuple(
        TextField(kind="text", id=name, title=title, aliases=aliases)
        for name, title, aliases in columns
    )
    return Roster(
        kind="roster",
        id="units",
        title="统计单元",
        domain=Domain.COMMUNITY,
        record="一个统计单元",
        name="name",
        groups=(Group(title="统计单元", fields=fields),),
    )


class _Planner:
    """Goes down a list, each row upon what the rows before it made."""

    def __init__(self, units: tuple[Unit, ...], period: Period) -> None:
        self._before = {unit.code: unit for unit in units}
        self._edits = UnitEdits(units, period)
        self._period = period.code
        self._named: set[UnitCode] = set()
        self._refused: list[RefusedRow] = []

    def plan(self, rows: Iterable[_Row]) -> UnitListPlan:
        for row in rows:
            fault = self._take(row)
            if fault is not None:
                self._refused.append(RefusedRow(row.number, fault))
        return UnitListPlan(
            tuple(
                UnitChange(unit.code, self._before.get(unit.code), unit)
                for unit in self._edits.units()
                if unit != self._before.get(unit.code)
            ),
            tuple(
                unit
                for unit in self._before.values()
                if unit.code not in self._named and unit.exists_in(self._period)
            ),
            tuple(self._refused),
        )

    def _take(self, row: _Row) -> Message | None:
        code = parse_unit_code(row.code)
        if code is None:
            return message("units.bad_code", code=row.code)
        self._named.add(code)
        known = self._edits.get(code) is not None
        steps = (self._rename, self._move) if known else (self._add,)
        for step in (*steps, self._note):
            edit = step(row, code)
            if isinstance(edit, Message):
                return edit
            self._edits.take(edit)
        return None

    def _add(self, row: _Row, code: UnitCode) -> Edit:
        above = (unit for unit in ancestors_by_code(code) if self._edits.get(unit))
        parent = parse_unit_code(row.parent) or next(above, None)
        if parent is None:
            return message("units.nowhere", code=code)
        return self._edits.add(made_unit(code, row.name, parent))

    def _rename(self, row: _Row, code: UnitCode) -> Edit:
        unit = self._edits.get(code)
        if unit is None or row.name in ("", unit.name):
            return ()
        return self._edits.rename(code, row.name)

    def _move(self, row: _Row, code: UnitCode) -> Edit:
        unit, parent = self._edits.get(code), parse_unit_code(row.parent)
        if unit is None or parent in (None, unit.parent):
            return ()
        return self._edits.transfer(code, parent)

    def _note(self, row: _Row, code: UnitCode) -> Edit:
        unit = self._edits.get(code)
        if unit is None or row.statistics_code in ("", code):
            return ()
        return self._edits.describe(
            code, statistics=row.statistics_code, virtual=unit.virtual
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the list, as text; blank where the table has nothing."""

    number: int
    code: str = ""
    name: str = ""
    parent: str = ""
    statistics_code: str = ""


def _rows(table: Table, matching: Matching) -> Iterator[_Row]:
    """Give the rows behind the head; those without a code and a name are no units."""
    for cells in table.rows:
        if cells[0].row > matching.header.last_row:
            row = _Row(cells[0].row, **dict(_named(cells, matching)))
            if row.code or row.name:
                yield row


def _named(cells: tuple[RawCell, ...], matching: Matching) -> Iterator[tuple[str, str]]:
    for cell in cells:
        target = matching.by_column.get(cell.column)
        if target in ("code", "name", "parent", "statistics_code"):
            yield target, cell.text.strip()
