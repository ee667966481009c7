"""分发采集表 as a value: what is asked of whom, and where it stands in the workbook.

`desktop.export.collection.writing` writes it; when the workbook comes back, its reader
finds the columns by the hidden row of names, and what it is by the hidden sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final

from desktop.export.xlsx.plan import sheet_names
from desktop.export.xlsx.rows import letter_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.core.cells import Cell
    from desktop.core.findings import Level
    from desktop.core.period import Period
    from desktop.export.collection.words import Demand
    from desktop.export.report import Shape
    from desktop.expr.parse import Expression
    from desktop.forms.fields import Field
    from desktop.forms.model import Form

MEMO: Final = "_采集"
"""The sheet nobody sees that says what the workbook is."""
LISTS: Final = "_选项"
"""The hidden sheet with the lists that cells choose from."""
KIND: Final = "taizhang-collection"
VERSION: Final = "1"
FACILITY_HEAD: Final = "_facility"
"""Name of the hidden column that says which facility a row is."""
UNIT_HEAD: Final = "unit"
"""Name of the column with the unit; `desktop.intake.header` knows it."""
ADVICE_ROWS: Final = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """One field that is asked for: what the form demands, its hint, its kind."""

    field: Field
    group: str
    shape: Shape
    demand: Demand
    hint: str


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule of one record; `fields` are the cells it marks, `words` say it."""

    check: Expression
    when: Expression | None
    fields: tuple[str, ...]
    level: Level
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row that is sent out: who it is, and what is known already.

    `fixed` are the fields that say who it is; they are locked.
    """

    facility: str
    unit: str
    cells: Mapping[str, Cell]
    fixed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Collection:
    """One workbook to send out.

    `lines` are the rows that are known, `spare` how many empty ones follow. `units` are
    the units a row may belong to, as they are written; `unit` is the code of the one
    the workbook was made for. `hidden` says of a field when it is asked for.
    """

    form: Form
    pack: str
    pack_version: str
    period: Period
    sender: str
    marks: str
    unit: str
    units: tuple[str, ...]
    asked: tuple[Asked, ...]
    rules: tuple[RowRule, ...]
    lines: tuple[Line, ...]
    spare: int
    hidden: tuple[tuple[str, Expression], ...] = ()
    name: str = ""
    """What the file is called, without its ending."""

    @property
    def plan(self) -> CollectionPlan:
        """Where everything stands."""
        [sheet] = sheet_names([self.form.title])
        return CollectionPlan(
            sheet,
            tuple(asked.field.id for asked in self.asked),
            len(self.lines) + self.spare,
        )

    @property
    def memo(self) -> dict[str, str]:
        """What the hidden sheet says."""
        return {
            "kind": KIND,
            "version": VERSION,
            "pack": self.pack,
            "pack_version": self.pack_version,
            "form": self.form.id,
            "period": self.period.code,
            "unit": self.unit,
            "sheet": self.plan.sheet,
        }


@dataclass(frozen=True, slots=True)
class CollectionPlan:
    """The places of one workbook; rows and columns count from 1.

    Column A says which facility a row is, B its unit, then come the fields.
    """

    sheet: str
    fields: tuple[str, ...]
    rows: int

    @property
    def groups(self) -> int:
        """Row of the groups' titles."""
        return ADVICE_ROWS + 3

    @property
    def titles(self) -> int:
        """Row of the fields' titles."""
        return self.groups + 1

    @property
    def demands(self) -> int:
        """Row that says what must be filled in."""
        return self.groups + 2

    @property
    def heads(self) -> int:
        """The hidden row of names, by which the columns are known again."""
        return self.groups + 3

    @property
    def first(self) -> int:
        """First row to fill in."""
        return self.groups + 4

    @property
    def last(self) -> int:
        """Last row to fill in."""
        return self.first + self.rows - 1

    @property
    def width(self) -> int:
        """Count of columns, the hidden one among them."""
        return 2 + len(self.fields)

    def column(self, field: str) -> int:
        """Give the column of a field, or of the unit."""
        return 2 if field == UNIT_HEAD else 3 + self.fields.index(field)

    def letters(self) -> Iterator[tuple[str, str]]:
        """Give the letter of each field's column."""
        for place, field in enumerate(self.fields, 3):
            yield field, letter_of(place)

    def cells(self) -> dict[str, str]:
        """Give the first cell of each field, as a row's conditions name it."""
        return {field: f"${letter}{self.first}" for field, letter in self.letters()}

    def down(self, column: int) -> str:
        """Name the cells of a column that are to be filled in."""
        letter = letter_of(column)
        return f"{letter}{self.first}:{letter}{self.last}"
