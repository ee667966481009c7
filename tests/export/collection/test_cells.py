"""Lists, hints, limits and colours, as the sheet's own XML has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import Workbook
from openpyxl import load_workbook

from desktop.app.collection.collecting import CollectWish
from desktop.core.cells import Absent
from desktop.core.findings import Level
from desktop.export.collection.cells import FAULT_LENGTH
from desktop.export.collection.cells import HINT_LENGTH
from desktop.export.collection.cells import TITLE_LENGTH
from desktop.export.collection.cells import Colours
from desktop.export.collection.cells import Painter
from desktop.export.collection.cells import fits
from desktop.export.collection.cells import held
from desktop.export.collection.cells import hint_of
from desktop.export.collection.plan import Asked
from desktop.export.collection.plan import RowRule
from desktop.export.collection.words import Demand
from desktop.export.report import Shape
from desktop.expr.parse import Expression
from desktop.expr.parse import RecordContext
from desktop.expr.parse import parse
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.forms.fields import TextField
from desktop.forms.schema import schema_of
from desktop.intake.repair import Column
from desktop.intake.repair import read_cell
from desktop.intake.table import RawCell
from tests.collected import laid_out
from tests.collected import sent
from tests.kinds import TEXT_KINDS
from tests.kinds import field_of_kind
from tests.kinds import kinds_pack
from tests.kinds import make_kinds

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.export.xlsx.plan import Written
    from desktop.intake.table import RawValue

Sheet: TypeAlias = Any
NONE = 'TRIM($C5)="不适用",TRIM($C5)="不详")'
SIXTEEN = 1234567890123456


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    path = make_kinds(tmp_path_factory.mktemp("cells"))
    [made] = sent(path, CollectWish("kinds", spare=3))
    return load_workbook(made).worksheets[0]


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("integer", 5, 5),
        ("integer", SIXTEEN, str(SIXTEEN)),
        ("decimal", Decimal("1.50"), Decimal("1.50")),
        ("date", date(2025, 12, 31), date(2025, 12, 31)),
        ("date", date(1899, 1, 2), "1899-01-02"),
        ("yes_no", True, "是"),
        ("choices", ("助餐", "助医"), "助餐、助医"),
        ("text", "=1+1", "=1+1"),
        ("text", Absent.BLANK, None),
        ("integer", Absent.NOT_APPLICABLE, "不适用"),
        ("integer", Absent.UNKNOWN, "不详"),
    ],
)
def test_held__comes_back_as_the_same(kind: str, cell: Cell, value: Written) -> None:
    assert held(field_of_kind(kind), cell) == value


WHOLE = some.integers(-(10**14), 10**14)
CELLS = some.one_of(
    some.tuples(some.just("integer"), WHOLE),
    some.tuples(
        some.just("decimal"), WHOLE.map(lambda number: Decimal(number).scaleb(-2))
    ),
    some.tuples(some.just("date"), some.dates(date(1901, 1, 1), date(2200, 1, 1))),
    some.tuples(some.just("yes_no"), some.booleans()),
    some.tuples(some.just("choice"), some.sampled_from(["甲类", "丙类"])),
    some.tuples(some.just("choices"), some.sampled_from([("助餐",), ("助餐", "助医")])),
    some.tuples(some.sampled_from([*TEXT_KINDS]), some.sampled_from(Absent)),
)


@given(CELLS)
def test_held__is_read_back_as_the_same_cell(given_: tuple[str, Cell]) -> None:
    kind, cell = given_
    field = field_of_kind(kind)
    column = Column(field, kinds_pack().choices("kinds", field.id))
    value = held(field, cell)
    raw: RawValue = Decimal(value) if isinstance(value, int) else value
    reading = read_cell(RawCell(1, 1, raw), column)
    assert (reading.cell, reading.problem) == (cell, None)


def test_fits__each_kind_that_has_limits() -> None:
    def of(kind: str) -> str | None:
        return fits(field_of_kind(kind), "$C5")

    number = "OR(AND(ISNUMBER($C5),N($C5)=INT(N($C5))"
    assert of("integer") == f"{number}),{NONE}"
    assert of("date") == f"{number},N($C5)>=367),{NONE}"
    assert of("decimal") == f"OR(AND(ISNUMBER($C5),ROUND(N($C5),2)=N($C5)),{NONE}"
    assert of("text") == f"OR(LEN($C5)<=200,{NONE}"
    assert of("credit_code") == f"OR(LEN(TRIM($C5))=18,{NONE}"
    for kind in ("choice", "choices", "yes_no", "unit", "telephone"):
        assert of(kind) is None


def test_fits__bounds() -> None:
    low = IntegerField(id="n", title="数", kind="integer", minimum=0, maximum=10**9)
    assert "N($C5)>=0,N($C5)<=1000000000" in (fits(low, "$C5") or "")
    share = DecimalField(
        id="n", title="数", kind="decimal", digits=1, minimum=Decimal("0.5")
    )
    assert "N($C5)>=0.5)" in (fits(share, "$C5") or "")


def test_validations__classic_lists_hints_and_limits(sheet: Sheet) -> None:
    found = {}
    for each in sheet.data_validations.dataValidation:
        [cells] = str(each.sqref).split()
        found[sheet.cell(8, sheet[cells.split(":")[0]].column).value] = each

    assert [str(each.sqref) for each in found.values()][:2] == ["B11:B15", "C11:C15"]
    kind, count = found["种类"], found["个数\n（个）"]
    assert (kind.type, kind.formula1) == ("list", "list_5")
    assert (count.type, count.formula1.count("$D11")) == ("custom", 5)
    assert found["所属单位"].type == "list"
    assert found["电话"].type is None
    for each in found.values():
        assert each.showInputMessage
        assert each.showErrorMessage
        assert 0 < len(each.promptTitle) <= TITLE_LENGTH
        assert 0 < len(each.prompt) <= HINT_LENGTH
        assert 0 < len(each.error) <= FAULT_LENGTH
        assert len(each.formula1 or "") <= 255
    assert found["名称"].prompt.endswith("\n登记证上的名称")


def test_lists__stand_in_the_same_workbook(sheet: Sheet) -> None:
    workbook = sheet.parent
    name = workbook.defined_names["list_5"].attr_text
    assert name == "'_选项'!$E$1:$E$5"
    assert [cell.value for cell in workbook["_选项"]["E"]] == [
        *("甲类", "乙类", "丙类"),
        *("不适用", "不详"),
    ]
    assert workbook["_选项"].sheet_state == "hidden"


def test_colours__classic_formats_by_row(sheet: Sheet) -> None:
    rules = [
        (str(cells.sqref), rule.formula[0], rule.dxf.fill.bgColor.rgb[2:])
        for cells in sheet.conditional_formatting
        for rule in cells.rules
    ]
    hidden = [each for each in rules if each[2] == Colours.NOT_ASKED]
    [(cells, formula, _)] = hidden
    assert cells == "M11:M15"
    assert formula == (
        'AND(AND(TRIM($F11)<>"",TRIM($F11)<>"不适用",TRIM($F11)<>"不详"),'
        'NOT(EXACT(TRIM($F11),"甲类")))'
    )
    assert ("B11:B15", "AND(COUNTA($C11:$M11)>0,LEN(TRIM($B11))=0)", "FFC7CE") in rules
    wrong = [each for each in rules if each[2] == Colours.WRONG]
    assert any(each[0] == "D11:D15" and "ISNUMBER($D11)" in each[1] for each in wrong)
    assert all(len(each[1]) < 8000 for each in rules)


def test_colours__what_a_workbook_cannot_tell_is_left_out(tmp_path: Path) -> None:
    found = laid_out(make_kinds(tmp_path), CollectWish("kinds"))
    assert isinstance(found, tuple)
    schema = schema_of(kinds_pack())
    said = parse("VALID_TELEPHONE(phone)", schema, RecordContext("kinds"))
    given = parse("filed", schema, RecordContext("kinds"))
    assert isinstance(said, Expression)
    assert isinstance(given, Expression)
    collection = replace(
        found[0],
        hidden=(("reason", said),),
        rules=(
            RowRule(said, None, ("phone",), Level.ERROR),
            RowRule(given, None, ("double",), Level.WARNING),
        ),
        asked=tuple(each for each in found[0].asked if each.field.id != "name"),
    )
    sheet: Any = Workbook().active
    Painter(sheet, collection, collection.plan).paint()
    fills = [
        rule.dxf.fill.bgColor.rgb[2:]
        for cells in sheet.conditional_formatting
        for rule in cells.rules
    ]
    assert set(fills) == {Colours.WRONG}


def test_hint__a_long_one_is_cut() -> None:
    field = TextField(id="t", title="文", kind="text", explanation="长" * 300)
    said = hint_of(Asked(field, "", Shape(), Demand.REQUIRED, "填文字。"))
    assert len(said) == HINT_LENGTH
    assert said.startswith("〔必填〕填文字。\n长长")
    assert said.endswith("…")
