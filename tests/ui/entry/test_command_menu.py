from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from desktop.app.commands import COMMANDS
from desktop.app.commands import Need
from desktop.ui.entry.command_menu import OF_CELLS
from desktop.ui.entry.command_menu import OF_COLUMN
from desktop.ui.entry.command_menu import OF_RECORDS
from desktop.ui.entry.command_menu import pop_up
from tests.ui.desks import child
from tests.ui.entry.grids import Hand

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


def test_menus__name_commands_there_are() -> None:
    known = {command.id for command in COMMANDS}
    assert {*OF_CELLS, *OF_COLUMN, *OF_RECORDS} - {""} <= known


def test_pop_up__asks_for_what_is_picked_and_offers_only_what_can_be_done(
    qtbot: QtBot, work: Workplace
) -> None:
    hand = Hand(qtbot, work)
    work.desk.set_need(Need.WRITABLE, holds=False)
    asked: list[str] = []
    work.desk.asked.connect(asked.append)
    pop_up(work, ("edit.copy", "", "edit.cut"), hand.page, QPoint(9, 9))
    menu = child(hand.page, QMenu, "commands")
    copy, line, cut = menu.actions()
    assert (copy.text(), line.isSeparator()) == ("复制\tCtrl+C", True)
    assert (copy.isEnabled(), cut.isEnabled()) == (True, False)
    copy.trigger()
    assert asked == ["edit.copy"]
    with qtbot.waitSignal(menu.destroyed):
        menu.close()
