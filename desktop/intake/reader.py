"""The process that reads a workbook: bytes come in, cells go out as JSON lines.

Started as `python -m desktop.intake.reader fast|careful 120x9 ...` (in the frozen
program by the hidden sub-command `--read-workbook`), where each `rows x columns` says
how far a sheet goes, so that no reader builds what is empty beyond. A reader that
hangs, eats memory or aborts takes only itself down. Nothing is unpickled: the parent
reads plain JSON.

Lines: `["sheet", number, name]`, then `["row", number, [[column, kind, value], ...]]`,
last `["end", count of cells]`, without which the parent believes nothing.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.intake.confine import confine
from desktop.intake.limits import LIMITS

_EXTENT: Final = re.compile("([0-9]{1,7})x([0-9]{1,5})")

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from typing import BinaryIO
    from typing import TextIO

Kind: TypeAlias = "tuple[str, str]"
"""`n` number, `s` text, `b` yes/no, `d` moment, `t` duration in seconds, `e` error."""

Extents: TypeAlias = "Sequence[tuple[int, int]]"
"""Last row and last column of each sheet."""

Row: TypeAlias = "tuple[int, list[tuple[int, str, str]]]"
Sheet: TypeAlias = "tuple[str, Iterator[Row]]"


def main(arguments: Sequence[str]) -> int:
    """Read the workbook on standard input; gives the exit code."""
    confine(LIMITS)
    warnings.simplefilter("ignore")
    with open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False) as out:
        return serve(arguments, sys.stdin.buffer, out)


def serve(arguments: Sequence[str], given: BinaryIO, out: TextIO) -> int:
    """Read a workbook from one stream and write its cells to another."""
    reader = READERS.get(arguments[0]) if arguments else None
    found = [_EXTENT.fullmatch(written) for written in arguments[1:]]
    extents = [(int(one[1]), int(one[2])) for one in found if one]
    if reader is None or len(extents) < len(found):
        return 2
    count = 0
    for number, (name, rows) in enumerate(reader(given.read(), extents)):
        _say(out, ["sheet", number, name])
        for at, cells in rows:
            count += len(cells)
            _say(out, ["row", at, cells])
    _say(out, ["end", count])
    return 0


def _say(out: TextIO, line: Sequence[object]) -> None:
    out.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")))
    out.write("\n")


def _fast(data: bytes, extents: Extents) -> Iterator[Sheet]:
    """Read with python-calamine.

    Raises:
        ValueError: A sheet goes further than our own scan found it to.
    """
    from python_calamine import CalamineWorkbook
    from python_calamine import SheetTypeEnum

    with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        tables = [
            (index, meta)
            for index, meta in enumerate(book.sheets_metadata)
            if meta.typ is SheetTypeEnum.WorkSheet
        ]
        for number, (index, meta) in enumerate(tables):
            sheet = book.get_sheet_by_index(index)
            # Asking for the values costs memory by the area: look before.
            last = sheet.end
            if last is not None and not _within(last, extents[number]):
                raise ValueError(meta.name)
            values = sheet.to_python(skip_empty_area=False) if last else []
            yield meta.name, _numbered(values)


def _within(last: tuple[int, int], extent: tuple[int, int]) -> bool:
    """Tell whether a last cell, counted from 0, lies within rows and columns."""
    return last[0] < extent[0] and last[1] < extent[1]


def _careful(data: bytes, extents: Extents) -> Iterator[Sheet]:
    """Read with openpyxl: streaming, cached values, the hardened XML parser only."""
    import openpyxl
    from openpyxl.xml import DEFUSEDXML
    from openpyxl.xml import LXML

    if LXML or not DEFUSEDXML:
        raise RuntimeError("openpyxl would parse XML without defusedxml")
    book = openpyxl.load_workbook(
        BytesIO(data), read_only=True, data_only=True, keep_links=False
    )
    for sheet, (last_row, last_column) in zip(book.worksheets, extents, strict=True):
        # What the file says of its own size may be a lie.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=last_row or 1, max_col=last_column or 1)
        yield sheet.title, _openpyxl_rows(rows)


def _openpyxl_rows(rows: Iterable[Sequence[object]]) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        cells = []
        for column, cell in enumerate(row, start=1):
            value = getattr(cell, "value", None)
            if value is None or value == "":
                continue
            error = getattr(cell, "data_type", "") == "e"
            kind, text = ("e", str(value)) if error else describe(value)
            cells.append((column, kind, text))
        if cells:
            yield number, cells


def _numbered(rows: Iterable[Sequence[object]]) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        cells = [
            (column, *describe(value))
            for column, value in enumerate(row, start=1)
            if value != ""
        ]
        if cells:
            yield number, cells


def describe(value: object) -> Kind:
    """Say a value as kind and text, alike for both readers."""
    match value:
        case bool():
            return "b", "1" if value else "0"
        case int() | float():
            return "n", repr(value)
        case str():
            return "s", value
        case datetime():
            return "d", value.isoformat()
        case date():
            return "d", datetime(value.year, value.month, value.day).isoformat()  # noqa: DTZ001 - a workbook knows no time zone
        case time():
            whole = timedelta(
                hours=value.hour,
                minutes=value.minute,
                seconds=value.second,
                microseconds=value.microsecond,
            )
            return "t", repr(whole.total_seconds())
        case timedelta():
            return "t", repr(value.total_seconds())
        case _:
            raise TypeError(type(value))


READERS: Final[Mapping[str, Callable[[bytes, Extents], Iterator[Sheet]]]] = {
    "fast": _fast,
    "careful": _careful,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
