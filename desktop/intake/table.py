"""What was read from a foreign file, before anything is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING
from typing import TypeAlias
from typing import assert_never

if TYPE_CHECKING:
    from desktop.core.messages import Message

RawValue: TypeAlias = str | Decimal | bool | date | datetime | None
"""A cell's content as the file holds it; a time of day comes as its text."""

_LETTERS = 26


class CellMark(Enum):
    """What is peculiar about a cell."""

    FORMULA = "formula"
    """The value is a result the writing program left there; nobody recomputed it."""
    ERROR = "error"
    """An error value such as #DIV/0!; the text says which."""
    PICTURE = "picture"
    """A picture placed in the cell (WPS's DISPIMG); it holds no value."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell; rows and columns count from 1."""

    row: int
    column: int
    value: RawValue
    mark: CellMark | None = None

    @property
    def address(self) -> str:
        """Write where the cell stands, as Excel does: `C5`."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def text(self) -> str:
        """Write the value as a person would read it."""
        return raw_text(self.value)


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def address(self) -> str:
        """Write the rectangle as Excel does: `A1:C2`."""
        first = f"{column_letters(self.left)}{self.top}"
        return f"{first}:{column_letters(self.right)}{self.bottom}"


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or one text file.

    `rows` hold only cells with content (a value or a mark) and only rows that have
    one. `typed` is False where everything is text (CSV), so that a number written as
    text is no peculiarity. `epoch_1904` says how the file counts its days.
    """

    sheet: str
    rows: tuple[tuple[RawCell, ...], ...]
    typed: bool = True
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    merges: tuple[Area, ...] = ()
    epoch_1904: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read whole: its tables and what a person should know of it.

    `digest` is the SHA-256 of the bytes that were read.
    """

    file: str
    digest: str
    tables: tuple[Table, ...]
    notes: tuple[Message, ...] = ()


def column_letters(number: int) -> str:
    """Write a column's number as letters: 1 is A, 28 is AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Read a column's letters (capitals) as its number."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def raw_text(value: RawValue) -> str:
    """Write a raw value as text: numbers plain, days as ISO, a blank as nothing."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case Decimal():
            return plain_number(value)
        case datetime():
            return value.isoformat(" ")
        case date():
            return value.isoformat()
        case str():
            return value
        case never:
            assert_never(never)


def plain_number(number: Decimal) -> str:
    """Write a number without exponent and without needless zeros behind the point."""
    written = format(number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
