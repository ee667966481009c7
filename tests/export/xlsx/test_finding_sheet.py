from __future__ import annotations

import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from desktop.export.safe_file import ExportError
from desktop.export.xlsx import finding_sheet
from desktop.export.xlsx.finding_sheet import FindingSheet
from desktop.export.xlsx.finding_sheet import write_finding_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

LIST = FindingSheet(
    title="审核结果清单",
    about=("单位：长宁区", "报告期：2025年"),
    rows=(
        ("级别", "审核结果"),
        ("强制性", '=HYPERLINK("http://x","y")'),
        ("核实性", "+1-2 @x _x0041_ " + "很长的话" * 30),
        ("提示", ""),
    ),
    widths=(8, 40),
    made="2026-01-02T03:04:00+00:00",
)


def test_sheet__is_a_list_to_work_through(tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    assert write_finding_sheet(path, LIST) == ()
    sheet: Worksheet = load_workbook(path).worksheets[0]
    assert sheet.title == sheet["A1"].value == "审核结果清单"
    assert [sheet["A2"].value, sheet["A3"].value] == list(LIST.about)
    assert [cell.value for cell in sheet[4]] == ["级别", "审核结果"]
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:B7"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.row_dimensions[6].height or 0) > 40


def test_sheet__no_text_becomes_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    write_finding_sheet(path, LIST)
    sheet: Worksheet = load_workbook(path).worksheets[0]
    cells = [cell for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert sheet["B5"].quotePrefix
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_sheet__the_same_list_gives_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("1.xlsx", "2.xlsx")]
    for path in paths:
        write_finding_sheet(path, LIST)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_sheet__says_what_a_workbook_cannot_hold(tmp_path: Path) -> None:
    odd = replace(LIST, rows=(*LIST.rows, ("提示", "铃\x07")))
    [remark] = write_finding_sheet(tmp_path / "清单.xlsx", odd)
    assert remark.code == "export.escaped_text"


@pytest.mark.parametrize("read_back", [2, 5000])
def test_sheet__is_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_back: int
) -> None:
    monkeypatch.setattr(finding_sheet, "READ_BACK", read_back)
    rest = [list(row) for row in LIST.rows[:-1]]
    monkeypatch.setattr(finding_sheet, "_read", lambda *_: iter([*rest, ["", "?"]]))
    path = tmp_path / "清单.xlsx"
    if read_back == 2:
        write_finding_sheet(path, LIST)
        return
    rest[2][1] = LIST.rows[2][1]
    with pytest.raises(ExportError) as refused:
        write_finding_sheet(path, LIST)
    assert dict(refused.value.message.params)["place"] == "审核结果清单!3"
    assert not path.exists()
