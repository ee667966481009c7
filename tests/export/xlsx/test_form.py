from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from typing import Any

from openpyxl import Workbook
from openpyxl import load_workbook

from desktop.export.xlsx.form import PAGE
from desktop.export.xlsx.form import fill_form
from desktop.export.xlsx.form import page_ends
from desktop.export.xlsx.plan import CHOICES
from desktop.export.xlsx.plan import plan_sheets
from desktop.export.xlsx.rows import put_lines
from desktop.export.xlsx.style import Book
from tests.export.samples import sample_report

if TYPE_CHECKING:
    from desktop.export.report import Report


def sheet_of(report: Report, place: int) -> Any:  # noqa: ANN401 - stubs are partial
    """Write one form as a workbook, and read it back."""
    plan = plan_sheets(report)[place]
    workbook = Workbook()
    workbook.create_sheet(CHOICES)
    sheet = workbook.create_sheet(plan.name)
    lines = fill_form(Book(workbook), report, plan, sheet)
    saved, made = BytesIO(), BytesIO()
    workbook.save(saved)
    put_lines(saved, made, {"xl/worksheets/sheet3.xml": lines})
    return load_workbook(made)[plan.name]


def texts(sheet: Any) -> set[str]:  # noqa: ANN401 - same
    return {
        c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, str)
    }


def test_roster__official_layout() -> None:
    sheet = sheet_of(sample_report(), 0)

    assert sheet["A1"].value == "养老机构调查表"
    assert sheet["A2"].value == "填报单位：定海区"
    assert [sheet.cell(6, n).value for n in range(1, 6)] == [
        "甲",
        "乙",
        "丙",
        "丁",
        "戊",
    ]
    assert sheet["I4"].value == "床位"
    assert sheet["I5"].value == "床位总数\n（张）"
    assert [sheet.cell(7, n).value for n in (1, 2, 9)] == ["1", "干𬒗镇敬老院", 208]
    assert sheet["B9"].value == "合计"
    assert sheet["I9"].value == 308
    assert texts(sheet) >= {
        "工作用表（非法定统计调查表）",
        "计量单位：张、元",
        "2025年",
        "说明：",
        "（1）〔强制性〕护理型床位数 ≤ 床位总数",
    }


def test_roster__codes_are_text_and_numbers_have_their_precision() -> None:
    sheet = sheet_of(sample_report(), 0)

    assert sheet["C7"].number_format == "@"
    assert sheet["I7"].number_format == "0"
    assert sheet["K7"].number_format == "0.0"
    assert sheet["G7"].number_format == "yyyy-mm-dd"


def test_rules__thick_above_and_below_thin_within() -> None:
    sheet = sheet_of(sample_report(), 0)

    assert sheet["A4"].border.top.style == "medium"
    assert sheet["I4"].border.top.style == "medium"
    assert sheet["I9"].border.bottom.style == "medium"
    assert sheet["I7"].border.bottom.style == "thin"


def test_page__a4_across_with_heads_on_every_page() -> None:
    sheet = sheet_of(sample_report(), 1)

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == (
        "landscape",
        9,
    )
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.print_title_rows == "$8:$9"
    assert sheet.print_title_cols == "$A:$C"
    assert sheet.freeze_panes == "D10"
    assert sheet.oddFooter.center.text == "第 &P 页  共 &N 页"
    assert sheet.oddHeader.right.text == "示例01表"


def test_page__a_wide_roster_is_cut_between_columns() -> None:
    sheet = sheet_of(sample_report(), 0)

    assert len(sheet.col_breaks.brk) >= 1
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage


def test_marks__stand_at_the_right() -> None:
    sheet = sheet_of(sample_report(), 1)

    marks = [sheet.cell(row, 4).value for row in range(2, 8)]
    assert marks[0] == "表　　号：示例01表"
    assert marks[-1].startswith("计量单位：")


def test_choices__are_offered_to_columns_and_lines() -> None:
    roster, unit = sheet_of(sample_report(), 0), sheet_of(sample_report(), 1)

    cells = [str(v.sqref) for v in roster.data_validations.dataValidation]
    assert cells == ["F7:F8", "L7:L8"]
    assert [str(v.sqref) for v in unit.data_validations.dataValidation] == ["D17"]


def test_empty__says_so_and_keeps_its_head() -> None:
    sheet = sheet_of(sample_report(), 2)

    assert "零报告：本单位本期没有此类对象。" in texts(sheet)
    assert "指标名称" in texts(sheet)


def test_notes__may_be_none() -> None:
    report = sample_report()
    bare = replace(report, forms=(replace(report.forms[2], notes=()),))

    assert "说明：" not in texts(sheet_of(bare, 0))


def test_page_ends__every_page_repeats_the_stub() -> None:
    assert page_ends([20] * 4, 1) == (4,)
    assert page_ends([20, *[30] * 6], 1) == (4, 7)
    assert page_ends([20, PAGE, PAGE], 1) == (2, 3)


def test_roster__of_one_column_beside_the_name() -> None:
    report = sample_report()
    roster = report.forms[0]
    beds = roster.columns[4]
    rows = tuple(
        replace(row, stub=row.stub[:2], cells=row.cells[4:5]) for row in roster.rows
    )
    small = replace(
        roster, stub=roster.stub[:2], columns=(beds,), rows=rows, totals=None
    )
    bare = replace(small, columns=(), rows=())

    one, none = (sheet_of(replace(report, forms=(form,)), 0) for form in (small, bare))

    assert one["C4"].value == "床位"
    assert one["B3"].value == "2025年"
    assert "2025年" not in texts(none)
