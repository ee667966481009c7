from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.app.entry.listing import Marked
from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.store.conditions import Among
from desktop.store.conditions import Between
from desktop.store.conditions import Condition
from desktop.store.conditions import Contains
from desktop.store.conditions import Not
from desktop.store.conditions import OneOf
from desktop.ui.entry.filter_words import cell_words
from desktop.ui.entry.filter_words import condition_words
from desktop.ui.entry.filter_words import marked_words
from tests import small

if TYPE_CHECKING:
    from desktop.core.words import Words
    from desktop.ui.workplace import Workplace


@pytest.mark.parametrize(
    ("field", "condition", "words"),
    [
        ("name", Contains("name", "甲"), "名称：含“甲”"),
        ("count", Between("count", 1, 9), "个数：1 至 9"),
        ("count", Between("count", 1), "个数：不小于 1"),
        ("share", Between("share", None, Decimal("1.50")), "比例：不大于 1.50"),
        ("kind", OneOf("kind", ("甲类", BLANK)), "种类：甲类、（空白）"),
        ("count", OneOf("count", (1, 2, 3, 4, 5)), "个数：1、2、3、等另 2 项"),
        ("count", Not(OneOf("count", (BLANK,))), "个数：非空"),
        ("count", Among(()), "个数"),
    ],
)
def test_condition(
    kinds_work: Workplace, field: str, condition: Condition, words: str
) -> None:
    item = kinds_work.form("kinds").by_id[field]
    assert condition_words(kinds_work, item, condition) == words


@pytest.mark.parametrize(
    ("field", "cell", "words"),
    [
        ("count", Absent.UNKNOWN, "不详"),
        ("count", Absent.NOT_APPLICABLE, "不适用"),
        ("area", small.STREET, "华阳路街道"),
        ("area", "99", "99"),
        ("several", "助餐", "助餐"),
        ("filed", True, "是"),
    ],
)
def test_cell(kinds_work: Workplace, field: str, cell: Cell, words: str) -> None:
    item = kinds_work.form("kinds").by_id[field]
    assert cell_words(kinds_work, item, cell) == words


def test_marked(say: Words) -> None:
    words = [marked_words(say, marked) for marked in Marked]
    assert words == ["有审核问题", "有强制性错误", "核实性问题待说明"]
