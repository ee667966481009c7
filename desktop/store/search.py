"""Looking through the cells of a form as a person sees them, and adding them up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import NamedTuple

from desktop.core import layout
from desktop.core.cells import Absent
from desktop.core.findings import RecordId
from desktop.core.frozen import frozen
from desktop.forms.entry import NO
from desktop.forms.entry import NOT_APPLICABLE
from desktop.forms.entry import SEPARATORS
from desktop.forms.entry import UNKNOWN
from desktop.forms.entry import YES
from desktop.forms.entry import parse_entry
from desktop.forms.fields import Binding
from desktop.forms.fields import ChoicesField
from desktop.forms.fields import DateField
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.forms.fields import YesNoField
from desktop.store.columns import codec_of
from desktop.store.columns import to_stored
from desktop.store.digest import compact
from desktop.store.listing import expression

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from desktop.forms.fields import Field
    from desktop.store.tables import FormTable

_AMONG: Final = f"{layout.RECORD} IN (SELECT value FROM json_each(?))"
_UNIT_NAME: Final = f"(SELECT name FROM {layout.UNITS} WHERE code = {{code}})"
_PART: Final = 10**6
"""Sums are kept in two parts, so that no sum of sound numbers overflows."""
_LABELS: Final = (
    (Absent.NOT_APPLICABLE.value, NOT_APPLICABLE),
    (Absent.UNKNOWN.value, UNKNOWN),
)


@frozen
class Sought:
    """What is looked for in cells: a part of what they show, or `whole` all of it.

    A number or a day is also found by its value, however it is written: 1,200 is 1200.
    Latin letters may be large or small.
    """

    text: str
    whole: bool = False

    @property
    def small(self) -> str:
        """The text with small Latin letters."""
        return lower(self.text)

    def meant(self, field: Field) -> int | Decimal | date | None:
        """Give the number or day that the text says in a field."""
        if isinstance(field, IntegerField | DecimalField | DateField):
            found = parse_entry(field, self.text)
            if isinstance(found, int | Decimal | date):
                return found
        return None


class Hit(NamedTuple):
    """A cell that has a text: 100,000 of them must be light."""

    record: RecordId
    field: str


@frozen
class Sums:
    """What cells hold together.

    `numbers` are the cells with a number and `total` is their sum, exactly; `filled`
    counts the cells with any value, `blank` those with none, and `marked` those that
    are 不适用 or 不详.
    """

    numbers: int = 0
    total: Decimal = Decimal(0)
    filled: int = 0
    blank: int = 0
    marked: int = 0

    def __add__(self, other: Sums) -> Sums:
        """Put the cells of both together."""
        return Sums(
            self.numbers + other.numbers,
            self.total + other.total,
            self.filled + other.filled,
            self.blank + other.blank,
            self.marked + other.marked,
        )


class Search:
    """Questions about the cells of one form in one period."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        table: FormTable,
        reading: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Take an open ledger's connection, and what says its errors."""
        self._connection = connection
        self._table = table
        self._reading = reading

    def sums(self, records: Sequence[RecordId], fields: Sequence[Field]) -> Sums:
        """Add up the cells of some records and fields, exactly."""
        columns = ["COUNT(*)"]
        for field in fields:
            columns += _summed(self._table, field)
        [row] = self._ask(", ".join(columns), _AMONG, (compact(records),))
        found = Sums()
        for place, field in enumerate(fields):
            found += _sum(field, row[0], row[1 + 4 * place : 5 + 4 * place])
        return found

    def hits(
        self, records: Sequence[RecordId], fields: Sequence[Field], sought: Sought
    ) -> list[Hit]:
        """List the cells that show what is looked for.

        Hits come record by record as asked for, and in the order of the fields.
        """
        params: list[object] = [sought.small, compact(records)]
        tests = [_test(self._table, field, sought, params) for field in fields]
        found = {
            row[0]: row[1:]
            for row in self._ask(
                f"{layout.RECORD}, {', '.join(tests)}",
                f"{layout.RECORD} IN (SELECT value FROM json_each(?2)) "
                f"AND ({' OR '.join(tests)})",
                tuple(params),
            )
        }
        return [
            Hit(record, field.id)
            for record in records
            if record in found
            for field, there in zip(fields, found[record], strict=True)
            if there
        ]

    def filled(self, records: Sequence[RecordId], field: Field) -> frozenset[RecordId]:
        """Tell which records have anything in a field; a mark is something too."""
        value = expression(self._table, field.id)
        rows = self._ask(
            layout.RECORD,
            f"{_AMONG} AND ({value} IS NOT NULL OR {_state(field)} IS NOT NULL)",
            (compact(records),),
        )
        return frozenset(RecordId(row[0]) for row in rows)

    def texts(
        self, records: Sequence[RecordId], field: Field
    ) -> list[tuple[RecordId, str]]:
        """Give what a person sees of one field, record by record."""
        found = dict(
            self._ask(
                f"{layout.RECORD}, {_shown(self._table, field)}",
                _AMONG,
                (compact(records),),
            )
        )
        return [(record, str(found[record])) for record in records if record in found]

    def _ask(self, columns: str, where: str, params: tuple[object, ...]) -> list[Any]:
        with self._reading():
            return self._connection.execute(
                f"SELECT {columns} FROM {self._table.name} WHERE {where}", params
            ).fetchall()


def _sum(field: Field, records: int, parts: tuple[int | None, ...]) -> Sums:
    """Read what `_summed` has asked for."""
    high, low, filled, marked = (part or 0 for part in parts)
    digits = _digits(field)
    return Sums(
        numbers=0 if digits is None else filled,
        # No number brings no decimals: 180 beds are not 180.00.
        total=Decimal(high * _PART + low).scaleb(-digits)
        if digits and filled
        else Decimal(high * _PART + low),
        filled=filled,
        blank=records - filled - marked,
        marked=marked,
    )


def _digits(field: Field) -> int | None:
    """Give the decimals of a number field, None of any other."""
    if isinstance(field, DecimalField):
        return field.digits
    return 0 if isinstance(field, IntegerField) else None


def _summed(table: FormTable, field: Field) -> tuple[str, str, str, str]:
    """Write sum in two parts, count, and how many are marked."""
    value, digits = expression(table, field.id), _digits(field)
    filled, marked = f"COUNT({value})", f"COUNT({_state(field)})"
    if digits is None:
        return "0", "0", filled, marked
    # A double keeps the digits of a cell, so its nearest whole number is the cell's.
    whole = f"CAST(ROUND({value} * {10**digits}) AS INTEGER)" if digits else value
    return f"SUM({whole} / {_PART})", f"SUM({whole} % {_PART})", filled, marked


def _state(field: Field) -> str:
    """Write the mark of a cell, or NULL."""
    return f"json_extract({layout.STATES}, '$.\"{field.id}\"')"


def _test(table: FormTable, field: Field, sought: Sought, params: list[object]) -> str:
    """Write whether a cell is a hit; the value the text means joins the parameters."""
    seen = f"lower({_shown(table, field)})"
    test = f"{seen} = ?1" if sought.whole else f"instr({seen}, ?1) > 0"
    meant = sought.meant(field)
    if meant is None:
        return test
    params.append(to_stored(codec_of(field), meant))
    return f"({test} OR {expression(table, field.id)} IS ?{len(params)})"


def lower(text: str) -> str:
    """Make Latin letters small as SQLite does, which leaves all others alone."""
    return "".join(sign.lower() if sign.isascii() else sign for sign in text)


def _shown(table: FormTable, field: Field) -> str:
    """Write what a person sees of a field as SQL; never NULL."""
    value = expression(table, field.id)
    match field:
        case DecimalField(digits=digits):
            plain = f"printf('%.{digits}f', {value})"
            text = f"CASE WHEN {value} IS NOT NULL THEN {plain} END"
        case YesNoField():
            text = f"CASE {value} WHEN 1 THEN '{YES}' WHEN 0 THEN '{NO}' END"
        case ChoicesField():
            each = f"group_concat(value, '{SEPARATORS[0]}')"
            text = f"(SELECT {each} FROM json_each({value}))"
        case _ if field.binds in (Binding.UNIT_CODE, Binding.UNIT_PARENT):
            text = _UNIT_NAME.format(code=value)
        case _:
            text = value
    labels = " ".join(f"WHEN '{word}' THEN '{said}'" for word, said in _LABELS)
    return f"COALESCE({text}, CASE {_state(field)} {labels} END, '')"
