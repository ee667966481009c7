"""Packages for a successor (交接包) and for the archive (归档): a zip and what it says.

A package is an ordinary zip: the ledger, an account of it to be read and to be printed,
and a manifest with the digest of each. Whoever has no program at all can still read the
account in twenty years. A package may be signed, and sealed with a password as a whole.
"""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.core.frozen import frozen
from desktop.core.manifest import Signature
from desktop.core.manifest import canonical_json
from desktop.core.manifest import digest_of
from desktop.core.messages import Message
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from pathlib import Path
    from typing import TypeAlias

    Watch: TypeAlias = Callable[[int, int], object]
    """Is told how many bytes are done, of how many; what it raises stops the work."""

FORMAT: Final = "taizhang-handing"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
LEDGER: Final = "台账.taizhang"
TEXT: Final = "清单.txt"
PAGE: Final = "清单.pdf"
LARGEST_MANIFEST: Final = 1024 * 1024
LARGEST: Final = 16 * 1024**3
"""Bytes of the largest file that is taken out of a package."""
MOST: Final = 20
"""Files of the largest package."""
SLICE: Final = 1024 * 1024
_TEXTS: Final = (
    "unit",
    "unit_name",
    "ledger",
    "epoch",
    "head",
    "giver",
    "taker",
    "made",
    "note",
)


_ODD: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    KeyError,
    ValueError,
)
"""What Python's reader of zips says of one that is damaged or made to harm."""


class Purpose(Enum):
    """What a package is for."""

    HANDOVER = "handover"
    """交接: somebody else goes on with the ledger."""
    ARCHIVE = "archive"
    """归档: it is kept, and read."""


@frozen
class Part:
    """A file of a package."""

    name: str
    size: int
    digest: str


@frozen
class Package:
    """What a package says of itself; `revision` and `head` are the ledger's end."""

    purpose: Purpose
    unit: str
    unit_name: str
    ledger: str
    epoch: str
    revision: int
    head: str
    giver: str
    taker: str
    made: str
    note: str
    parts: tuple[Part, ...]

    @property
    def digest(self) -> str:
        """What is signed and noted on both sides."""
        return digest_of(canonical_json(_content(self)))

    def part(self, name: str) -> Part | None:
        """Find a file."""
        return next((part for part in self.parts if part.name == name), None)


@frozen
class Found:
    """A package as it was read, with its signature if there is one."""

    package: Package
    signature: Signature | None = None


def _content(package: Package) -> dict[str, object]:
    texts = {name: getattr(package, name) for name in _TEXTS}
    return {
        "format": FORMAT,
        "version": VERSION,
        "purpose": package.purpose.value,
        "revision": package.revision,
        "parts": [(part.name, part.size, part.digest) for part in package.parts],
        **texts,
    }


def write_manifest(package: Package, signature: Signature | None = None) -> bytes:
    """Write what a package says of itself."""
    content: dict[str, object] = {"content": _content(package)}
    if signature is not None:
        content["signature"] = signature.scheme, signature.key, signature.value
    return canonical_json(content)


# --- Reading -------------------------------------------------------------------


class _NewerError(Exception):
    """A later version of the program wrote it."""


def read_manifest(data: bytes) -> Found | Message:
    """Read what a package says of itself; it may be anybody's."""
    try:
        return _found(json.loads(data))
    except _NewerError:
        return message("handing.newer")
    except (ValueError, KeyError, TypeError, RecursionError):
        return message("handing.damaged", what=MANIFEST)


def _found(envelope: Mapping[str, Any]) -> Found:
    content = envelope["content"]
    if content["format"] != FORMAT:
        raise ValueError(FORMAT)
    if _number(content["version"]) > VERSION:
        raise _NewerError
    texts = {name: _text(content[name]) for name in _TEXTS}
    parts = tuple(_part(one) for one in content["parts"])
    package = Package(
        purpose=Purpose(content["purpose"]),
        revision=_number(content["revision"]),
        parts=parts,
        **texts,
    )
    if not 0 < len(parts) <= MOST or len({part.name for part in parts}) < len(parts):
        raise ValueError(parts)
    match envelope.get("signature"):
        case None:
            return Found(package)
        case [str(scheme), str(key), str(value)]:
            return Found(package, Signature(scheme, key, value))
        case odd:
            raise ValueError(odd)


def _part(parts: object) -> Part:
    match parts:
        case [str(name), int(size), str(digest)] if 0 <= size <= LARGEST:
            return Part(name, size, digest)
        case _:
            raise ValueError(parts)


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise TypeError(found)
    return found


def _number(found: object) -> int:
    if not isinstance(found, int):
        raise TypeError(found)
    return found


def read_package(path: Path) -> Found | Message:
    """Read what a package says of itself, and check that all its files are there.

    Raises:
        OSError: It cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if MANIFEST not in names:
                return message("handing.no_package")
            with archive.open(MANIFEST) as file:
                data = file.read(LARGEST_MANIFEST + 1)
    except _ODD:
        return message("handing.no_package")
    if len(data) > LARGEST_MANIFEST:
        return message("handing.damaged", what=MANIFEST)
    found = read_manifest(data)
    if isinstance(found, Message):
        return found
    wanted = sorted((MANIFEST, *(part.name for part in found.package.parts)))
    if sorted(names) != wanted or found.package.part(LEDGER) is None:
        return message("handing.damaged", what="、".join(names[:MOST]))
    return found


def take_out(
    path: Path,
    part: Part,
    target: Path | None,
    watch: Watch = lambda _done, _total: None,
) -> Message | None:
    """Write a file of a package to `target`, or only look at it; None if all is well.

    It is read no further than it says it is long, so that no bomb goes off.

    Raises:
        OSError: One of them cannot be read or written.
    """
    whole, done = sha256(), 0
    damaged = message("handing.damaged", what=part.name)
    try:
        with zipfile.ZipFile(path) as archive, archive.open(part.name) as file:
            out = None if target is None else target.open("wb")
            try:
                while done <= part.size and (some := file.read(SLICE)):
                    watch(done, part.size)
                    whole.update(some)
                    done += len(some)
                    if out is not None:
                        out.write(some)
            finally:
                if out is not None:
                    out.close()
    except _ODD:
        return damaged
    if (done, whole.hexdigest()) != (part.size, part.digest):
        return damaged
    return None
