"""Colours and letters from the menu, while the window is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMainWindow

from desktop.app.people.comfort import Comfort
from desktop.app.people.comfort import TextSize
from desktop.app.people.comfort import Theme
from desktop.app.people.comfort import marks
from desktop.ui.look.commands import LookCommands
from desktop.ui.menus import Menus

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def menus(work: Workplace, window: QMainWindow) -> Menus:
    made = Menus(work, window)
    LookCommands(work, window)
    return made


def marked(menus: Menus) -> set[str]:
    return {name for name, action in menus.actions.items() if action.isChecked()}


def test_marks__what_is_chosen_is_seen_in_the_menu(
    menus: Menus, work: Workplace
) -> None:
    assert marked(menus) == {"view.theme.system", "view.text.standard"}
    menus.actions["view.theme.dark"].trigger()
    menus.actions["view.text.larger"].trigger()
    assert work.look.comfort == Comfort(Theme.DARK, TextSize.LARGE)
    assert marked(menus) == {"view.theme.dark", "view.text.large"}


def test_marks__what_is_chosen_again_stays_marked(
    menus: Menus, work: Workplace
) -> None:
    """Qt takes the mark from a marked item that is pressed."""
    for _ in range(2):
        menus.actions["view.theme.contrast"].trigger()
        assert "view.theme.contrast" in marked(menus)


def test_marks__follow_a_choice_made_elsewhere(menus: Menus, work: Workplace) -> None:
    comfort = Comfort(Theme.LIGHT, TextSize.HUGE)
    work.look.choose(comfort)
    assert work.desk.marks == {name for name, on in marks(comfort).items() if on}
    assert marked(menus) == work.desk.marks


def test_other_commands__do_not_touch_the_look(menus: Menus, work: Workplace) -> None:
    work.desk.asked.emit("help.keys")
    assert work.look.comfort == Comfort()
