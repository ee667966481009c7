from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.ui.entry.unit_dialog import UnitDialog
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import nameless
from tests.ui.desks import type_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def dialog(qtbot: QtBot, changning_work: Workplace) -> Iterator[UnitDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    made = UnitDialog(changning_work, changning_work.form("eci"), window)
    made.show()
    made.activateWindow()
    yield made
    window.close()


def units(dialog: UnitDialog) -> list[str]:
    """Give the names that can be seen."""
    table = child(dialog, QListWidget, "unit.list")
    items = [table.item(row) for row in range(table.count())]
    return [item.text() for item in items if not item.isHidden()]


def search(dialog: UnitDialog, text: str) -> QLineEdit:
    line = child(dialog, QLineEdit, "unit.filter")
    type_text(line, text)
    return line


def test_dialog__all_units_the_root_first(
    dialog: UnitDialog, changning_work: Workplace
) -> None:
    assert units(dialog) == [unit.name for unit in changning_work.session.units]


def test_dialog__one_can_type_at_once(dialog: UnitDialog, qtbot: QtBot) -> None:
    line = child(dialog, QLineEdit, "unit.filter")
    qtbot.waitUntil(line.hasFocus)


def test_dialog__typing_narrows_and_enter_takes_the_first(
    dialog: UnitDialog, qtbot: QtBot, changning_work: Workplace
) -> None:
    line = search(dialog, "新")
    assert units(dialog) == ["新华路街道", "仙霞新村街道", "北新泾街道", "新泾镇"]
    with qtbot.waitSignal(dialog.picked) as picked:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert changning_work.unit(str(picked.args[0])) is not None
    unit = changning_work.unit(str(picked.args[0]))
    assert unit is not None
    assert unit.name == "新华路街道"


def test_dialog__taking_the_filter_off_shows_all_again(
    dialog: UnitDialog, changning_work: Workplace
) -> None:
    line = search(dialog, "新泾镇")
    assert units(dialog) == ["新泾镇"]
    line.clear()
    assert len(units(dialog)) == len(changning_work.session.units)


def test_dialog__nothing_fits_nothing_is_picked(
    dialog: UnitDialog, qtbot: QtBot
) -> None:
    search(dialog, "浦东")
    assert units(dialog) == []
    with qtbot.assertNotEmitted(dialog.picked):
        qtbot.mouseClick(
            child(dialog, QPushButton, "unit.add"), Qt.MouseButton.LeftButton
        )
    assert dialog.isVisible()


def test_dialog__an_activated_line_is_picked_and_the_dialog_freed(
    dialog: UnitDialog, qtbot: QtBot
) -> None:
    table = child(dialog, QListWidget, "unit.list")
    table.setCurrentRow(2)
    with qtbot.waitSignal(dialog.picked) as picked:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert picked.args == ["310105002"]
    free(dialog)
    assert not isValid(dialog)


def test_dialog__cancel_picks_nothing(dialog: UnitDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dialog.picked):
        qtbot.mouseClick(
            child(dialog, QPushButton, "unit.cancel"), Qt.MouseButton.LeftButton
        )
    free(dialog)
    assert not isValid(dialog)


def test_dialog__says_for_which_form(
    dialog: UnitDialog, changning_work: Workplace
) -> None:
    from PySide6.QtWidgets import QLabel

    said = [label.text() for label in every(dialog, QLabel)]
    assert any(changning_work.form("eci").title in text for text in said)


def test_dialog__a_screen_reader_has_a_name_for_all(dialog: UnitDialog) -> None:
    assert nameless(dialog) == []
