from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.indicators.figures import Status
from desktop.ui.indicators.chosen_model import ChosenModel
from desktop.ui.indicators.model import IndicatorsModel

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

    from desktop.ui.workplace import Workplace


def titles(model: ChosenModel) -> list[str]:
    shown = [model.shown(row) for row in range(model.rowCount())]
    return [each.line.title for each in shown if each is not None]


def test_chosen__by_standing_and_by_text(
    audited: Workplace, qtmodeltester: ModelTester
) -> None:
    source = IndicatorsModel(audited)
    model = ChosenModel(source, source)
    qtmodeltester.check(model)
    every = ["护理型床位占比", "历年床位"]
    assert titles(model) == every
    model.choose(frozenset({Status.REACHED}), "")
    assert titles(model) == every[:1]
    model.choose(frozenset({Status.REACHED}), "历年")
    assert titles(model) == []
    model.choose(frozenset(), " 历年 ")
    assert titles(model) == every[1:]
    model.choose(frozenset(Status), "护理型床位数")
    assert titles(model) == every[:1]


def test_chosen__where_an_indicator_stands(audited: Workplace) -> None:
    source = IndicatorsModel(audited)
    model = ChosenModel(source, source)
    assert model.row_of("beds_in_years") == 1
    model.choose(frozenset(), "历年")
    assert model.row_of("beds_in_years") == 0
    assert model.row_of("nursing_share") == -1
    assert model.shown(1) is None
    assert model.shown(-1) is None
