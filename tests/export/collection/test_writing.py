"""分发采集表 as a workbook: what stands where, what is locked, what prints."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeAlias

import pytest
from openpyxl import load_workbook

from desktop.app.collection.collecting import CollectWish
from desktop.core.messages import Message
from desktop.export.collection import writing as module
from desktop.export.collection.writing import write_collection
from desktop.export.safe_file import ExportError
from tests.collected import laid_out
from tests.collected import sent
from tests.kinds import make_kinds
from tests.small import make_filled
from tests.small import opened
from tests.small import put

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.export.collection.plan import Collection

Sheet: TypeAlias = Any
HOSTILE = '=HYPERLINK("http://x")'


def one(path: Path, wish: CollectWish | None = None) -> Collection:
    found = laid_out(path, wish)
    assert not isinstance(found, Message)
    return found[0]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = make_filled(tmp_path_factory.mktemp("book"))
    with opened(path) as ledger:
        put(ledger, HOSTILE, code="0012", beds_total=5)
    [written] = sent(path, CollectWish("eci", spare=2))
    return written


@pytest.fixture(scope="module")
def sheet(made: Path) -> Sheet:
    return load_workbook(made).worksheets[0]


def test_sheet__says_what_it_is_and_how_to_fill_it_in(sheet: Sheet) -> None:
    top = [sheet.cell(row, 2).value for row in range(1, 7)]
    assert top[:2] == [
        "养老机构调查表（分发采集表）",
        "收表单位：长宁区　　报告期：2025年　　工作用表（非法定统计调查表）",
    ]
    assert [line[:2] for line in top[2:]] == ["1．", "2．", "3．", "4．"]
    assert [cell.value for cell in sheet[8]] == [
        *(None, "所属单位", "机构名称", "机构编号", "运营状态"),
        *("总床位数\n（张）", "护理型床位数\n（张）", "月收费\n（元）"),
    ]
    assert [cell.value for cell in sheet[9]][1:4] == ["必填", "必填", "选填"]


def test_sheet__names_of_columns_and_facilities_are_hidden(sheet: Sheet) -> None:
    assert [cell.value for cell in sheet[10]] == [
        *("_facility", "unit", "name", "code", "status"),
        *("beds_total", "beds_nursing", "price"),
    ]
    assert sheet.row_dimensions[10].hidden
    assert sheet.column_dimensions["A"].hidden
    assert sheet["A11"].value == "好院"


def test_sheet__known_cells_are_grey_and_who_it_is_is_locked(sheet: Sheet) -> None:
    name, status, price, empty = (sheet[at] for at in ("C11", "E11", "H11", "C15"))
    assert (name.value, name.protection.locked) == ("好院", True)
    assert name.fill.fgColor.rgb.endswith("D9D9D9")
    assert (status.value, status.protection.locked) == ("运营", False)
    assert status.fill.fgColor.rgb.endswith("F2F2F2")
    assert (price.value, price.protection.locked) == (None, False)
    assert price.fill.fill_type is None
    assert (empty.value, empty.protection.locked) == (None, False)
    assert sheet["B15"].protection.locked is False
    assert sheet["B11"].protection.locked is True
    assert sheet["C8"].protection.locked is True


def test_sheet__user_text_is_never_a_formula(sheet: Sheet) -> None:
    cell = sheet["C14"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (HOSTILE, "s", True)
    assert (sheet["D14"].value, sheet["D14"].number_format) == ("0012", "@")
    formats = [sheet[at].number_format for at in ("F14", "H14")]
    assert formats == ["0", "0.00"]


def test_workbook__protected_without_password_and_without_novelties(made: Path) -> None:
    workbook = load_workbook(made)
    assert workbook.sheetnames == ["养老机构调查表", "填写说明", "_选项", "_采集"]
    assert workbook["_采集"].sheet_state == "veryHidden"
    for each in workbook.worksheets:
        assert each.protection.sheet
        assert each.protection.password is None
        assert not each.protection.formatColumns
    with zipfile.ZipFile(made) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert b"x14" not in content, name
            assert b"extLst" not in content, name
            assert b"<f>" not in content, name
            assert not any(word in name for word in ("vba", "external", "embed"))


def test_page__a4_across_with_heads_on_every_page(sheet: Sheet) -> None:
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (
        *(9, "landscape"),
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$7:$9"
    assert sheet.print_title_cols == "$B:$C"
    assert sheet.freeze_panes == "D11"
    assert sheet.print_area == "'养老机构调查表'!$B$7:$H$16"
    assert sheet.oddHeader.left.text == (
        "养老机构调查表（分发采集表）　收表单位：长宁区　　报告期：2025年"
    )
    assert sheet.oddHeader.right.text == "工作用表（非法定统计调查表）"
    assert sheet.oddFooter.center.text == "第 &P 页  共 &N 页"


def test_page__a_wide_form_is_cut_between_columns(tmp_path: Path) -> None:
    [written] = sent(make_kinds(tmp_path), CollectWish("kinds", spare=0))
    sheet: Any = load_workbook(written).worksheets[0]
    assert [each.id for each in sheet.col_breaks.brk] != []
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert any(cells.startswith("E7:") for cells in merged)


def test_unit_form__a_row_a_unit(tmp_path: Path) -> None:
    [written] = sent(make_filled(tmp_path), CollectWish("area"))
    sheet: Any = load_workbook(written).worksheets[0]
    assert [sheet.cell(row, 2).value for row in (11, 12, 13)] == [
        *("长宁区", "华阳路街道", None),
    ]
    assert "一行填一个单位名称。" in sheet["B3"].value
    assert sheet["B11"].protection.locked


def test_no_rows__nothing_is_asked(tmp_path: Path) -> None:
    collection = replace(one(make_filled(tmp_path)), lines=(), spare=0)
    assert write_collection(collection, tmp_path / "空.xlsx") == ()
    sheet: Any = load_workbook(tmp_path / "空.xlsx").worksheets[0]
    assert sheet.data_validations.dataValidation == []
    assert list(sheet.conditional_formatting) == []


def test_one_unit__is_filled_in_and_locked(tmp_path: Path) -> None:
    collection = replace(one(make_filled(tmp_path)), units=("华阳路街道",))
    write_collection(collection, tmp_path / "一.xlsx")
    sheet: Any = load_workbook(tmp_path / "一.xlsx").worksheets[0]
    assert (sheet["B20"].value, sheet["B20"].protection.locked) == ("华阳路街道", True)


def test_write__what_a_workbook_cannot_hold_is_reported(tmp_path: Path) -> None:
    path = make_filled(tmp_path)
    with opened(path) as ledger:
        put(ledger, "怪院", name="怪\x01院")
    remarks = write_collection(one(path), tmp_path / "怪.xlsx")
    assert [each.code for each in remarks] == ["export.escaped_text"]


@pytest.mark.parametrize("part", ["fields", "lines"])
def test_write__a_damaged_file_is_not_kept(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection = one(make_filled(tmp_path))
    other = replace(collection, asked=collection.asked[::-1])
    if part == "lines":
        other = replace(collection, lines=collection.lines[::-1])
    whole = module._made  # noqa: SLF001 - put wrong on purpose
    monkeypatch.setattr(module, "_made", lambda _: whole(other))

    with pytest.raises(ExportError) as caught:
        write_collection(collection, tmp_path / "坏.xlsx")
    assert caught.value.message.code == "export.differs"
    assert not (tmp_path / "坏.xlsx").exists()
