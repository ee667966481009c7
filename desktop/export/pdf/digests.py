"""How the digest of a page is put together, for those who write it and who read it.

Each value has a digest made of those of its parts. Entries that say how a file is put
together, and not what is seen, are left out: a file that is saved anew by another
program keeps the digests of its pages.
"""

from __future__ import annotations

import re
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Iterable

SHEET: Final = ("MediaBox", "CropBox", "Rotate", "UserUnit")
"""What says how a page lies."""
_LAYOUT: Final = frozenset(
    {"Parent", "P", "Dest", "Length", "Filter", "DecodeParms", "StructParent"}
)
"""Where a link leads is layout too: it changes with the page it leads to."""
_NAME: Final = re.compile(rb"/([^\x00-\x20/<>\[\](){}%]+)")


def page(content: bytes, sheet: bytes, used: bytes, notes: bytes) -> bytes:
    """Give a page's digest from those of its content and of what goes with it."""
    return sha256(content + sheet + used + notes).digest()


def names(content: bytes) -> frozenset[bytes]:
    """Give the names in a page's content, without their slashes."""
    return frozenset(_NAME.findall(content))


def used(things: Iterable[tuple[str, bytes]]) -> bytes:
    """Join what a page draws with: kinds and names like /Font/F1, with digests."""
    return _pairs(b"", things)


def of(content: bytes) -> bytes:
    """Give the digest of plain bytes."""
    return sha256(content).digest()


def shown(entries: Iterable[str]) -> list[str]:
    """Give the names of entries that say what is seen, in their order."""
    return sorted(set(entries) - _LAYOUT)


def dictionary(
    entries: Iterable[tuple[str, bytes]], content: bytes | None = None
) -> bytes:
    """Join entries in the order of their names; of a stream its bytes' digest too."""
    slashed = ((f"/{name}", digest) for name, digest in entries)
    return _pairs(b"<", slashed, content or b"")


def array(parts: Iterable[bytes]) -> bytes:
    """Join what stands in a list."""
    return sha256(b"[" + b"".join(parts)).digest()


def number(value: bool | int | str | Decimal) -> bytes:  # noqa: FBT001 - a value
    """Give the digest of a number, however it is written, or of a truth."""
    if isinstance(value, bool):
        return sha256(repr(value).encode()).digest()
    return sha256(f"{Decimal(value).normalize():f}".encode()).digest()


def nothing() -> bytes:
    """Give the digest of what is not there."""
    return sha256(b"None").digest()


def text(value: bytes) -> bytes:
    """Give the digest of a text."""
    return sha256(b"(" + value).digest()


def name(value: bytes) -> bytes:
    """Give the digest of a name."""
    return sha256(value).digest()


def _pairs(
    begin: bytes, pairs: Iterable[tuple[str, bytes]], content: bytes = b""
) -> bytes:
    digest = sha256(begin)
    for key, value in pairs:
        digest.update(key.encode() + b" " + value)
    digest.update(content)
    return digest.digest()
