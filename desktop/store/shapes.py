"""The shapes cells take on their way into the file, worked out column by column.

Imports and packages bring records by the ten thousand, and most of their cells come
many times (noughts, choices, dates): what each comes to is worked out once.
"""

from __future__ import annotations

from itertools import repeat
from operator import itemgetter
from types import NoneType
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple
from typing import TypeAlias

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.store.columns import tidy
from desktop.store.columns import to_stored
from desktop.store.columns import to_text
from desktop.store.digest import cell_line
from desktop.store.tables import states_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.store.columns import Codec
    from desktop.store.columns import Stored
    from desktop.store.shelf import Kept
    from desktop.store.tables import FormTable

    _Column: TypeAlias = Sequence["Shape"]

MOST: Final = 4_000
"""Cells of a field that are remembered; of names, which all differ, there is no end."""


class Shape(NamedTuple):
    """A tidy cell, and what it is in its column, in the log, and in the digest.

    Log and digest have it behind a comma; a blank is nothing there.
    """

    cell: Cell
    stored: Stored
    logged: str
    line: str


NOTHING: Final = Shape(BLANK, None, "", "")

_NO_KINDS: Final = frozenset({NoneType})
_STORED: Final = itemgetter(1)
_LOGGED: Final = itemgetter(2)
_LINE: Final = itemgetter(3)


class NewRow(NamedTuple):
    """What a new record is to the file.

    `values` stand in the form's order; `logged` are its cells as the log says them, in
    the same order, `lines` as the digest does, by field, each behind a comma. `states`
    is what `_states` says.
    """

    values: tuple[Stored, ...]
    logged: str
    lines: str
    states: str | None


class _Shapes(dict[object, Shape]):
    """The shapes of a field's cells of one type; None is a cell that is not there.

    Raises:
        UnfitValueError: The field cannot hold a cell.
    """

    def __init__(self, field: str, codec: Codec) -> None:
        super().__init__({None: NOTHING})
        self._field = field
        self._codec = codec

    def __missing__(self, given: Cell) -> Shape:
        if len(self) > MOST:
            self.clear()
            self[None] = NOTHING
        found = self[given] = self._shape(tidy(self._codec, given))
        return found

    def _shape(self, cell: Cell) -> Shape:
        if cell is BLANK:
            return NOTHING
        field, stored = self._field, to_stored(self._codec, cell)
        logged = f',"{field}":[null,{to_text(self._codec, cell)}]'
        return Shape(cell, stored, logged, f",{cell_line(field, cell)}")


class FormShapes:
    """The shapes of a form's cells, and its new rows."""

    def __init__(self, table: FormTable) -> None:
        """Know of none yet."""
        self._codecs = table.codecs
        # By type, too: 1 and 是 are equal to Python, and not to a field.
        self._known: dict[tuple[str, type], _Shapes] = {}

    def rows(self, records: Sequence[Mapping[str, Cell]]) -> Iterator[NewRow]:
        """Lay out new records, each given by its cells.

        Raises:
            KeyError: The form has no such field.
            TypeError: A cell is of no type a cell has.
            UnfitValueError: A field cannot hold its cell.
        """
        fields, count = [*self._codecs], len(records)
        if unknown := set[str]().union(*records).difference(fields):
            raise KeyError(*unknown)
        taken = zip(*([*map(record.get, fields)] for record in records), strict=True)
        columns = dict(zip(fields, taken, strict=False))
        kinds = {field: {*map(type, cells)} for field, cells in columns.items()}
        there = {
            field: self._shaped(field, cells, kinds[field])
            for field, cells in columns.items()
            if kinds[field] != _NO_KINDS
        }
        values = (_stored(there.get(field, ()), count) for field in fields)
        return map(
            NewRow,
            zip(*values, strict=True) if fields else repeat(()),
            _joined(map(_LOGGED, column) for column in there.values()),
            _joined(map(_LINE, there[field]) for field in sorted(there)),
            _states({f: there[f] for f in there if Absent in kinds[f]}, count),
        )

    def _shaped(
        self, field: str, cells: Sequence[Cell | None], kinds: set[type]
    ) -> _Column:
        kind, *others = kinds - _NO_KINDS
        if others:
            return [self._of(field, type(cell))[cell] for cell in cells]
        return [*map(self._of(field, kind).__getitem__, cells)]

    def _of(self, field: str, kind: type) -> _Shapes:
        place = field, kind
        if place not in self._known:
            self._known[place] = _Shapes(field, self._codecs[field])
        return self._known[place]


def _stored(column: _Column, count: int) -> Iterable[Stored]:
    return map(_STORED, column) if column else repeat(None, count)


def _joined(columns: Iterable[Iterable[str]]) -> Iterator[str]:
    """Put the texts of each row together; without columns there is no end of rows."""
    given = [*columns]
    return map("".join, zip(*given, strict=True)) if given else repeat("")


def _states(columns: Mapping[str, _Column], count: int) -> Iterable[str | None]:
    """Give what `_states` says of each row; some cells of the columns are marked."""
    if not columns:
        return repeat(None, count)
    rows = zip(*columns.values(), strict=True)
    return (states_text(_marked(zip(columns, row, strict=True))) for row in rows)


def _marked(row: Iterable[tuple[str, Shape]]) -> dict[str, Cell]:
    return {field: shape.cell for field, shape in row if shape.cell is not BLANK}


class Shapes:
    """The shapes of the cells that one action brings, form by form."""

    def __init__(self) -> None:
        """Know of none yet."""
        self._forms: dict[tuple[int, str], FormShapes] = {}

    def of(self, kept: Kept, form: str) -> FormShapes:
        """Give those of a form under a pack.

        Raises:
            KeyError: The pack has no such form.
        """
        place = kept.row, form
        if place not in self._forms:
            self._forms[place] = FormShapes(kept.tables[form])
        return self._forms[place]
