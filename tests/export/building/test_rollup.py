from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.core.cells import BLANK
from desktop.core.rounding import Scale
from desktop.export.building.rollup import Printing
from desktop.export.building.rollup import notes_of
from desktop.export.building.rollup import rolled_sheet
from desktop.export.building.rollup import rollup_table
from desktop.indicators.rolled import Breadth
from tests.levels import declare
from tests.levels import fill
from tests.levels import make_levels
from tests.levels import roll

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.export.report import FormTable
    from desktop.store.ledger import Ledger

PLAIN = Printing()
TEN_THOUSAND = Printing(Scale.TEN_THOUSAND, 0)


def homes(ledger: Ledger, **rows: Mapping[str, Cell]) -> None:
    """Add a home to each unit, named `u` and its code."""
    fill(ledger, [("home", unit[1:], cells) for unit, cells in rows.items()])


def column(table: FormTable, title: str) -> list[Cell]:
    """Give the cells of a column, the total last."""
    (place,) = [n for n, one in enumerate(table.columns) if one.title == title]
    rows = [*table.rows, *([table.totals] if table.totals else [])]
    return [row.cells[place] for row in rows]


def test_rollup_table__ok(tmp_path: Path) -> None:
    with make_levels(tmp_path) as ledger:
        homes(
            ledger,
            u2101={"beds": 14_000, "nursing": 7_000, "income": Decimal("1.25")},
            u210102={"beds": 26_000},
            u210103={"beds": 4_000, "status": "停业"},
        )
        table = rollup_table(rolled_sheet(roll(ledger, "home"), PLAIN))
    assert table.title == "养老机构表分地区汇总表"
    assert table.marks == ()
    assert table.header == ("综合机关名称：辽宁省", "行政区划代码：21")
    assert table.measure == "张、万元、%"
    assert [row.stub for row in table.rows] == [("沈阳市", "2101"), ("大连市", "2102")]
    assert [(one.title, one.number, one.group) for one in table.columns] == [
        ("记录数", "1", None),
        ("其中：计入汇总", "2", None),
        ("床位", "3", "规模"),
        ("护理", "4", "规模"),
        ("收入", "5", "规模"),
        ("护理占比", "6", "规模"),
        ("合计床位", "7", "规模"),
    ]
    assert column(table, "记录数") == [3, BLANK, 3]
    assert column(table, "床位") == [40_000, BLANK, 40_000]
    assert column(table, "收入") == [Decimal("1.25"), BLANK, Decimal("1.25")]
    assert table.empty is None
    assert table.totals is not None
    assert table.totals.stub[0] == "合计"
    notes = "\n".join(table.notes)
    assert table.notes[0].startswith("1．完全汇总")
    assert "另有 1 条未计入" in notes
    assert "有 1 个下级单位尚未填报，没有按 0 计：大连市" in notes
    assert "护理 1 条、收入 1 条" in notes
    assert "护理占比、合计床位按汇总后的数重新计算" in notes
    assert "没有列入：成立年份、月收费" in notes
    assert "舍位平衡" not in notes


def test_rollup_table__scaled(tmp_path: Path) -> None:
    with make_levels(tmp_path) as ledger:
        homes(
            ledger,
            u210102={"beds": 14_000, "income": 30_000},
            u210103={"beds": 14_000, "income": 1},
            u2102={"beds": 7_000, "nursing": 7_000},
        )
        sheet = rolled_sheet(roll(ledger, "home", depth=9), TEN_THOUSAND)
        large = Printing(Scale.HUNDRED_MILLION, 1)
        wide = rollup_table(rolled_sheet(roll(ledger, "home", "2101"), large))
    table = rollup_table(sheet)
    assert table.measure == "万张、万元、%"
    assert [row.stub[0] for row in table.rows[:3]] == [
        "沈阳市",
        "　和平区",
        "　　和平区本级",
    ]
    names = [row.stub[0] for row in table.rows]
    told = dict(zip([*names, "合计"], column(table, "床位"), strict=True))
    assert told["沈阳市"] == 3
    assert (told["　和平区"], told["　沈河区"], told["大连市"]) == (2, 1, 1)
    assert told["合计"] == 4
    assert column(table, "收入")[-1] == 30_001
    assert column(wide, "收入")[-1] == Decimal("3.0")
    notes = "\n".join(table.notes)
    assert "以万张为单位的数经过舍位平衡" in notes


def test_rollup_table__nobody_has_begun(tmp_path: Path) -> None:
    with make_levels(tmp_path) as ledger:
        table = rollup_table(rolled_sheet(roll(ledger, "people"), PLAIN))
        assert table.rows == ()
        assert table.totals is None
        assert table.empty == "本期尚未填报。"
        assert table.measure == "人"
        declare(ledger, "people", "210102001001")
        lowest = roll(ledger, "people", "210102001001")
        table = rollup_table(rolled_sheet(lowest, PLAIN))
        assert table.empty == "本单位没有下级单位。"
        assert [one.title for one in table.columns] == ["记录数", "老年人"]


def test_rollup_table__covered_by_the_unit_above(tmp_path: Path) -> None:
    with make_levels(tmp_path) as ledger:
        rows: dict[str, Cell] = {"2101": 9, "210102": 4}
        fill(ledger, [("visits", unit, {"done": n}) for unit, n in rows.items()])
        sheet = rolled_sheet(roll(ledger, "visits", "2101"), PLAIN)
        node = rolled_sheet(roll(ledger, "visits", "21", Breadth.NODE), PLAIN)
    assert [line.label for line in sheet.lines] == [
        "合计",
        "沈阳市本级",
        "和平区＊",
        "沈河区＊",
    ]
    assert sheet.lines[0].cells == (Decimal(9),)
    assert "标“＊”的单位" in "".join(notes_of(sheet))
    assert notes_of(node)[0].startswith("节点汇总")


def test_rollup_table__many_units_wait(tmp_path: Path) -> None:
    with make_levels(tmp_path) as ledger:
        homes(ledger, u21={"beds": 1})
        notes = "".join(notes_of(rolled_sheet(roll(ledger, "home"), PLAIN)))
    assert "有 2 个下级单位尚未填报，没有按 0 计：沈阳市、大连市。" in notes
