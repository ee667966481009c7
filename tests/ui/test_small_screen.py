"""Every window on 1366×768 at 125 %, with the smallest and the biggest letters.

That screen has 1092×614 logical pixels, of which the task bar and a window's frame
leave 560 lines. Whatever a person can open must fit, and speak to a screen reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.app.commands import COMMANDS
from desktop.app.people.comfort import TextSize
from desktop.core.findings import RecordId
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.look.appearance import Appearance
from desktop.ui.look.theme import cover
from tests.ui.desks import RESOURCES
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.ui.application import Shell
    from desktop.ui.main_window import MainWindow

WIDTH, HEIGHT = 1092, 560
NOT_OURS = ("file.open", "file.new", "indicators.")
"""Commands that leave the ledger, or whose dialog is the computer's own."""
SPOKEN = {"help.keys", "help.handbook", "help.field"}
"""Windows whose commands are not called as if they asked something."""
DIALOGS = tuple(
    one.id
    for one in COMMANDS
    if (one.title.endswith("…") or one.id in SPOKEN) and not one.id.startswith(NOT_OURS)
)
IN_PLACE = frozenset({"record.carry", "record.return"})
"""A ledger of one period has nothing to carry forward, and one that received nothing
has nothing to send back: it says so in the window."""
SIZES = pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.HUGE])


@pytest.fixture(autouse=True)
def _undress(qapp: QApplication) -> Iterator[None]:
    """Go back to the standard letters."""
    yield
    cover(qapp, RESOURCES, Appearance())


def opened(parent: QWidget) -> list[QDialog]:
    """Give the dialogs that stand before a window, not those of another test."""
    return [one for one in every(parent, QDialog) if one.isVisible()]


def faults(window: QWidget, name: str) -> list[str]:
    """Tell what does not fit, and what a screen reader could not name."""
    least = window.minimumSizeHint()
    wide = max(window.width() if isinstance(window, QDialog) else 0, least.width())
    high = max(window.height() if isinstance(window, QDialog) else 0, least.height())
    found = [f"{name}: {one} has no name" for one in nameless(window)]
    if wide > WIDTH or high > HEIGHT:
        found.append(f"{name}: {wide}×{high}")
    return found


def ask(window: MainWindow, command: str) -> list[str]:
    """Do a command at a cell, and look at what it opens: there must be something."""
    desk = window.work.desk
    desk.seek(Place("eci", RecordId(1), "beds_nursing"))
    drain(window.work)
    desk.asked.emit(command)
    drain(window.work)
    dialogs = opened(window)
    found = [] if dialogs or command in IN_PLACE else [f"{command}: opens nothing"]
    for dialog in dialogs:
        found += faults(dialog, command)
        dialog.reject()
        if isValid(dialog):
            free(dialog)
    return found


@SIZES
def test_dialogs__fit_and_speak(
    window: MainWindow, shell: Shell, size: TextSize
) -> None:
    shell.dresser.ask(f"view.text.{size.value}")
    window.resize(WIDTH, HEIGHT)
    found = [fault for command in DIALOGS for fault in ask(window, command)]
    assert found == [], found


@SIZES
def test_pages__fit_and_speak(window: MainWindow, shell: Shell, size: TextSize) -> None:
    shell.dresser.ask(f"view.text.{size.value}")
    window.resize(WIDTH, HEIGHT)
    found: list[str] = []
    for page in Page:
        window.work.desk.turn_to(page)
        drain(window.work)
        found += faults(window, page.value)
    window.work.desk.turn_to(Page.ENTRY)
    window.work.desk.asked.emit("record.card")
    drain(window.work)
    found += faults(window, "card")
    assert found == [], found
    assert (window.width(), window.height()) == (WIDTH, HEIGHT)


@SIZES
def test_start__fits_and_speaks(shell: Shell, size: TextSize) -> None:
    shell.dresser.ask(f"view.text.{size.value}")
    shell.show_start()
    assert shell.first is not None
    assert faults(shell.first, "start") == []
    shell.first.new_ledger()
    [dialog] = opened(shell.first)
    assert faults(dialog, "new") == []
    dialog.reject()
    if isValid(dialog):
        free(dialog)


class Watch(QObject):
    """Counts how often a widget was told to look anew."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        self.seen += event.type() == QEvent.Type.StyleChange
        return False


def test_theme__changes_while_the_window_is_open(
    window: MainWindow, shell: Shell
) -> None:
    """What is painted, and what Qt draws from its palette, goes along."""
    watch = Watch()
    window.installEventFilter(watch)
    before = window.grab().toImage()
    shell.dresser.ask("view.theme.dark")
    QApplication.processEvents()
    dark = window.grab().toImage()
    assert watch.seen
    points = [
        (x, y) for x in range(0, dark.width(), 9) for y in range(0, dark.height(), 9)
    ]

    def lightness(image: object) -> float:
        assert isinstance(image, type(dark))
        found = [image.pixelColor(x, y).lightnessF() for x, y in points]
        return sum(found) / len(found)

    assert lightness(before) > 0.7
    assert lightness(dark) < 0.25
