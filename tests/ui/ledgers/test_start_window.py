"""The first page: recent ledgers, none yet, and those that cannot be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QPushButton
from shiboken6 import isValid

from desktop.core.messages import message
from desktop.ui.courier import Courier
from desktop.ui.ledgers.new_ledger import NewLedger
from desktop.ui.ledgers.start_window import StartWindow
from desktop.ui.workplace import Habits
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.application import Shell
    from desktop.ui.look.icons import Icons
    from desktop.ui.workplace import UiStart

SLOW = 30_000
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def habits(start: UiStart) -> Habits:
    return Habits(start.places.settings)


@pytest.fixture
def open_start(
    qtbot: QtBot, start: UiStart, icons: Icons, habits: Habits
) -> Iterator[Callable[[], StartWindow]]:
    courier = Courier()

    def opener() -> StartWindow:
        made = StartWindow(start, icons, habits, courier)
        qtbot.addWidget(made)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    yield opener
    courier.close()


def recent(window: StartWindow) -> QListWidget:
    return child(window, QListWidget, "start.recent")


def lines(window: StartWindow) -> list[str]:
    table = recent(window)
    return [table.item(row).text() for row in range(table.count())]


def remember(habits: Habits, *paths: Path) -> None:
    for path in reversed(paths):
        habits.keep(habits.now.opened(path))


def make(folder: Path, *names: str) -> list[Path]:
    paths = [folder / f"{name}.taizhang" for name in names]
    for path in paths:
        path.write_bytes(b"")
    return paths


def test_empty__says_how_to_begin(
    open_start: Callable[[], StartWindow], say: Callable[[str], str]
) -> None:
    window = open_start()
    empty = child(window, QFrame, "start.empty")
    assert empty.isVisible()
    assert not recent(window).isVisible()
    said = [label.text() for label in every(empty, QLabel)]
    assert say("No ledger on this computer yet") in said
    assert [text[0] for text in said if text[0].isdigit()] == ["1", "2", "3"]


def test_recent__newest_first_name_and_place(
    open_start: Callable[[], StartWindow], habits: Habits, tmp_path: Path
) -> None:
    remember(habits, *make(tmp_path, "甲", "乙"))
    window = open_start()
    assert lines(window) == [f"甲\n{tmp_path}", f"乙\n{tmp_path}"]
    assert recent(window).currentRow() == 0
    assert recent(window).hasFocus()
    assert not child(window, QFrame, "start.empty").isVisible()


def test_recent__a_file_that_is_gone_is_not_offered(
    open_start: Callable[[], StartWindow], habits: Habits, tmp_path: Path
) -> None:
    first, second = make(tmp_path, "甲", "乙")
    remember(habits, first, second)
    first.unlink()
    window = open_start()
    assert lines(window) == [f"乙\n{tmp_path}"]
    assert str(first) in habits.now.recent, "a stick may come back"
    second.unlink()
    window.list_recent()
    assert child(window, QFrame, "start.empty").isVisible()


def test_recent__a_file_that_has_gone_since_is_explained(
    shell: Shell, qtbot: QtBot, ledger: Path
) -> None:
    remember(shell.habits, ledger)
    shell.show_start()
    first = shell.first
    assert first is not None
    ledger.unlink()
    qtbot.keyClick(recent(first), Qt.Key.Key_Return)
    fault = child(first, QLabel, "start.fault")
    qtbot.waitUntil(fault.isVisible, timeout=SLOW)
    assert ledger.name in fault.text()
    assert shell.window is None
    assert child(first, QPushButton, "start.read").isHidden()
    assert lines(first) == [], "and no longer offered"


def test_recent__enter_opens_the_ledger(
    shell: Shell, qtbot: QtBot, small_ledger: Path
) -> None:
    remember(shell.habits, small_ledger)
    shell.show_start()
    first = shell.first
    assert first is not None
    qtbot.keyClick(recent(first), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.window is not None, timeout=SLOW)
    assert first.isHidden()
    shell.asked("file.close")
    assert first.isVisible()
    assert lines(first) == [f"{small_ledger.stem}\n{small_ledger.parent}"]


def test_complaint__goes_when_another_ledger_is_chosen(
    open_start: Callable[[], StartWindow],
    habits: Habits,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    [path] = make(tmp_path, "甲")
    remember(habits, path)
    window = open_start()
    fault = child(window, QLabel, "start.fault")
    read = child(window, QPushButton, "start.read")
    window.complain(message("store.locked_unknown"), path)
    assert fault.isVisible()
    with qtbot.waitSignal(window.read_wanted) as wanted:
        qtbot.mouseClick(read, LEFT)
    assert wanted.args == [path]
    with qtbot.waitSignal(window.wanted) as wanted:
        qtbot.keyClick(recent(window), Qt.Key.Key_Return)
    assert wanted.args == [path]
    assert fault.isHidden()
    assert read.isHidden()


def test_complaint__what_cannot_be_read_is_not_offered_for_reading(
    open_start: Callable[[], StartWindow], qtbot: QtBot
) -> None:
    window = open_start()
    window.complain(message("store.foreign", path="甲.taizhang"), None)
    assert "甲.taizhang" in child(window, QLabel, "start.fault").text()
    read = child(window, QPushButton, "start.read")
    assert read.isHidden()
    with qtbot.assertNotEmitted(window.read_wanted):
        read.click()


@pytest.mark.parametrize(
    ("key", "command"),
    [(Qt.Key.Key_O, "file.open"), (Qt.Key.Key_Q, "file.quit")],
)
def test_keys__as_in_the_menus(
    open_start: Callable[[], StartWindow], qtbot: QtBot, key: Qt.Key, command: str
) -> None:
    window = open_start()
    with qtbot.waitSignal(window.asked) as asked:
        qtbot.keyClick(window, key, CONTROL)
    assert asked.args == [command]


def test_open__by_its_button(
    open_start: Callable[[], StartWindow], qtbot: QtBot
) -> None:
    window = open_start()
    with qtbot.waitSignal(window.asked) as asked:
        qtbot.mouseClick(child(window, QPushButton, "start.open"), LEFT)
    assert asked.args == ["file.open"]


@pytest.mark.parametrize("way", ["key", "button"])
def test_new__what_is_made_is_wanted(
    open_start: Callable[[], StartWindow], qtbot: QtBot, tmp_path: Path, way: str
) -> None:
    window = open_start()
    if way == "key":
        qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    else:
        qtbot.mouseClick(child(window, QPushButton, "start.new"), LEFT)
    [dialog] = every(window, NewLedger)
    with qtbot.waitSignal(window.wanted) as wanted:
        dialog.created.emit(tmp_path)
    assert wanted.args == [tmp_path]
    dialog.reject()
    free(dialog)
    assert not isValid(dialog)


def test_start__speaks(open_start: Callable[[], StartWindow]) -> None:
    assert nameless(open_start()) == []


def test_empty__enter_begins_the_first_ledger(
    open_start: Callable[[], StartWindow], qtbot: QtBot
) -> None:
    window = open_start()
    new = child(window, QPushButton, "start.new")
    qtbot.waitUntil(new.hasFocus)
    qtbot.keyClick(new, Qt.Key.Key_Return)
    [dialog] = every(window, NewLedger)
    dialog.reject()
