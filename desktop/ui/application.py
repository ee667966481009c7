"""Starts Qt, and leads from the start page to a ledger's window and back."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.app.background import Task
from desktop.app.commands import Need
from desktop.app.known_packs import KnownPacks
from desktop.app.opening import open_session
from desktop.store.errors import LockedError
from desktop.store.errors import StoreError
from desktop.ui.afterwards import afterwards
from desktop.ui.bridge import Bridge
from desktop.ui.courier import Courier
from desktop.ui.desk import Desk
from desktop.ui.faults import FaultHandler
from desktop.ui.garbage import Collector
from desktop.ui.look.icons import Icons
from desktop.ui.look.theme import cover
from desktop.ui.look.theme import dress
from desktop.ui.main_window import MainWindow
from desktop.ui.workplace import Habits
from desktop.ui.workplace import UiStart
from desktop.ui.workplace import Workplace

if TYPE_CHECKING:
    from desktop.app.session import Session
    from desktop.core.period import Period
    from desktop.ui.ledgers.start_window import StartWindow

__all__ = ["Shell", "UiStart", "make_application", "run"]


def run(start: UiStart) -> int:
    """Open the window and stay until the person leaves; gives the exit code."""
    opening = None if start.ledger is None else begin_opening(start.ledger, start)
    application = make_application(start)
    shell = Shell(start, Icons(start.places.resources / "icons"))
    shell.faults.install()
    shell.begin(opening)
    code = application.exec()
    shell.garbage.stop()
    shell.faults.remove()
    return code


def make_application(start: UiStart) -> QApplication:
    """Make the dressed application object."""
    choose_input_method()
    application = QApplication([*sys.argv[:1], "-style", "Fusion"])
    application.setApplicationName(start.say("Minsheng Taizhang"))
    application.setQuitOnLastWindowClosed(True)
    dress(application, start.places.resources)
    return application


def choose_input_method() -> None:
    """Let fcitx be reached the way it also understands.

    The wheels of Qt bring no fcitx plug-in; fcitx5 answers to ibus as well.
    """
    if sys.platform == "linux" and os.environ.get("QT_IM_MODULE", "").startswith(
        "fcitx"
    ):
        os.environ["QT_IM_MODULE"] = "ibus"


def begin_opening(
    path: Path,
    start: UiStart,
    *,
    read_only: bool = False,
    period: Period | None = None,
) -> Task[Session]:
    """Open a ledger beside the main thread, by default at its latest period."""

    def work(_stage: object) -> Session:
        known = KnownPacks(start.places.known_packs)
        return open_session(
            path, start.person, read_only=read_only, known=known, period=period
        )

    return Task(work)


class Shell(QObject):
    """Which window is before the person."""

    def __init__(self, start: UiStart, icons: Icons) -> None:
        """Take what windows need."""
        super().__init__()
        self.start = start
        self.icons = icons
        self.habits = Habits(start.places.settings)
        self.courier = Courier(self)
        self.faults = FaultHandler(start.say, start.places.settings.parent, self)
        self.faults.interrupted.connect(lambda: self.asked("file.quit"))
        self.garbage = Collector(self)
        self.first: StartWindow | None = None
        self.window: MainWindow | None = None
        self._works: Workplace | None = None

    def begin(self, opening: Task[Session] | None = None) -> None:
        """Show the start page, or the ledger that is being opened."""
        self.garbage.start()
        path = self.start.ledger
        if opening is None or path is None:
            self.show_start()
        else:
            self._await(opening, path, read_only=False)

    def show_start(self) -> None:
        """Show the start page."""
        from desktop.ui.ledgers.start_window import StartWindow  # noqa: PLC0415 - the first window need not wait for it

        if self.first is None:
            self.first = StartWindow(self.start, self.icons, self.habits, self.courier)
            self.first.wanted.connect(self.open)
            self.first.read_wanted.connect(lambda path: self.open(path, read_only=True))
            self.first.asked.connect(self.asked)
        self.first.list_recent()
        self._cover()
        self.first.show()
        self.first.activateWindow()

    def _cover(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            cover(application, self.start.places.resources)

    def open(self, path: Path, *, read_only: bool = False) -> None:
        """Open a ledger's window."""
        self._await(
            begin_opening(path, self.start, read_only=read_only),
            path,
            read_only=read_only,
        )

    def reopen(self) -> None:
        """Build the window anew: the ledger goes by another version of its pack."""
        if self.window is None:
            return
        work = self.window.work
        path, period = work.session.path, work.session.period
        read_only = not work.writable
        self._leave()
        opening = begin_opening(path, self.start, read_only=read_only, period=period)
        self._await(opening, path, read_only=read_only)

    def asked(self, command: str) -> None:
        """Do what concerns the program as a whole."""
        match command:
            case "file.open":
                self._choose()
            case "file.new":
                self._leave()
                self.show_start()
                if self.first is not None:
                    self.first.new_ledger()
            case "file.close":
                self._leave()
                self.show_start()
            case "file.quit":
                self._leave()
                QApplication.quit()
            case _:
                pass

    def _await(self, opening: Task[Session], path: Path, *, read_only: bool) -> None:
        self.courier.when(
            opening.result,
            self,
            lambda session: self._show(session, read_only=read_only),
            lambda error: self._refused(error, path),
        )

    def _show(self, session: Session, *, read_only: bool) -> None:
        self._leave()
        self.habits.keep(self.habits.now.opened(session.path))
        bridge = Bridge(session)
        desk = Desk(session.pack.forms[0].id, bridge)
        desk.set_need(Need.WRITABLE, holds=not read_only)
        work = Workplace(self.start, bridge, desk, self.icons, self.habits)
        self.window = MainWindow(work)
        bridge.setParent(self.window)
        desk.pictured.connect(
            lambda: afterwards(self, self._begin_audit),
            Qt.ConnectionType.SingleShotConnection,
        )
        bridge.other_pack.connect(self.reopen)
        self.window.asked.connect(self.asked)
        self.window.closed.connect(self._closed)
        # What the ledger has answered by now is in the first picture.
        QCoreApplication.sendPostedEvents(bridge.courier)
        self._cover()
        self.window.show()
        if self.first is not None:
            self.first.hide()

    def _begin_audit(self) -> None:
        """Compile the pack beside the main thread, then audit the period.

        Not before the first records are on the screen: the SQL parser takes half a
        second of the machine, and nobody misses the marks before there are cells.
        """
        window = self.window
        if window is None:
            return
        session, compiled = window.work.session, window.work.session.compiled
        task = Task(lambda _: (compiled.audit, compiled.figures))
        window.work.bridge.when(task.result, window, lambda _: session.refresh())

    def _refused(self, error: BaseException, path: Path) -> None:
        """Say why a ledger cannot be opened; a locked one may be read."""
        self.show_start()
        if self.first is None:
            return
        if isinstance(error, StoreError):
            read_only = isinstance(error, LockedError)
            self.first.complain(error.message, path if read_only else None)
        else:
            raise error

    def _choose(self) -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - the first window need not wait for it

        say = self.start.say
        folder = str(self.start.places.documents)
        if self.habits.now.recent:
            folder = self.habits.now.recent[0]
        name, _ = QFileDialog.getOpenFileName(
            self.window or self.first,
            say("Open ledger"),
            folder,
            say("Ledgers (*.taizhang)"),
        )
        if name:
            self.open(Path(name))

    def _leave(self) -> None:
        """Close the window that is open, without ending the program."""
        if self.window is not None:
            QApplication.setQuitOnLastWindowClosed(False)
            self.window.close()
            QApplication.setQuitOnLastWindowClosed(True)

    def _closed(self) -> None:
        if self.window is not None:
            self.window.destroyed.connect(self.garbage.left)
            self.window.deleteLater()
            self.window = None
