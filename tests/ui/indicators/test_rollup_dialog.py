from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.core.unit import UnitCode
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.indicators.rollup_dialog import LevelsDialog
from desktop.ui.indicators.rollup_dialog import RollupDialog
from tests.levels import fill
from tests.levels import make_levels
from tests.ui.desks import child
from tests.ui.desks import nameless
from tests.ui.desks import records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.main_window import MainWindow
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


@pytest.fixture
def levels_work(open_work: Opener, tmp_path: Path) -> Workplace:
    """Give a ledger with homes on several levels, opened."""
    with make_levels(tmp_path) as ledger:
        rows = [("2101", 14_000), ("210102", 26_000), ("210103", 4_000)]
        fill(ledger, [("home", unit, {"beds": beds}) for unit, beds in rows])
        path = ledger.path
    return open_work(path)


@pytest.fixture
def dialog(qtbot: QtBot, levels_work: Workplace) -> Iterator[RollupDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    made = RollupDialog(levels_work, "home", window)
    made.show()
    wait(qtbot, made, "合计")
    yield made
    window.close()


def shown(dialog: LevelsDialog) -> dict[str, tuple[str, ...]]:
    """Give the lines by their names."""
    return {line.texts[0]: line.texts[1:] for line in dialog.model.table.lines}


def wait(qtbot: QtBot, dialog: LevelsDialog, name: str) -> None:
    qtbot.waitUntil(lambda: name in shown(dialog), timeout=10000)


def step(dialog: LevelsDialog, name: str) -> None:
    """Double-click a line."""
    names = [line.texts[0] for line in dialog.model.table.lines]
    dialog.table.activated.emit(dialog.model.index(names.index(name), 0))


def test_dialog__units_below_and_the_total(dialog: RollupDialog) -> None:
    assert shown(dialog)["沈阳市"][:3] == ("3", "3", "44000")
    assert shown(dialog)["大连市"][:3] == ("", "", "")
    assert list(shown(dialog))[-1] == "合计"
    assert dialog.model.table.heads[:4] == (
        "单位",
        "记录数",
        "其中：计入汇总",
        "床位\n（张）",
    )
    assert "完全汇总" in child(dialog, QLabel, "rollup.notes").text()
    assert nameless(dialog) == []


def test_dialog__down_and_up_again(dialog: RollupDialog, qtbot: QtBot) -> None:
    step(dialog, "合计")
    step(dialog, "沈阳市")
    wait(qtbot, dialog, "和平区")
    assert list(shown(dialog)) == ["沈阳市本级", "和平区", "沈河区", "合计"]
    up = child(dialog, QPushButton, "rollup.path.21")
    assert up.isEnabled()
    assert not child(dialog, QPushButton, "rollup.path.2101").isEnabled()
    qtbot.mouseClick(up, Qt.MouseButton.LeftButton)
    wait(qtbot, dialog, "大连市")


def test_dialog__to_the_records(
    dialog: RollupDialog, qtbot: QtBot, levels_work: Workplace
) -> None:
    step(dialog, "沈阳市")
    wait(qtbot, dialog, "沈阳市本级")
    levels_work.desk.turn_to(Page.AUDIT)
    with qtbot.waitSignal(levels_work.desk.sought) as sought:
        step(dialog, "沈阳市本级")
    (mine,) = [one for one in records(levels_work, "home") if one.unit == "2101"]
    assert sought.args == [Place("home", mine.id)]
    assert levels_work.desk.page is Page.ENTRY


def test_dialog__no_records_of_its_own(
    dialog: RollupDialog, qtbot: QtBot, levels_work: Workplace
) -> None:
    dialog.go("210202")
    qtbot.waitUntil(lambda: list(shown(dialog)) == ["合计"])
    dialog.go("2102")
    wait(qtbot, dialog, "中山区")
    step(dialog, "中山区")
    told = child(dialog, QLabel, "rollup.told")
    qtbot.waitUntil(told.isVisible)
    assert told.text() == "这里没有本级自己的记录。"
    dialog.go("nowhere")
    assert dialog.root.code == UnitCode("2102")


def test_dialog__node_scale_and_form(dialog: RollupDialog, qtbot: QtBot) -> None:
    step(dialog, "沈阳市")
    wait(qtbot, dialog, "和平区")
    scale = child(dialog, QComboBox, "rollup.scale")
    scale.setCurrentIndex(scale.findText("万"))
    assert shown(dialog)["合计"][2] == "4.40"
    assert "舍位平衡" in child(dialog, QLabel, "rollup.notes").text()
    dialog.go("21")
    wait(qtbot, dialog, "大连市")
    child(dialog, QComboBox, "rollup.breadth").setCurrentIndex(1)
    qtbot.waitUntil(lambda: shown(dialog)["合计"][0] == "1")
    form = child(dialog, QComboBox, "rollup.form")
    form.setCurrentIndex(form.findText("人口表"))
    qtbot.waitUntil(lambda: dialog.model.table.heads[-1] == "老年人\n（万人）")


def test_dialog__copies_the_table(dialog: RollupDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(
        child(dialog, QPushButton, "rollup.copy"), Qt.MouseButton.LeftButton
    )
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("单位\t记录数\t其中：计入汇总\t床位（张）")
    assert lines[1].startswith("沈阳市\t3\t3\t44000")


def test_dialog__closing_stops_what_is_computed(
    dialog: RollupDialog, qtbot: QtBot
) -> None:
    dialog.ask()
    dialog.ask()
    with qtbot.waitSignal(dialog.finished):
        qtbot.mouseClick(
            child(dialog, QPushButton, "rollup.close"), Qt.MouseButton.LeftButton
        )


def test_base_has_no_figures_of_its_own(qtbot: QtBot, levels_work: Workplace) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    base = LevelsDialog(levels_work, window, "levels")
    with pytest.raises(NotImplementedError):
        base.ask()
    with pytest.raises(NotImplementedError):
        base.form_of_records()


def test_window__opens_it_by_command(window: MainWindow, qtbot: QtBot) -> None:
    window.work.desk.move(Place("eci"))
    window.work.desk.asked.emit("view.rollup")
    made = child(window, RollupDialog, "rollup")
    wait(qtbot, made, "合计")
    assert int(shown(made)["合计"][0]) == 27
