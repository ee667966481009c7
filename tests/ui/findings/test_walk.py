from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow

from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.findings.walk import WalkCommands
from tests.ui.desks import drain
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.main_window import MainWindow
    from desktop.ui.workplace import Workplace


@pytest.fixture
def window_of(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("command", ["audit.next", "audit.previous"])
def test_walk__to_the_cell_from_any_page(
    audited: Workplace, window_of: QMainWindow, command: str
) -> None:
    WalkCommands(audited, window_of)
    audited.desk.turn_to(Page.INDICATORS)
    audited.desk.asked.emit(command)
    audited.desk.asked.emit("edit.undo")
    drain(audited)
    bad = record_named(audited, "eci", "坏院").id
    assert audited.desk.place == Place("eci", bad, "beds_nursing")
    assert audited.desk.page is Page.ENTRY


def test_walk__says_where_nothing_is_open(
    work: Workplace, window_of: QMainWindow
) -> None:
    walk = WalkCommands(work, window_of)
    walk.walk(1)
    walk.walk(1)
    drain(work)
    said = window_of.statusBar().currentMessage()
    assert said == work.say("Checking the figures against the rules…")
    work.bridge.figures = ()
    walk.walk(1)
    drain(work)
    said = window_of.statusBar().currentMessage()
    assert said == work.say("No finding is open.")


def test_window__f8_and_back(window: MainWindow, qtbot: QtBot) -> None:
    desk = window.work.desk
    sought: list[Place] = []
    desk.sought.connect(sought.append)
    walked = (
        ("audit.next", "F8"),
        ("audit.next", "F8"),
        ("audit.previous", "Shift+F8"),
    )
    for seen, (command, keys) in enumerate(walked, 1):
        action = window.menus.actions[command]
        assert action.shortcut() == QKeySequence(keys)
        action.trigger()
        qtbot.waitUntil(partial(_has, sought, seen))
        qtbot.waitUntil(lambda: desk.place == sought[-1])
    assert sought[0] == sought[2] != sought[1]


def _has(places: list[Place], count: int) -> bool:
    return len(places) == count
