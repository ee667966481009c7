"""Carries out what is done to a block of cells: planned whole, then shown or saved.

A small block that has been read is dealt with at once. A large one is read and planned
on the ledger's thread, slice by slice, while the window stays alive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal

from desktop.app.background import Task
from desktop.app.entry.pasting import action_of
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.app.progress import run_steps
from desktop.core.messages import message
from desktop.store.records import Applied

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from concurrent.futures import Future

    from PySide6.QtWidgets import QProgressDialog
    from PySide6.QtWidgets import QWidget

    from desktop.app.entry.pasting import BlockPlan
    from desktop.app.progress import Steps
    from desktop.app.store_thread import Operation
    from desktop.core.changes import Action
    from desktop.core.findings import RecordId
    from desktop.core.words import Words
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer
    from desktop.store.records import Record
    from desktop.ui.entry.bench import Bench
    from desktop.ui.entry.roster_model import RosterModel

T = TypeVar("T")

SMALL: Final = 600
"""Cells that are dealt with without waiting for the ledger."""
SLICE: Final = 250
"""Records read at once."""
PATIENCE_MS: Final = 500
"""How long work may take before the person sees how far it is."""


class BlockWork(QObject):
    """Reads the records of a block, works on them, and saves what comes of it."""

    def __init__(self, page: Bench) -> None:
        """Work on a page."""
        super().__init__(page)
        self._page = page
        self._work = page.work
        self._running: Operation[Any] | None = None

    @property
    def idle(self) -> bool:
        """Whether nothing is being worked on."""
        return self._running is None

    def carry_out(
        self,
        rows: Sequence[int],
        cells: int,
        work: Callable[[Sequence[Record]], Steps[T]],
        settle: Callable[[T], None],
    ) -> None:
        """Work on the records of ascending rows; settle on the main thread.

        `cells` tells how much work it is. Where records went meanwhile, nothing
        happens: the person sees other rows than those that were chosen.
        """
        model = self._page.model
        if model is None or self._running is not None:
            return
        there = None if cells > SMALL else _read_already(model, rows)
        if there is None:
            self._work_slowly(model, rows, work, settle)
        else:
            settle(run_steps(work(there)))

    def _work_slowly(
        self,
        model: RosterModel,
        rows: Sequence[int],
        work: Callable[[Sequence[Record]], Steps[T]],
        settle: Callable[[T], None],
    ) -> None:
        """Read the records on the ledger's thread first."""
        form, wanted = model.form.id, records_of(model, rows)

        def steps(ledger: Ledger) -> Steps[T]:
            found: list[Record] = []
            for first in range(0, len(wanted), SLICE):
                found += ledger.rows(form, wanted[first : first + SLICE])
                done = min(first + SLICE, len(wanted))
                yield Progress(done, len(wanted), message("app.reading"))
            if len(found) < len(wanted):
                raise CancelledError
            return (yield from work(found))

        self.run(steps, settle)

    def run(
        self, steps: Callable[[Ledger], Steps[T]], settle: Callable[[T], None]
    ) -> None:
        """Work on the ledger's thread; settle here, if the grid is still the same.

        Work that takes long shows how far it is, and can be stopped.
        """
        model = self._page.model
        if self._running is not None:
            return
        waiting = Waiting(self._work.say, self._page)

        tell = self._work.bridge.courier.teller(waiting, waiting.tell)

        def ended() -> None:
            self._running = None
            waiting.end()

        def done(result: T) -> None:
            ended()
            if self._page.model is model:
                settle(result)

        def failed(error: BaseException) -> None:
            ended()
            self._work.bridge.courier.give_up(error)

        running = self._running = self._work.session.thread.start(steps, tell)
        waiting.stopped.connect(running.cancel)
        self._work.bridge.when(running.result, self, done, failed)

    # --- Saving --------------------------------------------------------------

    def apply(
        self,
        plan: BlockPlan,
        title: str,
        ended: Callable[[bool], None] | None = None,
    ) -> None:
        """Change what fits, as one step to undo; `ended` hears whether it is kept."""
        if not plan.edits:
            return
        if len(plan.edits) > SMALL:
            made = Task(lambda _: action_of(plan, title))
            self._work.bridge.when(
                made.result, self, lambda action: self.send(action, ended)
            )
            return
        model, action = self._page.model, action_of(plan, title)
        if model is not None:
            cells = [(one.record, one.field, one.after) for one in plan.edits]
            self._tell(model.send(action, cells), ended)

    def send(self, action: Action, ended: Callable[[bool], None] | None = None) -> None:
        """Send an action off; the grid reads again what it changed."""
        future = self._work.session.apply(action)
        self._work.bridge.watch(future)
        self._tell(future, ended)

    def _tell(
        self, future: Future[Answer], ended: Callable[[bool], None] | None
    ) -> None:
        if ended is not None:
            self._work.bridge.when(
                future,
                self,
                lambda answer: ended(isinstance(answer, Applied)),
                lambda _: ended(False),
            )


def records_of(model: RosterModel, rows: Sequence[int]) -> list[RecordId]:
    """Give the records of ascending rows."""
    if rows and len(rows) == rows[-1] - rows[0] + 1:
        return model.ids[rows[0] : rows[-1] + 1]
    return [model.ids[row] for row in rows]


def _read_already(model: RosterModel, rows: Sequence[int]) -> list[Record] | None:
    """Give the records of rows where all of them have been read."""
    found = [record for row in rows if (record := model.record_at(row)) is not None]
    return found if len(found) == len(rows) else None


class Waiting(QObject):
    """A box that tells how far long work is; short work never shows it."""

    stopped = Signal()

    def __init__(self, say: Words, page: QWidget) -> None:
        """Wait before anything is shown."""
        super().__init__(page)
        self._say = say
        self._page = page
        self._box: QProgressDialog | None = None
        self._now = Progress(0, 1, message("app.reading"))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PATIENCE_MS)
        self._later.timeout.connect(self.show)
        self._later.start()

    def tell(self, progress: Progress) -> None:
        """Say how far the work is."""
        self._now = progress
        if self._box is not None:
            self._box.setMaximum(max(progress.total, 1))
            self._box.setLabelText(self._say.message(progress.doing))
            self._box.setValue(progress.done)

    def show(self) -> None:
        """Show how far the work is: it takes longer than one likes to wait."""
        from PySide6.QtWidgets import QProgressDialog  # noqa: PLC0415 - large blocks only

        say = self._say
        self._box = box = QProgressDialog("", say("Stop"), 0, 1, self._page)
        box.setObjectName("block.progress")
        box.setWindowTitle(say("One moment"))
        box.setWindowModality(Qt.WindowModality.WindowModal)
        box.setAutoReset(False)
        box.setAutoClose(False)
        box.canceled.connect(self.stopped)
        box.show()
        self.tell(self._now)

    def end(self) -> None:
        """Show nothing any more."""
        self._later.stop()
        if self._box is not None:
            self._box.hide()
            self._box.deleteLater()
        self.deleteLater()
