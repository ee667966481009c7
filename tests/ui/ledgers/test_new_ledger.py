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
from desktop.core.messages import message
from desktop.store.errors import DiskError
from desktop.ui.courier import Courier
from desktop.ui.ledgers import new_ledger
from desktop.ui.ledgers.new_ledger import NewLedger
from desktop.ui.ledgers.new_ledger_bring import TableToImport
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
    steps = (dialog.packs, dialog.units, dialog.file, dialog.bring)
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


def make(dialog: NewLedger, qtbot: QtBot) -> None:
    """Take the file that is proposed, and begin without last year's data."""
    qtbot.keyClick(dialog.file.period_box, ENTER)
    assert step(dialog) == 3
    qtbot.keyClick(dialog.bring.ways["none"], ENTER)


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
        make(dialog, qtbot)
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
    qtbot.keyClick(dialog.file.period_box, ENTER)
    assert step(dialog) == 3
    assert dialog.bring.ways["none"].hasFocus()
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
    dialog.file.period_box.setText("2025-13")
    assert not button(dialog, "next").isEnabled()
    dialog.file.period_box.setText("2025")
    assert button(dialog, "next").text() == start.say("Next")
    dialog.go_on()
    assert button(dialog, "next").text() == start.say("Create")


def test_fault__a_file_that_is_there_is_said_in_the_dialog(
    dialog: NewLedger, qtbot: QtBot, ledger: Path
) -> None:
    before = ledger.read_bytes()
    to_file(dialog, qtbot)
    child(dialog, QLineEdit, "new.folder").setText(str(ledger.parent))
    make(dialog, qtbot)
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
    make(dialog, qtbot)
    fault = child(dialog, QLabel, "new.fault")
    qtbot.waitUntil(fault.isVisible, timeout=SLOW)
    assert str(tmp_path / "taken" / "x") in fault.text()
    dialog.go_back()
    child(dialog, QLineEdit, "new.folder").setText(str(tmp_path / "other"))
    with qtbot.waitSignals([dialog.created, dialog.destroyed], timeout=SLOW):
        make(dialog, qtbot)
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
    for _ in range(3):
        dialog.go_on()
    with qtbot.captureExceptions() as caught:
        dialog.go_on()
        assert not button(dialog, "next").isEnabled()
        qtbot.waitUntil(lambda: bool(caught), timeout=SLOW)
    assert caught[0][0] is ZeroDivisionError
    assert button(dialog, "next").isEnabled()
    dialog.reject()


def test_last_years_ledger__stands_there_as_the_year_before(
    dialog: NewLedger, qtbot: QtBot, start: UiStart, ledger: Path
) -> None:
    """The road of a second year: what was filled in last year comes along."""
    to_file(dialog, qtbot)
    dialog.file.period_box.setText("2026")
    dialog.go_on()
    dialog.bring.ways["ledger"].setChecked(True)
    assert not button(dialog, "next").isEnabled()
    dialog.bring.panel.file.setText(str(ledger))
    dialog.bring.panel.read()
    qtbot.waitUntil(button(dialog, "next").isEnabled, timeout=SLOW)
    made: list[Path] = []
    dialog.created.connect(made.append)
    with qtbot.waitSignal(dialog.destroyed, timeout=SLOW):
        dialog.go_on()
    with open_ledger(made[0], start.person) as opened:
        assert [one.code for one in opened.periods()] == ["2025", "2026"]
        assert opened.count("eci", "2025") == opened.count("eci", "2026") == 27


def test_last_years_ledger__that_cannot_be_taken_in_leaves_nothing_behind(
    dialog: NewLedger,
    qtbot: QtBot,
    ledger: Path,
    start: UiStart,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise DiskError(message("store.disk_full"))

    monkeypatch.setattr(new_ledger, "carry_out", full)
    to_file(dialog, qtbot)
    dialog.file.period_box.setText("2026")
    dialog.go_on()
    dialog.bring.ways["ledger"].setChecked(True)
    dialog.bring.panel.file.setText(str(ledger))
    dialog.bring.panel.read()
    qtbot.waitUntil(button(dialog, "next").isEnabled, timeout=SLOW)
    dialog.go_on()
    fault = child(dialog, QLabel, "new.fault")
    qtbot.waitUntil(fault.isVisible, timeout=SLOW)
    assert list(start.places.documents.glob("*.taizhang")) == []


def test_list_of_last_year__its_import_is_asked_for(
    dialog: NewLedger, qtbot: QtBot, tmp_path: Path
) -> None:
    table = tmp_path / "名单.csv"
    table.write_text("机构名称\n甲院\n", encoding="utf-8")
    to_file(dialog, qtbot)
    dialog.go_on()
    dialog.bring.ways["table"].setChecked(True)
    dialog.bring.table.setText(str(table))
    form = dialog.bring.form.currentData()
    with qtbot.waitSignal(dialog.import_wanted, timeout=SLOW) as wanted:
        dialog.go_on()
    assert wanted.args is not None
    assert wanted.args[1] == TableToImport(form, table)


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
