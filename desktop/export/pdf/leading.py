"""Where a document leads its readers: bookmarks, links, and the places both know.

A place has a key; what leads to it may come before it or after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Final

from desktop.export.pdf.values import Name
from desktop.export.pdf.values import Ref
from desktop.export.pdf.values import digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.export.pdf.file import PdfFile
    from desktop.export.pdf.values import Entries
    from desktop.export.pdf.values import Value

PRINTED: Final = 4
"""Flag of a link for readers: printed with the page, which PDF/A asks of all on it."""

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Mark:
    """An entry of the outline, and those below it."""

    title: str
    key: str
    level: int
    below: list[Mark] = field(default_factory=list)


class Leading:
    """All that leads somewhere in one document."""

    def __init__(self, file: PdfFile) -> None:
        """Begin without any."""
        self._file = file
        self._places: dict[str, Value] = {}
        self._here: list[tuple[str, float]] = []
        self._links: list[tuple[Ref, str, Entries]] = []
        self._pages_links = 0
        self._path: list[Mark] = []
        self._top: list[Mark] = []

    @property
    def links(self) -> Sequence[Ref]:
        """Give the links of the page at hand."""
        return [place for place, _, _ in self._links[self._pages_links :]]

    def bookmark(self, key: str, title: str, level: int, top: float) -> None:
        """Put a place of the page at hand into the outline, at its height."""
        self._here.append((key, top))
        mark = Mark(title, key, level)
        while self._path and self._path[-1].level >= level:
            self._path.pop()
        (self._path[-1].below if self._path else self._top).append(mark)
        self._path.append(mark)

    def link(self, key: str, box: Box) -> None:
        """Make a box of the page at hand lead to a place."""
        link: Entries = {
            "Type": Name("Annot"),
            "Subtype": Name("Link"),
            "Rect": box,
            "Border": [0, 0, 0],
            "F": PRINTED,
        }
        place = Ref(self._file.reserve().number, digest_of(link))
        self._links.append((place, key, link))

    def end_page(self, page: Ref) -> None:
        """Say which page it was."""
        for key, top in self._here:
            self._places[key] = [page, Name("XYZ"), 0, top, 0]
        self._here.clear()
        self._pages_links = len(self._links)

    def finish(self) -> Entries:
        """Write links and outline; give what the document says of them.

        PDF/A wants a place in full wherever something leads there.

        Raises:
            KeyError: A link leads nowhere.
        """
        for place, key, link in self._links:
            self._file.add({**link, "Dest": self._places[key]}, place)
        if not self._top:
            return {}
        outline = self._file.reserve()
        ends = self._write(self._top, outline)
        self._file.add({"Type": Name("Outlines"), **ends}, outline)
        return {"Outlines": outline, "PageMode": Name("UseOutlines")}

    def _write(self, marks: Sequence[Mark], parent: Ref) -> dict[str, Value]:
        """Write entries beside each other; say which they are, and how many show."""
        places = [self._file.reserve() for _ in marks]
        for mark, place, before, after in zip(
            marks, places, [None, *places], [*places[1:], None], strict=False
        ):
            entries: dict[str, Value] = {
                "Title": mark.title,
                "Parent": parent,
                "Dest": self._places[mark.key],
                **({} if before is None else {"Prev": before}),
                **({} if after is None else {"Next": after}),
            }
            if mark.below:
                entries |= self._write(mark.below, place)
                if mark.level == 0:
                    entries["Count"] = -_shown(mark.below)
            self._file.add(entries, place)
        return {"First": places[0], "Last": places[-1], "Count": _shown(marks)}


def _shown(marks: Sequence[Mark]) -> int:
    """Count entries and those below them; those of the first level are closed."""
    return sum(1 + (_shown(mark.below) if mark.level else 0) for mark in marks)
