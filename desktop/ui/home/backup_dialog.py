"""立即备份: a verified copy of the ledger in a folder of the person's choice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QWidget

from desktop.app.ledgers.backing_up import BACKUPS
from desktop.app.ledgers.backing_up import back_up
from desktop.app.ledgers.backing_up import backup_folder
from desktop.store.errors import StoreError
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.app.progress import Progress
    from desktop.ui.workplace import Workplace

WIDTH = 560


class BackupDialog(QDialog):
    """Copies the ledger, opens the copy and checks it, and says where it is."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Offer the folder of last time."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("backup")
        self.work = work
        say = work.say
        self.setWindowTitle(say("Back up now"))
        kept = work.habits.now.layout.get(BACKUPS)
        self.folder = QLineEdit(kept or str(backup_folder(work.session.path)))
        self.folder.setObjectName("backup.folder")
        self.folder.setAccessibleName(say("Folder"))
        self.folder.textChanged.connect(self._typed)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._said = parts.label("", name="backup.said")
        self._fault = parts.label("", "fault", name="backup.fault")
        self._start = parts.button(
            say("Back up"), self.start, name="backup.start", primary=True
        )
        self._close = parts.button(say("Close"), self.reject, name="backup.close")
        self._lay_out()

    def _lay_out(self) -> None:
        say = self.work.say
        column = parts.column(self, margin=18, spacing=10)
        column.addWidget(
            parts.label(
                say(
                    "A copy on another disk or a USB stick survives when this "
                    "computer does not. Where shall it go?"
                )
            )
        )
        choose = parts.button(say("Choose…"), self._choose, name="backup.choose")
        column.addLayout(parts.row(self.folder, choose))
        for widget in (self._bar, self._said, self._fault):
            widget.hide()
            column.addWidget(widget)
        column.addLayout(parts.row(None, self._close, self._start))
        self.resize(self.work.look.dialog(WIDTH, 170))

    def _typed(self, text: str) -> None:
        self._start.setEnabled(bool(text.strip()))

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.work.say("Folder"), self.folder.text()
        )
        if folder:
            self.folder.setText(folder)

    def start(self) -> None:
        """Copy the ledger; the window stays usable, edits wait for their turn."""
        folder = Path(self.folder.text().strip())
        self._start.setEnabled(False)
        self._fault.hide()
        self._bar.show()
        tell = self.work.bridge.courier.teller(self, self._tell)
        copied = back_up(self.work.session, folder, tell)
        self.work.bridge.when(copied, self, self._done, self._failed)

    def _tell(self, progress: Progress) -> None:
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)

    def _done(self, path: Path) -> None:
        habits = self.work.habits
        habits.keep(habits.now.arranged(BACKUPS, str(path.parent)))
        self._bar.hide()
        text = self.work.say(
            "Copied, opened again and found whole: {file}", file=path.name
        )
        self._said.setText(text)
        self._said.show()
        self._start.hide()
        self._close.setFocus()
        self.work.desk.backed_up.emit()

    def _failed(self, error: BaseException) -> None:
        self._bar.hide()
        self._start.setEnabled(True)
        if not isinstance(error, StoreError):
            raise error
        self._fault.setText(self.work.say.message(error.message))
        self._fault.show()
