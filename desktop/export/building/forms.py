"""Laying out a form's records as an official table: 基层表 or 综合表."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING
from typing import Protocol
from typing import assert_never

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.manifest import NUMBER
from desktop.core.manifest import UNIT_NAME
from desktop.export import wording
from desktop.export.report import CellKind
from desktop.export.report import Column
from desktop.export.report import FormTable
from desktop.export.report import Row
from desktop.export.report import Shape
from desktop.export.report import total_of
from desktop.forms.additive import adds
from desktop.forms.fields import Binding
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import ChoicesField
from desktop.forms.fields import CreditCodeField
from desktop.forms.fields import DateField
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.forms.fields import TelephoneField
from desktop.forms.fields import TextField
from desktop.forms.fields import UnitField
from desktop.forms.fields import YesNoField
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.core.changes import Cells
    from desktop.core.findings import Level
    from desktop.core.period import Period
    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.forms.model import UnitForm

DAY = re.compile(r"(\d{4})(?:[年.\-/]\s*(\d{1,2})(?:[月.\-/]\s*(\d{1,2}))?)?")
"""A day, a month or a year, as 有效期至 names it and as ISO 8601 does."""
UNITS_ACROSS = 6
"""With more units than this a 综合表 has a line a unit instead of a column a unit."""
MEASURES_NAMED = 4
"""With more measures than this the head says that each column names its own."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record: its unit's code and name, its cells by field id, whose it is."""

    unit: str
    unit_name: str
    cells: Cells
    facility: str = ""


class Holding(Protocol):
    """What a form's table is made from (`desktop.export.building.whole.Contents`)."""

    @property
    def period(self) -> Period:
        """Give the reporting period."""

    @property
    def unit_code(self) -> str:
        """Give the reporting unit's code."""

    @property
    def unit_name(self) -> str:
        """Give the reporting unit's name."""

    @property
    def records(self) -> Mapping[str, Sequence[RecordLine]]:
        """Give the records by form id."""

    @property
    def nil(self) -> frozenset[str]:
        """Give the forms with a nil return."""

    @property
    def made_at(self) -> str:
        """Give the time of the last change, beginning with the day as ISO has it."""


def form_table(
    pack: Pack, form: Form, holding: Holding, rules: Sequence[tuple[Level, str]]
) -> FormTable:
    """Lay out one form; `rules` are its 审核关系 in words with their level."""
    lines = tuple(holding.records.get(form.id, ()))
    year = holding.period.year
    sheet = _Sheet(pack, form, lines, year)
    stub, columns, rows = sheet.lay_out()
    totals = sheet.totals(stub, columns, rows)
    empty = wording.NIL_RETURN if form.id in holding.nil else wording.NOT_STARTED
    return FormTable(
        id=form.id,
        title=form.title,
        marks=_marks(form),
        header=_header(form, holding),
        measure=_measure(form),
        stub=stub,
        columns=columns,
        rows=rows,
        notes=tuple(_notes(form, rules, sheet.unfilled(columns, rows, totals))),
        wide_stub=sheet.wide_stub,
        totals=totals,
        empty=None if rows else empty,
        lapsed=form.legal is not None
        and lapsed(form.legal.valid_until, holding.made_at),
    )


def lapsed(until: str, made: str) -> bool:
    """Tell whether a 有效期 had ended on a day; a text without a year never ends."""
    end, day = DAY.search(until), DAY.match(made)
    if end is None or day is None:
        return False
    return _day(day) > _day(end)


def _day(found: re.Match[str]) -> tuple[int, int, int]:
    """Read year, month and day; what is not said is the last there is."""
    year, month, day = found.groups()
    return int(year), int(month or 12), int(day or 31)


def shape_of(pack: Pack, form: Form, found: Field) -> Shape:
    """Decide how a field's cells are written."""
    match found:
        case IntegerField():
            return Shape(CellKind.INTEGER)
        case DecimalField():
            return Shape(CellKind.DECIMAL, found.digits)
        case TextField():
            return Shape(CellKind.TEXT)
        case ChoiceField():
            return Shape(CellKind.TEXT, choices=pack.choices(form.id, found.id))
        case ChoicesField():
            return Shape(CellKind.CHOICES)
        case DateField():
            return Shape(CellKind.DATE)
        case YesNoField():
            return Shape(CellKind.YES_NO, choices=("是", "否"))
        case UnitField() | CreditCodeField() | TelephoneField():
            return Shape(CellKind.CODE)
        case _:
            assert_never(found)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One form with its records, on the way to a table."""

    pack: Pack
    form: Form
    lines: tuple[RecordLine, ...]
    year: int

    @property
    def wide_stub(self) -> int:
        """Say which stub column carries the names."""
        across = not isinstance(self.form, Roster) and self.across
        return 0 if across else 1

    @property
    def across(self) -> bool:
        """Whether the units are the columns of a 综合表."""
        return len({line.unit for line in self.lines}) <= UNITS_ACROSS

    def lay_out(
        self,
    ) -> tuple[tuple[Column, ...], tuple[Column, ...], tuple[Row, ...]]:
        """Give stub, columns and rows."""
        if isinstance(self.form, Roster):
            return self._down(self._roster_stub(self.form))
        if self.across:
            return self._across(self.form)
        return self._down((("单位名称", None),))

    def _roster_stub(self, form: Roster) -> tuple[tuple[str, str | None], ...]:
        named: list[tuple[str, str | None]] = []
        named.append((form.by_id[form.name].title, form.name))
        if form.code is not None:
            named.append((form.by_id[form.code].title, form.code))
        if len({line.unit for line in self.lines}) > 1:
            named.append(("填报单位", None))
        return tuple(named)

    def _down(
        self, named: tuple[tuple[str, str | None], ...]
    ) -> tuple[tuple[Column, ...], tuple[Column, ...], tuple[Row, ...]]:
        """One line a record: the stub names it, every other field is a column."""
        marks = wording.letters()
        stub = (
            Column(NUMBER, "序号", next(marks)),
            *(Column(id_ or UNIT_NAME, title, next(marks)) for title, id_ in named),
        )
        taken = {id_ for _, id_ in named}
        numbers = map(str, count(1))
        columns = tuple(
            self._column(found, group, next(numbers if numeric else marks))
            for found, group, numeric in self._fields()
            if found.id not in taken
        )
        rows = tuple(
            Row(
                (str(place), *(self._name(line, id_) for _, id_ in named)),
                tuple(self._cell(line, column.id) for column in columns),
                key=line.facility,
                unit=line.unit,
            )
            for place, line in enumerate(self.lines, 1)
        )
        return stub, columns, rows

    def _across(
        self, form: UnitForm
    ) -> tuple[tuple[Column, ...], tuple[Column, ...], tuple[Row, ...]]:
        """One line a field, one column a unit."""
        stub = (
            Column("", "指标名称", "甲"),
            Column("", "计量单位", "乙"),
            Column("", "代码", "丙"),
        )
        names = [(line.unit, line.unit_name) for line in self.lines] or [("", "本期")]
        columns = tuple(
            Column(unit, name, str(place))
            for place, (unit, name) in enumerate(names, 1)
        )
        rows = tuple(self._field_rows(form)) if self.lines else ()
        return stub, columns, rows

    def _field_rows(self, form: UnitForm) -> Iterator[Row]:
        code = count(1)
        blank = (BLANK,) * len(self.lines)
        for group in form.groups:
            if len(form.groups) > 1:
                yield Row((group.title, "", ""), blank, heading=True)
            for found in group.fields:
                yield Row(
                    (found.title, found.measure or "—", f"{next(code):02d}"),
                    tuple(self._cell(line, found.id) for line in self.lines),
                    shape_of(self.pack, form, found),
                    key=found.id,
                )

    def _fields(self) -> Iterator[tuple[Field, str | None, bool]]:
        several = len(self.form.groups) > 1
        for group in self.form.groups:
            for found in group.fields:
                numeric = shape_of(self.pack, self.form, found).numeric
                yield found, group.title if several else None, numeric

    def _column(self, found: Field, group: str | None, number: str) -> Column:
        shape = shape_of(self.pack, self.form, found)
        return Column(found.id, found.title, number, shape, found.measure, group)

    def _name(self, line: RecordLine, id_: str | None) -> str:
        if id_ is None:
            return line.unit_name
        shape = shape_of(self.pack, self.form, self.form.by_id[id_])
        return wording.say(self._cell(line, id_), shape)

    def _cell(self, line: RecordLine, id_: str) -> Cell:
        """Give a cell; one that repeats what the ledger knows comes from there."""
        held = line.cells.get(id_, BLANK)
        if held is not BLANK:
            return held
        match self.form.by_id[id_].binds:
            case Binding.UNIT_CODE:
                return line.unit
            case Binding.UNIT_NAME:
                return line.unit_name
            case Binding.PERIOD_YEAR:
                return self.year
            case _:
                return BLANK

    def totals(
        self,
        stub: tuple[Column, ...],
        columns: tuple[Column, ...],
        rows: tuple[Row, ...],
    ) -> Row | None:
        """Add up the columns that count things, over the lines of a 基层表."""
        if not isinstance(self.form, Roster) or not rows:
            return None
        cells = tuple(
            total_of(tuple(row.cells[place] for row in rows))
            if self._adds_up(column)
            else BLANK
            for place, column in enumerate(columns)
        )
        if all(cell is BLANK for cell in cells):
            return None
        return Row(("", wording.TOTAL, *("",) * (len(stub) - 2)), cells)

    def unfilled(
        self,
        columns: tuple[Column, ...],
        rows: tuple[Row, ...],
        totals: Row | None,
    ) -> tuple[str, ...]:
        """Say how many cells of each summed column hold no number."""
        if totals is None:
            return ()
        return tuple(
            f"{column.title} {holes} 处"
            for place, column in enumerate(columns)
            if self._adds_up(column)
            and (holes := sum(_open(row.cells[place]) for row in rows))
        )

    def _adds_up(self, column: Column) -> bool:
        """Tell whether a column counts things, and the pack does not say otherwise."""
        counts = column.shape.kind is CellKind.INTEGER
        measured = column.measure in wording.COUNTING_MEASURES
        return counts and measured and adds(self.form.by_id[column.id])


def _open(cell: Cell) -> bool:
    return cell in {Absent.BLANK, Absent.UNKNOWN}


def _marks(form: Form) -> tuple[tuple[str, str], ...]:
    legal = form.legal
    if legal is None:
        return ()
    return (
        ("表　　号", legal.form_number),
        ("制定机关", legal.authority),
        ("批准机关", legal.approval_authority),
        ("批准文号", legal.approval_number),
        (wording.VALID_UNTIL, legal.valid_until),
    )


def _header(form: Form, holding: Holding) -> tuple[str, ...]:
    reporter = "填报单位" if isinstance(form, Roster) else "综合机关名称"
    return (
        f"{reporter}：{holding.unit_name}",
        f"行政区划代码：{holding.unit_code}",
    )


def _measure(form: Form) -> str:
    measures = list(dict.fromkeys(f.measure for f in form.fields if f.measure))
    if not measures:
        return "—"
    return "、".join(measures) if len(measures) <= MEASURES_NAMED else "见各栏"


def _notes(
    form: Form, rules: Sequence[tuple[Level, str]], unfilled: tuple[str, ...]
) -> Iterator[str]:
    place = count(1)
    yield f"{next(place)}．本表每条记录：{form.record}。".replace("。。", "。")
    for note in form.notes:
        yield f"{next(place)}．{note}"
    if unfilled:
        holes = "、".join(unfilled)
        yield f"{next(place)}．合计只含已填报的数；空白或不详未计入：{holes}。"
    if rules:
        yield f"{next(place)}．{wording.RULES}"
        for number, (level, words) in enumerate(rules, 1):
            yield f"（{number}）〔{wording.LEVELS[level]}〕{words}"
