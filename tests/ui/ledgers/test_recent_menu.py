from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from desktop.ui.ledgers.recent_menu import fill_recent
from tests.ui.desks import child

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.main_window import MainWindow
    from desktop.ui.workplace import Workplace


def remember(work: Workplace, *paths: Path) -> None:
    settings = work.habits.now
    for path in reversed(paths):
        settings = settings.opened(path)
    work.habits.keep(settings)


def test_recent__those_that_are_gone_are_grey_and_say_why(
    work: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    there = tmp_path / "甲 & 乙.taizhang"
    there.touch()
    gone, away = tmp_path / "丙.taizhang", tmp_path / "stick" / "丁.taizhang"
    remember(work, there, work.session.path, gone, away)

    fill_recent(menu, work)

    assert [action.text() for action in menu.actions()] == ["甲 && 乙", "丙", "丁"]
    qtbot.waitUntil(lambda: not menu.actions()[2].isEnabled())
    first, second, third = menu.actions()
    assert first.isEnabled()
    assert first.toolTip() == str(there)
    assert "已移动" in second.text()
    assert not second.isEnabled()
    assert "没有接上" in third.text()

    with qtbot.waitSignal(work.desk.ledger_wanted) as heard:
        first.trigger()
    assert heard.args == [there]


def test_recent__filled_anew_before_the_answer_came(
    work: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    remember(work, tmp_path / "丙.taizhang")
    fill_recent(menu, work)
    fill_recent(menu, work)
    [action] = menu.actions()
    qtbot.waitUntil(lambda: not action.isEnabled())
    assert action.text().count("（") == 1


def test_recent__none_yet(work: Workplace, qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    fill_recent(menu, work)
    [action] = menu.actions()
    assert action.text() == "还没有别的台账"
    assert not action.isEnabled()


def test_window__lists_them_when_somebody_looks(
    window: MainWindow, tmp_path: Path
) -> None:
    remember(window.work, tmp_path / "丙.taizhang")
    menu = child(window, QMenu, "file.recent")
    assert menu.isEmpty()
    menu.aboutToShow.emit()
    assert menu.actions()[0].text().startswith("丙")
