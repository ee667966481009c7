from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from desktop.core.unit import UnitCode
from desktop.export.building.rollup import Printing
from desktop.export.building.rollup import rolled_sheet
from desktop.ui.indicators.rollup_model import LevelLine
from desktop.ui.indicators.rollup_model import LevelsModel
from desktop.ui.indicators.rollup_model import LevelTable
from desktop.ui.indicators.rollup_model import form_table
from desktop.ui.indicators.rollup_model import path_to
from tests.levels import fill
from tests.levels import make_levels
from tests.levels import roll
from tests.levels import tree

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.modeltest import ModelTester

    from desktop.core.words import Words

Role = Qt.ItemDataRole
TABLE = LevelTable(
    ("单位", "床位"),
    (
        LevelLine("2101", ("沈阳市", "3"), hint="有空白"),
        LevelLine("21", ("合计", "3"), total=True),
    ),
)


def test_model__shows_a_table() -> None:
    model = LevelsModel()
    assert (model.rowCount(), model.columnCount()) == (0, 0)
    model.show_table(TABLE)
    assert (model.rowCount(), model.columnCount()) == (2, 2)
    first = model.index(0, 0)
    assert (model.rowCount(first), model.columnCount(first)) == (0, 0)
    assert model.data(model.index(0, 1)) == "3"
    assert model.data(first, Role.ToolTipRole) == "有空白"
    assert model.data(model.index(1, 0), Role.ToolTipRole) is None
    font = model.data(model.index(1, 0), Role.FontRole)
    assert isinstance(font, QFont)
    assert font.bold()
    assert model.data(first, Role.FontRole) is None
    assert model.data(first, Role.TextAlignmentRole) is None
    assert model.data(model.index(0, 1), Role.TextAlignmentRole) is not None
    assert model.data(first, Role.DecorationRole) is None
    assert model.data(QModelIndex()) is None


def test_model__keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = LevelsModel()
    qtmodeltester.check(model)
    model.show_table(TABLE)
    qtmodeltester.check(model)


def test_model__heads() -> None:
    model = LevelsModel()
    model.show_table(TABLE)
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert model.headerData(1, across) == "床位"
    assert model.headerData(5, across) is None
    assert model.headerData(0, down) is None
    assert model.headerData(0, across, Role.ToolTipRole) is None


def test_form_table__says_what_lines_rest_on(tmp_path: Path, say: Words) -> None:
    with make_levels(tmp_path) as ledger:
        fill(ledger, [("home", "2101", {"beds": 3}), ("home", "2101", {})])
        sheet = rolled_sheet(roll(ledger, "home"), Printing())
        fill(ledger, [("people", "2101", {"old": 3})])
        people = rolled_sheet(roll(ledger, "people"), Printing())
    table = form_table(say, sheet, ("注",))
    assert table.notes == ("注",)
    assert [line.unit for line in table.lines] == ["2101", "2102", "21"]
    assert table.lines[0].hint.startswith("没有数的记录（没有按 0 计）：床位 1、护理 2")
    assert table.lines[1].hint == "未开始"
    assert table.lines[-1].total
    table = form_table(say, people, ())
    assert table.heads == ("单位", "记录数", "老年人\n（人）")
    assert table.lines[0].hint == ""
    assert table.lines[0].texts == ("沈阳市", "1", "3")


def test_path_to__from_the_first_unit_down() -> None:
    found = path_to(tree(), UnitCode("210102001"))
    assert [unit.code for unit in found] == ["21", "2101", "210102", "210102001"]
    assert path_to(tree(), "nowhere") == ()
