"""Menus and shortcuts, made from the list of commands.

The first picture shows the titles only: what stands in the menus, and the keys, come
right after it, or before if somebody is as quick as that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import QKeySequence

from desktop.app.commands import Menu
from desktop.app.commands import Need
from desktop.app.commands import in_menu
from desktop.ui.afterwards import afterwards

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow
    from PySide6.QtWidgets import QMenu

    from desktop.app.commands import Command
    from desktop.app.events import UndoChanged
    from desktop.core.messages import Message
    from desktop.ui.workplace import Workplace


class Menus(QObject):
    """The menu bar of a window; each action asks the desk for its command."""

    def __init__(self, work: Workplace, window: QMainWindow) -> None:
        """Put the titles on the window's menu bar."""
        super().__init__(window)
        self._work = work
        self._actions: dict[str, QAction] = {}
        self._needs: dict[str, frozenset[Need]] = {}
        self._marked: set[str] = set()
        self._empty: dict[Menu, QMenu] = {}
        for menu in Menu:
            into = window.menuBar().addMenu(work.say(menu.value))
            into.aboutToShow.connect(self._fill_all)
            self._empty[menu] = into
        work.bridge.undo_changed.connect(self._name_undo)
        once = Qt.ConnectionType.SingleShotConnection
        work.desk.pictured.connect(self._fill_soon, once)
        # What cannot be read has no picture; the keys are there all the same.
        work.bridge.courier.trouble.connect(self._fill_soon, once)

    @property
    def actions(self) -> dict[str, QAction]:
        """What can be asked for, by command."""
        self._fill_all()
        return self._actions

    def _fill_soon(self) -> None:
        afterwards(self, self._fill_all)

    def _fill_all(self) -> None:
        """Fill the menus, once."""
        if not self._empty:
            return
        desk = self._work.desk
        for menu, into in self._empty.items():
            self._fill(menu, into)
        self._empty = {}
        desk.needs_changed.connect(self._enable)
        desk.marks_changed.connect(self._mark)
        self._enable(desk.holds)
        self._mark(desk.marks)

    def _fill(self, menu: Menu, into: QMenu) -> None:
        group = 0
        under: dict[str, QMenu] = {}
        for command in in_menu(menu):
            if command.group != group:
                into.addSeparator()
                group = command.group
            title = command.under
            if title and title not in under:
                under[title] = into.addMenu(self._work.say(title))
            under.get(title, into).addAction(self._action(command))
            if command.id == "file.open_reading":
                self._offer_recent(into.addMenu(self._work.say("Recent ledgers")))

    def _offer_recent(self, menu: QMenu) -> None:
        """List the ledgers opened last whenever somebody looks."""

        def fill() -> None:
            from desktop.ui.ledgers.recent_menu import fill_recent  # noqa: PLC0415 - the first window need not wait for it

            fill_recent(menu, self._work)

        menu.setObjectName("file.recent")
        menu.aboutToShow.connect(fill)

    def _action(self, command: Command) -> QAction:
        action = QAction(self._work.say(command.title), self.parent())
        action.setObjectName(command.id)
        if command.shortcut:
            keys = QKeySequence(
                command.shortcut, QKeySequence.SequenceFormat.PortableText
            )
            action.setShortcut(keys)
        action.triggered.connect(lambda: self._asked(command.id))
        if command.marked:
            action.setCheckable(True)
            self._marked.add(command.id)
        self._actions[command.id] = action
        self._needs[command.id] = command.needs
        return action

    def _asked(self, command: str) -> None:
        """Ask for a command; a mark is as the desk has it, whatever Qt did to it."""
        desk = self._work.desk
        desk.asked.emit(command)
        self._mark(desk.marks)

    def _mark(self, marks: frozenset[str]) -> None:
        for command in self._marked:
            self._actions[command].setChecked(command in marks)

    def _enable(self, holds: frozenset[Need]) -> None:
        for command, action in self._actions.items():
            action.setEnabled(self._needs[command] <= holds)

    def _name_undo(self, event: UndoChanged) -> None:
        desk = self._work.desk
        desk.set_need(Need.UNDO, holds=event.undo is not None)
        desk.set_need(Need.REDO, holds=event.redo is not None)
        say = self._work.say
        undo, redo = self.actions["edit.undo"], self.actions["edit.redo"]
        undo.setText(self._named(say("Undo: {action}"), say("Undo"), event.undo))
        redo.setText(self._named(say("Redo: {action}"), say("Redo"), event.redo))

    def _named(self, template: str, plain: str, action: Message | None) -> str:
        if action is None:
            return plain
        said = self._work.say.message(action)
        return template.replace("{action}", said.replace("&", "&&"))
