"""How a batch goes, and what came of it: a line for each unit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtCore import Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.app.entry.blocks import to_text
from desktop.app.progress import CancelledError
from desktop.export.safe_file import ExportError
from desktop.store.errors import StoreError
from desktop.ui.files.batch_work import start_batch
from desktop.ui.look import parts

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from desktop.app.background import Task
    from desktop.app.batch.running import Done
    from desktop.app.batch.running import Result
    from desktop.app.progress import Progress
    from desktop.ui.files.batch_work import Write
    from desktop.ui.workplace import Workplace


class BatchProgress(QWidget):
    """Shows which unit of how many, lets it be stopped, and lists what came of it."""

    back = Signal()
    """The person wants to choose anew."""
    left = Signal()
    """The person is done."""

    def __init__(self, work: Workplace) -> None:
        """Show nothing yet."""
        super().__init__()
        self._work = work
        self._run: Task[Result] | None = None
        self._folder = Path()
        say = work.say
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._doing = parts.label("", "section", wrap=False, name="batch.doing")
        self._said = parts.label("", name="batch.said")
        self._list = QTreeWidget()
        self._list.setObjectName("batch.results")
        self._list.setAccessibleName(say("Results"))
        self._list.setHeaderLabels([say("Unit"), say("Code"), say("How it went")])
        self._list.setRootIsDecorated(False)
        self._list.setWordWrap(True)
        self._stop = parts.button(say("Stop"), self.stop, name="batch.stop")
        self._copy = parts.button(
            say("Copy the list"), self._to_clipboard, name="batch.copy", link=True
        )
        self._show = parts.button(
            say("Open the folder"), self._open, name="batch.show", primary=True
        )
        self._back = parts.button(
            say("Back to the choices"), self.back.emit, name="batch.back"
        )
        close = parts.button(say("Close"), self.left.emit, name="batch.done")
        column = parts.column(self, spacing=10)
        column.addWidget(self._doing)
        column.addWidget(self._bar)
        column.addWidget(self._said)
        column.addWidget(self._list, 1)
        column.addStretch(0)
        row = parts.row(self._copy, None, self._stop, self._back, close, self._show)
        column.addLayout(row)

    @property
    def running(self) -> bool:
        """Whether files are being written."""
        return self._run is not None

    def start(self, write: Write, folder: Path) -> None:
        """Begin to write into a folder."""
        self._folder = folder
        self._list.clear()
        self._said.clear()
        self._busy(on=True)
        self._bar.setRange(0, 0)
        self._doing.setText(self._work.say("Reading the ledger…"))
        tell = self._work.bridge.courier.teller(self, self._progress)
        self._run = start_batch(self._work.session, write, tell)
        self._work.bridge.when(self._run.result, self, self._done, self._failed)

    def stop(self) -> None:
        """Ask the batch to stop after what it is at."""
        if self._run is not None:
            self._stop.setEnabled(False)
            self._doing.setText(self._work.say("Stopping…"))
            self._run.cancel()

    def _progress(self, progress: Progress) -> None:
        if self._stop.isEnabled():
            self._bar.setRange(0, max(progress.total, progress.done, 1))
            self._bar.setValue(progress.done)
            self._doing.setText(self._work.say.message(progress.doing))

    def _busy(self, *, on: bool) -> None:
        self._bar.setVisible(on)
        self._stop.setVisible(on)
        self._stop.setEnabled(on)
        for widget in (self._list, self._copy, self._show, self._back):
            widget.setVisible(not on)
        if not on:
            self._run = None

    # --- What came of it ---------------------------------------------------

    def _done(self, result: Result) -> None:
        self._busy(on=False)
        self._doing.setText(self._headline(result))
        self._said.setText("\n".join(self._lines(result)))
        self._said.setVisible(bool(self._said.text()))
        # What a person has to do something about stands first.
        for done in sorted(result.units, key=lambda done: done.fault is None):
            self._add(done.unit.name, done.unit.code, self._told(done))
        for unit in result.left:
            self._add(unit.name, unit.code, self._work.say("not come to"))
        for column in (0, 1):
            self._list.resizeColumnToContents(column)
        self._show.setFocus()

    def _headline(self, result: Result) -> str:
        say = self._work.say
        if result.stopped:
            return say("Stopped. What is written is whole; you can go on later.")
        if result.failed or result.left:
            count = len(result.failed) + len(result.left)
            return say("{count} units have no files yet.", count=count)
        return say("All files are written and read back.")

    def _lines(self, result: Result) -> list[str]:
        say = self._work.say
        text = say(
            "{made} files written, {kept} were there already, of the same revision.",
            made=len(result.made),
            kept=len(result.kept),
        )
        lines = [text, *(say.message(each) for each in result.remarks)]
        if result.merged is not None:
            lines.append(say("One PDF of all: {path}", path=result.merged.name))
        return lines

    def _told(self, done: Done) -> str:
        """Say in a line how it went for a unit, and what to do."""
        say = self._work.say
        if done.fault is not None:
            said = (done.fault, *done.remarks)
            return "\n".join(say.message(each) for each in said)
        told = []
        if done.made:
            told.append(say("{count} written", count=len(done.made)))
        if done.kept:
            told.append(say("{count} there already", count=len(done.kept)))
        return "；".join([*told, *(say.message(each) for each in done.remarks)])

    def _add(self, *texts: str) -> None:
        item = QTreeWidgetItem([*texts])
        item.setToolTip(2, texts[2])
        self._list.addTopLevelItem(item)

    def _failed(self, error: BaseException) -> None:
        """Say what went wrong with the batch as a whole."""
        self._busy(on=False)
        say = self._work.say
        if isinstance(error, ExportError | StoreError):
            self._doing.setText(say("No file was written."))
            self._said.setText(say.message(error.message))
        elif not isinstance(error, CancelledError):
            raise error

    def _to_clipboard(self) -> None:
        items = map(self._list.topLevelItem, range(self._list.topLevelItemCount()))
        rows = [[item.text(place) for place in range(3)] for item in items]
        QGuiApplication.clipboard().setText(to_text(rows))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


class BatchWindow(QDialog):
    """A window that writes many files; they come to an end before it goes."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Make the page that shows how it goes."""
        super().__init__(parent)
        self.progress = BatchProgress(work)
        self.progress.left.connect(self.reject)

    def reject(self) -> None:
        """Leave; what is running is stopped first, and says what there is."""
        if self.progress.running:
            self.progress.stop()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Do as for the key Esc."""
        if self.progress.running:
            self.progress.stop()
            event.ignore()
        else:
            super().closeEvent(event)
