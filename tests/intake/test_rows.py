from __future__ import annotations

import pytest

from desktop.intake.header import Head
from desktop.intake.header import Header
from desktop.intake.plan_values import SkipReason
from desktop.intake.rows import skip
from desktop.intake.table import CellMark
from desktop.intake.table import RawCell

HEADER = Header(
    1, 2, (Head(1, ("序号",)), Head(2, ("机构", "名称")), Head(3, ("床位数",)))
)


def reason(*texts: str) -> SkipReason | None:
    row = tuple(RawCell(9, at, text) for at, text in enumerate(texts, 1) if text)
    found = skip(row, HEADER, 2)
    return found.reason if found else None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("", "合 计", "5285"), SkipReason.TOTAL),
        (("总计", "", "5285"), SkipReason.TOTAL),
        (("小计：", "", "5"), SkipReason.TOTAL),
        (("", "", "Total"), SkipReason.TOTAL),
        (("序号", "名称", "床位数"), SkipReason.HEAD_AGAIN),
        (("甲", "乙", "1"), SkipReason.COLUMN_NUMBERS),
        (("1", "2", "3"), SkipReason.COLUMN_NUMBERS),
        (("甲", "（1）", "(2)"), SkipReason.COLUMN_NUMBERS),
        (("注：床位数为年末数",), SkipReason.FOOTNOTE),
        (("填表人：", "", "联系电话："), SkipReason.FOOTNOTE),
        (("", "说明：本表一式两份"), SkipReason.FOOTNOTE),
        (("\u3000 ", "\u200b"), SkipReason.EMPTY),
        (("1", "合计养老院", "5"), None),
        (("1", "说明院", "5"), None),
        (("1", "2"), None),
        (("", "甲"), None),
        (("", "乙", "1"), None),
        (("2", "3", "4"), None),
        (("", "名称"), None),
        (("", "", "5"), None),
        (("3", "甲养老院", "5"), None),
    ],
)
def test_skip__only_what_is_no_record(
    texts: tuple[str, ...], expected: SkipReason | None
) -> None:
    assert reason(*texts) is expected


def test_skip__keeps_the_text() -> None:
    row = (RawCell(9, 1, "合计"), RawCell(9, 3, "12 "), RawCell(9, 4, None))

    found = skip(row, HEADER, None)

    assert found is not None
    assert (found.row, found.text) == (9, "合计 12")


def test_skip__a_formula_without_result_is_content() -> None:
    row = (RawCell(9, 3, None, CellMark.FORMULA),)

    assert skip(row, HEADER, 2) is None
