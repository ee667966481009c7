from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from desktop.export.safe_file import ExportError
from desktop.export.xlsx.pack_book import write_pack_book
from desktop.forms.sheets import RULES
from desktop.forms.sheets import SheetRows

if TYPE_CHECKING:
    from pathlib import Path


def test_write__a_text_is_never_a_formula_or_a_number(tmp_path: Path) -> None:
    width = len(RULES.columns)
    row = ("=1+1", "0012", "很长的一句话，" * 9, *[None] * (width - 3))
    path = tmp_path / "包.xlsx"

    write_pack_book(path, [SheetRows(RULES, (row,)), SheetRows(RULES, ())])

    book = load_workbook(path)
    sheet = book.worksheets[0]
    assert [sheet.cell(2, place).value for place in (1, 2)] == ["=1+1", "0012"]
    assert {sheet.cell(2, place).data_type for place in (1, 2)} == {"s"}
    assert sheet.column_dimensions["C"].width > sheet.column_dimensions["B"].width
    book.close()


def test_write__what_does_not_come_back_as_it_was_is_not_written(
    tmp_path: Path,
) -> None:
    width = len(RULES.columns)
    # No workbook keeps a carriage return: it comes back as a line break.
    row = ("甲\r乙", *[None] * (width - 1))
    path = tmp_path / "包.xlsx"

    with pytest.raises(ExportError) as caught:
        write_pack_book(path, [SheetRows(RULES, (row,))])

    assert caught.value.message.code == "export.differs"
    assert not path.exists()
