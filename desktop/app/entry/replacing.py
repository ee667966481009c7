"""What replacing a text would do, worked out before anything is changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.entry.pasting import Reader
from desktop.core.frozen import frozen
from desktop.forms.entry import format_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.entry.finding import Scope
    from desktop.app.entry.pasting import BlockPlan
    from desktop.app.entry.pasting import Target
    from desktop.app.progress import Steps
    from desktop.core.cells import Cell
    from desktop.forms.fields import Field
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record
    from desktop.store.search import Hit
    from desktop.store.search import Sought

READ: Final = 250
"""Records read at once."""
_ALIKE: Final = re.IGNORECASE | re.ASCII
"""Latin letters may be large or small, as in the search."""


@frozen
class Swap:
    """One text in the place of another."""

    sought: Sought
    by: str

    def in_cell(self, field: Field, cell: Cell) -> str | None:
        """Give what a cell would say; None where it has not what is looked for."""
        there, wanted = format_cell(field, cell), re.escape(self.sought.text)
        if self.sought.whole:
            if re.fullmatch(wanted, there, _ALIKE):
                return self.by
        else:
            said, count = re.subn(wanted, lambda _: self.by, there, flags=_ALIKE)
            if count:
                return said
        meant = self.sought.meant(field)
        return self.by if meant is not None and meant == cell else None


@frozen
class Swapped:
    """What would be changed and what does not fit.

    `locked` counts the hits the program fills itself: they are passed over.
    """

    plan: BlockPlan
    locked: int


def plan_swap(
    ledger: Ledger, scope: Scope, swap: Swap, target: Target
) -> Steps[Swapped]:
    """Replace a text in every cell of a scope that takes an entry."""
    where, swapping = scope.where, _Swapping(scope, swap, target)
    search = ledger.search(where.form, where.period)
    for piece, progress in scope.pieces():
        hits = swapping.typed(search.hits(piece.records, piece.fields, swap.sought))
        for first in range(0, len(hits), READ):
            some = hits[first : first + READ]
            wanted = list(dict.fromkeys(hit.record for hit in some))
            swapping.take(ledger.rows(where.form, wanted), some)
            yield progress
        yield progress
    return swapping.swapped()


def swap_one(at: tuple[int, Record, Field], swap: Swap, target: Target) -> BlockPlan:
    """Replace a text in one cell that is typed into, by its row, record and field."""
    reader = Reader(target)
    _swap(reader, swap, at)
    return reader.plan()


def _swap(reader: Reader, swap: Swap, at: tuple[int, Record, Field]) -> None:
    """Read what a cell would say; one without what is looked for stays as it is."""
    _, record, field = at
    text = swap.in_cell(field, record.cells[field.id])
    if text is not None:
        reader.put(*at, text)


class _Swapping:
    """Works out cell by cell what becomes of hits."""

    def __init__(self, scope: Scope, swap: Swap, target: Target) -> None:
        self._swap = swap
        self._reader = Reader(target)
        self._rows = {record: row for row, record in enumerate(scope.where.records)}
        self._fields = {field.id: field for field in scope.fields}
        self._seen: set[Hit] = set()
        self._locked = 0

    def typed(self, hits: Sequence[Hit]) -> list[Hit]:
        """Give the hits that are typed into, each once; the others are counted."""
        new = [
            one for one in hits if one.record in self._rows and one not in self._seen
        ]
        self._seen.update(new)
        typed = [hit for hit in new if self._reader.takes(self._fields[hit.field])]
        self._locked += len(new) - len(typed)
        return typed

    def take(self, records: Sequence[Record], hits: Sequence[Hit]) -> None:
        """Read what cells would say."""
        by_id = {record.id: record for record in records}
        for hit in hits:
            row, field = self._rows[hit.record], self._fields[hit.field]
            _swap(self._reader, self._swap, (row, by_id[hit.record], field))

    def swapped(self) -> Swapped:
        """Give what was worked out."""
        return Swapped(self._reader.plan(), self._locked)
