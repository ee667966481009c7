from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.ui.entry.carry_dialog import CarryDialog
from desktop.ui.entry.carry_dialog import carry
from tests import small
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import nameless
from tests.ui.desks import records
from tests.ui.entry.conftest import NEXT_YEAR

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


@pytest.fixture
def empty_year(open_work: Opener, small_ledger: Path) -> Workplace:
    """Open the small ledger in a second year that began with empty rosters."""
    with small.opened(small_ledger) as ledger:
        ledger.add_period(NEXT_YEAR)
    return open_work(small_ledger)


class Desk:
    """A person who carries a roster forward."""

    def __init__(self, qtbot: QtBot, work: Workplace) -> None:
        self.work, self.window = work, QWidget()
        self.said: list[str] = []
        qtbot.addWidget(self.window)
        self.window.show()

    def ask(self, form: str = "eci") -> list[CarryDialog]:
        carry(self.work, self.work.form(form), self.window, self.said.append)
        drain(self.work)
        return every(self.window, CarryDialog)


def test_carry__all_at_once_and_one_step(qtbot: QtBot, empty_year: Workplace) -> None:
    desk = Desk(qtbot, empty_year)
    [dialog] = desk.ask()
    assert nameless(dialog) == []
    assert dialog.windowTitle() == "从2025年结转"
    go = child(dialog, QPushButton, "carry.go")
    assert go.text() == "结转 3 条"
    go.click()
    drain(empty_year)
    carried = records(empty_year, "eci")
    assert {row.key.facility for row in carried} == {"好院", "坏院", "缺院"}
    empty_year.session.undo().result()
    assert records(empty_year, "eci") == []


def test_carry__only_what_is_ticked(qtbot: QtBot, empty_year: Workplace) -> None:
    desk = Desk(qtbot, empty_year)
    [dialog] = desk.ask()
    turn, go = (child(dialog, QPushButton, f"carry.{one}") for one in ("all", "go"))
    turn.click()
    assert dialog.chosen() == []
    assert not go.isEnabled()
    turn.click()
    assert len(dialog.chosen()) == 3
    dialog.list.topLevelItem(0).setCheckState(0, Qt.CheckState.Unchecked)
    assert go.text() == "结转 2 条"
    left = dialog.list.topLevelItem(0).text(0)
    go.click()
    drain(empty_year)
    assert len(records(empty_year, "eci")) == 2
    assert left not in {row.cell("name") for row in records(empty_year, "eci")}


def test_carry__nothing_is_missing(qtbot: QtBot, second_year: Workplace) -> None:
    desk = Desk(qtbot, second_year)
    assert desk.ask() == []
    assert desk.said == ["2025年的记录本期都有了，不用结转。"]


def test_carry__there_is_no_earlier_period(qtbot: QtBot, work: Workplace) -> None:
    desk = Desk(qtbot, work)
    assert desk.ask() == []
    assert desk.said == ["本台账没有更早的报告期。"]
