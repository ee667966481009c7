"""Digests that see what SQLite does not: a bit that fell over in a record.

They are taken over canonical content and not over bytes of the file, so they hold on
every machine and after every re-save.
"""

from __future__ import annotations

from hashlib import sha256
from json import JSONEncoder
from json.encoder import encode_basestring
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.cell_text import canonical
from desktop.core.cells import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from desktop.core.cells import Cell
    from desktop.core.changes import RecordKey
    from desktop.core.unit import Unit


compact: Final = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Writes JSON in the one way that digests rest on."""


def compact_texts(texts: Iterable[str]) -> str:
    """Write a list of texts as `compact` does, in a third of the time."""
    return f"[{','.join(map(encode_basestring, texts))}]"


def record_digest(key: RecordKey, unit: str, cells: Mapping[str, Cell]) -> str:
    """Give the SHA-256 of a record, in hexadecimal digits.

    `cells` are the stored cells that are not blank, in any order.
    """
    lines: list[str] = []
    for field in sorted(cells):
        cell = cells[field]
        # Most cells are whole numbers, as `canonical` writes them nothing to quote.
        if type(cell) is int and -EXACT < cell < EXACT:
            lines.append(f',"{field}=n:{cell}"')
        else:
            lines.append(f",{cell_line(field, cell)}")
    return lines_digest(key, unit, "".join(lines))


def cell_line(field: str, cell: Cell) -> str:
    """Write what a record's digest says of a cell."""
    return encode_basestring(f"{field}={canonical(cell)}")


def lines_digest(key: RecordKey, unit: str, lines: str) -> str:
    """Give the digest of a record; its cells, by field, stand each after a comma."""
    form, period, facility = map(encode_basestring, key)
    place = f"{form},{period},{facility},{encode_basestring(unit)}"
    return text_digest(f"[{place}{lines}]")


def units_digest(units: Iterable[Unit]) -> str:
    """Give the SHA-256 of the units in their order."""
    return text_digest(compact([_of_unit(unit) for unit in units]))


def _of_unit(unit: Unit) -> list[object]:
    plain = [unit.code, unit.name, unit.parent, unit.level.value, unit.class_.value]
    former = [[past.name, past.parent, past.until] for past in unit.former]
    history = [unit.since, unit.until, unit.statistics_code, former]
    # Units without a history have the digest they had before there was one.
    return [*plain, unit.virtual, *(history if any(history) else ())]


def text_digest(text: str) -> str:
    """Give the SHA-256 of a text."""
    return sha256(text.encode()).hexdigest()
