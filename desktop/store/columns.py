"""How a field's cells lie in the file: column type, value in, value out.

A cell goes through three shapes: `Cell` in the program, a SQLite value in its column,
and the same value as JSON in the change log. Blank, 不适用 and 不详 are NULL in the
column; the latter two stand in `_states`.
"""

from __future__ import annotations

import json
import math
from datetime import date
from decimal import Decimal
from json.encoder import encode_basestring
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias
from typing import assert_never

from desktop.core.cells import BLANK
from desktop.core.cells import EXACT
from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.core.frozen import frozen
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import ChoicesField
from desktop.forms.fields import CreditCodeField
from desktop.forms.fields import DateField
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.forms.fields import TelephoneField
from desktop.forms.fields import TextField
from desktop.forms.fields import UnitField
from desktop.forms.fields import YesNoField

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from desktop.forms.fields import Field

Stored: TypeAlias = int | float | str | None
"""A value as SQLite holds it."""


class UnfitValueError(ValueError):
    """A cell that its field cannot hold; the caller knows which field."""


@frozen
class Codec:
    """Column type, and the two ways between a cell and its stored value.

    `tidy` gives the one shape of a cell that the ledger keeps (a decimal at its
    declared digits, an empty text as blank) and raises `UnfitValueError`; `encode`
    takes tidy values only. `text` writes one as JSON.
    """

    column: str
    tidy: Callable[[Cell], Cell]
    encode: Callable[[Cell], Stored]
    decode: Callable[[Stored], Cell]
    text: Callable[[Cell], str]
    several: bool = False
    """Whether a cell holds a list of texts."""

    @property
    def plain(self) -> bool:
        """Whether the stored value is the cell itself."""
        return self.decode is _back


def codec_of(field: Field) -> Codec:
    """Choose how a kind of field is kept."""
    match field:
        case IntegerField():
            return _INTEGER
        case DecimalField():
            return _decimal(field.digits)
        case (
            TextField()
            | ChoiceField()
            | UnitField()
            | CreditCodeField()
            | TelephoneField()
        ):
            return _TEXT
        case ChoicesField():
            return _CHOICES
        case DateField():
            return _DATE
        case YesNoField():
            return _YES_NO
        case _:
            assert_never(field)


def _tidy_integer(cell: Cell) -> Cell:
    if type(cell) is not int or not -EXACT < cell < EXACT:
        raise UnfitValueError(repr(cell))
    return cell


def _tidy_text(cell: Cell) -> Cell:
    if type(cell) is not str or not storable(cell):
        raise UnfitValueError(repr(cell))
    return cell or BLANK


def storable(text: str) -> bool:
    """Tell whether a text can be kept: no NUL, no half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _tidy_choices(cell: Cell) -> Cell:
    if type(cell) is not tuple or not all(
        type(choice) is str and storable(choice) for choice in cell
    ):
        raise UnfitValueError(repr(cell))
    return cell or BLANK


def _tidy_date(cell: Cell) -> Cell:
    if type(cell) is not date:
        raise UnfitValueError(repr(cell))
    return cell


def _tidy_yes_no(cell: Cell) -> Cell:
    if type(cell) is not bool:
        raise UnfitValueError(repr(cell))
    return cell


def _as_is(cell: Cell) -> Stored:
    return cell  # type: ignore[return-value]  # tidy has made it a number or a text


def _back(value: Stored) -> Cell:
    return value  # type: ignore[return-value]  # a float is left to `_decimal`


def _decode_choices(value: Stored) -> Cell:
    return tuple(json.loads(str(value)))


def _encode_choices(cell: Cell) -> Stored:
    return json.dumps(cell, ensure_ascii=False, separators=(",", ":"))


def _decode_date(value: Stored) -> Cell:
    return date.fromisoformat(str(value))


def _decode_yes_no(value: Stored) -> Cell:
    return bool(value)


def _decimal(digits: int) -> Codec:
    quantum = Decimal(1).scaleb(-digits)
    form = f".{digits}f"

    def tidy(cell: Cell) -> Cell:
        number = Decimal(cell) if type(cell) is int else cell
        if not isinstance(number, Decimal) or not number.is_finite():
            raise UnfitValueError(repr(cell))
        if not abs(number) * 10**digits < EXACT:
            raise UnfitValueError(repr(cell))
        rounded = number.quantize(quantum)
        if rounded != number:
            raise UnfitValueError(repr(cell))
        # Minus nought would be another text and another digest than nought.
        return rounded or abs(rounded)

    def encode(cell: Cell) -> Stored:
        return float(cell)  # type: ignore[arg-type]  # tidy has made it a Decimal

    def decode(value: Stored) -> Cell:
        if not isinstance(value, int | float) or not math.isfinite(value):
            raise UnfitValueError(repr(value))
        return Decimal(format(value, form))

    def text(cell: Cell) -> str:
        return float.__repr__(float(cell))  # type: ignore[arg-type]  # tidy has made it a Decimal

    return Codec("REAL", tidy, encode, decode, text)


def _yes_no_text(cell: Cell) -> str:
    return "true" if cell else "false"


def _date_text(cell: Cell) -> str:
    return f'"{cell}"'


def _choices_text(cell: Cell) -> str:
    return encode_basestring(str(_encode_choices(cell)))


def _plain_text(cell: Cell) -> str:
    return encode_basestring(cell)  # type: ignore[arg-type]  # tidy has made it a text


_INTEGER: Final = Codec("INTEGER", _tidy_integer, _as_is, _back, repr)
_TEXT: Final = Codec("TEXT", _tidy_text, _as_is, _back, _plain_text)
_CHOICES: Final = Codec(
    "TEXT",
    _tidy_choices,
    _encode_choices,
    _decode_choices,
    _choices_text,
    several=True,
)
_DATE: Final = Codec("TEXT", _tidy_date, str, _decode_date, _date_text)
_YES_NO: Final = Codec("INTEGER", _tidy_yes_no, _as_is, _decode_yes_no, _yes_no_text)

STATES: Final[Mapping[str, Absent]] = {
    state.value: state for state in (Absent.NOT_APPLICABLE, Absent.UNKNOWN)
}
"""What `_states` and the log write for the kinds of absence that are not blank."""


def tidy(codec: Codec, cell: Cell) -> Cell:
    """Give the one shape of a cell that the ledger keeps.

    Raises:
        UnfitValueError: The field cannot hold it.
    """
    return cell if type(cell) is Absent else codec.tidy(cell)


def to_stored(codec: Codec, cell: Cell) -> Stored:
    """Give the value of a column for a tidy cell; an absent one is NULL."""
    return None if type(cell) is Absent else codec.encode(cell)


def to_json(codec: Codec, cell: Cell) -> object:
    """Write a tidy cell for the change log."""
    if type(cell) is Absent:
        return None if cell is BLANK else {"absent": cell.value}
    return to_stored(codec, cell)


def to_text(codec: Codec, cell: Cell) -> str:
    """Write a tidy cell as the text `compact` makes of `to_json`."""
    return absent_text(cell) if type(cell) is Absent else codec.text(cell)


def absent_text(cell: Absent) -> str:
    """Write blank, 不适用 or 不详 as the text `compact` makes of `to_json`."""
    return "null" if cell is BLANK else f'{{"absent":"{cell.value}"}}'


def from_json(codec: Codec | None, value: object) -> Cell:
    """Read a cell of the change log; without a codec as plainly as it stands.

    Raises:
        ValueError: The text was damaged.
    """
    match value:
        case None:
            return BLANK
        case {"absent": str(word)} if word in STATES:
            return STATES[word]
        case bool() | int() | float() | str() if codec is not None:
            return codec.decode(value)
        case float():
            return Decimal(str(value))
        case bool() | int() | str():
            return value
        case _:
            raise UnfitValueError(repr(value))
