"""Two readers read the same workbook; only what both saw is believed."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from datetime import timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.intake.children import read_in_child
from desktop.intake.table import CellMark
from desktop.intake.table import RawCell
from desktop.intake.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.intake.children import Cells
    from desktop.intake.children import SheetCells
    from desktop.intake.limits import Limits
    from desktop.intake.preflight import Preflight
    from desktop.intake.preflight import SheetFacts
    from desktop.intake.table import RawValue

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DAY: Final = timedelta(days=1)
_EPOCH_1900: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - no time zones in Excel
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
_SECOND: Final = 1 / 86_400


def read_workbook(
    data: bytes, facts: Preflight, command: tuple[str, ...], limits: Limits
) -> tuple[Table, ...] | Message:
    """Read a workbook that passed the preflight.

    Gives its tables, or why it is refused: a reader failed, or the two disagree (the
    message names sheet and cell). The message leaves the file's name to the caller.
    """
    extents = [sheet.scan.extent for sheet in facts.sheets]
    bounds = [f"{rows}x{columns}" for rows, columns in extents]
    with ThreadPoolExecutor(2) as pool:
        jobs = [
            pool.submit(read_in_child, (*command, reader, *bounds), data, limits)
            for reader in ("fast", "careful")
        ]
        fast, careful = (job.result() for job in jobs)
    if fast is None or careful is None:
        return message("intake.reader_failed")
    names = [sheet.name for sheet in facts.sheets]
    if not names == [one.name for one in fast] == [one.name for one in careful]:
        return message("intake.readers_disagree_on_sheets")
    tables = []
    for sheet, quick, slow in zip(facts.sheets, fast, careful, strict=True):
        differing = _first_difference(quick, slow, epoch_1904=facts.epoch_1904)
        if differing is not None:
            return differing
        tables.append(_table(sheet, quick.cells, slow.cells, facts))
    return tuple(tables)


def unescape(text: str) -> str:
    """Replace Excel's `_x0041_` by the character it stands for."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _first_difference(
    fast: SheetCells, careful: SheetCells, *, epoch_1904: bool
) -> Message | None:
    for place in sorted(fast.cells.keys() | careful.cells.keys()):
        one, other = fast.cells.get(place), careful.cells.get(place)
        if not _agree(one, other, epoch_1904=epoch_1904):
            cell = RawCell(*place, None).address
            return message("intake.readers_disagree", sheet=careful.name, cell=cell)
    return None


def _agree(
    fast: tuple[str, str] | None, careful: tuple[str, str] | None, *, epoch_1904: bool
) -> bool:
    """Tell whether two readings of a cell are the same content.

    An error value is a blank to the fast reader; a day too far for the calendar is a
    number to one and an error to the other. Blanks at the ends of a text are kept by
    one only. Formats decide whether a number is a day, and the readers know different
    formats: then the serial number decides.
    """
    match fast, careful:
        case (None | ("n", _), ("e", _)):
            return True
        case (None, ("s", text)):
            return not text.strip()
        case (("s", one), ("s", other)):
            return one == other or one.strip() == unescape(other).strip()
        case (None, _) | (_, None):
            return False
        case (("n" | "d", _) as one, ("n" | "d", _) as other):
            first, second = _serial(one, epoch_1904), _serial(other, epoch_1904)
            exact = one[0] == other[0]
            return first == second or (not exact and abs(first - second) < _SECOND)
        case (("t", one), ("t", other)):
            return abs(float(one) - float(other)) < 1
        case _:
            return fast == careful


def _serial(cell: tuple[str, str], epoch_1904: bool) -> float:  # noqa: FBT001 - private
    kind, text = cell
    if kind == "n":
        return float(text)
    epoch = _EPOCH_1904 if epoch_1904 else _EPOCH_1900
    return (datetime.fromisoformat(text) - epoch) / _DAY


def _table(sheet: SheetFacts, fast: Cells, careful: Cells, facts: Preflight) -> Table:
    """Put the careful reading and our own scan together."""
    rows = groupby(_cells(sheet, fast, careful), key=lambda cell: cell.row)
    return Table(
        sheet=sheet.name,
        rows=tuple(tuple(cells) for _, cells in rows),
        hidden=sheet.hidden,
        hidden_rows=frozenset(sheet.scan.hidden_rows),
        merges=tuple(sheet.scan.merges),
        epoch_1904=facts.epoch_1904,
    )


def _cells(sheet: SheetFacts, fast: Cells, careful: Cells) -> Iterator[RawCell]:
    scan = sheet.scan
    for place in sorted(careful.keys() | scan.formulas):
        kind, text = careful.get(place, ("", ""))
        # The fast reader knows the Chinese built-in day formats, the careful not.
        if kind == "n" and fast[place][0] == "d":
            kind, text = fast[place]
        mark = CellMark.FORMULA if place in scan.formulas else None
        mark = CellMark.ERROR if kind == "e" else mark
        mark = CellMark.PICTURE if place in scan.pictures else mark
        yield RawCell(*place, _value(kind, text), mark)


def _value(kind: str, text: str) -> RawValue:
    match kind:
        case "n":
            return Decimal(text)
        case "b":
            return text == "1"
        case "d":
            moment = datetime.fromisoformat(text)
            midnight = moment.time() == datetime.min.time()
            return moment.date() if midnight else moment
        case "t":
            return str(timedelta(seconds=float(text)))
        case _:
            return text or None
