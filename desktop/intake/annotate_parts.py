"""The parts of a workbook that hold comments: read, and written anew."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape
from xml.sax.saxutils import quoteattr

from desktop.intake.refusal import RefusedError
from desktop.intake.table import column_number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LONGEST: Final = 2000
"""Characters of a comment; a longer one nobody reads in a small box."""
WIDTH: Final = 260
LINE: Final = 16
"""Points: breadth of a comment's box, and height of a line in it."""
PER_LINE: Final = 21
"""Chinese characters that stand on one line of the box."""
_ADDRESS: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a cell."""

    cell: str
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a part: how deep it stands and at which byte."""

    name: str
    depth: int
    at: int
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of a part, and the byte at which its outermost one ends."""

    found: tuple[Element, ...]
    end: int

    @classmethod
    def of(cls, content: bytes) -> Elements:
        """Read a part.

        Raises:
            RefusedError: It is no sound XML in UTF-8, or has nothing in it.
        """
        reader = _Reader()
        reader.read(content)
        return cls(tuple(reader.found), reader.end)

    def named(self, name: str) -> Iterator[dict[str, str]]:
        """Give the attributes of the elements of a name."""
        return (each.attributes for each in self.found if each.name == name)

    def before(self, names: frozenset[str]) -> int:
        """Give the byte before the first of some elements, else that of the end."""
        places = (e.at for e in self.found if e.depth == 1 and e.name in names)
        return next(places, self.end)


class _Reader:
    """Walks a part; attributes come without their namespace."""

    def __init__(self) -> None:
        self.found: list[Element] = []
        self.end = -1
        self._depth = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")

    def read(self, content: bytes) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._stop
        try:
            self._parser.Parse(content, True)  # noqa: FBT003 - expat takes it by place only
        except expat.ExpatError as error:
            raise RefusedError("broken_xml") from error
        if not content[self.end :].startswith(b"</"):
            raise RefusedError("broken_xml")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        at = self._parser.CurrentByteIndex
        self.found.append(Element(name.rpartition(" ")[2], self._depth, at, plain))
        self._depth += 1

    def _stop(self, _: str) -> None:
        self._depth -= 1
        if self._depth == 0:
            self.end = self._parser.CurrentByteIndex


def read_comments(content: bytes) -> list[Comment]:
    """Read the comments of a part as plain text, whatever letters they had.

    Raises:
        RefusedError: It is no sound XML.
    """
    reader = _Comments()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat takes it by place only
    except expat.ExpatError as error:
        raise RefusedError("broken_xml") from error
    return reader.found()


class _Comments:
    def __init__(self) -> None:
        self._authors: list[str] = []
        self._comments: list[tuple[str, str, list[str]]] = []
        self._into: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "author":
                self._into = []
            case "comment":
                told = attributes.get("ref", ""), attributes.get("authorId", "")
                self._comments.append((*told, []))
            case "t" if self._comments:
                self._into = self._comments[-1][2]
            case _:
                pass

    def end(self, name: str) -> None:
        if name.endswith(" author") and self._into is not None:
            self._authors.append("".join(self._into))
        self._into = None

    def text(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)

    def found(self) -> list[Comment]:
        named = {str(number): author for number, author in enumerate(self._authors)}
        return [
            Comment(cell, named.get(author, ""), "".join(said))
            for cell, author, said in self._comments
        ]


def comments_xml(comments: Sequence[Comment]) -> bytes:
    """Write the part with the comments."""
    authors = list(dict.fromkeys(each.author for each in comments))
    listed = "".join(f"<author>{_legal(author)}</author>" for author in authors)
    written = "".join(
        f"<comment ref={quoteattr(each.cell)} "
        f'authorId="{authors.index(each.author)}"><text><r><t xml:space="preserve">'
        f"{_legal(each.text[:LONGEST])}</t></r></text></comment>"
        for each in sorted(comments, key=lambda each: _place(each.cell))
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<comments xmlns="{MAIN}"><authors>{listed}</authors>'
        f"<commentList>{written}</commentList></comments>"
    ).encode()


def shapes_xml(comments: Iterable[Comment], *, whole: bool = False) -> bytes:
    """Write the boxes that show comments; with `whole` as a part of its own."""
    shapes = "".join(_shape(number, each) for number, each in enumerate(comments, 1))
    if not whole:
        return shapes.encode()
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel">'
        '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
        '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
        'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
        '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
        f"{shapes}</xml>"
    ).encode()


def _shape(number: int, comment: Comment) -> str:
    """Write one box beside its cell, high enough for its words."""
    row, column = _place(comment.cell)
    text = comment.text[:LONGEST]
    lines = sum(1 + len(line) // PER_LINE for line in text.split("\n"))
    height = LINE * (lines + 1)
    last = row - 1 + max(3, lines)
    anchor = f"{column}, 15, {max(row - 2, 0)}, 4, {column + 3}, 15, {last}, 4"
    return (
        f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel" '
        f'id="taizhang_{comment.cell}_{number}" type="#_x0000_t202" '
        f'style="position:absolute;width:{WIDTH}pt;height:{height}pt;'
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/>'
        '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
        f"<x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData>"
        "</v:shape>"
    )


def _place(cell: str) -> tuple[int, int]:
    """Read an address as row and column, from 1; what is none stands first."""
    found = _ADDRESS.fullmatch(cell)
    return (int(found[2]), column_number(found[1])) if found else (1, 1)


def _legal(text: str) -> str:
    return escape(_ILLEGAL.sub("", text))
