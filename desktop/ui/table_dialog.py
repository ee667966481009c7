"""A window with one table: computed while one waits, looked at, and copied whole."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QTableView

from desktop.ui.look import parts
from desktop.ui.look import tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QHBoxLayout
    from PySide6.QtWidgets import QWidget

    from desktop.app.progress import Steps
    from desktop.app.store_thread import Operation
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace

T = TypeVar("T")


class TableDialog(QDialog):
    """What such windows have in common; what the table says is their own."""

    def __init__(self, work: Workplace, parent: QWidget, name: str, title: str) -> None:
        """Make the parts, named after the window; `title` is what the table holds."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(name)
        self.work = work
        say = work.say
        self.table = QTableView()
        tables.dress(self.table, f"{name}.table", title)
        tables.on_copy(self.table, self.copy)
        self.told = parts.label("", name=f"{name}.told")
        self.told.hide()
        self._copy = parts.button(say("Copy the table"), self.copy, name=f"{name}.copy")
        self._close = parts.button(say("Close"), self.reject, name=f"{name}.close")
        self._run: Operation[Any] | None = None

    def text(self) -> str:
        """Give the whole table as spreadsheets and letters take it; empty so far."""
        raise NotImplementedError

    def compute(
        self, work: Callable[[Ledger], Steps[T]], take: Callable[[T], None]
    ) -> None:
        """Have a table computed; what was asked for before is dropped."""
        if self._run is not None:
            self._run.cancel()
        run = self._run = self.work.session.thread.start(work)
        self.work.bridge.when(run.result, self, take)

    def done(self, result: int) -> None:
        """Stop what is still being computed."""
        if self._run is not None:
            self._run.cancel()
        super().done(result)

    def copy(self) -> None:
        """Put the whole table on the clipboard."""
        text = self.text()
        if text:
            QGuiApplication.clipboard().setText(text)
            say = self.work.say
            self.tell(say("The table is copied: paste it where you want it."))

    def tell(self, text: str) -> None:
        """Say something below the table, or no more."""
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def foot(self) -> QHBoxLayout:
        """Lay out the buttons below."""
        return parts.row(self._copy, None, self._close)
