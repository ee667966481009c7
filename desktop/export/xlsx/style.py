"""How cells of a workbook look, and how text is put into them safely."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from dataclasses import replace
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import assert_never
from unicodedata import east_asian_width

from desktop.core.messages import message
from desktop.export.report import CellKind
from desktop.export.xlsx.plan import CHOICES
from desktop.export.xlsx.plan import escaped
from desktop.export.xlsx.plan import storable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from desktop.core.messages import Message
    from desktop.export.report import Shape
    from desktop.export.xlsx.plan import Written

SONG: Final = "宋体"
HEI: Final = "黑体"
SIZE: Final = 10
LINE: Final = 13.5
"""Height of a line of text in points."""
SPARE: Final = 1.15
"""How much longer a text may be in another program's font."""
_USUAL: Final = re.compile("[\x20-\x7e\u3001-\u301b\u4e00-\u9fff\uff01-\uff5e]*")
RISKY: Final = ("=", "+", "-", "@", "\t")
"""What a text that a program might take for a formula begins with."""


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about a cell's looks that the report decides."""

    font: str = SONG
    size: float = SIZE
    bold: bool = False
    align: str = "left"
    wrap: bool = False
    format: str = "General"
    ruled: bool = False
    top: bool = False
    """Whether a thick rule runs above the cell."""
    bottom: bool = False
    quoted: bool = False
    fill: str = ""
    """The ground in RRGGBB; empty for none."""
    unlocked: bool = False
    """Whether a person may type here though the sheet is protected."""


PLAIN: Final = Look()
TITLE: Final = Look(size=16, bold=True, align="center")
RIGHT: Final = Look(align="right")
CENTRE: Final = Look(align="center")
WRAPPED: Final = Look(wrap=True)
HEAD: Final = Look(font=HEI, align="center", wrap=True, ruled=True)
MARK: Final = Look(align="center", ruled=True)
LABEL: Final = Look(font=HEI)


def number_format(shape: Shape) -> str:
    """Give the number format of a kind of cell."""
    match shape.kind:
        case CellKind.INTEGER:
            return "0"
        case CellKind.DECIMAL:
            return "0." + "0" * shape.digits if shape.digits else "0"
        case CellKind.DATE:
            return "yyyy-mm-dd"
        case CellKind.CODE | CellKind.TEXT | CellKind.CHOICES | CellKind.YES_NO:
            return "@"
        case _:
            assert_never(shape.kind)


class Book:
    """A workbook in the making; remembers what could not be written as it was."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.remarks: list[Message] = []
        self._looks: dict[Look, Any] = {}
        self._lists: dict[tuple[str, ...], str] = {}

    def put(
        self, sheet: Worksheet, place: tuple[int, int], value: Written, look: Look
    ) -> None:
        """Write one cell; text is text, whatever it begins with."""
        cell: Any = sheet.cell(*place)
        if isinstance(value, str):
            text = self._storable(value, f"{sheet.title}!{cell.coordinate}")
            cell.value = escaped(text)
            cell.data_type = "s"
            if text.startswith(RISKY):
                self._dress(cell, replace(look, quoted=True))
                return
        else:
            cell.value = value
        self._dress(cell, look)

    def offer(self, sheet: Worksheet, choices: tuple[str, ...], cells: str) -> None:
        """Let a person choose from a list in some cells."""
        from openpyxl.worksheet.datavalidation import DataValidation

        if choices not in self._lists:
            self._lists[choices] = self._keep(choices, len(self._lists) + 1)
        source = self._lists[choices]
        found = DataValidation(type="list", formula1=source, allow_blank=True)
        found.add(cells)
        sheet.add_data_validation(found)

    def _keep(self, choices: tuple[str, ...], column: int) -> str:
        """Write a list of choices into the hidden sheet; give where it stands."""
        from openpyxl.utils import get_column_letter

        for row, choice in enumerate(choices, 1):
            self.put(self.workbook[CHOICES], (row, column), choice, PLAIN)
        letter = get_column_letter(column)
        return f"'{CHOICES}'!${letter}$1:${letter}${len(choices)}"

    def style(self, look: Look) -> int:
        """Give the number of a look in the workbook's list of styles."""
        cell: Any = self.workbook[CHOICES].cell(1, 1)
        before = cell._style  # noqa: SLF001 - put back below
        cell._style = copy(before)  # noqa: SLF001 - dressing writes into it
        self._dress(cell, look)
        number: int = cell.style_id
        cell._style = before  # noqa: SLF001 - same
        return number

    def remark(self, text: str, kept: str, place: str) -> None:
        """Remember that a text could not be written as it is."""
        code = "export.cut_text" if text.startswith(kept) else "export.escaped_text"
        self.remarks.append(message(code, place=place))

    def _storable(self, text: str, place: str) -> str:
        kept = storable(text)
        if kept != text:
            self.remark(text, kept, place)
        return kept

    def _dress(self, cell: Any, look: Look) -> None:  # noqa: ANN401 - private parts
        """Give a cell its looks; openpyxl works out a look once, not once a cell."""
        if look not in self._looks:
            _style(cell, look)
            self._looks[look] = cell._style  # noqa: SLF001 - the setters are too slow
        cell._style = copy(self._looks[look])  # noqa: SLF001 - same


def _style(cell: Any, look: Look) -> None:  # noqa: ANN401 - any kind of cell
    from openpyxl.styles import Alignment
    from openpyxl.styles import Border
    from openpyxl.styles import Font
    from openpyxl.styles import PatternFill
    from openpyxl.styles import Protection
    from openpyxl.styles import Side

    thin = Side("thin") if look.ruled else Side()
    thick = Side("medium")
    cell.font = Font(name=look.font, size=look.size, bold=look.bold)
    cell.alignment = Alignment(
        horizontal=look.align, vertical="center", wrap_text=look.wrap
    )
    cell.border = Border(
        left=thin,
        right=thin,
        top=thick if look.top else thin,
        bottom=thick if look.bottom else thin,
    )
    cell.number_format = look.format
    cell.quotePrefix = look.quoted
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    if look.unlocked:
        cell.protection = Protection(locked=False)


def display_width(value: Written) -> int:
    """Count the half-width columns a value takes."""
    if isinstance(value, Decimal):
        return len(f"{value:f}")
    text = "" if value is None else str(value)
    if text.isascii():
        return len(text)
    if _USUAL.fullmatch(text):
        # Of these one has a byte in UTF-8 or is wide and has three.
        return (len(text) + len(text.encode())) // 2
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def display_widths(texts: Sequence[str]) -> Sequence[int]:
    """Count the half-width columns of some texts, which is faster than of each."""
    if _USUAL.fullmatch("".join(texts)):
        return [(len(text) + len(text.encode())) // 2 for text in texts]
    return list(map(display_width, texts))


def row_height(values: Iterable[tuple[Written, float]]) -> float | None:
    """Give the height in points of a row of wrapped texts; None for one line.

    Each value comes with its column's width. Not every program finds the height by
    itself.
    """
    each = (ceil(display_width(value) * SPARE / width) for value, width in values)
    lines = max(each, default=1)
    return lines * LINE if lines > 1 else None
