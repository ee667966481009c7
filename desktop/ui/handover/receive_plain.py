"""另存可读的工作簿: the readable copy of a sealed file, for whoever asks for it.

The password that opened the file to be received is not kept, so it is asked for again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QInputDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton

from desktop.app.background import Task
from desktop.app.handover.keeping.sealing import SEALED
from desktop.app.handover.keeping.sealing import plain_name
from desktop.app.handover.keeping.sealing import save_plain
from desktop.export.safe_file import ExportError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app.handover.receiving.receiving import Item
    from desktop.ui.workplace import Workplace


class PlainButton(QPushButton):
    """Shown for a sealed file that was opened; it asks for the password, and where."""

    told = Signal(str)
    complained = Signal(str)

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Wait for a sealed file."""
        super().__init__(work.say("Save a readable copy…"), parent)
        self.setObjectName("receive.plain")
        self.setAutoDefault(False)
        self.setToolTip(
            work.say("The workbook without its password; anybody can open the copy.")
        )
        self._work = work
        self._item: Item | None = None
        self.clicked.connect(lambda _: self.save())
        self.hide()

    def show_item(self, item: Item | None) -> None:
        """Offer itself where there is something to save."""
        self._item = item
        self.setVisible(
            item is not None
            and item.read.path.suffix.lower() == SEALED
            and not item.read.locked
        )

    def save(self) -> None:
        """Ask for the password and a place, and write the copy there."""
        item = self._item
        if item is None:
            return
        say, path = self._work.say, item.read.path
        password, agreed = QInputDialog.getText(
            self,
            say("Save a readable copy…"),
            say("Type the password of {file} once more.", file=path.name),
            QLineEdit.EchoMode.Password,
        )
        if not agreed or not password:
            return
        name, _ = QFileDialog.getSaveFileName(
            self,
            say("Where to save the readable copy: anybody can open it there"),
            str(path.with_name(plain_name(path))),
            say("Workbooks (*.xlsx)"),
        )
        if name:
            self.setEnabled(False)
            run = Task(lambda _: save_plain(path, Path(name), password))
            self._work.bridge.when(run.result, self, self._saved, self._failed)

    def _saved(self, target: Path) -> None:
        self.setEnabled(True)
        self.told.emit(
            self._work.say(
                "Saved: {path}. Anybody can open this copy: keep it where nobody else "
                "comes, and delete it when it is no longer needed.",
                path=str(target),
            )
        )

    def _failed(self, error: BaseException) -> None:
        self.setEnabled(True)
        if not isinstance(error, ExportError):
            raise error
        self.complained.emit(self._work.say.message(error.message))
