"""Makes one list of rows into another as single rows come and go.

A model that is reset loses every open box and what is being typed in it; a row that
comes or goes elsewhere leaves it open.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from typing import Final
from typing import Protocol

from PySide6.QtCore import QModelIndex

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from desktop.core.findings import RecordId

FEW: Final = 2
"""Runs of rows that are told of one by one in a list of any length."""
EFFORT: Final = 400_000
"""Runs times rows; with more, beginning anew is what a person does not wait for."""


class Rows(Protocol):
    """The part of a table model that rows come to and go from."""

    ids: tuple[RecordId, ...]

    def number(self, ids: tuple[RecordId, ...]) -> None:
        """Take a list of rows."""
        ...

    def beginInsertRows(self, parent: QModelIndex, first: int, last: int, /) -> None:
        """Say which rows will come."""
        ...

    def endInsertRows(self) -> None:
        """Say that they have come."""
        ...

    def beginRemoveRows(self, parent: QModelIndex, first: int, last: int, /) -> None:
        """Say which rows will go."""
        ...

    def endRemoveRows(self) -> None:
        """Say that they have gone."""
        ...

    def beginResetModel(self) -> None:
        """Say that all will be different."""
        ...

    def endResetModel(self) -> None:
        """Say that all is different."""
        ...


def replace_rows(rows: Rows, after: tuple[RecordId, ...]) -> None:
    """Make the list another one, telling Qt of the rows that come and go."""
    before, stay = rows.ids, frozenset(rows.ids) & frozenset(after)
    gone = list(runs(n for n, one in enumerate(before) if one not in stay))
    come = list(runs(n for n, one in enumerate(after) if one not in stay))
    moved = [one for one in before if one in stay] != [
        one for one in after if one in stay
    ]
    many = len(gone) + len(come)
    if moved or (many > FEW and many * max(len(before), len(after)) > EFFORT):
        rows.beginResetModel()
        rows.number(after)
        rows.endResetModel()
        return
    for first, last in reversed(gone):
        rows.beginRemoveRows(QModelIndex(), first, last)
        rows.number(rows.ids[:first] + rows.ids[last + 1 :])
        rows.endRemoveRows()
    for first, last in come:
        rows.beginInsertRows(QModelIndex(), first, last)
        rows.number(rows.ids[:first] + after[first : last + 1] + rows.ids[first:])
        rows.endInsertRows()


def runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Join places that follow each other to first and last."""
    for _, group in groupby(enumerate(places), lambda each: each[1] - each[0]):
        found = [place for _, place in group]
        yield found[0], found[-1]
