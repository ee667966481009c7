"""The real window on a ledger, for the benchmarks that work in it as a person does."""

from __future__ import annotations

import gc
import time
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QEvent
from PySide6.QtCore import QEventLoop

from benchmarks.large_ledger import FORM
from desktop.__main__ import person
from desktop.__main__ import places
from desktop.__main__ import words
from desktop.app.settings import Settings
from desktop.app.settings import save_settings
from desktop.ui.application import Shell
from desktop.ui.application import UiStart
from desktop.ui.application import make_application
from desktop.ui.beginning import begin_opening
from desktop.ui.desk import Page
from desktop.ui.look.appearance import Appearance
from desktop.ui.look.icons import Icons

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.ui.entry.grid_view import GridView
    from desktop.ui.entry.page import EntryPage
    from desktop.ui.entry.roster_model import RosterModel
    from desktop.ui.main_window import MainWindow


class OpenWindow:
    """A window with the entry page before the person."""

    def __init__(self, ledger: Path) -> None:
        """Begin to open a ledger; the window comes with `wait`."""
        gc.disable()  # as desktop.__main__.show does
        settings = ledger.with_name("settings.json")
        save_settings(settings, Settings().left(ledger, "entry", FORM))
        here = replace(places(), settings=settings)
        start = UiStart(here, person(), words(here.locale), ledger)
        opening = begin_opening(ledger, start)
        self.application = make_application(start)
        icons = Icons(here.resources / "icons", Appearance())
        self._shell = Shell(start, icons)
        self._shell.begin(opening)

    def wait(self, records: int) -> None:
        """Wait until the window stands and everything has been audited once."""
        self.until(lambda: self._shell.window is not None)
        self.window.activateWindow()
        self.until(lambda: len(self.model.ids) == records)
        self.until(lambda: self.window.work.bridge.figures is not None)

    @property
    def window(self) -> MainWindow:
        """The window."""
        return cast("MainWindow", self._shell.window)

    @property
    def page(self) -> EntryPage:
        """The page with the grid."""
        return cast("EntryPage", self.window.page(Page.ENTRY))

    @property
    def grid(self) -> GridView:
        """The grid."""
        return cast("GridView", self.page.grid)

    @property
    def model(self) -> RosterModel:
        """The records."""
        return cast("RosterModel", self.page.model)

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        while not holds():
            self._work(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def pause(self, seconds: float) -> None:
        """Let the window do what it does while the person reads on."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self._work(QEventLoop.ProcessEventsFlag.AllEvents)
            time.sleep(min(left, 0.001))

    def _work(self, flags: QEventLoop.ProcessEventsFlag) -> None:
        """Let the window go round once, and end what it is done with, as `exec` does.

        By `processEvents` alone every box ever opened would stay in the grid, unseen.
        """
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.application.processEvents(flags)
