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
from typing import cast

from desktop.core.cells import BLANK
from desktop.store.columns import tidy
from desktop.store.columns import to_stored
from desktop.store.columns import to_text
from desktop.store.digest import cell_line
from desktop.store.tables import states_text

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
    """A tidy cell, and what it is in its column, in the log, and in the digest."""

    cell: Cell
    stored: Stored
    logged: str
    line: str


class NewRow(NamedTuple):
    """The values of a new record in the form's order, and texts of each cell.

    Those are what the log says, in the order given, and the digest, by field; `states`
    is what `_states` says.
    """

    values: tuple[Stored, ...]
    logged: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    states: str | None = None


class _Shapes(dict[object, "Shape | None"]):
    """The shapes of a field's cells of one type; None of those that come to blank.

    Raises:
        UnfitValueError: The field cannot hold a cell.
    """

    def __init__(self, field: str, codec: Codec) -> None:
        super().__init__()
        self._field = field
        self._codec = codec

    def __missing__(self, given: Cell) -> Shape | None:
        if len(self) >= MOST:
            self.clear()
        found = self[given] = self._shape(tidy(self._codec, given))
        return found

    def _shape(self, cell: Cell) -> Shape | None:
        if cell is BLANK:
            return None
        field, stored = self._field, to_stored(self._codec, cell)
        logged = f'"{field}":[null,{to_text(self._codec, cell)}]'
        return Shape(cell, stored, logged, cell_line(field, cell))


class _Fits(dict[str, _Shapes]):
    """What fits the fields of a form, of the cells of one type.

    Raises:
        KeyError: The form has no such field.
    """

    def __init__(self, codecs: Mapping[str, Codec]) -> None:
        super().__init__()
        self._codecs = codecs

    def __missing__(self, field: str) -> _Shapes:
        found = self[field] = _Shapes(field, self._codecs[field])
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
    """The shapes of a form's cells, and its new rows."""

    def __init__(self, table: FormTable) -> None:
        """Know of none yet."""
        self._fits = _ByType(table.codecs)
        self._width = len(table.places)
        self._layouts = _Layouts(table.places)

    def shaped(self, cells: Iterable[tuple[str, Cell]]) -> dict[str, Shape]:
        """Give the shapes of the cells that are not blank.

        Raises:
            KeyError: The form has no such field.
            TypeError: A cell is of no type a cell has.
            UnfitValueError: A field cannot hold its cell.
        """
        fits = self._fits
        found = {field: fits[type(cell)][field][cell] for field, cell in cells}
        if all(found.values()):
            return cast("dict[str, Shape]", found)
        return {field: shape for field, shape in found.items() if shape is not None}

    def row(self, found: Mapping[str, Shape]) -> NewRow:
        """Lay out the cells of a new record."""
        if not found:
            return NewRow((None,) * self._width)
        cells, stored, logged, lines = zip(*found.values(), strict=True)
        spread, ordered = self._layouts[tuple(found)]
        # Only what is 不适用 or 不详 stands without a value.
        marks = dict(zip(found, cells, strict=True)) if None in stored else {}
        return NewRow(
            spread((*stored, None)), logged, ordered(lines), states_text(marks)
        )


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
        # Each record that is written asks for them.
        found = self._forms.get(place)
        if found is None:
            found = self._forms[place] = FormShapes(kept.tables[form])
        return found
