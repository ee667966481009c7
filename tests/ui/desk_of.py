"""Hands for tests: find parts of a window by name, and do what a person does."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import TypeVar
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core.findings import RecordId
from desktop.ui.desk import Place
from desktop.ui.entry.field_boxes import ChoiceBox
from desktop.ui.entry.field_boxes import TextBox
from desktop.ui.entry.page import EntryPage
from desktop.ui.main_window import MainWindow
from tests import asked

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.cells import Cell
    from desktop.ui.entry.grid_view import GridView
    from desktop.ui.entry.roster_model import RosterModel

EDITOR = "cell.editor"
W = TypeVar("W", bound=QWidget)


def find(parent: QWidget, kind: type[W], name: str = "") -> W:
    """Find a part by its name, or the only one of a kind; the page is waited for."""
    if isinstance(parent, MainWindow):
        parent.page(parent.work.desk.page)
    children = cast("list[W]", parent.findChildren(kind))
    [found] = [each for each in children if name in ("", each.objectName())]
    return found


class Hands:
    """A person at the page 填报."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self.page = find(window, EntryPage)

    @property
    def model(self) -> RosterModel:
        assert self.page.model is not None
        return self.page.model

    @property
    def grid(self) -> GridView:
        assert self.page.grid is not None
        return self.page.grid

    def go(self, form: str, row: int, field: str) -> None:
        """Open a form and go to a cell."""
        desk = self.window.work.desk
        desk.move(Place(form))
        self.qtbot.waitUntil(lambda: self.model.form.id == form)
        self.qtbot.waitUntil(
            lambda: bool(self.model.ids) and self.model.record_at(0) is not None
        )
        record = self.model.ids[row]
        desk.seek(Place(form, record, field))
        self.qtbot.waitUntil(lambda: desk.place == Place(form, record, field))

    def editors(self) -> list[TextBox | ChoiceBox]:
        """Find the open boxes of cells."""
        lines = cast("list[TextBox]", self.grid.findChildren(TextBox))
        choices = cast("list[ChoiceBox]", self.grid.findChildren(ChoiceBox))
        found: list[TextBox | ChoiceBox] = [*lines, *choices]
        return [each for each in found if each.objectName() == EDITOR]

    def editor(self) -> TextBox | ChoiceBox:
        """Find the open box."""
        return self.editors()[-1]

    def no_editor(self) -> bool:
        """Tell whether no box is open."""
        return not self.editors()

    def type(self, text: str) -> None:
        """Type into the current cell, as over an old content."""
        self.qtbot.keyClicks(self.grid, text[0])
        if text[1:]:
            self.qtbot.keyClicks(self.editor(), text[1:])

    def enter(self, text: str) -> None:
        """Type and press Enter; wait until it is on the disk."""
        with self.qtbot.waitSignal(self.window.work.bridge.saved, timeout=10000):
            self.type(text)
            self.qtbot.keyClick(self.editor(), Qt.Key.Key_Return)

    def cell(self, row: int, field: str) -> Cell:
        """Read what a cell holds in the ledger."""
        work, record = self.window.work, self.model.ids[row]
        form = self.model.form.id
        rows = asked.rows(work.session, form, [RecordId(record)])
        return rows[0].cell(field)

    def ask(self, command: str) -> None:
        """Trigger a command of the menus."""
        action = self.window.menus.actions[command]
        assert action.isEnabled(), command
        action.trigger()

    def saved(self, command: str) -> None:
        """Trigger a command that changes the ledger, and wait for the disk."""
        with self.qtbot.waitSignal(self.window.work.bridge.saved, timeout=10000):
            self.ask(command)
