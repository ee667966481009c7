"""What is to be written on one sheet of a template."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.core.frozen import frozen
from desktop.export.template.sheet import column_number
from desktop.export.template.sheet import position

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.export.template.book import Book

Value: TypeAlias = str | int | Decimal | date | None
"""What a cell gets; None leaves it empty."""

Written: TypeAlias = str | int | Decimal | None
"""What a cell holds then: a day is a number or words."""

Where: TypeAlias = tuple[str, int, int]
"""A cell of the template: sheet, row, column."""

_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@frozen
class PageFill:
    """One sheet: its anchors, and what goes where.

    `values` are by cell or defined name. In a cell with a formula the formula stays
    and the value is what it last gave; `instead` names those whose formula gives way.
    With `copy` the sheet is added under that name as a copy of `source`.
    """

    source: str
    anchors: Mapping[str, str]
    values: Mapping[str, Value]
    instead: frozenset[str] = frozenset()
    copy: str | None = None

    @property
    def sheet(self) -> str:
        """The sheet that is written on."""
        return self.copy or self.source


def spots_of(book: Book, page: PageFill) -> dict[str, Where | None]:
    """Give the cells of the template that the spots of a page mean."""
    found: dict[str, Where | None] = {}
    for spot in page.values:
        cell = _CELL.fullmatch(spot)
        if cell is None:
            named = book.cell_named(spot, page.source)
            found[spot] = None if named is None else (named[0], *position(named[1]))
        else:
            found[spot] = page.source, int(cell[2]), column_number(cell[1])
    return found
