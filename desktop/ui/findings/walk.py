"""F8 and Shift+F8: to the next open finding's cell, from anywhere in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QObject

from desktop.ui.desk import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QMainWindow

    from desktop.app.audit.finding_walk import Stop
    from desktop.app.store_thread import Operation
    from desktop.ui.workplace import Workplace

STEPS: Final[Mapping[str, int]] = {"audit.next": 1, "audit.previous": -1}
SHOWN_MS: Final = 5000


class WalkCommands(QObject):
    """Takes the person from finding to finding."""

    def __init__(self, work: Workplace, window: QMainWindow) -> None:
        """Listen to what is asked for."""
        super().__init__(window)
        self._work, self._window = work, window
        self._search: Operation[Stop | None] | None = None
        work.desk.asked.connect(self._asked)

    def _asked(self, command: str) -> None:
        if command in STEPS:
            self.walk(STEPS[command])

    def walk(self, step: int) -> None:
        """Go to the next open finding, or the one before; the last wish counts."""
        from desktop.app.audit.finding_walk import Stop  # noqa: PLC0415 - the first window need not wait for it
        from desktop.app.audit.finding_walk import next_open  # noqa: PLC0415 - see above

        session, place = self._work.session, self._work.desk.place
        here = Stop(place.form, place.record, place.field)
        if self._search is not None:
            self._search.cancel()
        self._search = session.thread.start(
            lambda ledger: next_open(session, ledger, here, step)
        )
        self._work.bridge.when(self._search.result, self, self._go)

    def _go(self, stop: Stop | None) -> None:
        if stop is not None:
            self._work.desk.seek(Place(stop.form, stop.record, stop.field))
            return
        text = self._work.say("No finding is open.")
        if self._work.bridge.figures is None:
            text = self._work.say("Checking the figures against the rules…")
        self._window.statusBar().showMessage(text, SHOWN_MS)
