"""What a PDF is made of: names, texts, references, lists and dictionaries.

A value is written in one way only, so that the same report gives the same bytes, and
knows its digest as `desktop.export.pdf.digests` defines it: what is written here is
found alike when it is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final
from typing import Protocol
from typing import TypeAlias

from desktop.export.pdf import digests

if TYPE_CHECKING:
    from collections.abc import Iterable

PLACES: Final = 4
"""Decimals of a number: a ten-thousandth of a point is seen by nobody."""
PIECE: Final = 256 * 1024
_REGULAR: Final = re.compile(r"[^A-Za-z0-9+_.:-]")
_ESCAPED: Final = re.compile(r"([()\\])")


@dataclass(frozen=True, slots=True)
class Name:
    """A name, told without its slash."""

    text: str


@dataclass(frozen=True, slots=True)
class Ref:
    """Another object by its number; `digest` is that of what stands there.

    It is empty where that is not written yet.
    """

    number: int
    digest: bytes = b""


Value: TypeAlias = (
    "bool | int | float | str | bytes | Name | Ref | Sequence[Value] | Entries"
)
Entries: TypeAlias = "Mapping[str, Value]"
"""The entries of a dictionary; bytes are texts that are no words."""


class Objects(Protocol):
    """Where objects are put: a file that is being written, or one that is changed."""

    def add(self, value: Value) -> Ref:
        """Put a value there as an object."""

    def stream(self, entries: Entries, pieces: Iterable[bytes]) -> Ref:
        """Put bytes there, piece by piece, with what is said of them.

        They are packed, but for descriptions, which are found without unpacking.
        """


def number(value: float) -> str:
    """Write a number, never with an exponent."""
    short = f"{value:.{PLACES}f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def numbers(values: Iterable[float]) -> str:
    """Write numbers one after the other."""
    return " ".join(map(number, values))


def written(value: Value) -> str:
    """Write a value."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return number(value)
        case str():
            return _text(value)
        case bytes():
            return f"<{value.hex()}>"
        case Name():
            return f"/{_REGULAR.sub(lambda odd: f'#{ord(odd[0]):02x}', value.text)}"
        case Ref():
            return f"{value.number} 0 R"
        case Mapping():
            each = (f"/{name} {written(entry)}" for name, entry in value.items())
            return f"<<{' '.join(each)}>>"
        case _:
            return f"[{' '.join(map(written, value))}]"


def digest_of(value: Value, content: bytes | None = None) -> bytes:
    """Give the digest of a value; of a stream with that of its bytes."""
    match value:
        case bool() | int():
            return digests.number(value)
        case float():
            return digests.number(number(value))
        case str():
            return digests.text(encoded(value))
        case bytes():
            return digests.text(value)
        case Name():
            return digests.name(f"/{value.text}".encode())
        case Ref():
            return value.digest
        case Mapping():
            shown = digests.shown(value)
            each = ((name, digest_of(value[name])) for name in shown)
            return digests.dictionary(each, content)
        case _:
            return digests.array(map(digest_of, value))


def encoded(text: str) -> bytes:
    """Give a text's bytes as PDF holds them."""
    if text.isascii():
        return text.encode("ascii")
    return b"\xfe\xff" + text.encode("utf-16-be", "replace")


def pieces_of(data: bytes) -> Iterable[bytes]:
    """Give bytes piece by piece, so that never all are packed at once."""
    for start in range(0, len(data), PIECE):
        yield data[start : start + PIECE]


def _text(text: str) -> str:
    if text.isascii() and text.isprintable():
        escaped = _ESCAPED.sub(r"\\\1", text)
        return f"({escaped})"
    return f"<{encoded(text).hex()}>"
