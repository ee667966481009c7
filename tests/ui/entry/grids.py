"""The page 填报 on the small ledger, and what the tests of its parts do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtCore import QItemSelection
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtCore import QObject
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtGui import QPaintEvent

from desktop.core.changes import Action
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.messages import message
from desktop.ui.entry.page import EntryPage
from tests import small
from tests.ui.desks import drain
from tests.ui.desks import records

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.cells import Cell
    from desktop.ui.entry.grid_view import GridView
    from desktop.ui.entry.roster_model import RosterModel
    from desktop.ui.workplace import Workplace


class Painted(QObject):
    """Notes which parts of a widget are painted."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.parts: list[QRect] = []

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        if isinstance(event, QPaintEvent):
            self.parts.append(event.rect())
        return False


class Hand:
    """A page and the hand that works on it."""

    def __init__(self, qtbot: QtBot, work: Workplace) -> None:
        """Open the page on the form the desk has before it."""
        self.qtbot = qtbot
        self.work = work
        self.page = EntryPage(work)
        qtbot.addWidget(self.page)
        self.page.resize(1300, 700)
        self.page.show()
        drain(work)

    @property
    def grid(self) -> GridView:
        assert self.page.grid is not None
        return self.page.grid

    @property
    def model(self) -> RosterModel:
        assert self.page.model is not None
        return self.page.model

    def column(self, field: str) -> int:
        found = self.model.column_of(field)
        assert found is not None
        return found

    def choose(self, first: int, last: int, *fields: str) -> None:
        """Choose rows of neighbouring fields, from the first named to the last."""
        left, right = self.column(fields[0]), self.column(fields[-1])
        self.grid.choose(first, left)
        block = QItemSelection(
            self.model.index(first, left), self.model.index(last, right)
        )
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.grid.selectionModel().select(block, flag)

    def choose_too(self, row: int, field: str) -> None:
        """Choose one more cell, elsewhere."""
        flag = QItemSelectionModel.SelectionFlag.Select
        index = self.model.index(row, self.column(field))
        self.grid.selectionModel().select(index, flag)

    def ask(self, command: str) -> None:
        """Ask for a command, and wait until it is on the disk and on the screen."""
        self.work.desk.asked.emit(command)
        drain(self.work)

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.ask("edit.paste")

    def cells(self, field: str) -> list[Cell]:
        return [each.cell(field) for each in records(self.work, "eci")]

    def undo(self) -> None:
        self.work.session.undo().result()
        drain(self.work)

    @property
    def at(self) -> tuple[int, str]:
        """Give row and field of the current cell."""
        now = self.grid.currentIndex()
        return now.row(), self.model.fields[now.column()].id

    def grow(self, count: int) -> None:
        """Add facilities until there are very many."""
        added = tuple(
            RecordAdded(
                RecordKey("eci", small.YEAR.code, FacilityId(f"f{number}")),
                small.STREET,
                (("name", f"第{number}院"), ("beds_total", number)),
            )
            for number in range(count)
        )
        self.work.session.apply(Action(message("app.edit"), added)).result()
        drain(self.work)


def clipboard() -> str:
    """Give the text on the clipboard."""
    return QGuiApplication.clipboard().text()
