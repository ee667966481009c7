"""A template opened: sheets, names, styles and texts, read as they are asked for."""

from __future__ import annotations

import posixpath
import re
from functools import cached_property
from typing import TYPE_CHECKING
from typing import Final
from xml.etree.ElementTree import fromstring

from desktop.core.frozen import frozen
from desktop.export.template.sheet import SheetBytes
from desktop.export.template.sheet import area
from desktop.export.template.sheet import attributes_of
from desktop.export.template.sheet import tag_pattern
from desktop.export.template.zip import Archive
from desktop.export.template.zip import read_archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_DOCUMENT: Final = "officeDocument"
_ROOT: Final = re.compile(rb"<((?:[\w.-]+:)?)workbook(?=[\s>])")
_ONE_CELL: Final = re.compile(
    r"(?:'((?:[^']|'')+)'|([^'!]+))!"
    r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?"
)
_DAY_FORMATS: Final = frozenset(
    (*range(14, 18), 22, *range(27, 32), *range(50, 59), 36)
)
"""Number formats that every spreadsheet program knows and that show a day."""
_NO_CODE: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
"""What in a number format is shown as it stands, or says colour and country."""


@frozen
class SheetPlace:
    """A sheet: its name, and the part it is kept in."""

    name: str
    part: str


class Book:
    """A template whose bytes have been examined (`desktop.intake.preflight`)."""

    def __init__(self, file: str, data: bytes) -> None:
        """Take its name, for messages, and its bytes."""
        self.file = file
        self.archive: Archive = read_archive(data)
        self._read: dict[str, bytes] = {}
        self._sheets: dict[str, SheetBytes] = {}
        self._merged: dict[str, tuple[tuple[int, int, int, int], ...]] = {}

    @cached_property
    def part(self) -> str:
        """The name of the part that lists the sheets."""
        found = self.arrows("")
        return next(target for kind, target in found.values() if kind == _DOCUMENT)

    def arrows(self, part: str) -> dict[str, tuple[str, str]]:
        """Give the relationships of a part by id: kind and target within the file."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self.archive.entries:
            return {}
        found = {}
        for each in self.parsed(path):
            if each.get("TargetMode", "").lower() == "external":
                continue
            target = posixpath.join("/", folder, each.get("Target", ""))
            kind = each.get("Type", "").rpartition("/")[2]
            found[each.get("Id", "")] = kind, posixpath.normpath(target).lstrip("/")
        return found

    def read(self, part: str) -> bytes:
        """Give a part, unpacked once."""
        if part not in self._read:
            self._read[part] = self.archive.read(part)
        return self._read[part]

    def parsed(self, part: str) -> Element:
        """Give a small part as a tree; all parts were examined: there is no DTD."""
        return fromstring(self.read(part))  # noqa: S314 - see above

    @cached_property
    def head(self) -> Element:
        """The part that lists the sheets, as a tree."""
        return self.parsed(self.part)

    @cached_property
    def sheets(self) -> dict[str, SheetPlace]:
        """The sheets by name, in order."""
        arrows = self.arrows(self.part)
        found = {}
        for each in self.head.iterfind(".//{*}sheet"):
            ids = [value for key, value in each.items() if key.endswith("}id")]
            kind, part = arrows[ids[0]]
            if kind == "worksheet":
                name = each.get("name", "")
                found[name] = SheetPlace(name, part)
        return found

    def sheet(self, name: str) -> SheetBytes:
        """Give a sheet by its name.

        Raises:
            OddPartError: It is written in an unusual way.
        """
        if name not in self._sheets:
            part = self.sheets[name].part
            self._sheets[name] = SheetBytes(self.read(part), part)
        return self._sheets[name]

    @cached_property
    def epoch_1904(self) -> bool:
        """Whether days are counted from 1904."""
        found = self.head.find("{*}workbookPr")
        return found is not None and found.get("date1904") in {"1", "true"}

    def cell_named(self, name: str, sheet: str) -> tuple[str, str] | None:
        """Give sheet and cell that a defined name stands for, if it is just one.

        A name that only the sheet has goes before one of the whole workbook.
        """
        order = [each.get("name") for each in self.head.iterfind(".//{*}sheet")]
        own = str(order.index(sheet))
        found: dict[str | None, str] = {}
        for each in self.head.iterfind(".//{*}definedName"):
            if each.get("name", "").casefold() == name.casefold():
                found[each.get("localSheetId")] = each.text or ""
        meant = _ONE_CELL.fullmatch(found.get(own, found.get(None, "")))
        if meant is None:
            return None
        named = (meant[1] or "").replace("''", "'") or meant[2]
        return (named, meant[3] + meant[4]) if named in self.sheets else None

    @cached_property
    def strings(self) -> tuple[str, ...]:
        """The texts that cells share."""
        found = self.arrows(self.part).values()
        parts = [target for kind, target in found if kind == "sharedStrings"]
        return tuple(_shared(self.parsed(parts[0]))) if parts else ()

    @cached_property
    def _day_styles(self) -> frozenset[int]:
        found = self.arrows(self.part).values()
        parts = [target for kind, target in found if kind == "styles"]
        return frozenset(_day_styles(self.parsed(parts[0]))) if parts else frozenset()

    def shows_day(self, style: str) -> bool:
        """Tell whether cells of a style show a number as a day."""
        return style.isdecimal() and int(style) in self._day_styles

    def merged(self, sheet: str) -> tuple[tuple[int, int, int, int], ...]:
        """Give the merged cells of a sheet: top, left, bottom, right."""
        if sheet not in self._merged:
            found = self.sheet(sheet).elements(b"mergeCell")
            self._merged[sheet] = tuple(area(each["ref"]) for each in found)
        return self._merged[sheet]


def _shared(root: Element) -> Iterator[str]:
    """Read shared strings without their readings (拼音)."""
    for item in root:
        told = [item.find("{*}t"), *(run.find("{*}t") for run in item.iterfind("{*}r"))]
        yield "".join(each.text or "" for each in told if each is not None)


def _day_styles(root: Element) -> Iterator[int]:
    days = set(_DAY_FORMATS)
    for each in root.iterfind(".//{*}numFmt"):
        code = _NO_CODE.sub("", each.get("formatCode", "")).casefold()
        if "y" in code or "d" in code:
            days.add(int(each.get("numFmtId", "0")))
    formats = root.find("{*}cellXfs")
    for place, each in enumerate(() if formats is None else formats):
        if int(each.get("numFmtId", "0")) in days:
            yield place


def asking_anew(workbook: bytes) -> bytes:
    """Let a spreadsheet program compute all formulas when it opens the workbook."""
    root = _ROOT.search(workbook)
    prefix = b"" if root is None else root[1]
    tags = tag_pattern(prefix, b"calcPr").finditer(workbook)
    found = next((tag for tag in tags if tag[2] and not tag[1]), None)
    if found is not None:
        if attributes_of(found[0]).get("fullCalcOnLoad") in {"1", "true"}:
            return workbook
        kept = re.sub(rb"\s+fullCalcOnLoad\s*=\s*(\"[^\"]*\"|'[^']*')", b"", found[0])
        end = b"/>" if kept.endswith(b"/>") else b">"
        new = kept.removesuffix(end).rstrip() + b' fullCalcOnLoad="1"' + end
        return workbook[: found.start()] + new + workbook[found.end() :]
    before = b"sheets|functionGroups|externalReferences|definedNames"
    ends = [
        tag.end()
        for tag in tag_pattern(prefix, before).finditer(workbook)
        if tag[2] and (tag[1] or tag[0].endswith(b"/>"))
    ]
    new = b'<%bcalcPr fullCalcOnLoad="1"/>' % prefix
    return workbook[: ends[-1]] + new + workbook[ends[-1] :]
