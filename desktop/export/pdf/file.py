"""A PDF file that grows page by page.

A page's content is packed and written when the page ends. Kept until the end are, of
each object its place, and of each page its digest and what it draws with; all of it in
rows of numbers, so that a long report needs no more memory than a short one.
"""

from __future__ import annotations

import zlib
from array import array
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Final

from desktop.export.pdf import digests
from desktop.export.pdf.values import Name
from desktop.export.pdf.values import Ref
from desktop.export.pdf.values import digest_of
from desktop.export.pdf.values import written

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.export.pdf.values import Entries
    from desktop.export.pdf.values import Value

MARK: Final = b"\n%\xe5\x8f\xb0\xe8\xb4\xa6\n"
"""Tells those who look at a file's first bytes that it is no text."""
LEVEL: Final = 3
"""How hard pages are packed: twice as fast as 6 for a sixth more bytes."""
BRANCH: Final = 500
"""Pages on a branch of their tree: PDF/A-1 allows a list 8,191 entries."""
DIGEST: Final = 32
FREE: Final = b"0000000000 65535 f \n"


class PdfFile:
    """Writes pages as they come and the objects of a document around them."""

    def __init__(self, path: Path, version: str) -> None:
        """Begin a file of a version of PDF."""
        self._places = array("Q", [0])  # where each object begins
        self._end = 0
        self._digest = sha256()
        self._tree = self.reserve()
        self._fonts = self.reserve()
        self._branches: list[Ref] = []
        self._branch: list[Ref] = []
        self._drawn = _Drawn()
        self._file = path.open("wb")
        self._write(f"%PDF-{version}".encode() + MARK)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._drawn)

    def reserve(self) -> Ref:
        """Take the number of an object that is written later."""
        self._places.append(0)
        return Ref(len(self._places) - 1)

    def add(self, value: Value, at: Ref | None = None) -> Ref:
        """Write an object, at a number that was reserved if one was."""
        place = at or self.reserve()
        self._object(place, written(value).encode("ascii"))
        return Ref(place.number, digest_of(value))

    def stream(self, entries: Entries, pieces: Iterable[bytes]) -> Ref:
        """Write bytes piece by piece, with what is said of them."""
        place, length = self.reserve(), self.reserve()
        packed = entries.get("Type") != Name("Metadata")
        how: Entries = {"Filter": Name("FlateDecode")} if packed else {}
        said = written({**entries, **how, "Length": length}).encode("ascii")
        self._begin(place)
        self._write(said + b"\nstream\n")
        start, content = self._end, sha256()
        packer = zlib.compressobj()
        for piece in pieces:
            content.update(piece)
            self._write(packer.compress(piece) if packed else piece)
        self._write(packer.flush() if packed else b"")
        end = self._end
        self._write(b"\nendstream\nendobj\n")
        self.add(end - start, length)
        return Ref(place.number, digest_of(entries, content.digest()))

    def add_page(
        self, content: str, size: tuple[float, float], notes: Sequence[Ref] = ()
    ) -> Ref:
        """Write a page, with notes such as links."""
        plain = content.encode("ascii")
        packed = zlib.compress(plain, LEVEL)
        stream = self.reserve()
        length = f"<</Filter /FlateDecode /Length {len(packed)}>>".encode()
        self._object(stream, b"%b\nstream\n%b\nendstream" % (length, packed))
        sheet: Entries = {"MediaBox": [0, 0, *size]}
        entries: Entries = {
            "Type": Name("Page"),
            "Parent": self._limb(),
            "Contents": stream,
            "Resources": {"Font": self._fonts},
            **sheet,
            **({"Annots": notes} if notes else {}),
        }
        page = self.reserve()
        self._object(page, written(entries).encode("ascii"))
        self._branch.append(page)
        self._drawn.add(plain, sheet, notes)
        return page

    def finish(self, fonts: Mapping[str, Ref]) -> tuple[Ref, Iterator[str]]:
        """Write what the pages share; give their tree, and the digest of each."""
        self._close_branch()
        self.add(fonts, self._fonts)
        tree = self.add(
            {"Type": Name("Pages"), "Count": self.pages, "Kids": self._branches},
            self._tree,
        )
        return tree, self._drawn.digests(fonts)

    def end(self, root: Entries, info: Entries) -> None:
        """Write what the document is and says of itself, and close the file."""
        trailer = {"Root": self.add(root), "Info": self.add(info)}
        start, count = self._end, len(self._places)
        self._write(b"xref\n0 %d\n" % count + FREE)
        for place in self._places[1:]:
            self._write(b"%010d 00000 n \n" % place)
        same = bytes.fromhex(self._digest.hexdigest()[:32])
        said = written({**trailer, "ID": [same, same], "Size": count}).encode("ascii")
        self._write(b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (said, start))
        self._file.close()

    def close(self) -> None:
        """Let go of the file, finished or not."""
        self._file.close()

    def _limb(self) -> Ref:
        """Give the branch the next page hangs on."""
        if len(self._branch) == BRANCH:
            self._close_branch()
        if not self._branch:
            self._branches.append(self.reserve())
        return self._branches[-1]

    def _close_branch(self) -> None:
        kids = self._branch
        if kids:
            entries: Entries = {
                "Type": Name("Pages"),
                "Parent": self._tree,
                "Kids": kids,
                "Count": len(kids),
            }
            self.add(entries, self._branches[-1])
        self._branch = []

    def _object(self, place: Ref, body: bytes) -> None:
        self._begin(place)
        self._write(body + b"\nendobj\n")

    def _begin(self, place: Ref) -> None:
        self._places[place.number] = self._end
        self._write(b"%d 0 obj\n" % place.number)

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._end += len(data)


class _Drawn:
    """What the digests of pages are made of, once their fonts are there.

    Most pages lie alike, draw with the same and have no notes: that is kept once.
    """

    def __init__(self) -> None:
        self._contents = bytearray()
        self._kinds = array("L")
        self._known: dict[tuple[bytes, frozenset[bytes], bytes], int] = {}

    def __len__(self) -> int:
        return len(self._kinds)

    def add(self, content: bytes, sheet: Entries, notes: Sequence[Ref]) -> None:
        """Remember a page."""
        self._contents += digests.of(content)
        lies = b"".join(
            digest_of(sheet[name]) if name in sheet else digests.nothing()
            for name in digests.SHEET
        )
        noted = digest_of(notes) if notes else digests.nothing()
        kind = lies, digests.names(content), noted
        self._kinds.append(self._known.setdefault(kind, len(self._known)))

    def digests(self, fonts: Mapping[str, Ref]) -> Iterator[str]:
        """Give the digest of each page in hexadecimal digits."""
        kinds = [
            (lies, _used(fonts, names), noted) for lies, names, noted in self._known
        ]
        for page, kind in enumerate(self._kinds):
            content = self._contents[page * DIGEST : (page + 1) * DIGEST]
            yield digests.page(bytes(content), *kinds[kind]).hex()


def _used(fonts: Mapping[str, Ref], names: frozenset[bytes]) -> bytes:
    own = sorted(name for name in fonts if name.encode() in names)
    return digests.used((f"/Font/{name}", fonts[name].digest) for name in own)
