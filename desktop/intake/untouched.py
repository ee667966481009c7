"""Reading a workbook of ours that no other program has opened since.

Whatever is unlike what we write, in the least, is None: then the file is read as any
foreign one is. Meant for a process of its own, for a forger can write a digest, too.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from typing import Final
from zipfile import ZIP_STORED
from zipfile import ZipFile
from zipfile import ZipInfo

from desktop.core.untouched import CARRIER
from desktop.core.untouched import packed_digest
from desktop.core.untouched import untouched
from desktop.intake.archive import packed
from desktop.intake.archive import parts_of
from desktop.intake.archive import unpack
from desktop.intake.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.intake.archive import Part
    from desktop.intake.limits import Limits

_OURS: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/workbook\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/theme/theme1\.xml|xl/(styles|sharedStrings)\.xml"
    r"|xl/worksheets/sheet[0-9]+\.xml"
)
"""The parts we write, and no others."""
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of all parts; a larger workbook is read piece by piece, as foreign ones are."""
_SHEETS: Final = "xl/worksheets/"
_DECLARED: Final = re.compile(rb"<!")
"""Declarations and comments."""
_DECLARED_IN_SHEETS: Final = re.compile(rb"<(?:!|f[>/\s])")
"""Formulas, too: in one look, for sheets are long."""
_VOCABULARY: Final = b"xmlns:"
"""Of sheets only: another one than theirs."""


def sheets_of(
    data: bytes, limits: Limits
) -> list[tuple[str, Sequence[Sequence[object]]]] | None:
    """Read the sheets of a workbook that is as we wrote it, row by row from the top."""
    try:
        parts = parts_of(data, limits)
        if not _is_ours(data, parts):
            return None
        book = _unpacked(data, parts)
    except RefusedError:
        return None
    return None if book is None else list(_sheets(book, limits))


def _is_ours(data: bytes, parts: Sequence[Part]) -> bool:
    # The mark last of all: every part has to be read for it.
    return (
        sum(part.size for part in parts) <= LARGEST
        and all(_OURS.fullmatch(part.name) for part in parts)
        and _is_marked(data, parts)
    )


def _is_marked(data: bytes, parts: Sequence[Part]) -> bool:
    """Tell whether the parts lie packed as they did when they were written."""
    digests: dict[str, str] = {}
    carrier = b""
    for part in parts:
        if part.name == CARRIER:
            carrier = b"".join(unpack(data, part))
        else:
            pieces = [packed(data, part)]
            digests[part.name] = packed_digest(pieces, deflated=part.deflated)
    return untouched(digests, carrier)


def _is_foreign(name: str, content: bytes) -> bool:
    """Tell whether there is in a part what we never write."""
    sheet = name.startswith(_SHEETS)
    declared = (_DECLARED_IN_SHEETS if sheet else _DECLARED).search(content)
    # A NUL is another alphabet.
    return bool(declared) or b"\0" in content or (sheet and _VOCABULARY in content)


def _unpacked(data: bytes, parts: Sequence[Part]) -> BytesIO | None:
    """Give the workbook without packing; None if it has what we never write.

    So what is read is what was looked at, and nothing is unpacked twice.

    Raises:
        RefusedError: A part is not what the directory says.
    """
    book = BytesIO()
    with ZipFile(book, "w", ZIP_STORED) as archive:
        for part in parts:
            content = b"".join(unpack(data, part))
            if _is_foreign(part.name, content):
                return None
            archive.writestr(ZipInfo(part.name), content)
    book.seek(0)
    return book


def _sheets(
    book: BytesIO, limits: Limits
) -> Iterator[tuple[str, Sequence[Sequence[object]]]]:
    """Read with python-calamine, which gives no more than the limits allow.

    Raises:
        ValueError: A sheet is larger than any of ours.
    """
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_filelike(book) as workbook:
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            # Asking for the values costs memory by the area: look before.
            last = sheet.end
            if last is not None and (last[0] + 1) * (last[1] + 1) > limits.area:
                raise ValueError(name)
            yield name, sheet.to_python(skip_empty_area=False) if last else []
