"""What is on a page of a PDF, as one digest; and which pages are not as they were.

The digest covers what the page draws (its content, decoded), where (its size and how it
is turned), its annotations, and what it draws with: of its fonts and pictures those the
content names. It does not depend on how a file is laid out: saved anew by another
program that keeps the pages, each has the digest it had.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.export.pdf import digests

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from pikepdf import Object
    from pikepdf import Pdf

LARGEST: Final = 1024 * 1024 * 1024
"""Bytes of decoded content that are looked at in one file."""
MOST: Final = 5_000_000
"""Values that are looked at in one file."""
DEEPEST: Final = 60
"""Values inside values that are followed."""


class TooMuchError(Exception):
    """There is more in the file than a report of ours can have."""


@dataclass(frozen=True, slots=True)
class PageCheck:
    """How the pages of a file stand to those that were written; numbers from 1.

    `altered` are pages that are there and not one that was written, `lost` the numbers
    of those that were written and are not there. A page that was replaced is in both.
    """

    count: int
    altered: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()
    moved: bool = False

    @property
    def whole(self) -> bool:
        """Whether the pages are what was written."""
        return not (self.altered or self.lost or self.moved)


def compare_pages(written: Sequence[str], found: Sequence[str]) -> PageCheck:
    """Find the pages that were altered, added, taken out or put elsewhere."""
    places: dict[str, list[int]] = {}
    for number, digest in enumerate(written, 1):
        places.setdefault(digest, []).append(number)
    came_from = [places[digest].pop(0) if places.get(digest) else 0 for digest in found]
    known = [number for number in came_from if number]
    return PageCheck(
        len(found),
        tuple(place for place, number in enumerate(came_from, 1) if not number),
        tuple(sorted(number for left in places.values() for number in left)),
        known != sorted(known),
    )


def page_digests(pdf: Pdf) -> Iterator[str]:
    """Give the digest of each page.

    Raises:
        TooMuchError: There is more in the file than a report of ours can have.
        PdfError: A page cannot be read.
    """
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    reader = _Reader(pages)
    for page in pdf.pages:
        yield reader.page(page.obj).hex()


class _Reader:
    """Digests of values; those of shared ones are kept."""

    def __init__(self, pages: dict[tuple[int, int], int]) -> None:
        self._pages = pages
        self._known: dict[tuple[int, int], bytes] = {}
        self._sheets: dict[bytes, bytes] = {}
        self._drawn_with: dict[tuple[bytes, frozenset[bytes]], bytes] = {}
        self._bytes = 0
        self._values = 0

    def page(self, page: Object) -> bytes:
        content = self._content(page)
        names = digests.names(content)
        notes = self._value(page.get("/Annots"), 0)
        used = self._used(page, names)
        return digests.page(digests.of(content), self._sheet(page), used, notes)

    def _sheet(self, page: Object) -> bytes:
        """Give the digest of how the page lies; most pages lie as one before."""
        found = [page.get(f"/{name}") for name in digests.SHEET]
        written = b" ".join(map(_written, found))
        if written not in self._sheets:
            parts = (self._value(each, 0) for each in found)
            self._sheets[written] = b"".join(parts)
        return self._sheets[written]

    def _content(self, page: Object) -> bytes:
        content = page.get("/Contents")
        if content is None:
            return b""
        parts = content if isinstance(content, _kinds().Array) else [content]
        return b"\n".join(self._decoded(part) for part in parts)

    def _used(self, page: Object, used: frozenset[bytes]) -> bytes:
        """Give the digest of what a page draws with; many draw with the same."""
        resources: Any = page.get("/Resources")
        key = _written(resources), used
        if key not in self._drawn_with:
            things = _named(resources, used)
            each = ((name, self._value(value, 0)) for name, value in things)
            self._drawn_with[key] = digests.used(each)
        return self._drawn_with[key]

    def _value(self, value: Any, depth: int) -> bytes:  # noqa: ANN401 - pikepdf converts scalars
        """Give the digest of any value; a page is told by its number."""
        self._values += 1
        if depth > DEEPEST or self._values > MOST:
            raise TooMuchError
        place = value.objgen if getattr(value, "is_indirect", False) else None
        if place is None:
            return self._direct(value, depth)
        if place in self._pages:
            return b"page %d" % self._pages[place]
        if place not in self._known:
            self._known[place] = b"itself"
            self._known[place] = self._direct(value, depth)
        return self._known[place]

    def _direct(self, value: Any, depth: int) -> bytes:  # noqa: ANN401 - pikepdf converts scalars
        kinds = _kinds()
        match value:
            case kinds.Array():
                return digests.array(self._value(each, depth + 1) for each in value)
            case kinds.Dictionary() | kinds.Stream():
                names = digests.shown(key[1:] for key in value)
                parts = (
                    (name, self._value(value[f"/{name}"], depth + 1)) for name in names
                )
                stream = isinstance(value, kinds.Stream)
                content = digests.of(self._decoded(value)) if stream else None
                return digests.dictionary(parts, content)
            case None:
                return digests.nothing()
            case int() | Decimal():
                return digests.number(value)
            case kinds.String():
                return digests.text(bytes(value))
            case _:
                return digests.name(bytes(value))

    def _decoded(self, stream: Object) -> bytes:
        content: bytes = stream.read_bytes()
        self._bytes += len(content)
        if self._bytes > LARGEST:
            raise TooMuchError
        return content


def _named(resources: Any, used: frozenset[bytes]) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - same
    """Give of fonts, pictures and so on those that are used, by kind and name."""
    for kind in sorted(resources.keys() if resources is not None else ()):
        if kind == "/ProcSet":
            continue
        for name in sorted(resources[kind].keys()):
            # Spaces like DefaultGray change colours without being named.
            if name.encode()[1:] in used or name.startswith("/Default"):
                yield kind + name, resources[kind][name]


def _written(value: Any) -> bytes:  # noqa: ANN401 - pikepdf converts scalars
    """Give a value as the file writes it."""
    plain = value is None or isinstance(value, int | Decimal)
    return repr(value).encode() if plain else value.unparse()


def _kinds() -> Any:  # noqa: ANN401 - a module
    import pikepdf

    return pikepdf
