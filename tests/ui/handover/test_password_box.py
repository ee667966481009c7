from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit

from desktop.ui.handover.password_box import PasswordBox
from desktop.ui.handover.password_box import password_line
from tests.ui.desks import child
from tests.ui.desks import nameless
from tests.ui.desks import type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words


def test_password_box__counts_once_both_are_the_same(qtbot: QtBot, say: Words) -> None:
    box = PasswordBox(say, "box")
    qtbot.addWidget(box)
    hint = child(box, QLabel, "box.hint")
    assert nameless(box) == []
    assert "忘了密码" in hint.text()
    digits = "123456789"
    type_text(box.first, digits)
    assert "只有数字" in hint.text()
    assert box.password == ""
    type_text(box.again, "12345")
    assert hint.text() == "两次输入的还不一样。"
    with qtbot.waitSignal(box.changed):
        type_text(box.again, "6789")
    assert box.password == digits
    box.clear()
    assert box.password == ""


def test_password_line__nobody_sees_what_is_typed(qtbot: QtBot) -> None:
    line = password_line("密码", "line")
    qtbot.addWidget(line)
    assert line.echoMode() is QLineEdit.EchoMode.Password
    assert line.accessibleName() == "密码"
