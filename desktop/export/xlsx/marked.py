"""Workbooks that say whether they are as they were written (`core.untouched`)."""

from __future__ import annotations

import zipfile
from typing import IO
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.untouched import CARRIER
from desktop.core.untouched import marked
from desktop.core.untouched import packed_digest
from desktop.export.steady_zip import SteadyZip

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

LEVEL: Final = 1
"""How hard the parts are packed: thrice as fast as 6 for a fourth more bytes."""
PIECE: Final = 1 << 18


def put_marked(
    target: IO[bytes],
    parts: Iterable[tuple[str, Iterable[bytes]]],
    carrier: bytes,
) -> None:
    """Write a workbook's parts, each piece by piece, to a file that is read as well.

    The carrier of the mark comes last, for it tells the digest of all the others; these
    are read back, packed, from where they were written.
    """
    digests: dict[str, str] = {}
    with SteadyZip(target, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as made:
        for name, pieces in parts:
            with made.open(name, "w") as out:
                for piece in pieces:
                    out.write(piece)
            digests[name] = packed_digest(_last_packed(made, target), deflated=True)
        made.writestr(CARRIER, marked(digests, carrier))


def _last_packed(made: SteadyZip, file: IO[bytes]) -> Iterator[bytes]:
    """Read the part that was written last, as it lies in the archive's file."""
    left = made.infolist()[-1].compress_size
    # It ends where the next begins, or the directory. Whatever is written next seeks.
    file.seek(made.start_dir - left)
    while piece := file.read(min(left, PIECE)):
        left -= len(piece)
        yield piece
