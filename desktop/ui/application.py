"""Starts Qt, and leads from the start page to a ledger's window and back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktop.app.background import Task
from desktop.app.commands import Need
from desktop.store.errors import LockedError
from desktop.store.errors import ReadOnlyError
from desktop.store.errors import StoreError
from desktop.ui.afterwards import afterwards
from desktop.ui.beginning import begin_opening
from desktop.ui.bridge import Bridge
from desktop.ui.courier import Courier
from desktop.ui.desk import Desk
from desktop.ui.desk import Page
from desktop.ui.faults import FaultHandler
from desktop.ui.garbage import Collector
from desktop.ui.input_method import choose_input_method
from desktop.ui.look.appearance import Appearance
from desktop.ui.look.dresser import Dresser
from desktop.ui.look.icons import Icons
from desktop.ui.look.theme import dress
from desktop.ui.main_window import MainWindow
from desktop.ui.pages import load_by_turns
from desktop.ui.turns import Turns
from desktop.ui.workplace import Habits
from desktop.ui.workplace import UiStart
from desktop.ui.workplace import Workplace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.app.events import PackReplaced
    from desktop.app.session import Session
    from desktop.ui.beginning import Begun
    from desktop.ui.ledgers.new_ledger_bring import TableToImport
    from desktop.ui.ledgers.start_window import StartWindow

READ_FROM_LEDGER: Final = frozenset({Page.HOME, Page.ENTRY})
"""Pages that say themselves when what they show has come."""

__all__ = ["Shell", "UiStart", "make_application", "run"]


def run(begun: Begun) -> int:
    """Open the window and stay until the person leaves; gives the exit code."""
    start = begun.start
    application = make_application(start)
    shell = Shell(start, Icons(start.places.resources / "icons", Appearance()))
    shell.faults.install()
    if begun.asks:
        shell.ask_person(first=True)
    else:
        shell.begin(begun.opening)
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


def begin_desk(session: Session, habits: Habits, parent: QObject) -> Desk:
    """Begin where a ledger was left; with the home page where it is new here."""
    left, place = habits.now.left_at(session.path)
    page = next((page for page in Page if page.value == left), Page.HOME)
    forms = [form.id for form in session.pack.forms]
    return Desk(place if place in forms else forms[0], parent, page)


PACKAGES = (".zip", ".tzx")
"""How packages from another person, or from the archive, are called."""


def open_package(shell: Shell, path: Path) -> None:
    """Open a package, and then the ledger that was in it."""
    from desktop.ui.handover.unpack_dialog import UnpackDialog  # noqa: PLC0415 - the first window need not wait for it

    parent = shell.window or shell.first
    dialog = UnpackDialog(shell.start, shell.courier, path, parent)
    dialog.unpacked.connect(lambda made, kept: shell.open(made, read_only=kept))
    dialog.open()


class Shell(QObject):
    """Which window is before the person."""

    def __init__(self, start: UiStart, icons: Icons) -> None:
        """Take what windows need."""
        super().__init__()
        self.start = start
        self.icons = icons
        self.habits = Habits(start.places.settings)
        self.dresser = Dresser(icons.look, self.habits, start.places.resources, self)
        self.courier = Courier(self)
        self.faults = FaultHandler(start.say, start.places.settings.parent, self)
        self.faults.interrupted.connect(lambda: self.asked("file.quit"))
        self.garbage = Collector(self)
        self.first: StartWindow | None = None
        self.window: MainWindow | None = None
        self._last: Task[Session] | None = None
        """The opening that was begun last."""
        self._awaited: Path | None = None
        """The ledger that is being opened."""
        self._showing: Turns | None = None
        self._coming: MainWindow | None = None
        """The window that is being built."""
        self._upgraded: PackReplaced | None = None
        """What the next window is to tell of."""
        self._table: TableToImport | None = None
        """What the next window is to import."""

    def begin(self, opening: Task[Session] | None = None) -> None:
        """Show the start page, or the ledger that is being opened."""
        self.garbage.start()
        path = self.start.ledger
        if opening is None or path is None:
            self.show_start()
        elif path.suffix.lower() in PACKAGES:
            # What was begun as if it were a ledger comes to nothing.
            self.show_start()
            open_package(self, path)
        else:
            self._await(opening, path, read_only=False)

    def show_start(self) -> None:
        """Show the start page."""
        from desktop.ui.ledgers.start_window import StartWindow  # noqa: PLC0415 - the first window need not wait for it

        if self.first is None:
            self.first = StartWindow(self.start, self.icons, self.habits, self.courier)
            self.first.wanted.connect(self.open)
            self.first.read_wanted.connect(lambda path: self.open(path, read_only=True))
            self.first.import_wanted.connect(self.open_and_import)
            self.first.asked.connect(self.asked)
        self.first.list_recent()
        self.dresser.cover()
        self.first.show()
        self.first.activateWindow()
        QApplication.setQuitOnLastWindowClosed(True)

    def open(self, path: Path, *, read_only: bool = False) -> None:
        """Open a ledger's window; asking twice for the same is asking once."""
        if path == self._awaited:
            return
        if path.suffix.lower() in PACKAGES:
            open_package(self, path)
            return
        self._await(
            begin_opening(path, self.start, read_only=read_only),
            path,
            read_only=read_only,
        )

    def open_and_import(self, path: Path, table: TableToImport) -> None:
        """Open a new ledger, and in it the import of a table."""
        self._table = table
        self.open(path)

    def reopen(self, upgraded: PackReplaced | None = None) -> None:
        """Build the window anew: the ledger goes by another version of its pack."""
        if self.window is None:
            return
        work = self.window.work
        path, period = work.session.path, work.session.period
        if upgraded is not None:
            period = upgraded.period
        self._upgraded = upgraded
        read_only = not work.writable
        self._leave()
        opening = begin_opening(path, self.start, read_only=read_only, period=period)
        self._await(opening, path, read_only=read_only)

    def ask_person(self, *, first: bool = False) -> None:
        """Ask who works; at the program's start nothing is shown before."""
        from desktop.ui.ledgers.people_dialog import PeopleDialog  # noqa: PLC0415 - the first window need not wait for it

        parent = self.window or self.first
        dialog = PeopleDialog(self.start, self.courier, parent, first=first)
        dialog.chosen.connect(self.work_as)
        if first:
            self.dresser.cover()
            # Between this dialog and the first window there is no window at all.
            QApplication.setQuitOnLastWindowClosed(False)
            dialog.rejected.connect(QApplication.quit)
        dialog.open()

    def work_as(self, name: str) -> None:
        """Go on as somebody; the window is built anew, for the undo was another's."""
        changed = name != self.start.person.who
        self.start = self.start.as_person(name)
        if self.window is None and self.first is None:
            path = self.start.ledger
            self.begin(None if path is None else begin_opening(path, self.start))
        elif changed:
            if self.first is not None:
                self.first.deleteLater()
                self.first = None
            if self.window is None:
                self.show_start()
            else:
                self.reopen()

    def asked(self, command: str) -> None:
        """Do what concerns the program as a whole."""
        match command:
            case "file.open":
                self._choose()
            case "file.open_reading":
                self._choose(read_only=True)
            case "file.person":
                self.ask_person()
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
                self.dresser.ask(command)

    def _await(self, opening: Task[Session], path: Path, *, read_only: bool) -> None:
        """Show a ledger when it is open, unless another was asked for meanwhile."""
        self._last, self._awaited = opening, path

        def opened(session: Session) -> None:
            if self._last is opening:
                self._awaited = None
                self._show(session, read_only=read_only)
            else:
                session.close()

        def refused(error: BaseException) -> None:
            if self._last is opening:
                self._awaited = None
                self._refused(error, path)

        self.courier.when(opening.result, self, opened, refused)

    def _show(self, session: Session, *, read_only: bool) -> None:
        """Show a ledger's window; it is built in parts, none of which keeps long."""
        if self._showing is not None and isValid(self._showing):
            self._showing.finish()
        self._leave()
        self.habits.keep(self.habits.now.opened(session.path))
        self._showing = Turns(self._show_by_turns(session, read_only), self)

    def _show_by_turns(self, session: Session, read_only: bool) -> Iterator[None]:
        bridge = Bridge(session)
        desk = begin_desk(session, self.habits, bridge)
        desk.set_need(Need.WRITABLE, holds=not read_only)
        yield from load_by_turns(desk.page)
        window = self._coming = self._build(
            Workplace(self.start, bridge, desk, self.icons, self.habits)
        )
        yield
        if self._coming is window:
            window.page(desk.page)
        yield
        if self._coming is window:
            # What the ledger has answered by now is in the first picture.
            QCoreApplication.sendPostedEvents(bridge.courier)
            self.dresser.cover()
        yield
        # In each turn somebody may have closed it again.
        if self._coming is window:
            self._present(window)

    def _build(self, work: Workplace) -> MainWindow:
        """Put a window together and listen to it."""
        bridge, desk = work.bridge, work.desk
        window = MainWindow(work)
        bridge.setParent(window)
        desk.pictured.connect(
            lambda: afterwards(self, self._begin_audit),
            Qt.ConnectionType.SingleShotConnection,
        )
        bridge.figures_changed.connect(
            lambda: afterwards(self, self._warm),
            Qt.ConnectionType.SingleShotConnection,
        )
        bridge.other_pack.connect(self.reopen)
        bridge.pack_replaced.connect(self.reopen)
        window.asked.connect(self.asked)
        desk.ledger_wanted.connect(self.open)
        window.closed.connect(self._closed)
        return window

    def _present(self, window: MainWindow) -> None:
        """Show the window."""
        self.window, self._coming = window, None
        window.show()
        QApplication.setQuitOnLastWindowClosed(True)
        if window.work.desk.page not in READ_FROM_LEDGER:
            window.work.desk.pictured.emit()
        if self.first is not None:
            self.first.hide()
        if self._upgraded is not None:
            self._tell_upgraded(self._upgraded, window)
        if self._table is not None:
            self._import(self._table, window)

    def _import(self, table: TableToImport, window: MainWindow) -> None:
        from desktop.ui.dialogs import open_import  # noqa: PLC0415 - the first window need not wait for it

        self._table = None
        open_import(window.work, window, table)

    def _tell_upgraded(self, event: PackReplaced, window: MainWindow) -> None:
        from desktop.ui.ledgers.upgrade_dialog import upgraded  # noqa: PLC0415 - the first window need not wait for it

        self._upgraded = None
        upgraded(self.start.say, event, window).open()

    def _warm(self) -> None:
        """Load what is wanted next while nobody waits."""
        from desktop.ui.warming import Warming  # noqa: PLC0415 - the first window need not wait for it

        Warming(self.courier, self)

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
        self._table, self._upgraded = None, None
        self.show_start()
        if self.first is None:
            return
        if isinstance(error, StoreError):
            read_only = isinstance(error, LockedError | ReadOnlyError)
            self.first.complain(error.message, path if read_only else None)
        else:
            raise error

    def _choose(self, *, read_only: bool = False) -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - the first window need not wait for it

        say = self.start.say
        folder = str(self.start.places.documents)
        if self.habits.now.recent:
            folder = self.habits.now.recent[0]
        name, _ = QFileDialog.getOpenFileName(
            self.window or self.first,
            say("Open for reading only") if read_only else say("Open ledger"),
            folder,
            say("Ledgers and packages (*.taizhang *.zip *.tzx)"),
        )
        if name:
            self.open(Path(name), read_only=read_only)

    def _leave(self) -> None:
        """Close the window that is open, without ending the program."""
        window = self.window or self._coming
        if window is not None:
            QApplication.setQuitOnLastWindowClosed(False)
            window.close()
            QApplication.setQuitOnLastWindowClosed(True)

    def _closed(self) -> None:
        window = self.window or self._coming
        if window is not None:
            window.destroyed.connect(self.garbage.left)
            window.deleteLater()
            self.window = self._coming = None
