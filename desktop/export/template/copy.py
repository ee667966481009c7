"""Further sheets of a template as copies of one it has, when a 续表 does not suffice.

A copy has parts of its own for what belongs to one sheet alone (drawings, comments,
printer settings); pictures are shared, as spreadsheet programs do it.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from typing import Final
from xml.sax.saxutils import escape
from xml.sax.saxutils import quoteattr

from desktop.core.frozen import frozen
from desktop.export.template.sheet import attributes_of
from desktop.export.template.sheet import tag_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from desktop.export.template.book import Book

_TYPES: Final = "[Content_Types].xml"
_OWN: Final = frozenset({"drawing", "vmlDrawing", "comments", "printerSettings"})
_SHARED: Final = frozenset({"image"})
_NUMBERED: Final = re.compile(r"(.*?)\d*(\.\w+)$")
_NAME_LENGTH: Final = 31
_RELATION: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
)
_BOOK_ROOT: Final = re.compile(rb"<((?:[\w.-]+:)?)workbook(?=[\s>])")


class CannotCopyError(Exception):
    """A sheet has parts that two sheets cannot have."""

    def __init__(self, part: str) -> None:
        """Take the part's name."""
        super().__init__(part)
        self.part = part


@frozen
class Copy:
    """A sheet to be added: its name, the one it is a copy of, and its bytes."""

    name: str
    source: str
    data: bytes


def free_names(book: Book, source: str, count: int) -> tuple[str, ...]:
    """Propose names for copies of a sheet that no sheet has yet."""
    taken = {name.casefold() for name in book.sheets}
    names: list[str] = []
    number = 2
    while len(names) < count:
        tail = f"({number})"
        name = source[: _NAME_LENGTH - len(tail)] + tail
        if name.casefold() not in taken:
            names.append(name)
        number += 1
    return tuple(names)


class Copying:
    """Adds copies to a template; collects the parts that change or are new."""

    def __init__(self, book: Book) -> None:
        """Take the template."""
        self._book = book
        self.parts: dict[str, bytes] = {}
        self.names: dict[str, str] = {}
        """The parts of the copies, by the name of the sheet."""
        self._types = book.archive.read(_TYPES)
        self._workbook = book.archive.read(book.part)
        found = _BOOK_ROOT.search(self._workbook)
        self._prefix = b"" if found is None else found[1]

    def add(self, copies: Iterable[Copy]) -> dict[str, bytes]:
        """Add the sheets; gives the changed and the new parts.

        Raises:
            CannotCopyError: A sheet has parts that cannot be copied.
        """
        folder, name = posixpath.split(self._book.part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        arrows = self._book.archive.read(path)
        for copy in copies:
            source = self._book.sheets[copy.source].part
            part = self._part(source, unselected(copy.data))
            self.names[copy.name] = part
            identity = self._free_id(arrows)
            arrow = (
                f'<Relationship Id="{identity}" Type="{_RELATION}" Target="/{part}"/>'
            )
            arrows = _before_end(arrows, b"Relationships", arrow.encode())
            self._workbook = self._listed(copy, identity)
        self.parts[path] = arrows
        self.parts[self._book.part] = self._workbook
        self.parts[_TYPES] = self._types
        return self.parts

    def _part(self, source: str, data: bytes | None = None) -> str:
        """Copy a part under a free name, with the parts that are its own."""
        name = self._free_part(source)
        self.parts[name] = self._book.archive.read(source) if data is None else data
        self._declare(source, name)
        folder, file = posixpath.split(source)
        path = posixpath.join(folder, "_rels", f"{file}.rels")
        if path in self._book.archive.entries:
            new_path = posixpath.join(
                folder, "_rels", f"{posixpath.basename(name)}.rels"
            )
            self.parts[new_path] = self._arrows(source, path)
        return name

    def _arrows(self, source: str, path: str) -> bytes:
        """Give the relationships of a copy, which has copies of what is its own."""
        text = self._book.archive.read(path)
        targets: dict[str, str] = {}
        for identity, (kind, target) in self._book.arrows(source).items():
            if kind in _OWN:
                targets[identity] = self._part(target)
            elif kind not in _SHARED:
                raise CannotCopyError(target)
        pieces, done = [], 0
        for tag in re.finditer(rb"<[^<>?!/][^<>]*>", text):
            told = attributes_of(tag[0])
            new = targets.get(told.get("Id", ""))
            if new is None:
                continue
            old = re.search(rb"(?<=\sTarget=)(\"[^\"]*\"|'[^']*')", tag[0])
            assert old is not None  # noqa: S101 - its target was read before
            start = tag.start() + old.start()
            pieces += [text[done:start], quoteattr(f"/{new}").encode()]
            done = tag.start() + old.end()
        return b"".join((*pieces, text[done:]))

    def _free_part(self, source: str) -> str:
        found = _NUMBERED.fullmatch(source)
        stem, ending = (found[1], found[2]) if found else (source, "")
        number = 1
        while True:
            name = f"{stem}{number}{ending}"
            if name not in self._book.archive.entries and name not in self.parts:
                return name
            number += 1

    def _declare(self, source: str, name: str) -> None:
        """Say of a new part what is said of the one it is a copy of."""
        for tag in re.finditer(rb"<(?:[\w.-]+:)?Override\b[^<>]*>", self._types):
            told = attributes_of(tag[0])
            if told.get("PartName") == f"/{source}":
                new = tag[0].replace(f"/{source}".encode(), f"/{name}".encode())
                self._types = self._types[: tag.end()] + new + self._types[tag.end() :]
                return

    def _free_id(self, arrows: bytes) -> str:
        taken = set(re.findall(rb"\sId=[\"']([^\"']*)", arrows))
        number = 1
        while f"rId{number}".encode() in taken:
            number += 1
        return f"rId{number}"

    def _listed(self, copy: Copy, identity: str) -> bytes:
        """List a copy among the sheets, with its print area and titles."""
        text = self._workbook
        tags = [*self._tags(b"sheet")]
        said = [attributes_of(tag[0]) for tag in tags]
        names = [each.get("name", "") for each in said]
        place = names.index(copy.source)
        number = max(int(each["sheetId"]) for each in said) + 1
        new = tags[place][0]
        for key, value in (("name", copy.name), ("sheetId", str(number))):
            new = _with(new, key.encode(), value)
        key = next(key for key in said[place] if key.endswith(":id"))
        new = _with(new, key.encode(), identity)
        end = tags[-1].end()
        text = text[:end] + new + text[end:]
        local = _names_of(text, self._prefix, str(place))
        for tag_end, head, inner in reversed([*local]):
            own = _with(head, b"localSheetId", str(len(tags)))
            told = _renamed(inner, copy.source, copy.name)
            text = (
                text[:tag_end]
                + own
                + told
                + b"</%bdefinedName>" % self._prefix
                + (text[tag_end:])
            )
        return text

    def _tags(self, name: bytes) -> Iterator[re.Match[bytes]]:
        found = tag_pattern(self._prefix, name).finditer(self._workbook)
        return (tag for tag in found if tag[2] is not None and not tag[1])


def _names_of(
    workbook: bytes, prefix: bytes, place: str
) -> Iterator[tuple[int, bytes, bytes]]:
    """Give the names that only one sheet has: where they end, their tag and text."""
    opened: re.Match[bytes] | None = None
    for tag in tag_pattern(prefix, b"definedName").finditer(workbook):
        if tag[2] is not None and not tag[1]:
            opened = tag
        elif tag[2] is not None and opened is not None:
            inner = workbook[opened.end() : tag.start()]
            if attributes_of(opened[0]).get("localSheetId") == place:
                yield tag.end(), opened[0], inner


def _renamed(text: bytes, old: str, new: str) -> bytes:
    """Let a name's text speak of another sheet."""
    meant = f"'{escape(new.replace(chr(39), chr(39) * 2))}'!".encode()
    quoted = f"'{escape(old.replace(chr(39), chr(39) * 2))}'!".encode()
    bare = re.compile(rb"(?<![\w'])" + re.escape(f"{escape(old)}!".encode()))
    return bare.sub(lambda _: meant, text.replace(quoted, meant))


def _with(tag: bytes, key: bytes, value: str) -> bytes:
    """Give a tag with another value of an attribute it has."""
    pattern = re.compile(rb"(?<=\s)" + re.escape(key) + rb"\s*=\s*(\"[^\"]*\"|'[^']*')")
    return pattern.sub(lambda _: key + b"=" + quoteattr(value).encode(), tag, count=1)


def _before_end(text: bytes, name: bytes, new: bytes) -> bytes:
    found = re.search(rb"</(?:[\w.-]+:)?%b\s*>\s*$" % name, text)
    assert found is not None  # noqa: S101 - the workbook has relationships
    return text[: found.start()] + new + text[found.start() :]


def unselected(sheet: bytes) -> bytes:
    """Let a sheet not be selected: two selected sheets take every edit together."""
    return re.sub(rb"(\stabSelected\s*=\s*)([\"'])(?:1|true)\2", rb"\1\g<2>0\2", sheet)


def without_chain(book: Book, parts: dict[str, bytes]) -> frozenset[str]:
    """Leave out the order of computing, which names a formula that is gone.

    Changes the parts that speak of it; gives the parts to leave out.
    """
    chains = {
        identity: target
        for identity, (kind, target) in book.arrows(book.part).items()
        if kind == "calcChain"
    }
    folder, name = posixpath.split(book.part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    for identity, target in chains.items():
        for part, key, value in (
            (path, "Id", identity),
            (_TYPES, "PartName", f"/{target}"),
        ):
            text = parts.get(part) or book.archive.read(part)
            parts[part] = _without_tag(text, key, value)
    return frozenset(chains.values())


def _without_tag(text: bytes, key: str, value: str) -> bytes:
    for tag in re.finditer(rb"<[\w.:-]+\s[^<>]*/>", text):
        if attributes_of(tag[0]).get(key) == value:
            return text[: tag.start()] + text[tag.end() :]
    return text
