"""The unexpected: a dialog that says data is safe, and a file of details."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtWidgets import QMessageBox

    from desktop.core.words import Words

DETAILS = "last-error.txt"


class FaultHandler(QObject):
    """Shows exceptions nobody expected, one at a time."""

    interrupted = Signal()
    """The person pressed Ctrl+C in the terminal the program was started from."""

    def __init__(self, say: Words, folder: Path, parent: QObject | None = None) -> None:
        """Take the folder for the file of details."""
        super().__init__(parent)
        self._say = say
        self._path = folder / DETAILS
        self.box: QMessageBox | None = None

    def install(self) -> None:
        """Hear of every exception that nobody caught."""
        sys.excepthook = self.handle

    def remove(self) -> None:
        """Leave it to Python again."""
        sys.excepthook = sys.__excepthook__

    def handle(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Write the details, tell the terminal, and show the dialog."""
        if issubclass(kind, KeyboardInterrupt):
            self.interrupted.emit()
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(text)
        self._write(text)
        # A dialog goes with its window, and says nothing then.
        gone = self.box is None or not isValid(self.box)
        if gone and QApplication.instance() is not None:
            self._show(text)

    def _write(self, text: str) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(text, encoding="utf-8")
        except OSError:
            sys.stderr.write(f"{self._path}\n")

    def _show(self, text: str) -> None:
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - the first window need not wait for it

        say = self._say
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            say("Something unexpected happened"),
            say("The program met something it was not prepared for."),
            QMessageBox.StandardButton.Ok,
            QApplication.activeWindow(),
        )
        box.setObjectName("fault")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setInformativeText(
            say(
                "What was marked as saved is safe in the ledger; the last entry may "
                "not have been taken. You can go on; if it happens again, restart "
                "the program. Details for support: {path}",
                path=str(self._path),
            )
        )
        box.setDetailedText(text)
        box.finished.connect(self._closed)
        self.box = box
        box.open()

    def _closed(self, _result: int) -> None:
        self.box = None
