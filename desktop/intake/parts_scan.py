"""What each part of a workbook says, read with our own eyes before any reader does.

Each class takes one part's elements from `xml_scan.walk`.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Final

from desktop.intake.refusal import RefusedError
from desktop.intake.table import Area
from desktop.intake.table import column_number
from desktop.intake.xml_scan import Ignore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.intake.limits import Limits

_MAIN_TYPES: Final = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
)
_TRUE: Final = frozenset(("1", "true"))


@dataclass(slots=True)
class ContentTypes(Ignore):
    """Says whether the package is a workbook without macros."""

    workbook: bool = False

    def start(self, _name: str, attributes: Mapping[str, str]) -> None:
        """Look at the declared types."""
        declared = attributes.get("ContentType", "")
        if "macroEnabled" in declared or "vbaProject" in declared:
            raise RefusedError("macros")
        self.workbook = self.workbook or declared in _MAIN_TYPES


@dataclass(frozen=True, slots=True)
class Relationship:
    """One arrow from a part to another; `target` is the other's full name."""

    id: str
    kind: str
    target: str


@dataclass(slots=True)
class Relationships(Ignore):
    """Collects the relationships of a part; `base` is the folder of their source."""

    base: str
    found: list[Relationship] = field(default_factory=list)
    links: int = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take one relationship, and refuse one that leaves the file."""
        if name != "Relationship":
            return
        kind = attributes.get("Type", "")
        target = attributes.get("Target", "")
        if "purl.oclc.org" in kind:
            raise RefusedError("strict_format")
        short = kind.rpartition("/")[2]
        if attributes.get("TargetMode", "").lower() == "external":
            # A hyperlink is text to us: it is never followed.
            if short != "hyperlink":
                raise RefusedError("outside_target", target=target[:80])
            self.links += 1
            return
        if short == "hyperlink" and target.startswith("#"):
            return
        self.found.append(
            Relationship(attributes.get("Id", ""), short, self._inside(target))
        )

    def _inside(self, target: str) -> str:
        joined = posixpath.normpath(posixpath.join("/", self.base, target))
        steps = target.split("/")
        depth = 0 if target.startswith("/") else len(self.base.split("/"))
        climbs = steps.count("..")
        odd = any(letter in target for letter in ":\\?#%")
        if odd or not target or (climbs and climbs > depth):
            raise RefusedError("outside_target", target=target[:80])
        return joined.lstrip("/")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    relationship: str
    hidden: bool


@dataclass(slots=True)
class WorkbookScan(Ignore):
    """Collects the sheets, in order, and how the file counts days."""

    limits: Limits
    sheets: list[SheetEntry] = field(default_factory=list)
    epoch_1904: bool = False
    _names: int = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take what the workbook says of itself."""
        if name == "sheet":
            self._sheet(attributes)
        elif name == "workbookPr":
            self.epoch_1904 = attributes.get("date1904", "") in _TRUE
        elif name == "definedName":
            self._names += 1
            if self._names > self.limits.names:
                raise RefusedError("too_many_names", limit=self.limits.names)
        elif name == "externalReference":
            raise RefusedError("links_to_other_files")

    def _sheet(self, attributes: Mapping[str, str]) -> None:
        state = attributes.get("state", "visible")
        self.sheets.append(
            SheetEntry(
                attributes.get("name", ""),
                attributes.get("id", ""),
                state != "visible",
            )
        )
        if len(self.sheets) > self.limits.sheets:
            raise RefusedError("too_many_sheets", limit=self.limits.sheets)


@dataclass(slots=True)
class StylesScan(Ignore):
    """Counts cell styles."""

    limits: Limits
    _count: int = 0

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        """Count a style."""
        if name == "xf":
            self._count += 1
            if self._count > self.limits.styles:
                raise RefusedError("too_many_styles", limit=self.limits.styles)


@dataclass(slots=True)
class StringsScan(Ignore):
    """Counts the shared strings really there, and their lengths."""

    limits: Limits
    count: int = 0
    _length: int = 0

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        """Begin a string."""
        if name == "si":
            self.count += 1
            self._length = 0

    def text(self, text: str) -> None:
        """Measure a string."""
        self._length += len(text)
        if self._length > self.limits.string:
            raise RefusedError("text_too_long", limit=self.limits.string)


_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_INDEX: Final = re.compile(r"[0-9]{1,9}")
_LONGEST_NUMBER: Final = 40
_LARGEST_EXPONENT: Final = 300
_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_384


@dataclass(slots=True)
class SheetScan:
    """Walks one sheet: order, extent, formulas, merges, what is hidden.

    Two readers never see the same cell twice, nor a row above one that came before:
    what they would make of it differs, so such a sheet is refused.
    """

    limits: Limits
    strings: int
    formulas: set[tuple[int, int]] = field(default_factory=set)
    pictures: set[tuple[int, int]] = field(default_factory=set)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: int = 0
    cells: int = 0
    _row: int = 0
    _column: int = 0
    _type: str = "n"
    _in_cell: bool = False
    _inside: str = ""
    _value: list[str] = field(default_factory=list)
    _length: int = 0
    _filled: bool = False
    _bounds: tuple[int, int, int, int] | None = None

    @property
    def extent(self) -> tuple[int, int]:
        """Last row and last column that hold something; 0 for an empty sheet."""
        return self._bounds[2:] if self._bounds else (0, 0)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of a row, a cell, or what is in it."""
        match name:
            case "c":
                self._cell(attributes)
            # Outside a cell, formulas belong to validations, formats and sparklines.
            case "v" | "f" | "t" if self._in_cell:
                self._inside = name
                self._value.clear()
            case "row":
                self._next_row(attributes)
            case "mergeCell":
                self._merge(attributes.get("ref", ""))
            case "col":
                self.hidden_columns += attributes.get("hidden", "") in _TRUE
            case _:
                pass

    def end(self, name: str) -> None:
        """Take the end of a value or of a cell."""
        if not self._in_cell:
            return
        match name:
            case "v":
                self._check_value("".join(self._value))
                self._inside = ""
            case "f":
                self.formulas.add((self._row, self._column))
                if "DISPIMG" in "".join(self._value):
                    self.pictures.add((self._row, self._column))
                self._filled = True
                self._inside = ""
            case "t":
                self._filled = True
                self._inside = ""
            case "c":
                self._in_cell = False
                if self._filled:
                    self._place()
            case _:
                pass

    def text(self, text: str) -> None:
        """Take a piece of a value."""
        if not self._inside:
            return
        self._length += len(text)
        if self._length > 2 * self.limits.string:
            raise RefusedError("text_too_long", limit=self.limits.string)
        self._value.append(text)

    def _next_row(self, attributes: Mapping[str, str]) -> None:
        written = attributes.get("r")
        row = self._row + 1
        if written is not None:
            row = int(written) if _INDEX.fullmatch(written) else 0
        if not self._row < row <= _LAST_ROW:
            raise RefusedError("cells_out_of_order", cell=f"{(written or '')[:12]}")
        self._row = row
        self._column = 0
        if attributes.get("hidden", "") in _TRUE:
            self.hidden_rows.add(row)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        written = attributes.get("r")
        row, column = self._row, self._column + 1
        if written is not None:
            row, column = _position(written)
        if row != self._row or not self._column < column <= _LAST_COLUMN:
            raise RefusedError("cells_out_of_order", cell=(written or "")[:12])
        self._column = column
        self._in_cell = True
        self._type = attributes.get("t", "n")
        self._filled = False
        self._length = 0

    def _check_value(self, value: str) -> None:
        self._filled = self._filled or bool(value)
        match self._type:
            case "s" if not (_INDEX.fullmatch(value) and int(value) < self.strings):
                raise RefusedError("string_missing", cell=self._address())
            case "n" if value and not _sound_number(value):
                raise RefusedError("odd_number", cell=self._address(), text=value[:40])
            case "b" if value not in {"0", "1"}:
                raise RefusedError("odd_number", cell=self._address(), text=value[:40])
            case _:
                pass

    def _place(self) -> None:
        """Count a cell that holds something, and widen the rectangle around all."""
        self.cells += 1
        if self.cells > self.limits.cells:
            raise RefusedError("too_many_cells", limit=self.limits.cells)
        row, column = self._row, self._column
        top, left, bottom, right = self._bounds or (row, column, row, column)
        self._bounds = top, min(left, column), row, max(right, column)
        top, left, bottom, right = self._bounds
        area = (bottom - top + 1) * (right - left + 1)
        far = row > self.limits.rows or column > self.limits.columns
        if far or area > self.limits.area:
            raise RefusedError("cell_too_far", cell=self._address())

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, left = _position(first)
        bottom, right = _position(last or first)
        far = bottom > self.limits.rows or right > self.limits.columns
        if far or bottom < top or right < left:
            raise RefusedError("odd_merge", cell=reference[:24])
        self.merges.append(Area(top, left, bottom, right))
        if len(self.merges) > self.limits.merges:
            raise RefusedError("too_many_merges", limit=self.limits.merges)

    def _address(self) -> str:
        return Area(self._row, self._column, 0, 0).address.partition(":")[0]


def _position(reference: str) -> tuple[int, int]:
    """Read `C5` as row and column.

    Raises:
        RefusedError: It is no cell's name.
    """
    found = _CELL.fullmatch(reference)
    if found is None:
        raise RefusedError("cells_out_of_order", cell=reference[:12])
    return int(found[2]), column_number(found[1])


def _sound_number(text: str) -> bool:
    """Tell whether a number is written as Excel writes it and fits a double."""
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return False
    exponent = re.split("[eE]", text)[1:]
    return not exponent or abs(int(exponent[0])) <= _LARGEST_EXPONENT
