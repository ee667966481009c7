"""The way of files into a ledger: read, planned, asked about, written; stopped at will.

Reading is done by a thread of its own, the rest on the ledger's; what comes late of an
earlier plan is not shown.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal

from desktop.app.background import Task
from desktop.app.compiled import compiled_for
from desktop.app.handover.receiving import looking
from desktop.app.handover.receiving import reading
from desktop.app.handover.receiving.deciding import Deciding
from desktop.app.handover.receiving.receiving import Around
from desktop.app.progress import CancelledError
from desktop.app.progress import run_steps
from desktop.core.messages import message
from desktop.store.errors import StoppedError
from desktop.store.errors import StoreError
from desktop.store.records import Stale

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from desktop.app.background import Stage
    from desktop.app.compiled import CompiledPack
    from desktop.app.handover.receiving.looking import Look
    from desktop.app.handover.receiving.reading import Read
    from desktop.app.handover.receiving.receiving import Item
    from desktop.app.handover.receiving.rehearsing import Rehearsed
    from desktop.app.handover.receiving.taking_in import Received
    from desktop.app.progress import Progress
    from desktop.app.store_thread import Operation
    from desktop.core.period import Period
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace


class ReceiveFlow(QObject):
    """Knows the files before the person, and what was decided about them."""

    began = Signal()
    """Other files are before the person."""
    looked = Signal()
    """What taking the files would do is known anew, or there are none any more."""
    asked = Signal()
    """What the rules would say is known."""
    wrote = Signal(object)
    """Something was taken in, as `Received`."""
    stirred = Signal()
    """Work began or ended."""
    progressed = Signal(object)
    complained = Signal(str)
    """Something did not work out, in words."""

    def __init__(self, work: Workplace, parent: QObject) -> None:
        """Begin without files."""
        super().__init__(parent)
        self._work = work
        self.deciding = Deciding()
        self.reads: tuple[Read, ...] = ()
        self.seen: Look | None = None
        self.rehearsed: Rehearsed | None = None
        self.taking = False
        """Whether something is being written."""
        self._run: Task[Any] | Operation[Any] | None = None
        self._stopped = threading.Event()
        """Set to stop what is being written."""
        self._plans = 0
        self._outdated = -1
        """The revision at which a plan turned out not to hold."""

    @property
    def idle(self) -> bool:
        """Whether nothing is being read, planned, asked or written."""
        return self._run is None and not self.taking

    @property
    def items(self) -> tuple[Item, ...]:
        """The files as they were planned."""
        return self.seen.items if self.seen is not None else ()

    # --- Reading ------------------------------------------------------------

    def begin_with(self, paths: Sequence[Path], password: str | None = None) -> None:
        """Read files, in processes of their own; folders are looked through.

        A password is let go of when the reading ends: whoever needs it once more asks
        for it. No more can be done in Python, which gives the memory of a text back
        without wiping it; nor in Qt, whose line of entry has copies of its own.
        """
        reader = self._work.start.places.reader

        def work(stage: Stage) -> tuple[Read, ...]:
            def going_on(at: Progress) -> bool:
                stage.tell(at)
                return True

            files = reading.files_in(paths)
            steps = reading.read_files(files, reader, password)
            return tuple(run_steps(steps, going_on))

        run = Task(work, self._teller())
        self._busy(run)
        self._work.bridge.when(run.result, self, self._have_read, self._failed)

    def _have_read(self, reads: tuple[Read, ...]) -> None:
        self._busy(None)
        if not reads:
            say = self._work.say
            self.complained.emit(say("There are no submissions in it (.xlsx or .tzx)."))
            return
        fresh = {read.path: read for read in reads}
        if set(fresh) < {read.path for read in self.reads}:
            # Some of them were opened with a password; the others stay.
            reads = tuple(fresh.get(read.path, read) for read in self.reads)
        else:
            self.deciding.wishes.clear()
            self.deciding.edits.clear()
            self.began.emit()
        self.reads = reads
        self.plan()

    # --- Planning -----------------------------------------------------------

    def plan(self) -> None:
        """Ask what taking the files would do; the ledger is only read."""
        if self._run is not None:
            self._run.cancel()
        work, session = self._work, self._work.session
        reads, decided = self.reads, self.deciding.decisions()
        today = session.person.clock().date()
        around = Around(today, session.period.code, work.say)
        self._plans += 1
        this = self._plans
        run = session.thread.start(
            lambda ledger: looking.look(ledger, reads, decided, around), self._teller()
        )
        self._busy(run)
        work.bridge.when(
            run.result,
            self,
            lambda seen: self._have_looked(this, seen),
            lambda error: self._failed(error, this),
        )

    def _have_looked(self, this: int, seen: Look) -> None:
        if this != self._plans:
            return
        self.seen, self.rehearsed = seen, None
        if any(item.counts for item in seen.items):
            self._ask(this, seen)
        else:
            self._busy(None)
        self.looked.emit()

    def _ask(self, this: int, seen: Look) -> None:
        """Ask the rules of the ledger as it would be."""
        work, session = self._work, self._work.session
        period, known = session.period, session.compiled

        def compiled(ledger: Ledger, of: Period) -> CompiledPack:
            return known if of == period else compiled_for(ledger, of)

        run = session.thread.start(
            lambda ledger: looking.effects(ledger, seen, compiled), self._teller()
        )
        self._busy(run)
        work.bridge.when(
            run.result,
            self,
            lambda found: self._have_asked(this, seen, found),
            lambda error: self._failed(error, this),
        )

    def _have_asked(self, this: int, seen: Look, found: Rehearsed | None) -> None:
        if this != self._plans:
            return
        self._busy(None)
        if found is None:
            self._again(seen)
            return
        self.rehearsed = found
        self.asked.emit()

    def _again(self, seen: Look) -> None:
        """Plan anew where the ledger has moved on; once for each state of it."""
        if seen.revision != self._outdated:
            self._outdated = seen.revision
            self.plan()
            return
        # Files that bring the same record twice would be planned for ever.
        say = self._work.say
        self.complained.emit(
            say(
                "These files cannot be taken together: take them one by one, or leave "
                "one aside. Nothing was changed."
            )
        )

    # --- Writing ------------------------------------------------------------

    def take(self, seen: Look) -> None:
        """Take in what was decided, as one action."""
        work, stopped = self._work, threading.Event()
        person = work.session.person
        self._stopped, self.taking = stopped, True
        tell = self._teller()

        def watch(progress: Progress) -> bool:
            tell(progress)
            return not stopped.is_set()

        count = sum(item.counts for item in seen.items)
        future = work.session.carry_out(
            message("exchange.action.receive", count=count),
            lambda ledger: looking.take(ledger, seen, person, watch),
        )
        self.stirred.emit()
        work.bridge.when(future, self, self._have_taken, self._failed)

    def _have_taken(self, received: Received | None) -> None:
        self._busy(None)
        say = self._work.say
        if received is None or isinstance(received.answer, Stale):
            self.complained.emit(say.message(message("exchange.moved_on")))
            self.plan()
            return
        gone = {item.read.path for item in (*received.taken, *received.skipped)}
        for path in gone:
            self.deciding.wishes.pop(path, None)
        self.reads = tuple(read for read in self.reads if read.path not in gone)
        self.wrote.emit(received)
        if self.reads:
            self.plan()
        else:
            self.seen = self.rehearsed = None
            self.looked.emit()

    def stop(self) -> None:
        """Stop whatever is going on; the ledger stays as it is."""
        self._stopped.set()
        if self._run is not None:
            self._run.cancel()

    # --- Progress -----------------------------------------------------------

    def _teller(self) -> Callable[[Progress], None]:
        """Give what the working thread tells of progress."""
        return self._work.bridge.courier.teller(self, self.progressed.emit)

    def _busy(self, run: Task[Any] | Operation[Any] | None) -> None:
        self._run, self.taking = run, False
        self.stirred.emit()

    def _failed(self, error: BaseException, this: int | None = None) -> None:
        if this is not None and this != self._plans:
            return
        self._busy(None)
        say = self._work.say
        if isinstance(error, CancelledError | StoppedError):
            self.complained.emit(say("Stopped. The ledger is as it was before."))
        elif isinstance(error, StoreError):
            self.complained.emit(say.message(error.message))
        else:
            raise error
