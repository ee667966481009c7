"""Cells of a record carried over from one version of its form to another."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from desktop.core.messages import Message
from desktop.forms.carrying import ways
from desktop.store.columns import UnfitValueError
from desktop.store.columns import tidy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.cells import Cell
    from desktop.forms.carrying import Way
    from desktop.store.columns import Codec
    from desktop.store.shelf import Kept


class Carried(NamedTuple):
    """What a record holds now, and what the fields it came to could not hold."""

    cells: dict[str, Cell]
    left: tuple[tuple[Way, Cell], ...]


class Carrier:
    """Carries the cells of one form's records from one pack to another."""

    def __init__(self, old: Kept, new: Kept, form: str) -> None:
        """Take two packs that both have the form."""
        self.ways = ways(old.pack, new.pack, form)
        self._codecs: Mapping[str, Codec] = new.tables[form].codecs

    def carried(self, cells: Mapping[str, Cell]) -> Carried:
        """Carry the stored cells of a record that are not blank."""
        found: dict[str, Cell] = {}
        left: list[tuple[Way, Cell]] = []
        for way in self.ways:
            cell = cells.get(way.source.id)
            if cell is None:
                continue
            try:
                found[way.field.id] = self._carry(way, cell)
            except UnfitValueError:
                left.append((way, cell))
        return Carried(found, tuple(left))

    def _carry(self, way: Way, cell: Cell) -> Cell:
        now = way.carry(cell)
        if isinstance(now, Message):
            raise UnfitValueError(now.code)
        return tidy(self._codecs[way.field.id], now)
