"""Sums of the numeric columns, to hold against what the table itself says."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.intake.plan_values import Total
from desktop.intake.repair import read_cell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.intake.repair import Column
    from desktop.intake.table import RawCell


def totals_of(
    columns: Mapping[int, Column],
    records: Sequence[Mapping[str, Cell]],
    stated: Sequence[Sequence[RawCell]],
) -> Iterator[Total]:
    """Add up each numeric column over the rows' cells.

    `stated` are the table's own 合计 rows; the last one that has a number counts.
    """
    for at, column in sorted(columns.items()):
        if not isinstance(column.field, IntegerField | DecimalField):
            continue
        field = column.field.id
        numbers = [
            Decimal(cell)
            for record in records
            if isinstance(cell := record.get(field), int | Decimal)
        ]
        said, where = _stated(at, column, stated)
        yield Total(
            field,
            sum(numbers, Decimal(0)),
            len(numbers),
            len(records) - len(numbers),
            said,
            where,
        )


def _stated(
    at: int, column: Column, rows: Sequence[Sequence[RawCell]]
) -> tuple[Decimal | None, str | None]:
    for raw in reversed([cell for row in rows for cell in row if cell.column == at]):
        number = read_cell(raw, column).cell
        if isinstance(number, int | Decimal):
            return Decimal(number), raw.address
    return None, None
