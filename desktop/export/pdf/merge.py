"""Joining finished PDFs into one: a bookmark for each, its own bookmarks below.

Nothing is drawn anew. What was joined is made an archive as each part was
(`desktop.export.pdf.archive`); its data are those of the parts, in their order.
"""

from __future__ import annotations

from contextlib import ExitStack
from itertools import count
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.export.pdf.archive import MAKER
from desktop.export.pdf.archive import OWNER
from desktop.export.pdf.archive import USUAL
from desktop.export.pdf.archive import Kept
from desktop.export.pdf.archive_words import Description
from desktop.export.pdf.joined import archive_pdf
from desktop.export.pdf.saving import save_pdf
from desktop.export.pdf.sharing import embed_once
from desktop.export.reread import check_pdf
from desktop.export.safe_file import ExportError
from desktop.export.safe_file import StoppedError
from desktop.export.safe_file import write_safely

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from pikepdf import OutlineItem
    from pikepdf import Pdf

    from desktop.export.pdf.archive import Archiving
    from desktop.export.pdf.fonts import Typefaces

    Watch = Callable[[int, int], bool]

AT_ONCE: Final = 100
"""Files that are open at a time: some systems allow a process few hundred."""
DEEPEST: Final = 12
"""Levels of bookmarks that are gone down to."""
DATA: Final = b'{"format":"taizhang-batch","parts":[%b]}'
"""The data of many reports as those of one file."""
PRODUCER: Final = "pikepdf"


@frozen
class PdfPart:
    """A finished PDF and the bookmark it gets; without one its own stand at the top."""

    path: Path
    title: str = ""


@frozen
class Said:
    """What the joined file says of itself; `made` is the time of its data, as ISO."""

    title: str
    author: str
    made: str
    archiving: Archiving = USUAL

    def described(self, made: datetime | None) -> Description:
        """Give it as a PDF holds it."""
        return Description(self.title, self.author, "", "", MAKER, PRODUCER, made)


def merge_pdfs(
    parts: Sequence[PdfPart], path: Path, said: Said, watch: Watch, faces: Typefaces
) -> int | None:
    """Join PDFs into a file; gives its pages, None when `watch` asked to stop.

    `watch` is told how many parts of how many are joined; `faces` are the fonts that
    they were written with.

    Raises:
        ExportError: The file could not be written; an old one is as it was.
    """
    join = _Join(watch, faces, sum(bool(part.title) for part in parts))

    def write(part: Path) -> None:
        with ExitStack() as stages:
            joined = part.with_name(f"{part.name}.joined")
            stages.callback(joined.unlink, missing_ok=True)
            join.write(parts, joined, stages)
            data = DATA % b",".join(join.data)
            kept = Kept(data, said.made, said.archiving)
            archive_pdf(joined, part, said.described(kept.when), kept)

    try:
        write_safely(path, write, lambda part: check_pdf(part, join.pages))
    except StoppedError:
        return None
    return join.pages


class _Join:
    """Parts that become one; `data` are what their pages show."""

    def __init__(self, watch: Watch, faces: Typefaces, total: int) -> None:
        self.pages = 0
        self.data: list[bytes] = []
        self._watch = watch
        self._faces = faces
        self._total = total
        self._done = 0

    def write(self, parts: Sequence[PdfPart], path: Path, stages: ExitStack) -> None:
        """Join parts, through files of some of them each where they are too many."""
        number = count()
        while len(parts) > AT_ONCE:
            joined = []
            for first in range(0, len(parts), AT_ONCE):
                stage = path.with_name(f"{path.name}.{next(number)}")
                stages.callback(stage.unlink, missing_ok=True)
                self._write(parts[first : first + AT_ONCE], stage)
                joined.append(PdfPart(stage))
            parts = joined
        self._write(parts, path)

    def _write(self, parts: Sequence[PdfPart], path: Path) -> None:
        from pikepdf import Name
        from pikepdf import Pdf

        with ExitStack() as opened:
            joined = opened.enter_context(Pdf.new())
            marks: list[OutlineItem] = []
            for part in parts:
                self._tell(part)
                source = opened.enter_context(_opened(part.path))
                if part.title:
                    self.data.append(_data(source))
                marks += _add(joined, source, part.title)
            with joined.open_outline(max_depth=DEEPEST) as outline:
                outline.root.extend(marks)
            joined.Root.PageMode = Name.UseOutlines
            embed_once(joined, self._faces)
            save_pdf(joined, path)
            self.pages = len(joined.pages)

    def _tell(self, part: PdfPart) -> None:
        """Tell that another part is being joined; what was joined before is not one.

        Raises:
            StoppedError: The person stopped the work.
        """
        if not self._watch(self._done, self._total):
            raise StoppedError
        self._done += bool(part.title)


def _opened(path: Path) -> Pdf:
    """Open a part; mapped into memory, a stick that is pulled out would be the end."""
    from pikepdf import AccessMode
    from pikepdf import Pdf
    from pikepdf import PdfError

    try:
        return Pdf.open(path, access_mode=AccessMode.stream)
    except PdfError as error:
        raise ExportError(message("export.damaged", name=path.name)) from error


def _data(source: Pdf) -> bytes:
    """Give the data a part carries."""
    return source.Root.PieceInfo[f"/{OWNER}"].Private.Data.read_bytes() or b"null"


def _add(joined: Pdf, source: Pdf, title: str) -> list[OutlineItem]:
    """Add the pages of a part; gives its bookmarks, under its own if it has one."""
    from pikepdf import OutlineItem

    before = len(joined.pages)
    place = {page.objgen: number for number, page in enumerate(source.pages)}
    joined.pages.extend(source.pages)

    def there(target: Any) -> Any:  # noqa: ANN401 - a place in a PDF
        from pikepdf import Array

        page = joined.pages[before + place[target[0].objgen]]
        return Array([page.obj, *list(target)[1:]])

    def moved(item: OutlineItem) -> OutlineItem:
        made = OutlineItem(item.title, there(item.destination))
        made.is_closed = item.is_closed
        made.children.extend(moved(child) for child in item.children)
        return made

    # A link that was copied leads nowhere: its page is another now.
    for number, page in enumerate(source.pages):
        links: Any = joined.pages[before + number].get("/Annots", [])
        for own, link in zip(page.get("/Annots", []), links, strict=True):
            link.Dest = there(own.Dest)
    with source.open_outline(max_depth=DEEPEST) as outline:
        marks = [moved(item) for item in outline.root]
    if not title:
        return marks
    top = OutlineItem(title, before)
    top.is_closed = True
    top.children.extend(marks)
    return [top]
