"""Looks for a text in a form on the ledger's thread, and goes from hit to hit."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal

from desktop.app.entry.finding import find

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.app.entry.finding import Found
    from desktop.app.entry.finding import Scope
    from desktop.app.progress import Progress
    from desktop.app.store_thread import Operation
    from desktop.store.search import Sought
    from desktop.ui.entry.bench import Bench

DELAY_MS: Final = 150
"""How long a text stands still before it is looked for."""


class Then(Enum):
    """Where to go when the answer comes."""

    STAY = "stay"
    HERE = "here"
    """To the first hit from the current cell on, which may be one."""
    ON = "on"
    BACK = "back"


class Seeker(QObject):
    """Looks in every record the grid lists, read already or not."""

    changed = Signal()
    """What is known of the hits, or the place before the person, is another."""

    def __init__(self, page: Bench) -> None:
        """Wait for a text."""
        super().__init__(page)
        self._page = page
        self._work = page.work
        self.wanted: Callable[[], tuple[Scope, Sought] | None] = lambda: None
        """Gives what is looked for, and where; None while there is nothing."""
        self.found: Found | None = None
        """None while it is not known what there is."""
        self.progress: Progress | None = None
        """How far the search is, while it goes on."""
        self._then = Then.STAY
        self._running: Operation[Found] | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(DELAY_MS)
        self._later.timeout.connect(self._look)
        self._work.desk.moved.connect(lambda _: self.changed.emit())

    def seek(self, *, soon: bool = True) -> None:
        """Look for something else: as soon as the person pauses, or at once."""
        self.forget()
        self._then = Then.HERE
        if soon:
            self._later.start()
        else:
            self._look()

    def look_again(self) -> None:
        """Look anew before the next step: the cells are other ones."""
        self._stop()
        self.found = None
        self._later.start()

    def forget(self) -> None:
        """Look for nothing, and mark nothing."""
        self._stop()
        self.found = None
        self._mark()

    def unmark(self) -> None:
        """Mark nothing until it is known again where the hits are."""
        if self._page.grid is not None:
            self._page.grid.show_hits(None)

    def step(self, then: Then) -> None:
        """Go to the next hit or the one before, once it is known where they are."""
        if self.found is None:
            self._then = then
            self._look()
        else:
            self._go(self.found, then)
            self.changed.emit()

    @property
    def number(self) -> int | None:
        """Which hit the current cell is, None if it is none."""
        return None if self.found is None else self.found.number(self.place)

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of the cell before the person."""
        model, place = self._page.model, self._work.desk.place
        if model is None or place.record is None or place.field is None:
            return (-1, -1)
        row, column = model.row_of(place.record), model.column_of(place.field)
        return (-1 if row is None else row, -1 if column is None else column)

    # --- Looking -------------------------------------------------------------

    def _stop(self) -> None:
        self._later.stop()
        self.progress = None
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def _look(self) -> None:
        self._stop()
        model, wanted = self._page.model, self.wanted()
        if model is None or wanted is None or self._work.bridge.closed:
            return
        scope, sought = wanted

        def told(progress: Progress) -> None:
            if running is self._running and progress.done < progress.total:
                self.progress = progress
                self.changed.emit()

        running = self._running = self._work.session.thread.start(
            lambda ledger: find(ledger, scope, sought),
            self._work.bridge.courier.teller(self, told),
        )

        def arrived(found: Found) -> None:
            if running is self._running and self._page.model is model:
                self._running = self.progress = None
                self._arrived(found)

        self._work.bridge.when(running.result, self, arrived)

    def _arrived(self, found: Found) -> None:
        then, self._then = self._then, Then.STAY
        self.found = found
        self._go(found, then)
        self._mark()

    def _go(self, found: Found, then: Then) -> None:
        here, number = self.place, None
        match then:
            case Then.HERE if found.number(here) is None:
                number = found.behind(here)
            case Then.ON:
                number = found.behind(here)
            case Then.BACK:
                number = found.before(here)
            case _:
                pass
        if number is not None:
            self._page.go_to(*found.place(number))

    def _mark(self) -> None:
        """Mark the hits in the grid, and say that they are known."""
        if self._page.grid is not None:
            self._page.grid.show_hits(self.found)
        self.changed.emit()
