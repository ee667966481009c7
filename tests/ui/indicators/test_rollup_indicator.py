from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Page
from desktop.ui.indicators.rollup_indicator import IndicatorUnitsDialog
from desktop.ui.look import parts
from tests.levels import fill
from tests.levels import levels_pack
from tests.levels import make_levels
from tests.ui.desks import nameless
from tests.ui.indicators.test_rollup_dialog import shown
from tests.ui.indicators.test_rollup_dialog import step
from tests.ui.indicators.test_rollup_dialog import wait

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.main_window import MainWindow
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


@pytest.fixture
def levels_work(open_work: Opener, tmp_path: Path) -> Workplace:
    with make_levels(tmp_path) as ledger:
        rows = {
            "2101": {"beds": 30, "nursing": 10},
            "210102": {"beds": 10, "nursing": 10},
            "2102": {"beds": 60},
            "210102001001": {"nursing": 0},
        }
        fill(ledger, [("home", unit, each) for unit, each in rows.items()])
        path = ledger.path
    return open_work(path)


@pytest.fixture
def dialog(qtbot: QtBot, levels_work: Workplace) -> Iterator[IndicatorUnitsDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    (indicator,) = levels_pack().indicators
    made = IndicatorUnitsDialog(levels_work, indicator, window)
    made.show()
    wait(qtbot, made, "辽宁省")
    yield made
    window.close()


def test_dialog__value_of_every_unit(dialog: IndicatorUnitsDialog) -> None:
    assert dialog.windowTitle() == "护理型床位占比：由哪些单位构成"
    assert shown(dialog)["沈阳市"] == ("50", "无量化目标", "20", "", "40", "1")
    assert shown(dialog)["大连市"][2:] == ("", "1", "60", "")
    assert shown(dialog)["辽宁省"][0] == "20"
    assert nameless(dialog) == []
    how, across = Qt.ItemDataRole.TextAlignmentRole, Qt.Orientation.Horizontal
    stands = [dialog.model.headerData(at, across, how) for at in range(5)]
    assert stands == [None, parts.RIGHT, None, parts.RIGHT, parts.RIGHT]
    assert [dialog.model.index(0, at).data(how) for at in range(5)] == stands


def test_dialog__down_to_units_and_records(
    dialog: IndicatorUnitsDialog, qtbot: QtBot, levels_work: Workplace
) -> None:
    step(dialog, "沈阳市")
    wait(qtbot, dialog, "和平区")
    assert shown(dialog)["沈河区"][0] == ""
    dialog.go("210102")
    wait(qtbot, dialog, "新华街道")
    dialog.go("2101")
    wait(qtbot, dialog, "和平区")
    dialog.go("2102")
    wait(qtbot, dialog, "中山区")
    dialog.go("2101")
    wait(qtbot, dialog, "和平区")
    levels_work.desk.turn_to(Page.INDICATORS)
    dialog.go("210102001")
    wait(qtbot, dialog, "文安路社区")
    with qtbot.waitSignal(levels_work.desk.sought) as sought:
        step(dialog, "文安路社区")
    assert sought.args is not None
    assert levels_work.desk.place.form == "home"


def test_dialog__closing_before_it_is_computed(
    qtbot: QtBot, levels_work: Workplace
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    (indicator,) = levels_pack().indicators
    made = IndicatorUnitsDialog(levels_work, indicator, window)
    with qtbot.waitSignal(made.finished):
        made.reject()


def test_page__leads_there(window: MainWindow, qtbot: QtBot) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QPushButton

    from tests.ui.desks import every

    window.work.desk.turn_to(Page.INDICATORS)
    qtbot.waitUntil(lambda: bool(every(window, QPushButton, "indicator.by_unit")))
    (button, *_) = every(window, QPushButton, "indicator.by_unit")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    (made,) = every(window, IndicatorUnitsDialog)
    wait(qtbot, made, "长宁区")
    assert len(shown(made)) > 5
