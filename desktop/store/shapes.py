"""The shapes a cell takes on its way into the file, worked out once for equal cells.

Imports and packages bring records by the ten thousand, and most of their cells come
many times: noughts, choices, dates.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import NamedTuple
from typing import TypeAlias

from desktop.core.cell_text import canonical
from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.store.columns import absent_text
from desktop.store.columns import tidy

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.store.columns import Codec
    from desktop.store.columns import Stored
    from desktop.store.shelf import Kept
    from desktop.store.tables import FormTable

_Picking: TypeAlias = "Callable[[tuple[Any, ...]], tuple[Any, ...]]"
MOST: Final = 4_000
"""Cells of a field that are remembered; of names, which all differ, there is no end."""


class Shape(NamedTuple):
    """A tidy cell as the column has it, the log, and the record's digest."""

    stored: Stored
    logged: str
    line: str


class _Tidied(dict[object, "Cell"]):
    """The tidy cells of a field by cells of one type.

    Raises:
        UnfitValueError: The field cannot hold a cell.
    """

    def __init__(self, codec: Codec) -> None:
        super().__init__()
        self._codec = codec

    def __missing__(self, cell: Cell) -> Cell:
        if len(self) >= MOST:
            self.clear()
        found = self[cell] = tidy(self._codec, cell)
        return found


class _Shapes(dict["Cell", Shape]):
    """The shapes of the tidy cells of a field."""

    def __init__(self, field: str, codec: Codec) -> None:
        super().__init__()
        self._field = field
        self._codec = codec

    def __missing__(self, cell: Cell) -> Shape:
        if len(self) >= MOST:
            self.clear()
        absent = isinstance(cell, Absent)
        stored = None if absent else self._codec.encode(cell)
        text = absent_text(cell) if isinstance(cell, Absent) else self._codec.text(cell)
        logged = f'"{self._field}":[null,{text}]'
        line = f"{self._field}={canonical(cell)}"
        found = self[cell] = Shape(stored, logged, line)
        return found


class _Fits(dict[str, _Tidied]):
    """What fits the fields of a form, of the cells of one type.

    Raises:
        KeyError: The form has no such field.
    """

    def __init__(self, codecs: Mapping[str, Codec]) -> None:
        super().__init__()
        self._codecs = codecs

    def __missing__(self, field: str) -> _Tidied:
        found = self[field] = _Tidied(self._codecs[field])
        return found


class _ByType(dict[type, _Fits]):
    """What fits a form, by type: 1 and 是 are equal to Python, and not to a field."""

    def __init__(self, codecs: Mapping[str, Codec]) -> None:
        super().__init__()
        self._codecs = codecs

    def __missing__(self, kind: type) -> _Fits:
        found = self[kind] = _Fits(self._codecs)
        return found


class _Layouts(dict[tuple[str, ...], "tuple[_Picking, _Picking]"]):
    """How the cells of some fields come to lie in a row, and in the order of names.

    Most records of a form have the same ones. A row takes None, which comes behind the
    cells, for the others.
    """

    def __init__(self, places: Mapping[str, int]) -> None:
        super().__init__()
        self._places = places

    def __missing__(self, fields: tuple[str, ...]) -> tuple[_Picking, _Picking]:
        if len(self) >= MOST:
            self.clear()
        at = {field: place for place, field in enumerate(fields)}
        spread = _picking([at.get(field, len(at)) for field in self._places])
        found = self[fields] = spread, _picking([at[field] for field in sorted(at)])
        return found


def _picking(places: Sequence[int]) -> _Picking:
    if len(places) > 1:
        return itemgetter(*places)
    return lambda row: tuple(row[place] for place in places)


class FormShapes:
    """The shapes of a form's cells."""

    def __init__(self, table: FormTable) -> None:
        """Know of none yet."""
        codecs = table.codecs
        self._fits = _ByType(codecs)
        self._shapes = {field: _Shapes(field, codec) for field, codec in codecs.items()}
        self._places = table.places
        self._layouts = _Layouts(table.places)

    def tidied(self, cells: Iterable[tuple[str, Cell]]) -> dict[str, Cell]:
        """Give the cells that are not blank as the ledger keeps them.

        Raises:
            KeyError: The form has no such field.
            TypeError: A cell is of no type a cell has.
            UnfitValueError: A field cannot hold its cell.
        """
        fits = self._fits
        found = {field: fits[type(cell)][field][cell] for field, cell in cells}
        if BLANK in found.values():
            return {field: cell for field, cell in found.items() if cell is not BLANK}
        return found

    def row(
        self, cells: Mapping[str, Cell]
    ) -> tuple[tuple[Stored, ...], tuple[str, ...], tuple[str, ...]]:
        """Give the values of tidy cells in the form's order, and texts of each cell.

        Those are what the log says, in the order given, and the digest, by field.
        """
        if not cells:
            return (None,) * len(self._places), (), ()
        shapes = self._shapes
        found = [shapes[field][cell] for field, cell in cells.items()]
        stored, logged, lines = zip(*found, strict=True)
        spread, ordered = self._layouts[tuple(cells)]
        return spread((*stored, None)), logged, ordered(lines)


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
        found = self._forms.get(place)
        if found is None:
            found = self._forms[place] = FormShapes(kept.tables[form])
        return found
