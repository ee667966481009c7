"""Who works, and reading without writing, through the whole window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.app.commands import COMMANDS
from desktop.app.people.known import Known
from desktop.app.people.known import People
from desktop.app.people.known import load_people
from desktop.app.people.known import save_people
from desktop.core.messages import message
from desktop.store.errors import ReadOnlyError
from desktop.ui.beginning import known_people
from desktop.ui.desk import Page
from desktop.ui.garbage import Collector
from desktop.ui.ledgers.people_dialog import PeopleDialog
from tests.ui.desk_of import Hands
from tests.ui.desk_of import find
from tests.ui.desks import drain
from tests.ui.desks import every

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from desktop.ui.application import Shell
    from desktop.ui.main_window import MainWindow
    from desktop.ui.workplace import UiStart


def shown_window(
    shell: Shell, qtbot: QtBot, before: MainWindow | None = None
) -> MainWindow:
    """Wait for a window that is another one than before."""
    qtbot.waitUntil(lambda: shell.window not in (None, before), timeout=20000)
    assert shell.window is not None
    return shell.window


def work_as(window: QWidget, qtbot: QtBot, name: str) -> None:
    """Choose somebody in the dialog, who has no PIN."""
    dialog = find(window, PeopleDialog)
    names = find(dialog, QListWidget, "people.list")
    [row] = [n for n in range(names.count()) if names.item(n).text().startswith(name)]
    names.setCurrentRow(row)
    qtbot.mouseClick(find(dialog, QPushButton, "people.use"), Qt.MouseButton.LeftButton)


def test_person__changes_after_switching_stand_under_the_new_name(
    window: MainWindow, shell: Shell, start: UiStart, qtbot: QtBot
) -> None:
    save_people(start.places.people, People((Known("李芳"), Known("王强"))))
    hands = Hands(window, qtbot)
    hands.go("eci", 0, "beds_total")
    hands.enter("111")
    hands.ask("file.person")
    work_as(window, qtbot, "王强")
    second = shown_window(shell, qtbot, window)
    assert find(second, QPushButton, "person").text() == "王强"
    hands = Hands(second, qtbot)
    hands.go("eci", 0, "beds_total")
    hands.enter("112")

    entries = second.work.session.thread.call(lambda ledger: ledger.log()).result()

    assert [entry.who for entry in entries[-2:]] == ["李芳", "王强"]
    assert load_people(start.places.people).last == "王强"
    assert second.work.start.person.who == "王强"

    hands.ask("file.person")
    work_as(second, qtbot, "王强")
    assert shell.window is second, "nobody else: nothing is built anew"


def test_person__switched_on_the_start_page(
    shell: Shell, start: UiStart, qtbot: QtBot
) -> None:
    save_people(start.places.people, People((Known("李芳"), Known("王强"))))
    shell.show_start()
    first = shell.first
    assert first is not None
    button = find(first, QPushButton, "start.person")
    assert "李芳" in button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    work_as(first, qtbot, "王强")
    assert shell.first not in (None, first)
    assert shell.first is not None
    assert "王强" in find(shell.first, QPushButton, "start.person").text()


def test_person__asked_before_anything_is_opened(
    shell: Shell, start: UiStart, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Collector, "start", lambda _: None)
    people = People((Known("王强"), Known("李芳")), "李芳")
    save_people(start.places.people, people)
    assert known_people(start) == people
    shell.ask_person(first=True)
    [dialog] = [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, PeopleDialog) and each.isVisible()
    ]
    assert dialog.person.name == "李芳"
    find(dialog, QListWidget, "people.list").setCurrentRow(0)
    dialog.use()
    window = shown_window(shell, qtbot)
    assert window.work.session.person.who == "王强"


def test_reading__from_the_menu_nothing_can_be_changed(
    shell: Shell,
    ledger: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each command that is left is asked for, and the file stays as it was."""
    medium = ledger.parent / "medium"
    medium.mkdir()
    path = medium / ledger.name
    path.write_bytes(ledger.read_bytes())
    path.chmod(0o444)
    medium.chmod(0o555)
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_, **__: (str(path), "")
    )
    shell.asked("file.open_reading")
    window = shown_window(shell, qtbot)
    bridge = window.work.bridge
    qtbot.waitUntil(lambda: bridge.figures is not None, timeout=20000)
    assert find(window, QLabel, "reading").isVisible()
    window.work.desk.turn_to(Page.ENTRY)
    Hands(window, qtbot).go("eci", 0, "beds_total")
    leaving = {"file.new", "file.open", "file.open_reading", "file.close", "file.quit"}
    aside = {"file.backup"}
    able = [
        command.id
        for command in COMMANDS
        if window.menus.actions[command.id].isEnabled()
        and command.id not in leaving | aside
    ]
    for command in able:
        window.work.desk.asked.emit(command)
        drain(window.work)
        for dialog in every(window, QDialog):
            dialog.reject()
    window.close()
    assert list(medium.iterdir()) == [path]
    assert path.read_bytes() == ledger.read_bytes()
    medium.chmod(0o755)


def test_reading__offered_where_the_folder_takes_no_writing(
    shell: Shell, ledger: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ReadOnlyError(message("store.read_only", path=ledger.name))

    monkeypatch.setattr("desktop.store.files.check_writable", refuse)
    shell.open(ledger)
    qtbot.waitUntil(lambda: shell.first is not None, timeout=20000)
    assert shell.first is not None
    read = find(shell.first, QPushButton, "start.read")
    qtbot.waitUntil(read.isVisible, timeout=20000)
    qtbot.mouseClick(read, Qt.MouseButton.LeftButton)
    window = shown_window(shell, qtbot)
    assert not window.work.writable
