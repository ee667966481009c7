"""The window on an open ledger: it only puts the parts together."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QMainWindow
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Page
from desktop.ui.findings.walk import WalkCommands
from desktop.ui.header import Header
from desktop.ui.look.commands import LookCommands
from desktop.ui.menus import Menus
from desktop.ui.pages import Pages
from desktop.ui.rail import Rail

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from desktop.app.events import NotSaved
    from desktop.core.messages import Message
    from desktop.ui.workplace import Workplace

GEOMETRY = "window"
PAGES = frozenset(page.value for page in Page)


class MainWindow(QMainWindow):
    """One open ledger."""

    asked = Signal(str)
    """A command for the program as a whole: new, open, close, quit, who works."""
    closed = Signal()

    def __init__(self, work: Workplace) -> None:
        """Put the window together."""
        super().__init__()
        self.setObjectName("main")
        self.work = work
        self._title()
        self.menus = Menus(work, self)
        LookCommands(work, self)
        WalkCommands(work, self)
        self._pages = Pages(work)
        self.setCentralWidget(self._center())
        self._left = QLabel(work.session.path.name)
        self._left.setContentsMargins(12, 2, 0, 2)
        self._left.setToolTip(str(work.session.path))
        self.statusBar().addWidget(self._left)
        self.statusBar().setSizeGripEnabled(False)
        self._sums = QLabel()
        self._sums.setObjectName("status.sums")
        self._sums.setContentsMargins(0, 2, 12, 0)
        self.statusBar().addPermanentWidget(self._sums)
        work.desk.summed.connect(self._sums.setText)
        work.desk.asked.connect(self._asked)
        work.bridge.not_saved.connect(self._not_saved)
        work.bridge.courier.trouble.connect(self._trouble)
        self._restore()

    def _title(self) -> None:
        session = self.work.session
        unit, name = session.root.name, self.work.say("Minsheng Taizhang")
        self.setWindowTitle(f"{unit} {session.period.title} - {name}")

    def _center(self) -> QWidget:
        center = QWidget()
        across = QHBoxLayout(center)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(Rail(self.work))
        down = QVBoxLayout()
        down.setSpacing(0)
        down.addWidget(Header(self.work))
        down.addWidget(self._pages, 1)
        across.addLayout(down, 1)
        return center

    def page(self, page: Page) -> QWidget | None:
        """Give a page, if it has been opened."""
        return self._pages.page(page)

    def _asked(self, command: str) -> None:
        session, desk = self.work.session, self.work.desk
        from desktop.ui.dialogs import open_dialog  # noqa: PLC0415 - the first window need not wait for it

        if open_dialog(command, self.work, self):
            return
        match command.split("."):
            case ["view", page] if page in PAGES:
                desk.turn_to(Page(page))
                # Asked for on the page itself, it leads back from a box beside.
                self._pages.attend()
            case ["edit", "undo"]:
                self.work.bridge.watch(session.undo())
            case ["edit", "redo"]:
                self.work.bridge.watch(session.redo())
            case ["audit", "run"]:
                desk.turn_to(Page.AUDIT)
            case [
                "file",
                "new" | "open" | "open_reading" | "close" | "quit" | "person",
            ]:
                self.asked.emit(command)
            case _:
                pass

    def _not_saved(self, event: NotSaved) -> None:
        """Say that an action did not reach the disk, and why."""
        self._tell(self.work.say("Not saved"), event.reason)

    def _trouble(self, said: Message) -> None:
        self._tell(self.work.say("The ledger could not be read"), said)

    def _tell(self, title: str, said: Message) -> None:
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - the first window need not wait for it

        box = QMessageBox(QMessageBox.Icon.Warning, title, title, parent=self)
        box.setObjectName("trouble")
        box.setInformativeText(self.work.say.message(said))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _restore(self) -> None:
        kept = self.work.habits.now.layout.get(GEOMETRY, "")
        try:
            restored = self.restoreGeometry(b64decode(kept))
        except ValueError:
            restored = False
        if not restored:
            self.resize(1366, 728)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what is being saved, close the ledger, remember the window."""
        text = bytes(self.saveGeometry().toBase64().data()).decode()
        habits, desk = self.work.habits, self.work.desk
        path, form = self.work.session.path, desk.place.form
        left = habits.now.left(path, desk.page.value, form)
        habits.keep(left.arranged(GEOMETRY, text))
        self.work.desk.leaving.emit()
        self.work.bridge.close()
        self.closed.emit()
        super().closeEvent(event)
