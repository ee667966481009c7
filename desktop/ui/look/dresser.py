"""Keeps the whole application in the look a person likes, and remembers it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.app.people.comfort import Theme
from desktop.app.people.comfort import after
from desktop.ui.look.theme import cover

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.ui.look.appearance import Appearance
    from desktop.ui.workplace import Habits

_SCHEMES: Final[Mapping[Theme, Qt.ColorScheme]] = {
    Theme.LIGHT: Qt.ColorScheme.Light,
    Theme.DARK: Qt.ColorScheme.Dark,
    Theme.CONTRAST: Qt.ColorScheme.Dark,
}


class Dresser(QObject):
    """Stands between the look, the settings and the computer's own colours."""

    def __init__(
        self, look: Appearance, habits: Habits, resources: Path, parent: QObject
    ) -> None:
        """Begin with what was chosen before."""
        super().__init__(parent)
        self._look, self._habits, self._resources = look, habits, resources
        self._covered = False
        look.choose(habits.now.comfort)
        if look.comfort.theme is not Theme.SYSTEM:
            self._tell_system()
        self._hear_system()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._hear_system)
        look.changed.connect(self._changed)

    def ask(self, command: str) -> None:
        """Do what a command asks of the look, if anything."""
        self._look.choose(after(command, self._look.comfort))

    def cover(self) -> None:
        """Dress everything; a window is about to show itself."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._covered = True
            cover(application, self._resources, self._look)

    def _changed(self) -> None:
        comfort = self._look.comfort
        if comfort != self._habits.now.comfort:
            self._habits.keep(replace(self._habits.now, comfort=comfort))
            self._tell_system()
        if self._covered:
            self.cover()

    def _tell_system(self) -> None:
        """Ask the computer for frames of windows that fit."""
        hints = QGuiApplication.styleHints()
        wished = _SCHEMES.get(self._look.comfort.theme)
        if wished is None:
            hints.unsetColorScheme()
            self._hear_system()
        else:
            hints.setColorScheme(wished)

    def _hear_system(self) -> None:
        """Follow the computer, unless it only says what it was asked for."""
        if self._look.comfort.theme is Theme.SYSTEM:
            now = QGuiApplication.styleHints().colorScheme()
            self._look.system_is(dark=now == Qt.ColorScheme.Dark)
