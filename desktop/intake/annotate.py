"""Comments put into a copy of somebody's workbook; all else stays as it is.

The copy is made inside the archive: a part with the comments, a part with the shapes
that show them, and the few lines that tell of both. Every other part is taken over
unchanged, whatever is in it. Comments that are there already are kept, as plain text.

The bytes have passed the preflight before: sizes and names are known to be sound.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from dataclasses import field as part
from io import BytesIO
from itertools import groupby
from posixpath import dirname
from posixpath import normpath
from typing import TYPE_CHECKING
from typing import Final
from xml.sax.saxutils import escape
from xml.sax.saxutils import quoteattr

from desktop.intake.annotate_parts import Comment
from desktop.intake.annotate_parts import Elements
from desktop.intake.annotate_parts import comments_xml
from desktop.intake.annotate_parts import read_comments
from desktop.intake.annotate_parts import shapes_xml
from desktop.intake.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COMMENTS_TYPE: Final = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
)
VML_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_TYPES: Final = "[Content_Types].xml"
_BOOK: Final = "xl/workbook.xml"
_AFTER: Final = frozenset(
    (
        *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
        *("webPublishItems", "tableParts", "extLst"),
    )
)
"""What stands behind the line about comments in a sheet."""


@dataclass(frozen=True, slots=True)
class Note:
    """A comment to write: on which cell of which sheet."""

    sheet: str
    cell: str
    text: str


def annotated(data: bytes, notes: Sequence[Note], author: str) -> bytes | None:
    """Give a copy of a workbook with comments.

    None: the workbook is built in a way that comments cannot be added to.
    """
    try:
        return _annotated(data, notes, author)
    except RefusedError:
        return None


def _annotated(data: bytes, notes: Sequence[Note], author: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as source:
        copy = _Copy({name: source.read(name) for name in source.namelist()})
    places = _sheets(copy)
    by_sheet = sorted(notes, key=lambda note: note.sheet)
    for sheet, some in groupby(by_sheet, key=lambda note: note.sheet):
        if sheet not in places:
            raise RefusedError("damaged", part=sheet)
        comments = [Comment(note.cell, author, note.text) for note in some]
        _annotate(copy, places[sheet], comments)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in copy.parts.items():
            target.writestr(zipfile.ZipInfo(name, _NO_TIME), content, _PACKED)
    return made.getvalue()


_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_PACKED: Final = zipfile.ZIP_DEFLATED


@dataclass(slots=True)
class _Copy:
    """The parts of the copy, and how many were added."""

    parts: dict[str, bytes]
    added: int = part(default=0)

    def new_name(self, pattern: str) -> str:
        """Name a part that is not there yet."""
        while True:
            self.added += 1
            name = pattern.format(self.added)
            if name not in self.parts:
                return name

    def elements(self, name: str) -> Elements:
        """Read a part's elements."""
        if name not in self.parts:
            raise RefusedError("damaged", part=name)
        return Elements.of(self.parts[name])

    def insert(self, name: str, at: int, text: str) -> None:
        """Put text into a part at a byte."""
        content = self.parts[name]
        self.parts[name] = content[:at] + text.encode() + content[at:]


def _sheets(copy: _Copy) -> dict[str, str]:
    """Give the parts of the sheets by their names."""
    targets = {
        found.get("Id", ""): found.get("Target", "")
        for found in copy.elements(_relations_of(_BOOK)).named("Relationship")
    }
    return {
        found.get("name", ""): _resolved(_BOOK, targets.get(found.get("id", ""), ""))
        for found in copy.elements(_BOOK).named("sheet")
    }


def _annotate(copy: _Copy, sheet: str, fresh: Sequence[Comment]) -> None:
    """Write the comments of one sheet, with those that are there."""
    relations = _Relations(copy, sheet)
    name = relations.target("comments")
    known = read_comments(copy.parts[name]) if name in copy.parts else []
    comments = _joined(known, fresh)
    if name not in copy.parts:
        name = copy.new_name("xl/taizhang_comments{}.xml")
        relations.add("comments", name)
        _declare(copy, name)
    copy.parts[name] = comments_xml(comments)
    cells = {each.cell for each in known}
    new = [each for each in comments if each.cell not in cells]
    _show(copy, sheet, relations, new)


def _show(
    copy: _Copy, sheet: str, relations: _Relations, comments: Sequence[Comment]
) -> None:
    """Add the shapes that show comments, and the sheet's line about them."""
    drawing = relations.target("vmlDrawing")
    if drawing in copy.parts:
        shown = copy.parts[drawing]
        end = shown.rfind(b"</xml>")
        if end < 0:
            raise RefusedError("damaged", part=drawing)
        copy.parts[drawing] = shown[:end] + shapes_xml(comments) + shown[end:]
        return
    drawing = copy.new_name("xl/drawings/taizhang_notes{}.vml")
    copy.parts[drawing] = shapes_xml(comments, whole=True)
    identity = relations.add("vmlDrawing", drawing)
    elements = copy.elements(sheet)
    line = (
        f'<legacyDrawing xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id={quoteattr(identity)}/>'
    )
    copy.insert(sheet, elements.before(_AFTER), line)


def _joined(known: Iterable[Comment], fresh: Iterable[Comment]) -> list[Comment]:
    """Give one comment a cell: what was said before comes first."""
    found: dict[str, Comment] = {}
    for each in (*known, *fresh):
        before = found.get(each.cell)
        if before is not None:
            text = f"{before.text}\n\n{each.text}"
            found[each.cell] = Comment(each.cell, before.author, text)
        else:
            found[each.cell] = each
    return list(found.values())


class _Relations:
    """What a sheet's part says of other parts."""

    def __init__(self, copy: _Copy, sheet: str) -> None:
        self._copy, self._sheet = copy, sheet
        self._name = _relations_of(sheet)
        if self._name not in copy.parts:
            empty = f'<Relationships xmlns="{RELATIONS}"></Relationships>'
            copy.parts[self._name] = empty.encode()

    def target(self, kind: str) -> str:
        """Give the part of a kind; empty where there is none."""
        for found in self._copy.elements(self._name).named("Relationship"):
            if found.get("Type", "").endswith(f"/{kind}"):
                return _resolved(self._sheet, found.get("Target", ""))
        return ""

    def add(self, kind: str, name: str) -> str:
        """Tell of a part; gives the name the sheet calls it by."""
        elements = self._copy.elements(self._name)
        taken = {found.get("Id", "") for found in elements.named("Relationship")}
        number = 1
        while f"rIdNote{number}" in taken:
            number += 1
        identity = f"rIdNote{number}"
        line = (
            f'<Relationship xmlns="{RELATIONS}" Id="{identity}" '
            f'Type="{OFFICE}/{kind}" Target="/{escape(name)}"/>'
        )
        self._copy.insert(self._name, elements.end, line)
        return identity


def _declare(copy: _Copy, name: str) -> None:
    """Say what kind of part the comments are, and the shapes."""
    elements = copy.elements(_TYPES)
    known = {found.get("Extension", "").lower() for found in elements.named("Default")}
    text = f'<Override PartName="/{name}" ContentType="{COMMENTS_TYPE}"/>'
    if "vml" not in known:
        text = f'<Default Extension="vml" ContentType="{VML_TYPE}"/>{text}'
    copy.insert(_TYPES, elements.end, text)


def _relations_of(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels"


def _resolved(name: str, target: str) -> str:
    """Give the part a target means, seen from another part."""
    if target.startswith("/"):
        return target[1:]
    return normpath(f"{dirname(name)}/{target}") if target else ""
