from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QPushButton

from desktop.app.entry.facilities import CLOSED
from desktop.ui.desk import Page
from desktop.ui.entry.close_dialog import CloseDialog
from desktop.ui.entry.reopen_dialog import ReopenDialog
from tests import asked
from tests.ui.desk_of import Hands
from tests.ui.desk_of import find
from tests.ui.desks import child
from tests.ui.desks import every

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.main_window import MainWindow


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot) -> Hands:
    found = Hands(window, qtbot)
    found.go("eci", 3, "name")
    return found


def close(hands: Hands, why: str) -> None:
    hands.ask("record.close")
    dialog = find(hands.page, CloseDialog)
    child(dialog, QLineEdit, "close.why").setText(why)
    with hands.qtbot.waitSignals([hands.model.listed, dialog.destroyed]):
        child(dialog, QPushButton, "close.do").click()


def test_close__with_reason_undone_by_name(hands: Hands) -> None:
    record = hands.model.record_at(3)
    assert record is not None
    name = str(record.cell("name"))
    close(hands, "合并")
    assert len(hands.model.ids) == 26
    notes = asked.notes(hands.window.work.session, record.key)
    assert notes[CLOSED] == "2025-11-22 合并"
    undo = hands.window.menus.actions["edit.undo"]
    hands.qtbot.waitUntil(lambda: undo.text() == f"撤销：停用“{name}”")
    hands.saved("edit.undo")
    hands.qtbot.waitUntil(lambda: len(hands.model.ids) == 27)


def test_reopen__comes_back_and_is_before_the_person(hands: Hands) -> None:
    beds = hands.cell(3, "beds_total")
    close(hands, "合并")
    hands.ask("record.reopen")
    dialog = find(hands.page, ReopenDialog)
    found = child(dialog, QListWidget, "reopen.list")
    hands.qtbot.waitUntil(lambda: found.count() == 1)
    found.itemActivated.emit(found.item(0))
    with hands.qtbot.waitSignals([hands.model.listed, dialog.destroyed]):
        child(dialog, QPushButton, "reopen.do").click()
    assert len(hands.model.ids) == 27
    hands.qtbot.waitUntil(lambda: hands.grid.currentIndex().row() == 26)
    assert hands.cell(26, "beds_total") == beds


def test_commands__only_on_the_page_and_with_a_record(hands: Hands) -> None:
    desk = hands.window.work.desk
    desk.asked.emit("record.unknown")
    hands.grid.selectionModel().clear()
    desk.asked.emit("record.close")
    desk.turn_to(Page.AUDIT)
    for command in ("record.close", "record.reopen"):
        desk.asked.emit(command)
    assert every(hands.page, CloseDialog) == []
    assert every(hands.page, ReopenDialog) == []
