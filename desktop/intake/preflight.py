"""Is this file a workbook that may be read at all?

Every part is unpacked to its end and parsed here, streaming, before a reader sees the
file. What a workbook needs not have (macros, links, embedded files) is refused, not
cleaned: a cleaned file would no longer be the file the person has.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.intake.archive import Part
from desktop.intake.archive import parts_of
from desktop.intake.archive import unpack
from desktop.intake.limits import LIMITS
from desktop.intake.parts_scan import ContentTypes
from desktop.intake.parts_scan import Relationship
from desktop.intake.parts_scan import Relationships
from desktop.intake.parts_scan import SheetEntry
from desktop.intake.parts_scan import SheetScan
from desktop.intake.parts_scan import StringsScan
from desktop.intake.parts_scan import StylesScan
from desktop.intake.parts_scan import WorkbookScan
from desktop.intake.refusal import RefusedError
from desktop.intake.xml_scan import Handler
from desktop.intake.xml_scan import Ignore
from desktop.intake.xml_scan import guarded_text
from desktop.intake.xml_scan import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.intake.limits import Limits


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What our own scan of a sheet says of it."""

    name: str
    hidden: bool
    scan: SheetScan


@dataclass(frozen=True, slots=True)
class Preflight:
    """A workbook that may be read: its sheets in order, and remarks for a person."""

    sheets: tuple[SheetFacts, ...]
    epoch_1904: bool
    notes: tuple[Message, ...]


class Kind:
    """The first bytes of files people mistake for workbooks."""

    ZIP: Final = b"PK\x03\x04"
    EMPTY_ZIP: Final = b"PK\x05\x06"
    OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


_FORBIDDEN: Final = (
    ("vbaproject", "macros"),
    ("macrosheets/", "macros"),
    ("externallinks/", "links_to_other_files"),
    ("embeddings/", "embedded_files"),
    ("activex/", "controls"),
    ("ctrlprops/", "controls"),
    ("connections.xml", "connections"),
    ("querytables/", "connections"),
    ("model/", "connections"),
)
BUTTONS: Final = frozenset({"ctrlprops/"})
"""Buttons and boxes drawn on a sheet: they do nothing without macros."""
_BINARY: Final = ("xl/workbook.bin", "content.xml", "mimetype")
_XML_ENDINGS: Final = (".xml", ".rels")
_NEEDED: Final = frozenset(("officeDocument", "worksheet", "sharedStrings", "styles"))
_PASSWORD: Final = "EncryptedPackage".encode("utf-16-le")


def preflight(
    data: bytes,
    file: str,
    limits: Limits = LIMITS,
    allowed: frozenset[str] = frozenset(),
) -> Preflight | Message:
    """Examine the bytes of a workbook; gives what may be read, or why it is refused.

    `allowed` are parts otherwise refused, for a file that is copied and not read.
    """
    try:
        _check_kind(data)
        return _Examination(data, limits, file, allowed).run()
    except RefusedError as refusal:
        return refusal.about(file=file)


def _check_kind(data: bytes) -> None:
    if data.startswith(Kind.OLE):
        raise RefusedError("password" if _PASSWORD in data else "old_excel")
    if data.startswith((Kind.ZIP, Kind.EMPTY_ZIP)):
        return
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        raise RefusedError("empty_file")
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta")):
        raise RefusedError("web_page")
    if b"\0" not in start and (b"," in start or b"\t" in start):
        raise RefusedError("text_file")
    raise RefusedError("no_workbook")


class _Examination:
    """One pass over one workbook."""

    def __init__(
        self, data: bytes, limits: Limits, file: str, allowed: frozenset[str]
    ) -> None:
        self._data = data
        self._allowed = allowed
        self._limits = limits
        self._file = file
        self._parts = {part.name: part for part in parts_of(data, limits)}
        self._left = set(self._parts)
        self._elements = 0
        self._notes: list[Message] = []

    def run(self) -> Preflight:
        self._check_names()
        arrows = self._relationships()
        main = self._only(arrows.get("", []), "officeDocument")
        book = WorkbookScan(self._limits)
        self._walk(main, book)
        own = arrows.get(main, [])
        strings = StringsScan(self._limits)
        for arrow in own:
            if arrow.kind == "sharedStrings":
                self._walk(arrow.target, strings)
            if arrow.kind == "styles":
                self._walk(arrow.target, StylesScan(self._limits))
        sheets = tuple(self._sheets(book, own, strings.count))
        for name in sorted(self._left):
            self._rest(self._parts[name])
        if book.epoch_1904:
            self._note("epoch_1904")
        return Preflight(sheets, book.epoch_1904, tuple(self._notes))

    def _check_names(self) -> None:
        """Refuse by name what no table needs."""
        for name in self._parts:
            folded = name.casefold()
            if folded in _BINARY:
                raise RefusedError("other_office_format", part=name)
            for piece, code in _FORBIDDEN:
                if piece in folded and piece not in self._allowed:
                    raise RefusedError(code, part=name)
        types = ContentTypes()
        if "[Content_Types].xml" not in self._parts:
            raise RefusedError("no_workbook")
        self._walk("[Content_Types].xml", types)
        if not types.workbook:
            raise RefusedError("no_workbook")

    def _relationships(self) -> dict[str, list[Relationship]]:
        """Read all relationships, by the part they start from."""
        arrows: dict[str, list[Relationship]] = {}
        links = 0
        for name in sorted(self._parts):
            folder, file = posixpath.split(name)
            if posixpath.basename(folder) != "_rels" or not file.endswith(".rels"):
                continue
            base = posixpath.dirname(folder)
            scan = Relationships(base)
            self._walk(name, scan)
            for arrow in scan.found:
                if arrow.kind in _NEEDED and arrow.target not in self._parts:
                    raise RefusedError("target_missing", target=arrow.target[:80])
            source = posixpath.join(base, file.removesuffix(".rels"))
            arrows[source] = scan.found
            links += scan.links
        if links:
            self._note("hyperlinks", count=links)
        return arrows

    def _only(self, arrows: list[Relationship], kind: str) -> str:
        found = [arrow.target for arrow in arrows if arrow.kind == kind]
        if len(found) != 1:
            raise RefusedError("no_workbook")
        return found[0]

    def _sheets(
        self, book: WorkbookScan, arrows: list[Relationship], strings: int
    ) -> Iterator[SheetFacts]:
        by_id = {arrow.id: arrow for arrow in arrows}
        seen = set[str]()
        if not book.sheets:
            raise RefusedError("no_sheets")
        for entry in book.sheets:
            arrow = by_id.get(entry.relationship)
            if arrow is None or arrow.target in seen:
                raise RefusedError("no_sheets")
            seen.add(arrow.target)
            match arrow.kind:
                case "worksheet":
                    yield self._sheet(entry, arrow.target, strings)
                case "chartsheet":
                    self._note("chart_sheet", sheet=entry.name)
                case _:
                    raise RefusedError("macros", part=arrow.target)

    def _sheet(self, entry: SheetEntry, part: str, strings: int) -> SheetFacts:
        scan = SheetScan(self._limits, strings)
        try:
            self._walk(part, scan)
        except RefusedError as refusal:
            refusal.params.setdefault("sheet", entry.name)
            raise
        if entry.hidden and scan.cells:
            self._note("hidden_sheet", sheet=entry.name)
        for code, count in (
            ("hidden_rows", len(scan.hidden_rows)),
            ("hidden_columns", scan.hidden_columns),
            ("cell_pictures", len(scan.pictures)),
        ):
            if count:
                self._note(code, sheet=entry.name, count=count)
        return SheetFacts(entry.name, entry.hidden, scan)

    def _walk(self, name: str, handler: Handler) -> None:
        """Unpack and parse a part; its faults name it."""
        self._left.discard(name)
        try:
            self._elements += walk(
                unpack(self._data, self._parts[name]), handler, self._limits
            )
        except RefusedError as refusal:
            refusal.params.setdefault("part", name)
            raise
        if self._elements > self._limits.elements:
            limit = self._limits.elements
            raise RefusedError("too_many_elements", part=name, limit=limit)

    def _rest(self, part: Part) -> None:
        """Look at a part no reader asks for: sound to its end, and no DTD in it."""
        if part.name.lower().endswith(_XML_ENDINGS):
            self._walk(part.name, Ignore())
            return
        pieces = unpack(self._data, part)
        first = next(pieces, b"")
        if not _looks_like_xml(first):
            for _ in pieces:
                pass
            return
        try:
            for _ in guarded_text(_chain(first, pieces), self._limits):
                pass
        except RefusedError as refusal:
            refusal.params.setdefault("part", part.name)
            raise

    def _note(self, code: str, **params: str | int) -> None:
        self._notes.append(message(f"intake.{code}", file=self._file, **params))


def _looks_like_xml(first: bytes) -> bool:
    return first[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
