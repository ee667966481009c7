"""How the values of a column are written into a sheet's XML, many at a time.

What is written of a cell follows its place: its style, its type and its value. Most
columns hold one kind of value, which is seen at once; their cells are written without
asking each what it is. A text that needs care (`&`, control characters, what could be
taken for a formula) sends its neighbours of the same column the slow way with it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias
from typing import TypeGuard
from typing import TypeVar
from typing import assert_never
from xml.sax.saxutils import escape

from desktop.core.cells import EXACT
from desktop.core.cells import SIGNIFICANT_DIGITS
from desktop.core.cells import Absent
from desktop.export.report import CellKind
from desktop.export.report import Shape
from desktop.export.xlsx.plan import FIRST_YEAR
from desktop.export.xlsx.plan import TEXT_LENGTH
from desktop.export.xlsx.plan import escaped
from desktop.export.xlsx.plan import storable
from desktop.export.xlsx.plan import written
from desktop.export.xlsx.style import RISKY
from desktop.export.xlsx.style import display_width

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from desktop.core.cells import Cell
    from desktop.export.xlsx.plan import Written
    from desktop.export.xlsx.style import Look

T = TypeVar("T")
Batch: TypeAlias = "tuple[bytes, Sequence[bytes | int]]"
"""How each of some values is written (a `%` format), and what is put into that."""

REMEMBERED: Final = 2048
"""Values a column remembers; a column of names has no use for more."""
DAY: Final = 10
"""Width of a day: 2025-12-31."""
AS_IT_IS: Final = b"%b"
_DAY_ZERO: Final = date(1899, 12, 30).toordinal()
"""Excel's calendar, whose 29 February 1900 no report reaches."""
_STEADY: Final = frozenset({date, bool, Absent})
"""Kinds of values whose text a workbook can always hold."""
CAREFUL: Final = ("&", "<", ">", "_x")
"""What a text must not have anywhere to be written as it is."""
EDGES: Final = ("\0\0", " \0", "\0 ", *(f"\0{mark}" for mark in RISKY))
"""What it must not begin or end with, where \\0 is the edge; nor may it be empty."""


class ColumnCells(dict["Cell", bytes]):
    """How the values of one column are written: what follows the cell's place.

    Not every value is remembered: 1, 1.0 and True are one key, and may be three texts.
    """

    def __init__(
        self,
        shape: Shape | None,
        look: Look,
        style: Callable[[Look], int],
        changed: Callable[[str, str, int], None],
    ) -> None:
        """Take the kind of the column, None for words; `changed` hears of its texts.

        Texts that a workbook cannot hold as they are are told with what was kept, and
        the row.
        """
        super().__init__()
        self._shape, self._changed = shape, changed
        self._row = 0
        self._quoted = style(replace(look, quoted=True))
        self._open = f'" s="{style(look)}"'
        self._text = f'{self._open} t="inlineStr"><is><t>%b</t></is></c>'.encode()
        self._number = f"{self._open}><v>%d</v></c>".encode()
        self._digits = f"{self._open}><v>%b</v></c>".encode()
        numeric = shape is not None and shape.numeric
        self._days = shape is not None and shape.kind is CellKind.DATE
        self._numbers = frozenset({int, Decimal, Absent} if numeric else ())
        self._words = frozenset(() if numeric else {str, tuple, date, bool, Absent})

    def all(self, cells: Sequence[Cell], row: int) -> Batch:
        """Write some values, which stand one below the other from a row on."""
        kinds = set(map(type, cells))
        if _only(cells, kinds, str) and _plain(cells):
            return self._text, "\0".join(cells).encode().split(b"\0")
        if kinds <= self._numbers:
            return self._written_numbers(cells, kinds)
        if self._days and _only(cells, kinds, date) and min(cells).year >= FIRST_YEAR:
            return self._number, [cell.toordinal() - _DAY_ZERO for cell in cells]
        if kinds <= _STEADY & self._words:
            return AS_IT_IS, list(map(self.__getitem__, cells))
        return AS_IT_IS, [self._told(c, place) for place, c in enumerate(cells, row)]

    def _written_numbers(self, cells: Sequence[Cell], kinds: set[type]) -> Batch:
        """Write numbers; one of more digits than a workbook keeps takes care of all."""
        if _only(cells, kinds, int) and min(cells) > -EXACT and max(cells) < EXACT:
            return self._number, cells
        if Absent not in kinds:
            digits = list(map(str, cells))
            text = " ".join(digits)
            if max(map(len, digits)) <= SIGNIFICANT_DIGITS and "E" not in text:
                return self._digits, text.encode().split()
        return AS_IT_IS, list(map(self.__getitem__, cells))

    def _told(self, cell: Cell, row: int) -> bytes:
        """Write a value whose row matters if its text cannot be kept."""
        self._row = row
        kind = type(cell)
        if kind in self._words or kind in self._numbers:
            return self[cell]
        return self._tail(cell)[0].encode()

    def __missing__(self, cell: Cell) -> bytes:
        text, kept = self._tail(cell)
        tail = text.encode()
        if kept and len(self) < REMEMBERED:
            self[cell] = tail
        return tail

    def _tail(self, cell: Cell) -> tuple[str, bool]:
        """Write a value; false where it was changed, which is told for each cell."""
        value: Written = str(cell) or None
        if self._shape is not None:
            value = written(cell, self._shape)
        match value:
            case None:
                return f"{self._open}/>", True
            case str():
                return self._told_text(value)
            case date():
                days = value.toordinal() - _DAY_ZERO
                return f"{self._open}><v>{days}</v></c>", True
            case int():
                return f"{self._open}><v>{value}</v></c>", True
            case Decimal():
                return f"{self._open}><v>{value:f}</v></c>", True
            case _:
                assert_never(value)

    def _told_text(self, text: str) -> tuple[str, bool]:
        kept = storable(text)
        start = self._open
        if kept.startswith(RISKY):
            start = f'" s="{self._quoted}"'
        if kept != text:
            self._changed(text, kept, self._row)
        words = escape(escaped(kept), {"\r": "&#13;"})
        inside = f'<is><t xml:space="preserve">{words}</t></is>'
        return f'{start} t="inlineStr">{inside}</c>', kept == text


def _only(
    cells: Sequence[Cell],  # noqa: ARG001 - it is what is narrowed
    kinds: AbstractSet[type],
    kind: type[T],
) -> TypeGuard[Sequence[T]]:
    """Whether values, whose kinds are known, are all of one."""
    return kinds == {kind}


def _plain(texts: Sequence[str]) -> bool:
    """Whether texts can be written as they are, all of them."""
    whole = "".join(texts)
    ends = "\0".join(("", *texts, ""))
    return (
        whole.isprintable()
        and len(whole) < TEXT_LENGTH
        and not any(mark in whole for mark in CAREFUL)
        and not any(edge in ends for edge in EDGES)
    )


def widest_of(cells: Sequence[Cell], shape: Shape | None, least: int) -> int:
    """Measure the widest of some values, or give `least` if that is more."""
    kinds = set(map(type, cells))
    if _only(cells, kinds, int):
        return max(least, len(str(min(cells))), len(str(max(cells))))
    if _only(cells, kinds, date):
        return max(least, DAY)
    if _only(cells, kinds, Decimal):
        texts = list(map(str, cells))
        if "E" not in "".join(texts):
            return max(least, *map(len, texts))
    if _only(cells, kinds, str) and "".join(cells).isascii():
        return max(least, *map(len, cells))
    found = least
    for cell in set(cells):
        if isinstance(cell, str):
            if 2 * len(cell) > found:
                found = max(found, display_width(cell))
        else:
            found = max(found, display_width(written(cell, shape or Shape())))
    return found
