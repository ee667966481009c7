"""The units of a batch: a level at once, or one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QTreeWidget

from desktop.ui.files.batch_units import BatchUnits
from tests.ui.desks import child
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def units(qtbot: QtBot, work: Workplace) -> BatchUnits:
    made = BatchUnits(work)
    qtbot.addWidget(made)
    made.show()
    return made


def names(units: BatchUnits) -> list[str]:
    return [unit.name for unit in units.chosen]


def test_units__those_right_below_are_ticked(units: BatchUnits) -> None:
    assert names(units) == ["华阳路街道"]
    assert child(units, QLabel, "batch.count").text() == "已勾选 1 个单位，共 2 个。"
    assert nameless(units) == []


def test_units__a_level_at_once(qtbot: QtBot, units: BatchUnits) -> None:
    levels = child(units, QComboBox, "batch.levels")
    told = [levels.itemText(place) for place in range(levels.count())]
    assert told == ["全部单位", "所有县级单位", "所有乡镇、街道", "都不选，我自己勾选"]
    for place, wanted in enumerate(
        (["长宁区", "华阳路街道"], ["长宁区"], ["华阳路街道"], [])
    ):
        levels.setCurrentIndex(place)
        with qtbot.waitSignal(units.changed):
            levels.activated.emit(place)
        assert names(units) == wanted


def test_units__one_by_one(qtbot: QtBot, units: BatchUnits) -> None:
    top = child(units, QTreeWidget, "batch.tree").topLevelItem(0)
    assert top is not None
    with qtbot.waitSignal(units.changed):
        top.setCheckState(0, Qt.CheckState.Checked)
    assert names(units) == ["长宁区", "华阳路街道"]


def test_units__filtered_by_name_or_code(units: BatchUnits) -> None:
    top = child(units, QTreeWidget, "batch.tree").topLevelItem(0)
    assert top is not None
    below = top.child(0)
    filtered = child(units, QLineEdit, "batch.filter")
    shown, gone = [False, False], [True, True]
    cases = {"华阳": shown, "310105001": shown, "没有": gone, "长宁": [False, True]}
    for text, hidden in {**cases, "": shown}.items():
        filtered.setText(text)
        assert [top.isHidden(), below.isHidden()] == hidden
    assert names(units) == ["华阳路街道"]


def test_units__of_the_ledger_itself(qtbot: QtBot, work: Workplace) -> None:
    made = BatchUnits(work, own=True)
    qtbot.addWidget(made)
    assert names(made) == ["长宁区"]
