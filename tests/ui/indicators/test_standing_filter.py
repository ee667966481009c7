from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from desktop.indicators.figures import Status
from desktop.ui.indicators.standing_filter import StandingFilter
from tests.ui.desks import child

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


def test_filter__counts_and_chooses(qtbot: QtBot, work: Workplace) -> None:
    made = StandingFilter(work)
    qtbot.addWidget(made)
    made.count([Status.MISSING, Status.MISSING, Status.BEHIND])
    missing = child(made, QPushButton, "indicators.missing")
    behind = child(made, QPushButton, "indicators.behind")
    assert missing.text() == "数据缺失 2"
    assert child(made, QPushButton, "indicators.reached").isHidden()
    every = child(made, QPushButton, "indicators.all")
    assert every.isHidden()
    with qtbot.waitSignal(made.changed):
        missing.click()
    behind.click()
    assert made.chosen == {Status.MISSING, Status.BEHIND}
    assert not every.isHidden()
    with qtbot.waitSignal(made.changed):
        every.click()
    assert made.chosen == frozenset()


def test_filter__what_is_gone_is_chosen_no_longer(
    qtbot: QtBot, work: Workplace
) -> None:
    made = StandingFilter(work)
    qtbot.addWidget(made)
    made.count([Status.MISSING])
    child(made, QPushButton, "indicators.missing").click()
    made.count([Status.REACHED])
    assert made.chosen == frozenset()
