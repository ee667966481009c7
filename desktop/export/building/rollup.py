"""Laying a roll-up out as a table: a line a unit, a column a field that adds up."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from desktop.core.cells import BLANK
from desktop.core.manifest import NAME
from desktop.core.manifest import UNIT
from desktop.core.rounding import Printed
from desktop.core.rounding import Scale
from desktop.core.rounding import printed
from desktop.export import wording
from desktop.export.building.forms import MEASURES_NAMED
from desktop.export.report import CellKind
from desktop.export.report import Column
from desktop.export.report import FormTable
from desktop.export.report import Row
from desktop.export.report import Shape
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.indicators.rolled import Breadth
from desktop.indicators.rolled import RowKind
from desktop.indicators.rolled import printed_values

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from decimal import Decimal

    from desktop.core.unit import Unit
    from desktop.forms.additive import Additive
    from desktop.indicators.rolled import Rolled
    from desktop.indicators.rolled import RolledRow

INDENT: Final = "　"
OWN: Final = "本级"
NOT_COUNTED: Final = "＊"
"""Marks a unit that is no part of the line above."""
BREADTHS: Final[Mapping[Breadth, str]] = {
    Breadth.FULL: "完全汇总：含本级和以下各级单位的记录。",
    Breadth.NODE: "节点汇总：只含本级和直接下级单位自己的记录，不含再下级。",
}
UNITS_NAMED: Final = 12
"""With more units that have not begun than this, only their number is printed."""


@dataclass(frozen=True, slots=True)
class Printing:
    """In what numbers a roll-up is printed; `digits` are those of scaled numbers."""

    scale: Scale = Scale.ONE
    digits: int = 2


@dataclass(frozen=True, slots=True)
class RolledColumn:
    """A field as a column: what its numbers are divided by, and their decimals."""

    source: Additive
    group: str
    printed: Printed
    digits: int

    @property
    def title(self) -> str:
        """Title of the field."""
        return self.source.field.title

    @property
    def shape(self) -> Shape:
        """How its cells are written."""
        if self.digits:
            return Shape(CellKind.DECIMAL, self.digits)
        return Shape(CellKind.INTEGER)


@dataclass(frozen=True, slots=True)
class RolledLine:
    """A line as it is shown; the first is the total."""

    row: RolledRow
    depth: int
    label: str
    cells: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class RolledSheet:
    """A roll-up put into numbers for print."""

    rolled: Rolled
    printing: Printing
    columns: tuple[RolledColumn, ...]
    lines: tuple[RolledLine, ...]

    @property
    def counts_some(self) -> bool:
        """Whether a condition says which records count."""
        return self.rolled.plan.counted is not None


def rollup_id(form: str) -> str:
    """Give the id of the table by unit of a form."""
    return f"rollup-{form}"


def rolled_sheet(rolled: Rolled, printing: Printing) -> RolledSheet:
    """Round a roll-up for print, so that parts add up to totals."""
    columns = tuple(_columns(rolled, printing))
    shown = [
        printed_values(rolled, place, column.printed.divisor, column.digits)
        for place, column in enumerate(columns)
    ]
    lines = tuple(
        RolledLine(row, depth, _label(row), tuple(values[number] for values in shown))
        for number, (row, depth) in enumerate(rolled.top.walk())
    )
    return RolledSheet(rolled, printing, columns, lines)


def _columns(rolled: Rolled, printing: Printing) -> Iterator[RolledColumn]:
    form = rolled.plan.form
    groups = {field.id: group.title for group in form.groups for field in group.fields}
    for source in rolled.plan.fields:
        field = source.field
        scaled = Printed(1, field.measure)
        if source.amount:
            scaled = printed(printing.scale, field.measure)
        digits = source.digits if scaled.divisor == 1 else printing.digits
        yield RolledColumn(source, groups[field.id], scaled, digits)


def _label(row: RolledRow) -> str:
    match row.kind:
        case RowKind.TOTAL:
            return wording.TOTAL
        case RowKind.OWN:
            return f"{row.unit.name}{OWN}"
        case RowKind.UNIT:
            return row.unit.name if row.counts else f"{row.unit.name}{NOT_COUNTED}"
        case _:
            assert_never(row.kind)


def rollup_table(sheet: RolledSheet) -> FormTable:
    """Lay a roll-up out as 分地区汇总表, the total at its foot."""
    form, root = sheet.rolled.plan.form, sheet.rolled.top.unit
    rows = tuple(_row(sheet, line) for line in sheet.lines)
    begun = sheet.rolled.top.figures.started
    return FormTable(
        id=rollup_id(form.id),
        title=f"{form.title}{wording.BY_UNIT}",
        marks=(),
        header=_header(root),
        measure=_measure(sheet.columns),
        stub=(Column(NAME, "单位名称", "甲"), Column(UNIT, "行政区划代码", "乙")),
        columns=tuple(_heads(sheet)),
        rows=rows[1:] if begun else (),
        notes=tuple(numbered(_notes(sheet))),
        totals=rows[0] if begun else None,
        empty=None if begun and rows[1:] else _empty(begun=begun),
    )


def _empty(*, begun: bool) -> str:
    return wording.NO_UNITS_BELOW if begun else wording.NOT_STARTED


def _header(root: Unit) -> tuple[str, ...]:
    return (f"综合机关名称：{root.name}", f"行政区划代码：{root.code}")


def _measure(columns: Sequence[RolledColumn]) -> str:
    measures = (column.printed.measure for column in columns)
    named = list(dict.fromkeys(measure for measure in measures if measure))
    return "、".join(named) if 0 < len(named) <= MEASURES_NAMED else "见各栏"


def _heads(sheet: RolledSheet) -> Iterator[Column]:
    numbers = map(str, count(1))
    whole = Shape(CellKind.INTEGER)
    yield Column("", "记录数", next(numbers), whole, "条")
    if sheet.counts_some:
        yield Column("", "其中：计入汇总", next(numbers), whole, "条")
    several = len(sheet.rolled.plan.form.groups) > 1
    for column in sheet.columns:
        yield Column(
            column.source.field.id,
            column.title,
            next(numbers),
            column.shape,
            column.printed.measure,
            column.group if several else None,
        )


def _row(sheet: RolledSheet, line: RolledLine) -> Row:
    figures = line.row.figures
    known: list[Decimal | int | None] = [figures.records]
    if sheet.counts_some:
        known.append(figures.counted)
    if not figures.started:
        known = [None] * len(known)
    label = INDENT * max(line.depth - 1, 0) + line.label
    cells = tuple(BLANK if value is None else value for value in (*known, *line.cells))
    return Row((label, line.row.unit.code), cells)


def notes_of(sheet: RolledSheet) -> tuple[str, ...]:
    """Say what a roll-up rests on and what it leaves out."""
    return tuple(_notes(sheet))


def numbered(notes: Iterator[str]) -> Iterator[str]:
    """Put numbers before notes, as forms do."""
    return (f"{place}．{note}" for place, note in enumerate(notes, 1))


def _notes(sheet: RolledSheet) -> Iterator[str]:
    rolled = sheet.rolled
    yield BREADTHS[rolled.breadth]
    yield from _left_out(sheet)
    holes = "、".join(
        f"{column.title} {total.blank} 条"
        for column, total in zip(sheet.columns, rolled.top.figures.totals, strict=True)
        if total.blank
    )
    if holes:
        yield (
            "合计只含已填报的数。下列各栏所依据的记录中有的没有数（空白、不详或不适用），"
            f"没有按 0 计：{holes}。"
        )
    again = "、".join(one.title for one in sheet.columns if one.source.field.computed)
    if again:
        yield f"{again}按汇总后的数重新计算。"
    yield from _rounding(sheet)
    apart = "、".join(_apart(sheet))
    if apart:
        yield f"下列数值项不能相加，没有列入：{apart}。"


def _left_out(sheet: RolledSheet) -> Iterator[str]:
    """Say which records, and which units, are not in the total."""
    rolled = sheet.rolled
    figures, waiting = rolled.top.figures, rolled.waiting
    if sheet.counts_some:
        others, words = figures.records - figures.counted, rolled.plan.counted
        left = f"；另有 {others} 条未计入" if others else ""
        yield f"只汇总符合下列条件的记录：{words}{left}。"
    if waiting:
        names = "、".join(unit.name for unit in waiting)
        named = f"：{names}" if len(waiting) <= UNITS_NAMED else ""
        yield f"有 {len(waiting)} 个下级单位尚未填报，没有按 0 计{named}。"
    if any(not line.row.counts for line in sheet.lines):
        yield f"标“{NOT_COUNTED}”的单位已包含在上级单位的记录中，不再计入合计。"


def _rounding(sheet: RolledSheet) -> Iterator[str]:
    scaled = [one for one in sheet.columns if one.printed.divisor > 1]
    if scaled:
        measures = "、".join(dict.fromkeys(str(one.printed.measure) for one in scaled))
        yield (
            f"以{measures}为单位的数经过舍位平衡：各分项之和等于合计，"
            "每个数与实际数之差小于末位的 1 个单位。"
        )


def _apart(sheet: RolledSheet) -> Iterator[str]:
    shown = {column.source.field.id for column in sheet.columns}
    for field in sheet.rolled.plan.form.fields:
        number = isinstance(field, IntegerField | DecimalField)
        if number and field.id not in shown and field.binds is None:
            yield field.title
