from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.ui.handover.keys_locking import LockDialog
from tests.ui.desks import child
from tests.ui.desks import nameless
from tests.ui.desks import type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words


def test_lock__gives_the_old_and_the_new_one(qtbot: QtBot, say: Words) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = LockDialog(say, parent, locked=True)
    dialog.show()
    assert nameless(dialog) == []
    given = child(dialog, QPushButton, "lock.set")
    type_text(child(dialog, QLineEdit, "lock.old"), "old")
    type_text(child(dialog, QLineEdit, "lock.password"), "a new one")
    assert not given.isEnabled()
    type_text(child(dialog, QLineEdit, "lock.again"), "a new one")
    with qtbot.waitSignal(dialog.wanted) as told:
        qtbot.mouseClick(given, Qt.MouseButton.LeftButton)
    assert told.args == ["old", "a new one"]


def test_lock__nothing_is_done_when_it_is_left(qtbot: QtBot, say: Words) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = LockDialog(say, parent, locked=False)
    dialog.show()
    assert child(dialog, QLineEdit, "lock.old").isHidden()
    with qtbot.assertNotEmitted(dialog.wanted):
        cancel = child(dialog, QPushButton, "lock.cancel")
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
