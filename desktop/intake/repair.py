"""A raw cell becomes a cell of a form, every repair on the way written down.

The repairs are few and each is exact: the text before and after is shown, and a person
can take the import back. What is not surely meant is not repaired but left blank and
reported with its address.

| kind | what it does |
|---|---|
| formula | takes the result the writing program had stored |
| escape | `_x0041_` becomes A |
| width | full-width letters, digits and signs become half-width |
| spaces | blanks around, no-break and zero-width characters, line breaks |
| composed | combining marks join their letters (NFC) |
| thousands | 8,268 becomes 8268 |
| measure | 120张 becomes 120 |
| scale | 0.5万 becomes 5000 |
| scientific | 1.2E+05 becomes 120000 |
| typed_number | a number stored as text in a workbook |
| number_as_text | a number where text is wanted, as long as no digit can be lost |
| float | the tail behind 15 digits that Excel does not show either |
| serial | a day stored as Excel's number of days |
| writing | another way to write the same day, choice or answer |
| meant | a word of another source, for the choice the pack says it means |
| unit_name | another way to write the name of a unit |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as part
from datetime import date
from datetime import datetime
from datetime import timedelta
from decimal import Context
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never
from unicodedata import normalize

from desktop.core.cells import BLANK
from desktop.core.cells import EXACT
from desktop.core.cells import SIGNIFICANT_DIGITS
from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.forms.entry import format_cell
from desktop.forms.entry import meant_choice
from desktop.forms.entry import parse_entry
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import ChoicesField
from desktop.forms.fields import DateField
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.forms.fields import TextField
from desktop.forms.fields import YesNoField
from desktop.intake.cleaning import WIDE
from desktop.intake.cleaning import RepairKind
from desktop.intake.cleaning import cleaning
from desktop.intake.table import CellMark
from desktop.intake.table import RawCell
from desktop.intake.table import plain_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.forms.fields import Field


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair: where, on which field, what stood there and what stands there now."""

    address: str
    field: str
    before: str
    after: str
    kind: RepairKind


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that could not be taken: where, which field, what stands there, why."""

    address: str
    field: str
    text: str
    why: Message


@dataclass(frozen=True, slots=True)
class Reading:
    """What a raw cell came to: a cell or a problem, and the repairs made for it."""

    cell: Cell
    repairs: tuple[Repair, ...] = ()
    problem: CellProblem | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """The field a column carries, with its choices, and how the table writes."""

    field: Field
    choices: tuple[str, ...] = ()
    typed: bool = True
    epoch_1904: bool = False


def read_cell(raw: RawCell, column: Column) -> Reading:
    """Make a cell of a raw one."""
    work = _Work(raw, column)
    try:
        cell = _cell(work)
    except _UnfitError as unfit:
        text = "=…" if raw.value is None else raw.text
        found = CellProblem(raw.address, column.field.id, text, unfit.why)
        return Reading(BLANK, tuple(work.repairs), found)
    return Reading(cell, tuple(work.repairs))


class _UnfitError(Exception):
    """The cell cannot be taken as it is; never leaves this module."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.code)
        self.why = why


@dataclass(slots=True)
class _Work:
    """A cell under repair."""

    raw: RawCell
    column: Column
    repairs: list[Repair] = part(default_factory=list)

    def repaired(self, kind: RepairKind, before: str, after: str) -> str:
        """Write a repair down if it changed anything; gives the text after it."""
        if before != after:
            field = self.column.field.id
            self.repairs.append(Repair(self.raw.address, field, before, after, kind))
        return after

    def unfit(self, code: str) -> _UnfitError:
        """Say that the cell cannot be taken."""
        return _UnfitError(message(f"intake.cell.{code}"))


def _cell(work: _Work) -> Cell:
    raw = work.raw
    if raw.mark is CellMark.ERROR:
        raise work.unfit("error_value")
    if raw.mark is CellMark.PICTURE:
        raise work.unfit("picture")
    if raw.value is None:
        if raw.mark is CellMark.FORMULA:
            raise work.unfit("no_result")
        return BLANK
    if raw.mark is CellMark.FORMULA:
        work.repaired(RepairKind.FORMULA, "=…", raw.text)
    match raw.value:
        case bool():
            return _from_bool(work, yes=raw.value)
        case Decimal():
            return _from_number(work, raw.value)
        case date():
            return _from_day(work, raw.value)
        case str():
            return _from_text(work, raw.value)
        case never:
            assert_never(never)


def _from_bool(work: _Work, *, yes: bool) -> Cell:
    if isinstance(work.column.field, YesNoField):
        return yes
    raise work.unfit("yes_or_no")


def _from_number(work: _Work, number: Decimal) -> Cell:
    """Take a number of a workbook."""
    column = work.column
    if abs(number) >= EXACT:
        raise work.unfit("digits_lost")
    written = plain_number(number)
    shown = plain_number(Context(prec=SIGNIFICANT_DIGITS).plus(number))
    written = work.repaired(RepairKind.FLOAT, written, shown)
    match column.field:
        case IntegerField() | DecimalField():
            return _parse(work, written)
        case DateField():
            return _from_day_text(work, written)
        case YesNoField():
            return _parse(work, written)
        case _:
            text = work.repaired(RepairKind.NUMBER_AS_TEXT, f"{written} (123)", written)
            return _parse(work, text)


_FIRST_SURE_DAY: Final = date(1900, 3, 1)
"""Excel believes in a 29 February 1900, so what lies before it is off by a day."""


def _from_day(work: _Work, day: date) -> Cell:
    """Take a day of a workbook; a time of day is dropped, and that is shown."""
    field = work.column.field
    plain = day.date() if isinstance(day, datetime) else day
    if plain < _FIRST_SURE_DAY:
        raise work.unfit("early_day")
    match field:
        case DateField() | TextField():
            written = work.repaired(RepairKind.WRITING, work.raw.text, str(plain))
            return _parse(work, written)
        case _:
            raise work.unfit("day")


def _from_text(work: _Work, text: str) -> Cell:
    for kind, repaired in cleaning(text, escaped=work.column.typed):
        text = work.repaired(kind, text, repaired)
    if not text:
        return BLANK
    field = work.column.field
    match field:
        case IntegerField() | DecimalField():
            return _from_number_text(work, text)
        case DateField():
            return _from_day_text(work, text)
        case ChoiceField() | ChoicesField():
            return _parse(work, _as_listed(work, text))
        case _:
            return _parse(work, text)


_PLAIN: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_GROUPED: Final = re.compile(r"-?[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]+)?")
_SCIENTIFIC: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,2}")
_WITH_MEASURE: Final = re.compile(
    r"(?P<number>-?[0-9][0-9., ]*?) ?(?P<rest>[^0-9., ].*)"
)
_SCALES: Final[Mapping[str, int]] = {"万": 10_000, "亿": 100_000_000}
_MEASURES: Final = frozenset(
    ("张", "人", "个", "名", "位", "户", "家", "所", "处", "间", "床", "元", "岁", "次")
) | {"平方米", "㎡", "m2", "平米", "辆", "台", "件", "班", "小时", "公里", "%"}


def _from_number_text(work: _Work, text: str) -> Cell:
    """Take a number out of a text, or an answer such as 不适用."""
    narrow = work.repaired(RepairKind.WIDTH, text, text.translate(WIDE))
    number = _without_measure(work, narrow)
    if _GROUPED.fullmatch(number) and not ("," in number and " " in number):
        plain = number.replace(",", "").replace(" ", "")
        number = work.repaired(RepairKind.THOUSANDS, number, plain)
    if _SCIENTIFIC.fullmatch(number):
        plain = plain_number(Decimal(number))
        number = work.repaired(RepairKind.SCIENTIFIC, number, plain)
    if not _PLAIN.fullmatch(number):
        return _answer(work, narrow)
    if isinstance(work.column.field, IntegerField):
        whole = plain_number(Decimal(number))
        number = work.repaired(RepairKind.WRITING, number, whole)
    cell = _parse(work, number)
    if work.column.typed and not work.repairs:
        work.repaired(RepairKind.TYPED_NUMBER, f"'{text}", number)
    return cell


def _answer(work: _Work, text: str) -> Cell:
    """Take 不适用 and 不详; any other text is no number."""
    entry = parse_entry(work.column.field, text)
    if isinstance(entry, Absent):
        return entry
    raise work.unfit("no_number")


def _without_measure(work: _Work, text: str) -> str:
    """Take the unit of measurement and 万 or 亿 off a number."""
    found = _WITH_MEASURE.fullmatch(text)
    if found is None or _SCIENTIFIC.fullmatch(text):
        return text
    number, rest = found["number"], found["rest"].strip()
    measure = work.column.field.measure or ""
    if rest == measure:
        return work.repaired(RepairKind.MEASURE, text, number)
    scale = _SCALES.get(rest[0], 1)
    unit = rest[1:].strip() if scale > 1 else rest
    fits = unit in {"", measure} if measure else unit in _MEASURES | {""}
    if not fits or (scale > 1 and measure.startswith(tuple(_SCALES))):
        raise work.unfit("other_measure")
    number = work.repaired(RepairKind.MEASURE, text, number + rest[0] * (scale > 1))
    return _scaled(work, number, scale) if scale > 1 else number


def _scaled(work: _Work, number: str, scale: int) -> str:
    plain = number[:-1].strip()
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "").replace(" ", "")
    if not _PLAIN.fullmatch(plain):
        raise work.unfit("no_number")
    whole = plain_number(Decimal(plain) * scale)
    return work.repaired(RepairKind.SCALE, number, whole)


_SERIAL: Final = re.compile(r"[1-9][0-9]{4}")
_CLOCK: Final = re.compile(r"(.*[0-9日])[ T]0?0:00(?::00(?:\.0+)?)?")


def _from_day_text(work: _Work, text: str) -> Cell:
    """Take a day as written, or as Excel's count of days (1927 to 2173)."""
    narrow = work.repaired(RepairKind.WIDTH, text, text.translate(WIDE))
    bare = narrow.replace(" ", "") if "年" in narrow else narrow
    clock = _CLOCK.fullmatch(bare)
    bare = clock[1] if clock else bare
    if _SERIAL.fullmatch(bare):
        epoch = date(1904, 1, 1) if work.column.epoch_1904 else date(1899, 12, 30)
        day = epoch + timedelta(days=int(bare))
        bare = narrow = work.repaired(RepairKind.SERIAL, narrow, day.isoformat())
    cell = _parse(work, bare)
    if isinstance(cell, date):
        work.repaired(RepairKind.WRITING, narrow, cell.isoformat())
    return cell


def _as_listed(work: _Work, text: str) -> str:
    """Write a choice as the list does, if width and blanks differ or the pack says."""
    if text in work.column.choices:
        return text
    meant = meant_choice(work.column.field, text)
    if meant is not None:
        return work.repaired(RepairKind.MEANT, text, meant)

    def bare(choice: str) -> str:
        return "".join(normalize("NFKC", choice).split()).casefold()

    alike = [one for one in work.column.choices if bare(one) == bare(text)]
    if len(alike) != 1:
        return text
    return work.repaired(RepairKind.WRITING, text, alike[0])


def _parse(work: _Work, text: str) -> Cell:
    """Read a text as the field wants it, and write down what that changed."""
    field = work.column.field
    entry = parse_entry(field, text, work.column.choices)
    if isinstance(entry, Message):
        raise _UnfitError(entry)
    if isinstance(entry, str | tuple | bool):
        work.repaired(RepairKind.WRITING, text, format_cell(field, entry))
    return entry
