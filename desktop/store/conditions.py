"""What records are picked by: conditions on their cells, as values and never as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import TypeAlias

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from desktop.core.cells import Cell
    from desktop.core.findings import RecordId


@frozen
class Contains:
    """A text stands somewhere in the field."""

    field: str
    text: str


@frozen
class OneOf:
    """The cell is one of these; blank, 不适用 and 不详 may be among them.

    Where several choices can be made, one of them made is enough.
    """

    field: str
    cells: tuple[Cell, ...]


@frozen
class Between:
    """A number or date lies between two, which count; None is no bound."""

    field: str
    low: Cell | None = None
    high: Cell | None = None


@frozen
class Within:
    """The record belongs to one of these units, or to one below it."""

    units: tuple[str, ...]


@frozen
class Among:
    """The record is one of these."""

    records: tuple[RecordId, ...]


@frozen
class AnyOf:
    """One of the conditions holds; none of no conditions does."""

    conditions: tuple[Condition, ...]


@frozen
class Not:
    """The condition does not hold."""

    condition: Condition


Condition: TypeAlias = Contains | OneOf | Between | Within | Among | AnyOf | Not


@frozen
class Present:
    """A cell that stands in a column, and in how many records."""

    cell: Cell
    records: int
