"""要写出的报表: ticked in a list, said on a button, kept for next time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QPushButton

from desktop.ui.files.forms_choice import FormsButton
from desktop.ui.files.forms_choice import FormsDialog
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def button(qtbot: QtBot, work: Workplace) -> FormsButton:
    made = FormsButton(work, "here")
    qtbot.addWidget(made)
    made.show()
    return made


def opened(button: FormsButton) -> FormsDialog:
    button.click()
    [dialog] = every(button, FormsDialog)
    return dialog


def press(dialog: FormsDialog, name: str) -> None:
    child(dialog, QPushButton, f"forms.{name}").click()


def test_forms__all_until_some_are_chosen(button: FormsButton) -> None:
    begun: object = button.chosen
    assert begun is None
    assert button.text() == "全部 2 张报表…"
    dialog = opened(button)
    assert nameless(dialog) == []
    assert dialog.ticked == ("eci", "area")
    child(dialog, QListWidget, "forms.list").item(0).setCheckState(
        Qt.CheckState.Unchecked
    )
    press(dialog, "ready")
    chosen: object = button.chosen
    assert chosen == ("area",)
    assert button.text() == "2 张报表中的 1 张…"


def test_forms__none_cannot_be_chosen(button: FormsButton) -> None:
    dialog = opened(button)
    press(dialog, "none")
    assert not child(dialog, QPushButton, "forms.ready").isEnabled()
    press(dialog, "all")
    press(dialog, "ready")
    assert button.chosen is None


def test_forms__are_remembered(
    qtbot: QtBot, button: FormsButton, work: Workplace
) -> None:
    dialog = opened(button)
    press(dialog, "none")
    child(dialog, QListWidget, "forms.list").item(0).setCheckState(
        Qt.CheckState.Checked
    )
    press(dialog, "ready")
    again, other = FormsButton(work, "here"), FormsButton(work, "there")
    for made in (again, other):
        qtbot.addWidget(made)
    assert again.chosen == ("eci",)
    assert other.chosen is None


def test_forms__cancel_changes_nothing(button: FormsButton) -> None:
    dialog = opened(button)
    press(dialog, "none")
    press(dialog, "cancel")
    assert button.chosen is None
