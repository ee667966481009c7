"""What an import would do, as values a person can look through before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from desktop.core.cells import Cell
    from desktop.core.changes import FacilityId
    from desktop.core.messages import Message
    from desktop.core.unit import Unit
    from desktop.core.unit import UnitCode
    from desktop.intake.header import Matching
    from desktop.intake.repair import CellProblem
    from desktop.intake.repair import Repair

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Existing:
    """A record the ledger holds for the period; `notes` are its remarks by topic."""

    facility: FacilityId
    unit: UnitCode
    cells: Mapping[str, Cell]
    notes: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class ImportContext:
    """The ledger a table is imported into.

    A row that names no unit goes to `root`, the ledger's topmost unit. `records` are
    those of the form in the period.
    """

    units: tuple[Unit, ...]
    root: UnitCode
    period: str
    records: tuple[Existing, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the person asked for besides the columns.

    `where` keeps only the rows whose column of that head has that text. `constants`
    are entries, by field id, for cells the table leaves blank. `units` says which unit
    a text of the unit column means, by code.
    """

    where: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    constants: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    units: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


class RowKind(Enum):
    """What becomes of a row."""

    NEW = "new"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    PROBLEM = "problem"
    """The row is not imported until the person decides."""


class UnitFrom(Enum):
    """How a row came to its unit."""

    TABLE = "table"
    PERSON = "person"
    RECORD = "record"
    """The row names none; the record it belongs to has one."""
    ROOT = "root"
    """The row names none, so it goes to the topmost unit; to be seen to."""
    UNSURE = "unsure"
    """The name is like one of the ledger's; the row waits in the topmost unit."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A text kept beside a field because it did not fit into a cell.

    `noted` is what stands there already; it is kept.
    """

    field: str
    words: Message
    noted: str = ""


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What one row would do.

    `cells` are the values for the record (for an update only those that differ, with
    what they were in `before`). `moved_from` is the unit the record is in so far, if
    the row names another. `problem` says why the row waits for a person.
    """

    row: int
    kind: RowKind
    name: str
    unit: UnitCode
    unit_from: UnitFrom
    facility: FacilityId | None = None
    cells: tuple[tuple[str, Cell], ...] = ()
    before: tuple[tuple[str, Cell], ...] = ()
    moved_from: UnitCode | None = None
    remarks: tuple[Remark, ...] = ()
    repairs: tuple[Repair, ...] = ()
    unfit: tuple[CellProblem, ...] = ()
    defaults: tuple[str, ...] = ()
    """Fields that were filled with the form's default."""
    problem: Message | None = None


class SkipReason(Enum):
    """Why a row is no record."""

    TOTAL = "total"
    HEAD_AGAIN = "head_again"
    COLUMN_NUMBERS = "column_numbers"
    FOOTNOTE = "footnote"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that holds no record, and what stands in it."""

    row: int
    reason: SkipReason
    text: str


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a numeric column over the rows that are imported or there already.

    `stated` is what a 合计 row of the table says, if there is one with a number.
    """

    field: str
    sum: Decimal
    values: int
    blanks: int
    stated: Decimal | None = None
    stated_at: str | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """An import before it is done: every row of the table is in exactly one place.

    `rows`, `skipped` and `filtered` (a count: rows `where` leaves out) add up to the
    rows below the head.
    """

    form: str
    form_title: str
    period: str
    matching: Matching
    rows: tuple[RowPlan, ...]
    skipped: tuple[SkippedRow, ...]
    filtered: int
    totals: tuple[Total, ...]
    notes: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """An import in numbers."""

    new: int
    update: int
    unchanged: int
    problem: int
    skipped: int
    filtered: int
    repairs: int
    unfit: int
    without_unit: int
    defaults: int
    unmatched_columns: tuple[str, ...]
    totals: tuple[Total, ...]
