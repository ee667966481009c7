"""A PDF file that grows page by page.

reportlab keeps every page until it saves, as text, then all of the file twice. Here a
page's content is packed and written when the page ends, so that a long report needs no
more memory than a short one. What belongs to the document as a whole (outline, links,
fonts) are reportlab's objects, written at the end.
"""

from __future__ import annotations

import zlib
from array import array
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

HEAD: Final = b"%PDF-1.4\n%\xe5\x8f\xb0\xe8\xb4\xa6\n"
LEVEL: Final = 3
"""How hard pages are packed: twice as fast as 6 for a sixth more bytes."""
PAGES: Final = "pages"
FONTS: Final = "BasicFonts"
"""What reportlab calls the fonts of all pages."""


class PdfFile:
    """Writes pages as they come and the objects of a document behind them."""

    def __init__(self, path: Path, document: Any) -> None:  # noqa: ANN401 - reportlab's stubs lack it
        """Begin a file; `document` is reportlab's."""
        self._document = document
        self._places = array("Q", [0])  # where each object begins
        self._kids = array("L")
        self._end = 0
        self._digest = sha256()
        self._pages = self._named(PAGES)
        self._fonts, _ = document.idToObjectNumberAndVersion[FONTS]
        self._file = path.open("wb")
        self._write(HEAD)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._kids)

    def add_page(
        self, content: str, size: tuple[float, float], links: Sequence[Any], name: str
    ) -> None:
        """Write a page; `name` is what bookmarks of it know it by, if there are any."""
        packed = zlib.compress(content.encode("ascii"), LEVEL)
        stream = self._number()
        length = f"<</Filter /FlateDecode /Length {len(packed)}>>"
        body = b"%b\nstream\n%b\nendstream" % (length.encode(), packed)
        self._object(stream, body)
        page = self._named(name) if name else self._number()
        there = [link.format(self._document).decode() for link in links]
        entries = (
            f"/Contents {stream} 0 R /MediaBox [0 0 {size[0]:g} {size[1]:g}]",
            f"/Parent {self._pages} 0 R /Resources <</Font {self._fonts} 0 R>>",
            *([f"/Annots [{' '.join(there)}]"] if there else []),
        )
        self._object(page, f"<<{' '.join(entries)} /Type /Page>>".encode())
        self._kids.append(page)

    def finish(self, fonts: Mapping[str, Any]) -> None:
        """Write what belongs to the document as a whole, and close the file."""
        from reportlab.pdfbase import pdfdoc as pdf

        document = self._document
        kids = " ".join(f"{page} 0 R" for page in self._kids)
        tree = f"<</Count {self.pages} /Kids [{kids}] /Type /Pages>>"
        self._object(self._pages, tree.encode())
        document.idToObject[FONTS].dict.update(fonts)
        document.Catalog.Pages = pdf.PDFObjectReference(PAGES)
        root, info = (
            document.idToObjectNumberAndVersion[document.Reference(part).name][0]
            for part in (document.Catalog, document.info)
        )
        self._objects()
        self._close(root, info)

    def close(self) -> None:
        """Let go of the file, finished or not."""
        self._file.close()

    def _objects(self) -> None:
        """Write reportlab's objects; some add others while they are written."""
        document = self._document
        number = 0
        while number < document.objectcounter:
            number += 1
            name = document.numberToId.get(number)
            if name is not None:
                thing = document.idToObject[name]
                self._object(number, _formatted(thing, document))

    def _close(self, root: int, info: int) -> None:
        start = self._end
        count = len(self._places)
        self._write(f"xref\n0 {count}\n0000000000 65535 f \n".encode())
        for place in self._places[1:]:
            self._write(b"%010d 00000 n \n" % place)
        digest = self._digest.hexdigest()[:32]
        entries = f"/ID [<{digest}> <{digest}>] /Info {info} 0 R /Root {root} 0 R"
        trailer = f"trailer\n<<{entries} /Size {count}>>\nstartxref\n{start}\n%%EOF\n"
        self._write(trailer.encode())
        self._file.close()

    def _number(self) -> int:
        """Take the next number of an object."""
        self._document.objectcounter += 1
        number: int = self._document.objectcounter
        return number

    def _named(self, name: str) -> int:
        """Take a number under a name by which reportlab's objects can refer to it."""
        number = self._number()
        self._document.idToObjectNumberAndVersion[name] = (number, 0)
        return number

    def _object(self, number: int, body: bytes) -> None:
        missing = number + 1 - len(self._places)
        self._places.extend([0] * missing)
        self._places[number] = self._end
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._end += len(data)


def _formatted(thing: Any, document: Any) -> bytes:  # noqa: ANN401 - reportlab's
    from reportlab.pdfbase import pdfdoc as pdf

    body: bytes = pdf.format(thing, document, toplevel=1)
    return body.rstrip(b"\n")
