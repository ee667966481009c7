"""What a file or a ledger says of its records, in the one shape that is merged.

A record is a set of *slots*: its unit, its cells by field and its notes by topic, each
as text. A cell stands there as `desktop.core.cell_text` writes it, so equal contents
are equal texts on every machine. A slot that is not there is blank, and a record
without slots is not there. A nil return (零报告) is a record of its own.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.core import layout
from desktop.core.cell_text import canonical
from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.cells import Cell
    from desktop.store.records import Record

Slots: TypeAlias = "Mapping[str, str]"
"""Texts by slot; none of them is empty."""
Content: TypeAlias = "Mapping[RecordKey, Slots]"

UNIT: Final = layout.UNIT
NIL: Final = layout.NIL
_NIL_KEY: Final = f"{NIL}:"
NOTHING: Final[Mapping[str, str]] = {}
"""A record that is not there."""
ANSWER: Final = "answer:"
"""Begins the topic of an answer to what was sent back (`desktop.exchange.slip`)."""
TRAVELLING: Final = ("rule:", "basis:", "field:", ANSWER)
"""Notes that are for others, too: explanations, what they stand on, remarks, answers.
Flags and second entries are about the work at one desk."""


def nil_key(form: str, period: str, unit: str) -> RecordKey:
    """Give the key under which a unit's nil return stands."""
    return RecordKey(form, period, FacilityId(_NIL_KEY + unit))


def is_nil(key: RecordKey) -> bool:
    """Tell whether a key is that of a nil return."""
    return key.facility.startswith(_NIL_KEY)


def nil_slots(unit: str) -> Slots:
    """Give the slots of a nil return."""
    return {UNIT: unit, NIL: "1"}


def is_note(slot: str) -> bool:
    """Tell whether a slot is a note; field ids have no colon."""
    return ":" in slot


def travels(topic: str) -> bool:
    """Tell whether a note is for others, too."""
    return topic.startswith(TRAVELLING)


def slots_of(record: Record, notes: Mapping[str, str]) -> Slots:
    """Give the slots of a record of a ledger."""
    found = {UNIT: record.unit}
    for field, cell in record.cells.items():
        text = canonical(cell)
        if text is not None:
            found[field] = text
    found.update((topic, text) for topic, text in notes.items() if travels(topic))
    return found


def digest_of(slots: Slots) -> str:
    """Give a short digest of a record: what a choice about the whole of it is about."""
    text = json.dumps(sorted(slots.items()), ensure_ascii=False)
    return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]


class UnfitTextError(ValueError):
    """A text is not what `desktop.core.cell_text` writes."""


def cell_of(text: str) -> Cell:
    """Read a cell from its canonical text; an empty text is a blank.

    Raises:
        UnfitTextError: The text is not canonical.
    """
    try:
        return _read(text)
    except (ValueError, ArithmeticError) as error:
        raise UnfitTextError(text) from error


class Cells(dict[str, "Cell"]):
    """Cells by their canonical texts; most come many times.

    Raises:
        UnfitTextError: A text is not canonical.
    """

    def __missing__(self, text: str) -> Cell:
        """Read it."""
        cell = self[text] = cell_of(text)
        return cell


def notes_in(slots: Slots) -> dict[str, str]:
    """Give the notes of a record."""
    # Most have none, and all names together are looked through in one go.
    if ":" not in "".join(slots):
        return {}
    return {slot: text for slot, text in slots.items() if ":" in slot}


def cells_in(slots: Slots, cells: Cells) -> tuple[tuple[str, Cell], ...]:
    """Give the cells of a record that is there, in the order of its slots.

    Raises:
        UnfitTextError: A text is not canonical.
    """
    found = dict(slots)
    for slot in (UNIT, *notes_in(slots)):
        del found[slot]
    return tuple(zip(found, map(cells.__getitem__, found.values()), strict=True))


def _read(text: str) -> Cell:
    kind, colon, said = text.partition(":")
    if not text:
        return BLANK
    match kind:
        case "n" if colon:
            return _number(said)
        case "t" if said:
            return said
        case "b" if said in ("0", "1"):
            return said == "1"
        case "d":
            return date.fromisoformat(said)
        case "c":
            return _choices(said)
        case "a" if said != BLANK.value:
            return Absent(said)
        case _:
            raise ValueError(text)


def _number(said: str) -> int | Decimal:
    if said.isascii() and said.removeprefix("-").isdecimal():
        return int(said)
    number = Decimal(said)
    if not (number.is_finite() and said.isascii()):
        raise ValueError(said)
    return number


def _choices(said: str) -> tuple[str, ...]:
    found = json.loads(said)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ValueError(said)
    return tuple(found)
