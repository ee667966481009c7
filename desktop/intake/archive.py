"""The zip around a workbook: its directory checked, its parts unpacked to the end.

Parts are unpacked here and not by `zipfile`, because openpyxl's reading may stop early
and then never sees that a part's check sum is wrong, and because two readers can
disagree about a part whose stated size is a lie.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from typing import Final
from unicodedata import normalize
from zipfile import ZIP_DEFLATED
from zipfile import ZIP_STORED
from zipfile import BadZipFile
from zipfile import ZipFile

from desktop.intake.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from zipfile import ZipInfo

    from desktop.intake.limits import Limits

CHUNK: Final = 65_536
_LOCAL_HEADER: Final = struct.Struct("<4s5H3I2H")
_LOCAL_MAGIC: Final = b"PK\x03\x04"
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000


@dataclass(frozen=True, slots=True)
class Part:
    """One packed file: `start` and `packed` say where its bytes lie."""

    name: str
    start: int
    packed: int
    size: int
    checksum: int
    deflated: bool


def parts_of(data: bytes, limits: Limits) -> tuple[Part, ...]:
    """Read the directory of a zip and check everything it says of its entries.

    Raises:
        RefusedError: The directory is damaged, hostile or larger than allowed.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            start_of_directory = archive.start_dir
    except (BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise RefusedError("damaged", part="zip") from error
    _check_counts(entries, limits)
    _check_names(entries)
    parts = tuple(_part(data, entry, limits) for entry in entries if not _folder(entry))
    _check_places(entries, parts, start_of_directory)
    return parts


def unpack(data: bytes, part: Part) -> Iterator[bytes]:
    """Unpack a part piece by piece, to its end.

    Raises:
        RefusedError: The part is cut short, longer than stated, or its sum is wrong.
    """
    size = 0
    checksum = 0
    for piece in _pieces(data, part):
        size += len(piece)
        if size > part.size:
            raise RefusedError("damaged", part=part.name)
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if size != part.size or checksum != part.checksum:
        raise RefusedError("damaged", part=part.name)


def packed(data: bytes, part: Part) -> memoryview:
    """Give a part as it lies in the archive."""
    return memoryview(data)[part.start : part.start + part.packed]


def _pieces(data: bytes, part: Part) -> Iterator[bytes]:
    lying = packed(data, part)
    if not part.deflated:
        for at in range(0, len(lying), CHUNK):
            yield bytes(lying[at : at + CHUNK])
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting: bytes | memoryview = lying
    try:
        while not inflater.eof:
            piece = inflater.decompress(waiting, CHUNK)
            waiting = inflater.unconsumed_tail
            if not piece and not waiting:
                break
            yield piece
    except zlib.error as error:
        raise RefusedError("damaged", part=part.name) from error
    if not inflater.eof or inflater.unused_data:
        raise RefusedError("damaged", part=part.name)


def _folder(entry: ZipInfo) -> bool:
    return entry.filename.endswith("/") and not entry.file_size


def _check_counts(entries: Sequence[ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise RefusedError("too_many_parts", count=len(entries), limit=limits.entries)
    total = sum(entry.file_size for entry in entries)
    if total > limits.total_bytes:
        raise RefusedError("unpacks_too_large", part="zip")
    for entry in entries:
        large = entry.file_size > limits.ratio_grace
        if large and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise RefusedError("unpacks_too_large", part=entry.filename)


def _check_names(entries: Sequence[ZipInfo]) -> None:
    seen = set[str]()
    for entry in entries:
        # orig_filename still has what zipfile cut off behind a NUL.
        name = entry.orig_filename
        steps = name.removesuffix("/").split("/")
        odd = any(letter in name for letter in "\\:") or not name.isprintable()
        if odd or any(step in {"", ".", ".."} for step in steps):
            raise RefusedError("odd_part_name", part=ascii(name)[:80])
        folded = normalize("NFC", name).casefold()
        if folded in seen:
            raise RefusedError("part_twice", part=name)
        seen.add(folded)


def _part(data: bytes, entry: ZipInfo, limits: Limits) -> Part:
    """Find where an entry's bytes begin, from its own header."""
    if entry.flag_bits & _ENCRYPTED:
        raise RefusedError("encrypted", part=entry.filename)
    if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise RefusedError("odd_packing", part=entry.filename)
    raw = data[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size]
    if len(raw) < _LOCAL_HEADER.size or not raw.startswith(_LOCAL_MAGIC):
        raise RefusedError("damaged", part=entry.filename)
    header = _LOCAL_HEADER.unpack(raw)
    flags, method, name_length, extra_length = header[2], header[3], *header[-2:]
    name_start = entry.header_offset + _LOCAL_HEADER.size
    name = data[name_start : name_start + name_length]
    stored = entry.orig_filename.encode("utf-8" if flags & 0x800 else "cp437")
    if name != stored or method != entry.compress_type or flags & _ENCRYPTED:
        raise RefusedError("damaged", part=entry.filename)
    return Part(
        entry.filename,
        name_start + name_length + extra_length,
        entry.compress_size,
        min(entry.file_size, limits.total_bytes),
        entry.CRC,
        entry.compress_type == ZIP_DEFLATED,
    )


def _check_places(
    entries: Sequence[ZipInfo], parts: Sequence[Part], start_of_directory: int
) -> None:
    """Refuse entries that share bytes, and bytes before the first entry."""
    ends = {part.name: part.start + part.packed for part in parts}
    placed = sorted(entries, key=lambda entry: entry.header_offset)
    if not placed or placed[0].header_offset:
        raise RefusedError("damaged", part="zip")
    starts = [entry.header_offset for entry in placed[1:]] + [start_of_directory]
    for entry, limit in zip(placed, starts, strict=True):
        if ends.get(entry.filename, entry.header_offset) > limit:
            raise RefusedError("parts_overlap", part=entry.filename)
