"""The report as a value: everything it says, before any format is chosen.

`desktop.export.building.whole` makes a `Report` from a pack and a unit's data; the
workbook and the PDF both render it, and `desktop.export.reread` holds the files against
it.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from desktop.core.cells import BLANK
from desktop.core.manifest import digest_of
from desktop.core.manifest import short_code

if TYPE_CHECKING:
    from desktop.core.cells import Cell
    from desktop.core.findings import Level
    from desktop.core.findings import Outcome
    from desktop.core.manifest import Signature
    from desktop.core.manifest import Stamp
    from desktop.export.chart.data import Chart


class CellKind(Enum):
    """How a cell's content is written."""

    TEXT = "text"
    CODE = "code"
    """Digits that are no number: codes, telephone numbers."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICES = "choices"


class Chapter(Enum):
    """A part of a report that may be left out."""

    PREFACE = "preface"
    INDICATORS = "indicators"
    CHARTS = "charts"
    FINDINGS = "findings"
    DEFINITIONS = "definitions"


@dataclass(frozen=True, slots=True)
class Shape:
    """Kind of the cells of a column or row, decimals, and the choices if limited."""

    kind: CellKind = CellKind.TEXT
    digits: int = 0
    choices: tuple[str, ...] = ()

    @property
    def numeric(self) -> bool:
        """Whether the cells are numbers."""
        return self.kind is CellKind.INTEGER or self.kind is CellKind.DECIMAL


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a form: `number` is its mark in the row 甲 乙 1 2."""

    id: str
    title: str
    number: str
    shape: Shape = Shape()
    measure: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a form: the stub's words, then a cell a column.

    `shape` is set where the kind belongs to the line and not to the column, as in a
    综合表, whose lines are the fields. A `heading` names the lines below it and has
    no cells. `key` and `unit` are not printed: the facility whose record it is and its
    unit's code; in a 综合表 the field.
    """

    stub: tuple[str, ...]
    cells: tuple[Cell, ...]
    shape: Shape | None = None
    heading: bool = False
    key: str = field(default="", compare=False)
    unit: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class FormTable:
    """A form as it is printed.

    `marks` are the legal marks, label and value; without them the form is printed as
    工作用表. `header` are the lines at the top left. `wide_stub` is the stub column
    that carries the names. `empty` is the sentence that stands for a table without
    rows. `totals` sums the columns that count things. `lapsed` tells that the form's
    有效期 had ended when the report came to be.
    """

    id: str
    title: str
    marks: tuple[tuple[str, str], ...]
    header: tuple[str, ...]
    measure: str
    stub: tuple[Column, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    wide_stub: int = 0
    totals: Row | None = None
    empty: str | None = None
    lapsed: bool = False

    @property
    def across(self) -> bool:
        """Whether its lines are fields, and records stand side by side."""
        return any(row.shape for row in self.rows)

    def shape(self, row: Row, column: Column) -> Shape:
        """Give the kind of one cell."""
        return row.shape or column.shape


@dataclass(frozen=True, slots=True)
class Bar:
    """A value held against a target, on a scale from 0 to `full`.

    `path` is where the straight line to the target stands, while it lies ahead.
    """

    value: Decimal | None
    target: Decimal | None
    upper: Decimal | None
    operator: str
    full: Decimal
    path: Decimal | None = None

    def share(self, number: Decimal) -> float:
        """Give a number's place on the scale, 0 to 1."""
        return float(min(max(number / self.full, Decimal(0)), Decimal(1)))


@dataclass(frozen=True, slots=True)
class Quantity:
    """Numerator or denominator: what it is, its value, what it rests on.

    A commitment in words has terms that nobody is asked for: `asked` is False.
    """

    title: str
    value: Cell
    measure: str
    records: int
    blanks: int
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Rests:
    """Records of one form that a term rests on, by their numbers in the printed form.

    `term` says on which side they count. Those of `blank` left out what is asked for;
    of those of `undecided` it cannot be told whether they count.
    """

    term: str
    form: str
    records: tuple[int, ...]
    blank: tuple[int, ...] = ()
    undecided: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One 评价指标 with its figure.

    `value` is rounded to `digits`. `formula` is the definition in words; `quote` the
    plan's sentence and `source` its file. All else is words, empty where there is
    nothing to say: `target` is the one in force, `targets` are all with the years they
    judge; `path` says what the straight line expects now, `judgement` how many judged
    how; `definitions` are the options (口径) it is computed by; `left` is the gap, or
    the judgements where they differ; `rests` are the records behind it.
    """

    id: str
    title: str
    measure: str
    value: Cell
    digits: int
    numerator: Quantity
    denominator: Quantity | None
    formula: str
    target: str
    status: str
    gap: str
    bar: Bar | None
    quote: str
    source: str
    note: str
    path: str = ""
    judgement: str = ""
    targets: tuple[str, ...] = ()
    baseline: str = ""
    departments: str = ""
    definitions: tuple[str, ...] = ()
    left: str = ""
    rests: tuple[Rests, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartGroup:
    """The charts of one indicator, by its id."""

    indicator: str
    charts: tuple[Chart, ...]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding as the report prints it."""

    level: Level
    outcome: Outcome
    form: str
    unit: str
    record: str
    fields: str
    text: str
    rule: str
    explanation: str
    rule_id: str = ""
    form_id: str = ""
    record_id: int = 0
    number: int = 0
    """Of the record in its printed form; 0 where that is not known."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a field of a form means (指标解释), and whose words that is."""

    form: str
    field: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A definition (口径) or a number in force; `own` where the ledger chose it."""

    title: str
    value: str
    own: bool
    number: bool = False


@dataclass(frozen=True, slots=True)
class PackStamp:
    """Which pack, in which version, the report stands on."""

    id: str
    title: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Report:
    """All a report says.

    `rollups` are tables by unit that were asked for beside the forms. `revision` names
    the state of the ledger (entry of the change log) and `made_at` when it came to be,
    in words: the same ledger gives the same report, whenever it is made. `data` are
    the bytes of the manifest that `stamp` is part of (`desktop.core.manifest`), and
    `signature` stands for their digest.
    """

    title: str
    unit_name: str
    unit_code: str
    period_title: str
    pack: PackStamp
    revision: str
    made_at: str
    signatures: tuple[str, ...]
    preface: tuple[str, ...]
    forms: tuple[FormTable, ...]
    indicators: tuple[IndicatorLine, ...]
    findings: tuple[FindingLine, ...]
    explanations: tuple[Explanation, ...]
    choices: tuple[ChoiceLine, ...] = ()
    rollups: tuple[FormTable, ...] = ()
    left_out: frozenset[Chapter] = frozenset()
    charts: tuple[ChartGroup, ...] = ()
    stamp: Stamp | None = None
    data: bytes = b""
    signature: Signature | None = None

    @property
    def tables(self) -> tuple[FormTable, ...]:
        """The forms, and behind them the tables by unit."""
        return (*self.forms, *self.rollups)

    @property
    def working_sheet(self) -> bool:
        """Whether any form lacks legal marks."""
        return any(not form.marks for form in self.forms)

    @property
    def digest(self) -> str:
        """Digest of the data; empty where there are none."""
        return digest_of(self.data) if self.data else ""

    def code(self, form: str = "") -> str:
        """Give what is printed and scanned of a table, or of the whole report."""
        if self.stamp is None or not self.data:
            return ""
        return short_code(self.stamp, form, self.digest)


def total_of(cells: tuple[Cell, ...]) -> Cell:
    """Sum the numbers among cells; blank where there is none."""
    numbers = [
        cell
        for cell in cells
        if isinstance(cell, int | Decimal) and not isinstance(cell, bool)
    ]
    return sum(numbers) if numbers else BLANK
