from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

import pytest
from openpyxl import load_workbook

from desktop.app.collection.collecting import CollectWish
from desktop.export.collection.writing import write_collection
from tests.collected import laid_out
from tests.small import make_filled

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.unmeasured
def test_guide__advice_then_every_field_then_the_rules(tmp_path: Path) -> None:
    found = laid_out(make_filled(tmp_path), CollectWish("eci"))
    assert isinstance(found, tuple)
    write_collection(found[0], tmp_path / "一.xlsx")
    sheet: Any = load_workbook(tmp_path / "一.xlsx")["填写说明"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[0][0] == "填写说明"
    assert [line[0][:2] for line in lines[1:5]] == ["1．", "2．", "3．", "4．"]
    assert lines[5] == ["指标项", "要求", "怎么填", "指标解释"]
    assert lines[6][:2] == ["机构名称", "必填"]
    assert [line[0] for line in lines[13:15]] == [
        "审核关系（收回后由系统逐条审核）：",
        "（1）护理型床位数 ≤ 总床位数",
    ]
    assert sheet.print_title_rows == "$6:$6"


def test_guide__of_a_form_without_rules(tmp_path: Path) -> None:
    found = laid_out(make_filled(tmp_path), CollectWish("area"))
    assert isinstance(found, tuple)
    write_collection(replace(found[0], rules=()), tmp_path / "一.xlsx")
    sheet: Any = load_workbook(tmp_path / "一.xlsx")["填写说明"]
    assert sheet.max_row == 7
    assert "一行填一个单位名称。" in sheet["A2"].value
