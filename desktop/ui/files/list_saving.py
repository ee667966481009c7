"""Saving a list that is on the screen: where to, read, and written as a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from desktop.app.background import Task
from desktop.export.safe_file import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from PySide6.QtWidgets import QWidget

    from desktop.ui.workplace import Workplace

T = TypeVar("T")


class ListSaving(QObject):
    """Saves lists of a view as a workbook, or as CSV where the name says so."""

    told = Signal(str)
    """What has been done, for the person."""

    def __init__(self, work: Workplace, view: QWidget) -> None:
        """Serve a view."""
        super().__init__(view)
        self._work, self._view = work, view

    def ask(self, title: str, called: str) -> Path | None:
        """Ask where a list is to go; it is `called` so unless the person says else."""
        session = self._work.session
        name = f"{session.root.name} {session.period.title} {called}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(
            self._view,
            title,
            str(session.path.parent / name),
            "Excel (*.xlsx);;CSV (*.csv)",
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(".xlsx")

    def save(self, path: Path, read: Future[T], write: Callable[[T], object]) -> None:
        """Write what is being read; the window stays usable."""
        bridge = self._work.bridge

        def written(_: object) -> None:
            self.told.emit(self._work.say("Saved: {file}", file=path.name))

        def go_on(found: T) -> None:
            task = Task(lambda _: write(found))
            bridge.when(task.result, self, written, self._failed)

        bridge.when(read, self, go_on)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, ExportError):
            raise error
        self._work.bridge.courier.trouble.emit(error.message)
