"""The one text form of a cell that digests are made of."""

from __future__ import annotations

import json
from datetime import date
from decimal import Context
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never
from unicodedata import normalize

from desktop.core.cells import EXACT
from desktop.core.cells import SIGNIFICANT_DIGITS
from desktop.core.cells import Absent

if TYPE_CHECKING:
    from desktop.core.cells import Cell

_CONTEXT: Final = Context(prec=SIGNIFICANT_DIGITS)


def canonical(cell: Cell) -> str | None:
    """Write a cell so that equal contents, and only those, give equal text.

    A first letter keeps the kinds apart: the number 1, the text "1" and 是 differ. 12
    and 12.0 are one number; texts that differ only in how Unicode composes a character
    are one text. Blank is None.
    """
    # The kinds most cells are of come first: a paste asks for all cells it touches.
    if type(cell) is int and -EXACT < cell < EXACT:
        return f"n:{cell}"
    match cell:
        case str():
            return f"t:{normalize('NFC', cell)}"
        case bool():
            return f"b:{int(cell)}"
        case int() | Decimal():
            return f"n:{number_text(cell)}"
        case date():
            return f"d:{cell.isoformat()}"
        case tuple():
            chosen = [normalize("NFC", choice) for choice in cell]
            return f"c:{json.dumps(chosen, ensure_ascii=False)}"
        case Absent.BLANK:
            return None
        case Absent():
            return f"a:{cell.value}"
        case _:
            assert_never(cell)


def number_text(number: int | Decimal) -> str:
    """Write a number at the digits a double keeps, without zeros that say nothing."""
    if isinstance(number, int) and -EXACT < number < EXACT:
        return str(number)
    value = _CONTEXT.add(Decimal(number), 0).normalize(_CONTEXT)
    return f"{value:f}" if abs(value.adjusted()) < SIGNIFICANT_DIGITS else f"{value:E}"
