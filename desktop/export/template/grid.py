"""What stands on a template's sheet and where, for whoever proposes a layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.frozen import frozen
from desktop.export.template.anchor import texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.export.template.book import Book

Where = tuple[int, int]
"""Row and column."""


@frozen
class Grid:
    """Texts of a sheet by place, the cells with formulas, and the merged ones."""

    name: str
    texts: Mapping[Where, str]
    formulas: frozenset[Where]
    merged: tuple[tuple[int, int, int, int], ...]
    rows: int
    columns: int

    def block(self, where: Where) -> tuple[int, int, int, int]:
        """Give the merged cells around a cell: top, left, bottom, right."""
        row, column = where
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left, bottom, right
        return row, column, row, column

    def words(self, where: Where) -> str:
        """Give the text of a cell that is no number and no formula's result."""
        text = self.texts.get(where, "")
        number = text.replace(".", "", 1).removeprefix("-").isdecimal()
        return "" if number or where in self.formulas else text

    def right_of(self, where: Where) -> Where | None:
        """Give the next cell to the right, past merged ones."""
        _, _, _, right = self.block(where)
        return self._first((where[0], right + 1)) if right < self.columns else None

    def below(self, where: Where) -> Where | None:
        """Give the next cell below, past merged ones."""
        _, _, bottom, _ = self.block(where)
        return self._first((bottom + 1, where[1])) if bottom < self.rows else None

    def _first(self, where: Where) -> Where:
        top, left, _, _ = self.block(where)
        return top, left


def grid_of(book: Book, name: str) -> Grid:
    """Read a sheet.

    Raises:
        OddPartError: It is written in an unusual way.
    """
    sheet = book.sheet(name)
    places = [(row, column) for row in sheet.rows for column in sheet.cells(row)]
    merged = book.merged(name)
    return Grid(
        name=name,
        texts=texts_of(book, name),
        formulas=frozenset((row, column) for row, column, _ in sheet.formulas()),
        merged=merged,
        rows=max([row for row, _ in places] + [each[2] for each in merged], default=0),
        columns=max(
            [column for _, column in places] + [each[3] for each in merged], default=0
        ),
    )
