"""The assistant for a new ledger, with the keyboard alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.app.opening import open_ledger
from desktop.app.person import Person
from desktop.ui.courier import Courier
from desktop.ui.ledgers.new_ledger import NewLedger
from desktop.ui.look import tokens
from tests.ui.desks import child
from tests.ui.desks import free
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import UiStart

SLOW = 30_000
ENTER = Qt.Key.Key_Return


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(qtbot: QtBot, start: UiStart, window: QWidget) -> Iterator[NewLedger]:
    """Open the assistant, and wait for its packs and units."""
    made = NewLedger(start, Courier(window), window)
    units = child(made, QListWidget, "new.units")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: made.packs.ready and units.count() > 0, timeout=SLOW)
    yield made
    window.close()


def step(dialog: NewLedger) -> int:
    """Tell which step is before the person, from 0."""
    steps = (dialog.packs, dialog.units, dialog.file)
    return next(n for n, one in enumerate(steps) if one.isVisible())


def packs(dialog: NewLedger) -> QListWidget:
    return child(dialog, QListWidget, "new.packs")


def button(dialog: NewLedger, name: str) -> QPushButton:
    return child(dialog, QPushButton, f"new.{name}")


def to_units(dialog: NewLedger, qtbot: QtBot) -> None:
    """Choose the pack of 长宁."""
    table = packs(dialog)
    while dialog.packs.pack is None or dialog.packs.pack.id != "changning":
        before = table.currentRow()
        qtbot.keyClick(table, Qt.Key.Key_Down)
        assert table.currentRow() != before, "the pack is not there"
    qtbot.keyClick(table, ENTER)
    assert step(dialog) == 1


def to_file(dialog: NewLedger, qtbot: QtBot) -> None:
    """Choose the unit the pack is for."""
    to_units(dialog, qtbot)
    qtbot.keyClick(dialog.units.search, ENTER)
    assert step(dialog) == 2


def test_keyboard__from_the_pack_to_a_ledger_that_opens(
    dialog: NewLedger, qtbot: QtBot, start: UiStart
) -> None:
    to_units(dialog, qtbot)
    qtbot.keyClicks(dialog.units.search, "cnq")
    qtbot.keyClick(dialog.units.search, ENTER)
    assert step(dialog) == 2
    made: list[Path] = []
    dialog.created.connect(made.append)
    with qtbot.waitSignal(dialog.destroyed, timeout=SLOW):
        qtbot.keyClick(dialog.file.period_box, ENTER)
    [path] = made
    assert path == start.places.documents / "310105 长宁区 2025.taizhang"
    with open_ledger(path, start.person) as ledger:
        assert ledger.pack().id == "changning"
        assert [one.code for one in ledger.periods()] == ["2025"]
        units = ledger.units()
    assert (units[0].name, len(units)) == ("长宁区", 11)


def test_enter__one_press_is_one_step(dialog: NewLedger, qtbot: QtBot) -> None:
    """Enter in a list or a box must not also press the button below."""
    assert packs(dialog).hasFocus()
    qtbot.keyClick(packs(dialog), ENTER)
    assert step(dialog) == 1
    assert dialog.units.search.hasFocus()
    qtbot.keyClick(dialog.units.search, ENTER)
    assert step(dialog) == 2
    assert dialog.file.period_box.hasFocus()
    assert dialog.file.path is not None
    assert not dialog.file.path.exists(), "nothing is made before the last step"


def test_double_click__is_next(dialog: NewLedger, qtbot: QtBot) -> None:
    for table, then in (
        (packs(dialog), 1),
        (child(dialog, QListWidget, "new.units"), 2),
    ):
        middle = table.visualItemRect(table.item(0)).center()
        left = Qt.MouseButton.LeftButton
        qtbot.mouseClick(table.viewport(), left, pos=middle)
        qtbot.mouseDClick(table.viewport(), left, pos=middle)
        assert step(dialog) == then


def test_back__keeps_what_was_chosen(dialog: NewLedger, qtbot: QtBot) -> None:
    to_file(dialog, qtbot)
    dialog.file.period_box.setText("2024")
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(dialog, Qt.Key.Key_Left, alt)
    qtbot.waitUntil(lambda: step(dialog) == 1)
    assert dialog.units.unit is not None
    assert dialog.units.unit.code == "310105"
    qtbot.mouseClick(button(dialog, "back"), Qt.MouseButton.LeftButton)
    assert step(dialog) == 0
    assert not button(dialog, "back").isEnabled()
    dialog.go_back()
    assert step(dialog) == 0
    to_file(dialog, qtbot)
    assert dialog.file.period_box.text() == "2024"


def test_next__waits_for_an_answer(dialog: NewLedger, qtbot: QtBot) -> None:
    to_units(dialog, qtbot)
    qtbot.keyClicks(dialog.units.search, "qqqqqqqq")
    qtbot.keyClick(dialog.units.search, ENTER)
    assert step(dialog) == 1
    assert not button(dialog, "next").isEnabled()
    dialog.go_on()
    assert step(dialog) == 1


def test_last_step__the_button_says_what_it_does(
    dialog: NewLedger, qtbot: QtBot, start: UiStart
) -> None:
    assert button(dialog, "next").text() == start.say("Next")
    to_file(dialog, qtbot)
    assert button(dialog, "next").text() == start.say("Create")
    dialog.file.period_box.setText("2025-13")
    assert not button(dialog, "next").isEnabled()


def test_fault__a_file_that_is_there_is_said_in_the_dialog(
    dialog: NewLedger, qtbot: QtBot, ledger: Path
) -> None:
    before = ledger.read_bytes()
    to_file(dialog, qtbot)
    child(dialog, QLineEdit, "new.folder").setText(str(ledger.parent))
    qtbot.keyClick(dialog.file.period_box, ENTER)
    fault = child(dialog, QLabel, "new.fault")
    qtbot.waitUntil(fault.isVisible, timeout=SLOW)
    assert ledger.name in fault.text()
    assert ledger.read_bytes() == before
    assert button(dialog, "next").isEnabled(), "another name can be tried"
    dialog.go_back()
    assert fault.isHidden()


def test_fault__a_folder_that_cannot_be_made_is_said_in_the_dialog(
    dialog: NewLedger, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file, no folder", encoding="utf-8")
    to_file(dialog, qtbot)
    child(dialog, QLineEdit, "new.folder").setText(str(tmp_path / "taken" / "x"))
    qtbot.keyClick(dialog.file.period_box, ENTER)
    fault = child(dialog, QLabel, "new.fault")
    qtbot.waitUntil(fault.isVisible, timeout=SLOW)
    assert str(tmp_path / "taken" / "x") in fault.text()
    child(dialog, QLineEdit, "new.folder").setText(str(tmp_path / "other"))
    with qtbot.waitSignals([dialog.created, dialog.destroyed], timeout=SLOW):
        qtbot.keyClick(dialog.file.period_box, ENTER)
    assert len(list((tmp_path / "other").glob("*.taizhang"))) == 1


def test_fault__what_nobody_foresaw_goes_to_the_handler(
    qtbot: QtBot, start: UiStart, window: QWidget
) -> None:
    def no_id() -> str:
        raise ZeroDivisionError

    broken = replace(start, person=Person("李芳", start.person.clock, no_id))
    dialog = NewLedger(broken, Courier(window), window)
    units = child(dialog, QListWidget, "new.units")
    dialog.show()
    qtbot.waitUntil(lambda: dialog.packs.ready and units.count() > 0, timeout=SLOW)
    dialog.go_on()
    dialog.go_on()
    with qtbot.captureExceptions() as caught:
        dialog.go_on()
        assert not button(dialog, "next").isEnabled()
        qtbot.waitUntil(lambda: bool(caught), timeout=SLOW)
    assert caught[0][0] is ZeroDivisionError
    assert button(dialog, "next").isEnabled()
    dialog.reject()


@pytest.mark.parametrize("way", ["escape", "button"])
def test_cancel__makes_nothing_and_frees_the_dialog(
    dialog: NewLedger, qtbot: QtBot, start: UiStart, way: str
) -> None:
    with qtbot.assertNotEmitted(dialog.created):
        if way == "escape":
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            qtbot.mouseClick(button(dialog, "cancel"), Qt.MouseButton.LeftButton)
    free(dialog)
    assert not isValid(dialog)
    assert not start.places.documents.exists()


def test_dialog__closed_before_its_packs_have_come(
    qtbot: QtBot, start: UiStart, window: QWidget
) -> None:
    courier = Courier(window)
    dialog = NewLedger(start, courier, window)
    dialog.reject()
    free(dialog)
    assert not isValid(dialog)
    with qtbot.waitSignal(window.windowTitleChanged, timeout=SLOW):
        NewLedger(start, courier, window).packs.changed.connect(
            lambda: window.setWindowTitle("later ones arrive")
        )


def test_dialog__fits_a_small_screen_and_speaks(dialog: NewLedger) -> None:
    assert dialog.height() == tokens.DIALOG_HEIGHT <= 560
    assert dialog.isModal()
    assert nameless(dialog) == []
