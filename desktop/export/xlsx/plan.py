"""Where everything of a report stands in its workbook.

The writer puts it there and `desktop.export.reread` looks for it there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.core.cells import SIGNIFICANT_DIGITS
from desktop.core.cells import Absent
from desktop.export import wording
from desktop.export.report import CellKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.core.cells import Cell
    from desktop.export.report import FormTable
    from desktop.export.report import Report
    from desktop.export.report import Shape

CONTENTS: Final = "目录"
INDICATORS: Final = "指标"
FINDINGS: Final = "审核结果"
VERSION: Final = "数据版本"
CHOICES: Final = "选项"
FIXED: Final = (CONTENTS, INDICATORS, FINDINGS, VERSION, CHOICES)

VALUE_COLUMN: Final = 5
"""Column of the values in the sheet of indicators."""
NAME_LENGTH: Final = 31
"""Longest name of a sheet."""
TEXT_LENGTH: Final = 32_767
"""Longest text of a cell, in UTF-16 units."""
FIRST_YEAR: Final = 1901
"""Excel believes in a 29 February 1900; earlier days are written as text."""

_FORBIDDEN_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

Written: TypeAlias = "str | int | Decimal | date | None"
"""What a cell of a workbook gets."""


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One form's sheet: rows and columns count from 1.

    `head` is the first row of the table's head, `data` the first of its lines; the
    totals follow the lines, and what stands below the table begins at `below`.
    """

    name: str
    form: FormTable
    head: int
    grouped: bool

    @property
    def titles(self) -> int:
        """Row of the column titles; their marks stand in the next."""
        return self.head + self.grouped

    @property
    def data(self) -> int:
        """Row of the first line."""
        return self.titles + 2

    @property
    def totals(self) -> int:
        """Row of the totals, if there are any."""
        return self.data + max(len(self.form.rows), 1)

    @property
    def below(self) -> int:
        """First row under the table."""
        return self.totals + (self.form.totals is not None)

    @property
    def width(self) -> int:
        """Count of columns."""
        return len(self.form.stub) + len(self.form.columns)


def plan_sheets(report: Report) -> tuple[SheetPlan, ...]:
    """Name and lay out the sheets of all forms and tables by unit."""
    names = sheet_names(form.title for form in report.tables)
    return tuple(
        SheetPlan(
            name=name,
            form=form,
            head=2 + max(len(form.marks) + 1, 2),
            grouped=any(column.group for column in form.columns),
        )
        for name, form in zip(names, report.tables, strict=True)
    )


def sheet_names(titles: Iterable[str]) -> tuple[str, ...]:
    """Make names that any spreadsheet program accepts, each of them once."""
    taken = {name.casefold() for name in FIXED}
    names: list[str] = []
    for title in titles:
        plain = _FORBIDDEN_IN_NAMES.sub("", title).strip() or "报表"
        name = plain[:NAME_LENGTH]
        number = 2
        while name.casefold() in taken:
            tail = f"({number})"
            name = plain[: NAME_LENGTH - len(tail)] + tail
            number += 1
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def written(cell: Cell, shape: Shape) -> Written:
    """Say what a workbook's cell gets for a cell of the report.

    Numbers stay numbers as far as a workbook keeps their digits; codes are text.
    """
    match cell:
        case Absent():
            return wording.ABSENT[cell] or None
        case bool():
            return wording.say(cell, shape)
        case int() | Decimal() if shape.numeric and _digits(cell) <= SIGNIFICANT_DIGITS:
            return cell
        case date() if shape.kind is CellKind.DATE and cell.year >= FIRST_YEAR:
            return cell
        case _:
            return wording.say(cell, shape) or None


def _digits(number: int | Decimal) -> int:
    return len(Decimal(number).normalize().as_tuple().digits)


def storable(text: str) -> str:
    """Give a text as a workbook can hold it: no control characters, not too long."""
    legal = _ILLEGAL.sub(lambda match: f"〔U+{ord(match[0]):04X}〕", text)
    if len(legal.encode("utf-16-le")) <= 2 * TEXT_LENGTH:
        return legal
    cut = legal.encode("utf-16-le")[: 2 * TEXT_LENGTH]
    return cut.decode("utf-16-le", "ignore")


def escaped(text: str) -> str:
    """Keep a literal `_x0041_` from being read as the letter A."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def unescaped(text: str) -> str:
    """Undo `escaped`."""
    return text.replace("_x005F_", "_")
