from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.app.people.known import Known
from desktop.app.people.known import People
from desktop.app.people.known import fits
from desktop.app.people.known import load_people
from desktop.app.people.known import save_people
from desktop.app.people.known import seal_pin
from desktop.ui.courier import Courier
from desktop.ui.ledgers import people_dialog
from desktop.ui.ledgers.people_dialog import PeopleDialog
from tests.ui.desks import child
from tests.ui.desks import free
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import UiStart

PATIENCE = 20_000


@pytest.fixture
def opened(start: UiStart, qtbot: QtBot) -> Callable[..., PeopleDialog]:
    """Open the dialog over the people that are known."""
    window = QWidget()
    qtbot.addWidget(window)
    courier = Courier(window)

    def opener(*known: Known, first: bool = False) -> PeopleDialog:
        if known:
            save_people(start.places.people, People(known))
        made = PeopleDialog(start, courier, window, first=first)
        made.show()
        return made

    return opener


def press(qtbot: QtBot, dialog: PeopleDialog, name: str) -> None:
    button = child(dialog, QPushButton, f"people.{name}")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def listed(dialog: PeopleDialog) -> list[str]:
    names = child(dialog, QListWidget, "people.list")
    return [names.item(row).text() for row in range(names.count())]


def choose(dialog: PeopleDialog, row: int) -> None:
    child(dialog, QListWidget, "people.list").setCurrentRow(row)


def write(dialog: PeopleDialog, **texts: str) -> None:
    for name, text in texts.items():
        child(dialog, QLineEdit, f"people.edit.{name}").setText(text)


def said(dialog: PeopleDialog) -> str:
    return child(dialog, QLabel, "people.said").text()


def test_dialog__somebody_is_added_and_works(
    opened: Callable[..., PeopleDialog], qtbot: QtBot, start: UiStart
) -> None:
    dialog = opened()
    assert listed(dialog) == ["李芳（正在使用）"]
    assert nameless(dialog) == []
    assert dialog.height() <= 560
    press(qtbot, dialog, "add")
    write(dialog, name="王强")
    press(qtbot, dialog, "edit.do")
    qtbot.waitUntil(lambda: len(listed(dialog)) == 2, timeout=PATIENCE)
    assert dialog.person.name == "王强"

    with qtbot.waitSignal(dialog.chosen) as heard:
        press(qtbot, dialog, "use")

    assert heard.args == ["王强"]
    assert not dialog.isVisible()
    there = load_people(start.places.people)
    assert there == People((Known("李芳"), Known("王强")), "王强")


def test_dialog__with_a_pin(
    opened: Callable[..., PeopleDialog], qtbot: QtBot, start: UiStart
) -> None:
    dialog = opened(Known("李芳"), Known("王强", seal_pin("2468")))
    forgot = child(dialog, QLabel, "people.forgot")
    assert not forgot.isVisible()
    choose(dialog, 1)
    assert listed(dialog)[1] == "王强（有 PIN）"
    assert str(start.places.people) in forgot.text()
    assert forgot.isVisible()
    box = child(dialog, QLineEdit, "people.pin")
    assert box.echoMode() is QLineEdit.EchoMode.Password

    press(qtbot, dialog, "use")
    assert dialog.isVisible(), "a PIN is asked for"
    box.setText("1357")
    press(qtbot, dialog, "use")
    qtbot.waitUntil(lambda: "PIN 不对" in said(dialog), timeout=PATIENCE)
    box.setText("2468")
    with qtbot.waitSignal(dialog.chosen, timeout=PATIENCE) as heard:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert heard.args == ["王强"]


def test_dialog__a_pin_is_set_changed_and_taken_away(
    opened: Callable[..., PeopleDialog], qtbot: QtBot, start: UiStart
) -> None:
    dialog = opened()

    def seal() -> str:
        return load_people(start.places.people).known[0].seal

    press(qtbot, dialog, "pin")
    write(dialog, pin="2468", again="2467")
    press(qtbot, dialog, "edit.do")
    assert "不一样" in said(dialog)
    write(dialog, again="2468")
    press(qtbot, dialog, "edit.do")
    qtbot.waitUntil(start.places.people.is_file, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "有 PIN" in listed(dialog)[0], timeout=PATIENCE)
    assert fits(seal(), "2468")

    press(qtbot, dialog, "pin")
    write(dialog, now="0000")
    press(qtbot, dialog, "edit.do")
    qtbot.waitUntil(lambda: "PIN 不对" in said(dialog), timeout=PATIENCE)
    assert fits(seal(), "2468")
    write(dialog, now="2468")
    press(qtbot, dialog, "edit.do")
    qtbot.waitUntil(lambda: "有 PIN" not in listed(dialog)[0], timeout=PATIENCE)
    assert seal() == ""


def test_dialog__taken_from_the_list(
    opened: Callable[..., PeopleDialog], qtbot: QtBot, start: UiStart
) -> None:
    dialog = opened(Known("李芳"), Known("王强", seal_pin("2468")), Known("赵敏"))
    remove = child(dialog, QPushButton, "people.remove")
    assert not remove.isEnabled(), "who works now stays"
    choose(dialog, 2)
    press(qtbot, dialog, "remove")
    press(qtbot, dialog, "edit.do")
    qtbot.waitUntil(lambda: len(listed(dialog)) == 2, timeout=PATIENCE)
    choose(dialog, 1)
    press(qtbot, dialog, "remove")
    write(dialog, now="1111")
    press(qtbot, dialog, "edit.do")
    qtbot.waitUntil(lambda: "PIN 不对" in said(dialog), timeout=PATIENCE)
    assert len(listed(dialog)) == 2
    write(dialog, now="2468")
    press(qtbot, dialog, "edit.do")
    qtbot.waitUntil(lambda: len(listed(dialog)) == 1, timeout=PATIENCE)
    assert load_people(start.places.people).known == (Known("李芳"),)


def test_dialog__a_name_that_is_there(
    opened: Callable[..., PeopleDialog], qtbot: QtBot
) -> None:
    dialog = opened()
    press(qtbot, dialog, "add")
    write(dialog, name="李芳")
    press(qtbot, dialog, "edit.do")
    assert "已经有李芳" in said(dialog)
    assert len(listed(dialog)) == 1


def test_dialog__a_disk_that_refuses__the_list_is_as_it_was(
    opened: Callable[..., PeopleDialog],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    dialog = opened()
    monkeypatch.setattr(people_dialog, "save_people", full)
    press(qtbot, dialog, "add")
    write(dialog, name="王强")
    press(qtbot, dialog, "edit.do")
    qtbot.waitUntil(lambda: "No space left" in said(dialog), timeout=PATIENCE)
    assert len(listed(dialog)) == 1


def test_dialog__at_the_start_one_is_only_chosen(
    opened: Callable[..., PeopleDialog], qtbot: QtBot
) -> None:
    known = (Known("王强"), Known("赵敏"))
    dialog = opened(*known, first=True)
    assert listed(dialog) == ["王强", "赵敏"]
    assert not child(dialog, QPushButton, "people.use").isHidden()
    assert dialog.findChild(QPushButton, "people.add") is None
    assert dialog.person.name == "王强", "the first, where nobody is known by the name"
    with qtbot.waitSignal(dialog.rejected):
        press(qtbot, dialog, "cancel")
    free(dialog)
    assert not isValid(dialog)


def test_dialog__at_the_start_the_one_who_was_here_last_only_types_the_pin(
    opened: Callable[..., PeopleDialog], qtbot: QtBot
) -> None:
    dialog = opened(Known("李芳", seal_pin("2468")), first=True)
    assert listed(dialog) == ["李芳（上次使用，有 PIN）"]
    box = child(dialog, QLineEdit, "people.pin")
    qtbot.waitUntil(lambda: dialog.focusWidget() is box)
    qtbot.keyClicks(box, "2468")
    with qtbot.waitSignal(dialog.chosen, timeout=PATIENCE):
        qtbot.keyClick(box, Qt.Key.Key_Return)
