"""By what a workbook of ours tells that no other program has opened it since.

A digest over all parts of the archive, packed as they lie in it, stands in its
properties, as the identifier that the format has a place for. Every program that saves
the file packs its parts anew, and so denies the digest. It is no seal: whoever alters a
part can write a digest to match.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

CARRIER: Final = "docProps/core.xml"
"""The part that has the digest."""
MARK: Final = "taizhang-parts:"
BLANK: Final = MARK + "0" * 64
"""What the identifier is while the digest is not known."""
_WRITTEN: Final = re.compile(f">{MARK}([0-9a-f]{{64}})<".encode())


def packed_digest(packed: Iterable[bytes | memoryview], *, deflated: bool) -> str:
    """Give the digest of a part from its bytes in the archive, piece by piece.

    They say for certain what unpacks from them, and are far fewer.
    """
    found = sha256(b"deflated\n" if deflated else b"stored\n")
    for piece in packed:
        found.update(piece)
    return found.hexdigest()


def parts_digest(parts: Mapping[str, str], carrier: bytes) -> str:
    """Give the digest of an archive from those of its other parts, and the carrier.

    `parts` are digests of packed parts by name; the carrier counts unpacked, with a
    blank identifier.
    """
    blank = sha256(_identified(carrier, BLANK)).hexdigest()
    lines = (f"{digest} {name}\n" for name, digest in sorted(parts.items()))
    return sha256(f"{''.join(lines)}{blank}\n".encode()).hexdigest()


def marked(parts: Mapping[str, str], carrier: bytes) -> bytes:
    """Put the digest into the carrier, in the place of a blank or another one."""
    return _identified(carrier, f"{MARK}{parts_digest(parts, carrier)}")


def untouched(parts: Mapping[str, str], carrier: bytes) -> bool:
    """Tell whether the parts are those that the carrier was written with."""
    found = _WRITTEN.findall(carrier)
    return found == [parts_digest(parts, carrier).encode()]


def _identified(carrier: bytes, identifier: str) -> bytes:
    return _WRITTEN.sub(f">{identifier}<".encode(), carrier)
