"""Text tables (CSV): which encoding, which separator, which cells.

UTF-8 is tried first and strictly; a text that is valid UTF-8 by chance and was meant
as GB18030 is so unlikely that it is not asked about. What was used is told.
"""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from io import StringIO
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.intake.refusal import RefusedError
from desktop.intake.table import RawCell
from desktop.intake.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.intake.limits import Limits

_SEPARATORS: Final = (",", ";", "\t")
_NAMES: Final[Mapping[str, str]] = {",": ",", ";": ";", "\t": "Tab"}
_SAMPLE_LINES: Final = 20
_SAMPLE_LENGTH: Final = 10_000


def read_delimited(
    data: bytes, file: str, limits: Limits
) -> tuple[Table, tuple[Message, ...]] | Message:
    """Read a text table; gives it with remarks, or why it is refused."""
    try:
        text, encoding = _decode(data)
        if not text.strip():
            raise RefusedError("empty_file")  # noqa: TRY301 - caught just below
        separator = _separator(text)
        rows = tuple(_rows(text, separator, limits))
    except RefusedError as refusal:
        return refusal.about(file=file)
    read_as = message(
        "intake.text_read_as",
        file=file,
        encoding=encoding,
        separator=_NAMES[separator],
    )
    cells = tuple(row for number, fields in rows if (row := _row(number, fields)))
    return Table(file, cells, typed=False), (read_as, *_ragged(rows, file))


def _decode(data: bytes) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise RefusedError("text_encoding")
    if b"\0" in data:
        raise RefusedError("text_with_nul")
    for codec, name in (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")):
        try:
            return data.decode(codec), name
        except UnicodeDecodeError:
            continue
    raise RefusedError("text_encoding")


def _separator(text: str) -> str:
    """Take the separator found equally often in most lines; ties go to the comma."""
    found = [line for line in text.splitlines() if line.strip()]
    lines = [line[:_SAMPLE_LENGTH] for line in found[:_SAMPLE_LINES]]

    def weight(separator: str) -> tuple[int, int]:
        counts = [len(_split(line, separator)) for line in lines]
        usual = max(set(counts), key=lambda count: (count > 1, counts.count(count)))
        return (counts.count(usual) if usual > 1 else 0, usual)

    return max(_SEPARATORS, key=weight)


def _split(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], delimiter=separator), [])


def _rows(text: str, separator: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Give the lines that hold anything, with their numbers.

    Raises:
        RefusedError: Quotation marks do not match, or there is too much.
    """
    count = 0
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, fields in enumerate(reader, start=1):
            count += len(fields)
            if count > limits.cells or len(fields) > limits.columns:
                raise RefusedError("too_many_cells", limit=limits.cells)
            if fields:
                yield number, fields
    except csv.Error as error:
        raise RefusedError("text_quotes", line=reader.line_num) from error


def _row(number: int, fields: Sequence[str]) -> tuple[RawCell, ...]:
    return tuple(
        RawCell(number, column, value)
        for column, value in enumerate(fields, start=1)
        if value
    )


def _ragged(
    rows: Sequence[tuple[int, Sequence[str]]], file: str
) -> tuple[Message, ...]:
    """Tell of rows with more or fewer fields than most: a column may have slipped."""
    widths = Counter(len(fields) for _, fields in rows)
    usual = widths.most_common(1)[0][0]
    odd = [number for number, fields in rows if len(fields) != usual]
    if not odd:
        return ()
    return (message("intake.ragged", file=file, count=len(odd), row=odd[0]),)
