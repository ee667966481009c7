"""What the cells of 分发采集表 ask for: values, lists, hints, limits and colours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import assert_never

from desktop.core.cells import SIGNIFICANT_DIGITS
from desktop.core.findings import Level
from desktop.export.collection import words
from desktop.export.collection.plan import UNIT_HEAD
from desktop.export.collection.rules import broken
from desktop.export.collection.rules import hidden
from desktop.export.collection.rules import quoted
from desktop.export.xlsx.plan import FIRST_YEAR
from desktop.forms.entry import format_cell
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import ChoicesField
from desktop.forms.fields import CreditCodeField
from desktop.forms.fields import DateField
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.forms.fields import TelephoneField
from desktop.forms.fields import TextField
from desktop.forms.fields import UnitField
from desktop.forms.fields import YesNoField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from desktop.core.cells import Cell
    from desktop.export.collection.plan import Asked
    from desktop.export.collection.plan import Collection
    from desktop.export.collection.plan import CollectionPlan
    from desktop.export.xlsx.plan import Written
    from desktop.forms.fields import Field

TITLE_LENGTH: Final = 32
HINT_LENGTH: Final = 255
FAULT_LENGTH: Final = 225
FORMULA_LENGTH: Final = 255
"""Characters that Excel takes of a hint's title, hint, complaint and condition."""
FIRST_DAY: Final = 367
"""1 January 1901 as Excel counts; it is wrong about days before March 1900."""


class Colours:
    """Grounds of cells, RRGGBB; each is said in the advice on top of the sheet."""

    HEAD: Final = "DDE7F0"
    KNOWN: Final = "F2F2F2"
    LOCKED: Final = "D9D9D9"
    WRONG: Final = "FFC7CE"
    DOUBTFUL: Final = "FFE0B3"
    NOT_ASKED: Final = "BFBFBF"


def held(field: Field, cell: Cell) -> Written:
    """Say what a workbook's cell gets, so that it comes back as the same cell."""
    match cell:
        case bool():
            return format_cell(field, cell)
        case int() | Decimal() if _digits(cell) <= SIGNIFICANT_DIGITS:
            return cell
        case date() if cell.year >= FIRST_YEAR:
            return cell
        case _:
            return format_cell(field, cell) or None


def _digits(number: int | Decimal) -> int:
    return len(Decimal(number).normalize().as_tuple().digits)


def offer(
    sheet: Worksheet,
    cells: str,
    asked: Asked | None,
    list_name: str,
    plan: CollectionPlan,
) -> None:
    """Give cells their list, hint and limits; without `asked` they are the unit's."""
    from openpyxl.worksheet.datavalidation import DataValidation

    title = words.UNIT_OF if asked is None else asked.field.title
    hint = words.UNIT_HINT if asked is None else hint_of(asked)
    condition = None
    if asked is not None and not list_name:
        condition = fits(asked.field, plan.cells()[asked.field.id])
    if list_name:
        found = DataValidation(type="list", formula1=list_name)
    elif condition and len(condition) <= FORMULA_LENGTH:
        found = DataValidation(type="custom", formula1=condition)
    else:
        found = DataValidation()
    found.allow_blank = True
    found.showInputMessage = found.showErrorMessage = True
    found.promptTitle = found.errorTitle = title[:TITLE_LENGTH]
    found.prompt = hint[:HINT_LENGTH]
    found.error = (words.UNIT_HINT if asked is None else asked.hint)[:FAULT_LENGTH]
    found.add(cells)
    sheet.add_data_validation(found)


def hint_of(asked: Asked) -> str:
    """Say what stands beside a cell that is chosen."""
    field = asked.field
    more = f"\n{field.explanation}" if field.explanation else ""
    text = f"〔{asked.demand.value}〕{asked.hint}{more}"
    return text if len(text) <= HINT_LENGTH else f"{text[: HINT_LENGTH - 1]}…"


def fits(field: Field, cell: str) -> str | None:
    """Write what an entry must be like; None where any text may be meant."""
    condition = _kind(field, cell)
    if condition is None:
        return None
    others = [f"TRIM({cell})={quoted(w)}" for w in words.words_for_none(field)]
    return f"OR({','.join([condition, *others])})"


def _kind(field: Field, cell: str) -> str | None:
    number = f"N({cell})"
    match field:
        case IntegerField():
            parts = [f"{number}=INT({number})", *_bounds(field, number)]
        case DecimalField(digits=digits):
            parts = [f"ROUND({number},{digits})={number}", *_bounds(field, number)]
        case DateField():
            parts = [f"{number}=INT({number})", f"{number}>={FIRST_DAY}"]
        case TextField(max_length=limit):
            return f"LEN({cell})<={limit}"
        case CreditCodeField():
            return f"LEN(TRIM({cell}))=18"
        case (
            ChoiceField()
            | ChoicesField()
            | YesNoField()
            | UnitField()
            | TelephoneField()
        ):
            return None
        case _:
            assert_never(field)
    return f"AND(ISNUMBER({cell}),{','.join(parts)})"


def _bounds(field: IntegerField | DecimalField, number: str) -> Iterator[str]:
    if field.minimum is not None:
        yield f"{number}>={Decimal(field.minimum):f}"
    if field.maximum is not None:
        yield f"{number}<={Decimal(field.maximum):f}"


@dataclass(frozen=True, slots=True)
class Painter:
    """Paints cells by what stands in their row, with classic conditional formats."""

    sheet: Worksheet
    collection: Collection
    plan: CollectionPlan

    def paint(self) -> None:
        """Paint what is not asked for, what is wrong, and what is doubtful."""
        if not self.plan.rows:
            return
        cells = self.plan.cells()
        for field, condition in self.collection.hidden:
            formula = hidden(condition, cells)
            if formula is not None:
                self._add((field,), formula, Colours.NOT_ASKED, stop=True)
        unit = self._begun(f"LEN(TRIM($B{self.plan.first}))=0")
        self._add((UNIT_HEAD,), unit, Colours.WRONG)
        for asked in self.collection.asked:
            self._unfit(asked, cells[asked.field.id])
        for level, colour in (
            (Level.ERROR, Colours.WRONG),
            (Level.WARNING, Colours.DOUBTFUL),
        ):
            for rule in self.collection.rules:
                if rule.level is level:
                    formula = broken(rule.check, rule.when, cells)
                    if formula is not None:
                        self._add(rule.fields, self._begun(formula), colour)

    def _unfit(self, asked: Asked, cell: str) -> None:
        """Paint what was pasted past the limits of a cell."""
        condition = fits(asked.field, cell)
        if condition is not None:
            formula = f"AND(LEN(TRIM({cell}))>0,NOT({condition}))"
            self._add((asked.field.id,), formula, Colours.WRONG)

    def _begun(self, formula: str) -> str:
        """Ask nothing of a row in which nothing stands yet."""
        letters = [letter for _, letter in self.plan.letters()]
        first = self.plan.first
        row = f"COUNTA(${letters[0]}{first}:${letters[-1]}{first})>0"
        return f"AND({row},{formula})"

    def _add(
        self, fields: tuple[str, ...], formula: str, colour: str, *, stop: bool = False
    ) -> None:
        from openpyxl.formatting.rule import FormulaRule
        from openpyxl.styles import PatternFill

        known = (UNIT_HEAD, *self.plan.fields)
        shown = [field for field in fields if field in known]
        if not shown:
            return
        ground = PatternFill("solid", bgColor=colour, fgColor=colour)
        made: Any = FormulaRule  # it has no types
        rule = made(formula=[formula], fill=ground, stopIfTrue=stop)
        where = " ".join(self.plan.down(self.plan.column(field)) for field in shown)
        self.sheet.conditional_formatting.add(where, rule)
