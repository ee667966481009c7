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

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from desktop.app.entry.record_list import RecordList

FEW: Final = 2
"""Runs of rows that are told of one by one in a list of any length."""
EFFORT: Final = 400_000
"""Runs times rows; with more, beginning anew is what a person does not wait for."""


class Rows(Protocol):
    """The part of a table model that rows come to and go from."""

    ids: RecordList

    def number(self, ids: RecordList) -> None:
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


@frozen
class Changeover:
    """How one list becomes another: runs that go, then runs that come, or anew."""

    before: RecordList
    after: RecordList
    gone: tuple[tuple[int, int], ...] = ()
    come: tuple[tuple[int, int], ...] = ()
    anew: bool = False


def changeover(before: RecordList, after: RecordList) -> Changeover:
    """Compare two lists; on any thread, for with 100,000 rows it takes its time."""
    if before.begins(after):
        if len(after) == len(before):
            return Changeover(before, after)
        return Changeover(before, after, come=((len(before), len(after) - 1),))
    stay = frozenset(before) & frozenset(after)
    gone = tuple(runs(n for n, one in enumerate(before) if one not in stay))
    come = tuple(runs(n for n, one in enumerate(after) if one not in stay))
    moved = [one for one in before if one in stay] != [
        one for one in after if one in stay
    ]
    many = len(gone) + len(come)
    anew = moved or (many > FEW and many * max(len(before), len(after)) > EFFORT)
    return Changeover(before, after, gone, come, anew)


def change_over(rows: Rows, change: Changeover) -> None:
    """Make the list another one, telling Qt of the rows that come and go."""
    if change.anew or rows.ids is not change.before:
        rows.beginResetModel()
        rows.number(change.after)
        rows.endResetModel()
        return
    for first, last in reversed(change.gone):
        rows.beginRemoveRows(QModelIndex(), first, last)
        rows.number(rows.ids.without(first, last))
        rows.endRemoveRows()
    for first, last in change.come:
        rows.beginInsertRows(QModelIndex(), first, last)
        rows.number(rows.ids.with_run(first, change.after, last))
        rows.endInsertRows()
    rows.number(change.after)


def runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Join places that follow each other to first and last."""
    for _, group in groupby(enumerate(places), lambda each: each[1] - each[0]):
        found = [place for _, place in group]
        yield found[0], found[-1]
