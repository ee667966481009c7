"""The process that proves workbooks of ours: files come in, envelopes go out.

Started by the hidden sub-command `--read-workbook handed-in`, for as many files as
there are. A file that no other program has opened since it was written, and whose cells
say what its manifest says, is answered with the envelope that is in it. Every other
answer is empty: that file is then read as any foreign one is. Each file and each answer
goes behind its length in eight bytes.
"""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.handover.receiving.agreeing import Agreeing
from desktop.app.handover.receiving.agreeing import Alike
from desktop.app.verify.verifying import in_sheets
from desktop.core.manifest_match import plain
from desktop.core.manifest_read import read_envelope
from desktop.core.messages import Message
from desktop.export.manifest.sheet import SHEET
from desktop.export.manifest.sheet import unpacked
from desktop.export.manifest.words import shown
from desktop.intake.confine import confine
from desktop.intake.confine import give_way
from desktop.intake.limits import LIMITS
from desktop.intake.untouched import sheets_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from typing import BinaryIO

    from desktop.core.manifest import Envelope
    from desktop.core.manifest import Place
    from desktop.core.manifest_match import Sheet

LENGTH: Final = 8
"""Bytes before each file and each answer that tell how long it is."""
NO_PROOF: Final = b""


def main() -> int:
    """Prove files from standard input until there are no more; gives the exit code."""
    confine(LIMITS)
    # Whoever takes the answers comes first: it has work that cannot be shared out.
    give_way()
    # What is imported stays, and nearly all that a file leaves goes by itself: the rest
    # is looked for between two files.
    gc.disable()
    gc.freeze()
    return serve(sys.stdin.buffer, sys.stdout.buffer)


def serve(given: BinaryIO, out: BinaryIO) -> int:
    """Prove files from one stream and answer to another."""
    alike = Alike(shown, text_of)
    while head := given.read(LENGTH):
        answer = proof(given.read(int.from_bytes(head)), alike)
        out.write(len(answer).to_bytes(LENGTH) + answer)
        out.flush()
        gc.collect()
    return 0


def proof(data: bytes, alike: Alike | None = None) -> bytes:
    """Give the envelope of a workbook whose bytes and cells are as it was written.

    `alike` is what is known of the files before.
    """
    # Whatever a reader makes of a forged file, it is no proof.
    try:
        sheets = sheets_of(data, LIMITS)
        if sheets is None:
            return NO_PROOF
        return _proof(dict(sheets), alike or Alike(shown, text_of))
    except Exception:  # noqa: BLE001 - see above
        return NO_PROOF


def _proof(sheets: dict[str, Sequence[Sequence[object]]], alike: Alike) -> bytes:
    packed = unpacked([list(map(str, row)) for row in sheets.pop(SHEET)])
    if isinstance(packed, Message):
        return NO_PROOF
    envelope = read_envelope(packed)
    if isinstance(envelope, Message):
        return NO_PROOF
    left = replace(envelope, places=tuple(_unlike(sheets, envelope, alike)))
    there = {place.sheet for place in left.places}
    texts = _Texts()
    closer = {name: _plain(sheets[name], texts) for name in there & sheets.keys()}
    differs = next(in_sheets(closer, left), None)
    return packed if differs is None else NO_PROOF


def _unlike(
    sheets: Mapping[str, Sequence[Sequence[object]]],
    envelope: Envelope,
    alike: Alike,
) -> Iterator[Place]:
    """Give the places where not every line stands as it was written."""
    manifest = envelope.manifest
    tables = {table.id: table for table in reversed(manifest.tables)}
    agreeing = Agreeing(dict(manifest.units), alike)
    for place in envelope.places:
        table, rows = tables.get(place.table), sheets.get(place.sheet, ())
        if table is None or not agreeing.agrees(table, place, rows):
            yield place


class _Texts(dict[tuple[type, object], str]):
    """The plain texts of values; most of them come many times.

    Raises:
        TypeError: A value is none that we write.
    """

    def __missing__(self, key: tuple[type, object]) -> str:
        text = self[key] = text_of(key[1])
        return text


def _plain(rows: Sequence[Sequence[object]], texts: _Texts) -> Sheet:
    return {
        number: {
            column: text
            for column, value in enumerate(row, 1)
            if value != "" and (text := texts[type(value), value])
        }
        for number, row in enumerate(rows, 1)
    }


def text_of(value: object) -> str:
    """Write a value as the full reading would have it.

    Raises:
        TypeError: It is none that we write.
    """
    match value:
        case bool() | str():
            return plain(value)
        case int() | float():
            return plain(Decimal(repr(value)))
        case datetime():
            midnight = value.time() == datetime.min.time()
            return plain(value.date() if midnight else value)
        case date():
            return plain(value)
        case _:
            raise TypeError(type(value))
