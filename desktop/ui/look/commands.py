"""The commands of colours and text size, and the marks that show what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.app.people.comfort import after
from desktop.app.people.comfort import marks

if TYPE_CHECKING:
    from desktop.ui.workplace import Workplace


class LookCommands(QObject):
    """Lets a window's menu choose the look."""

    def __init__(self, work: Workplace, parent: QObject) -> None:
        """Listen to the desk."""
        super().__init__(parent)
        self._desk, self._look = work.desk, work.look
        work.desk.asked.connect(self._asked)
        work.look.changed.connect(self._mark)
        self._mark()

    def _asked(self, command: str) -> None:
        self._look.choose(after(command, self._look.comfort))

    def _mark(self) -> None:
        for command, holds in marks(self._look.comfort).items():
            self._desk.set_mark(command, holds=holds)
