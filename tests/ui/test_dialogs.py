"""Every dialog a command opens can be opened, and belongs to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QWidget

from desktop.app.commands import COMMANDS
from desktop.ui import dialogs
from desktop.ui.dialogs import open_dialog
from tests.ui.desks import every

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

OPENING = sorted(dialogs._DIALOGS)  # noqa: SLF001 - the list is what is tested


@pytest.mark.parametrize("command", OPENING)
def test_open_dialog__opens_over_its_window(
    work: Workplace, qtbot: QtBot, command: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    assert open_dialog(command, work, window)
    [dialog] = every(window, QDialog)
    assert dialog.isVisible()
    assert dialog.windowTitle()
    dialog.close()


@pytest.mark.parametrize("command", OPENING)
def test_open_dialog__the_command_is_in_the_menus(command: str) -> None:
    assert command in {each.id for each in COMMANDS}


def test_open_dialog__commands_without_one(work: Workplace, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert not open_dialog("edit.copy", work, window)
