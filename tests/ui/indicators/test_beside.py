from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from desktop.app.compiled import CompiledPack
from desktop.app.figures.comparing import Comparison
from desktop.app.figures.comparing import candidate
from desktop.app.figures.comparing import compare
from desktop.app.figures.comparing import own_candidate
from desktop.app.progress import run_steps
from desktop.ui.indicators.beside import BesideModel
from desktop.ui.look.appearance import Appearance
from desktop.ui.look.colours import LIGHT
from tests.packs.worlds import Desk
from tests.packs.worlds import new_ledger
from tests.packs.worlds import pack
from tests.packs.worlds import unit
from tests.packs.worlds import year

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

    from desktop.core.words import Words

Role = Qt.ItemDataRole
ACROSS = Qt.Orientation.Horizontal
OWN, OTHER, THIRD, DIFFERENCES = range(1, 5)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Give 沈阳's district, 200 of 400 beds for nursing, by Liaoning and Ningxia."""
    path = tmp_path_factory.mktemp("beside") / "和平区.taizhang"
    liaoning = pack("liaoning")
    ledger = new_ledger(path, liaoning, [unit("210102", "县(市、区)")], [2025])
    desk = Desk(ledger, count())
    for form, cells in (
        ("eci", {"name": "院", "beds_total": 400, "beds_nursing": 200}),
        ("cef", {"name": "站", "beds_total": 100, "beds_nursing": 10}),
    ):
        desk.do(desk.enter(form, year(2025), "210102", cells)[1])
    compiled = CompiledPack(liaoning)
    others = [pack("ningxia"), pack("mianyang")]
    asked = [own_candidate(compiled), *(candidate(compiled, each) for each in others)]
    made = run_steps(compare(ledger, year(2025), "210102", asked))
    ledger.close()
    return made


@pytest.fixture
def model(say: Words, found: Comparison) -> BesideModel:
    made = BesideModel(say, Appearance())
    made.take(found)
    return made


def place(model: BesideModel, title: str) -> int:
    return [row.title for row in model.rows].index(title)


def texts(model: BesideModel, title: str) -> list[str]:
    number = place(model, title)
    columns = range(model.columnCount())
    return [str(model.index(number, column).data()) for column in columns]


def test_model__keeps_qts_rules(model: BesideModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)


def test_model__empty_before_anything_is_compared(say: Words) -> None:
    model = BesideModel(say, Appearance())
    assert (model.rowCount(), model.columnCount()) == (0, 0)
    assert model.headerData(0, ACROSS) is None
    assert model.data(QModelIndex()) is None
    assert model.formulas(0) == ()


def test_heads__a_column_a_pack(model: BesideModel, found: Comparison) -> None:
    heads = [model.headerData(column, ACROSS) for column in range(6)]
    assert heads[1:4] == [each.title for each in found.packs]
    assert heads[5] is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(0, ACROSS, Role.FontRole) is None


def test_row__the_same_words_and_another_meaning(model: BesideModel) -> None:
    said = texts(model, "护理型床位占比")
    assert said[OWN] == "42%　未达标\n目标：≥55%（2025年）"
    assert said[OTHER] == "50%　未达标\n目标：≥60%（2025年）\n“养老机构护理型床位占比”"
    assert said[DIFFERENCES] == "含义不同：分子、分母、目标值"


def test_row__other_meaning_stands_out_by_ground_and_words(model: BesideModel) -> None:
    number = place(model, "护理型床位占比")
    every = range(model.columnCount())
    grounds = {model.index(number, c).data(Role.BackgroundRole).name() for c in every}
    assert grounds == {QColor(LIGHT.warning.tint).name()}
    last = model.index(number, DIFFERENCES)
    assert last.data(Role.ForegroundRole) == QColor(LIGHT.warning.ink)
    assert last.data(Role.FontRole).bold()
    assert model.index(number, OWN).data(Role.FontRole) is None
    assert model.index(number, OWN).data(Role.ForegroundRole) is None


def test_row__what_only_one_pack_has(model: BesideModel) -> None:
    said = texts(model, "配套养老托育服务设施四同步")
    assert said[OTHER] == "—"
    assert said[DIFFERENCES] == ""
    index = model.index(place(model, "配套养老托育服务设施四同步"), OWN)
    assert index.data(Role.BackgroundRole) is None


def test_row__what_the_ledger_lacks(model: BesideModel) -> None:
    said = texts(model, "每万人口全科医生数")
    assert said[OWN] == "—"
    assert said[OTHER].startswith("本台账没有《")


def test_row__what_a_plan_has_achieved_stands_for_a_target(model: BesideModel) -> None:
    thirds = [str(model.index(row, THIRD).data()) for row in range(model.rowCount())]
    assert any("\n已有成绩：" in said for said in thirds)


def test_differing__only_those_rows(model: BesideModel) -> None:
    every = model.rowCount()
    model.show_differing(only=True)
    assert 0 < model.rowCount() < every
    assert all(row.differences for row in model.rows)
    model.show_differing(only=False)
    assert model.rowCount() == every


def test_formulas__of_each_pack_in_words(model: BesideModel, found: Comparison) -> None:
    formulas = model.formulas(place(model, "护理型床位占比"))
    assert [title for title, _ in formulas] == [each.title for each in found.packs]
    assert all("÷" in words for _, words in formulas)
    assert model.formulas(-1) == ()
    assert len(model.formulas(place(model, "配套养老托育服务设施四同步"))) == 1
