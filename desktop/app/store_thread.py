"""The one thread a ledger lives on: edits first, long reads a slice at a time."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from time import monotonic
from typing import TYPE_CHECKING
from typing import Any
from typing import Generic
from typing import TypeVar

from desktop.app.progress import CancelledError
from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.app.progress import Progress
    from desktop.app.progress import Steps
    from desktop.store.ledger import Ledger

T = TypeVar("T")


class ClosedError(Exception):
    """Work was asked of a ledger that has been closed; a bug of the caller."""


class Operation(Generic[T]):
    """Long work on its way: its result to come, its progress, and a way to stop it."""

    def __init__(
        self,
        start: Callable[[Ledger], Steps[T]],
        watch: Callable[[Progress], None] | None,
    ) -> None:
        """Remember how to start the work, and who wants to hear of its progress."""
        self.result: Future[T] = Future()
        self._start = start
        self._watch = watch
        self._steps: Steps[T] | None = None
        self._stop = threading.Event()
        self._due = 0.0

    @property
    def wait(self) -> float:
        """How many seconds it still lets go by; a stopped one does not wait."""
        return 0.0 if self._stop.is_set() else max(self._due - monotonic(), 0.0)

    def cancel(self) -> None:
        """Ask the work to stop after its present slice."""
        self._stop.set()

    def advance(self, ledger: Ledger) -> bool:
        """Do one slice; tell whether there is more to do."""
        try:
            return self._advance(ledger)
        except BaseException as error:  # noqa: BLE001 - carried to whoever waits
            self.result.set_exception(error)
            return False

    def _advance(self, ledger: Ledger) -> bool:
        if self._steps is None:
            self._steps = self._start(ledger)
        if self._stop.is_set():
            self._steps.close()
            raise CancelledError
        try:
            progress = next(self._steps)
        except StopIteration as stop:
            self.result.set_result(stop.value)
            return False
        if progress.pause:
            self._due = monotonic() + progress.pause
        if self._watch is not None:
            self._watch(progress)
        return True


@frozen
class _Call(Generic[T]):
    """Short work and its result to come."""

    work: Callable[[Ledger], T]
    result: Future[T]

    def run(self, ledger: Ledger) -> None:
        """Do the work and deliver its result or its fault."""
        try:
            self.result.set_result(self.work(ledger))
        except BaseException as error:  # noqa: BLE001 - carried to whoever waits
            self.result.set_exception(error)


class StoreThread:
    """Opens a ledger on a thread of its own and runs all work on it there.

    Short work goes first, in the order it came; long work advances a slice whenever
    no short work waits, one operation after the other in turn.
    """

    def __init__(self, open_ledger: Callable[[], Ledger]) -> None:
        """Start the thread and open the ledger on it.

        Raises:
            StoreError: The ledger could not be opened; the thread has ended.
        """
        self._calls: deque[_Call[Any]] = deque()
        self._operations: deque[Operation[Any]] = deque()
        self._wake = threading.Condition()
        self._closing = False
        opened: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._run, args=(open_ledger, opened), name="store", daemon=True
        )
        self._thread.start()
        opened.result()

    def call(self, work: Callable[[Ledger], T]) -> Future[T]:
        """Do short work soon; the future gives its result or raises its fault."""
        call = _Call(work, Future())
        with self._wake:
            self._must_be_open()
            self._calls.append(call)
            self._wake.notify()
        return call.result

    def start(
        self,
        steps: Callable[[Ledger], Steps[T]],
        watch: Callable[[Progress], None] | None = None,
    ) -> Operation[T]:
        """Begin long work; `watch` is called on this thread after each slice.

        What the last short work begins while the ledger closes is stopped before its
        first slice: that work itself has done nothing wrong.
        """
        operation = Operation(steps, watch)
        with self._wake:
            if threading.current_thread() is not self._thread:
                self._must_be_open()
            elif self._closing:
                operation.cancel()
            self._operations.append(operation)
            self._wake.notify()
        return operation

    def close(self) -> None:
        """Finish the short work that waits, stop the long, close the ledger."""
        with self._wake:
            self._closing = True
            for operation in self._operations:
                operation.cancel()
            self._wake.notify()
        self._thread.join()

    def _must_be_open(self) -> None:
        if self._closing:
            raise ClosedError

    def _run(self, open_ledger: Callable[[], Ledger], opened: Future[None]) -> None:
        try:
            ledger = open_ledger()
        except BaseException as error:  # noqa: BLE001 - raised by the constructor
            opened.set_exception(error)
            return
        ledger.wanted = lambda: bool(self._calls)
        opened.set_result(None)
        while self._go_on(ledger):
            pass
        ledger.close()

    def _go_on(self, ledger: Ledger) -> bool:
        """Do one thing and let go of it; false when there is nothing left to do."""
        task = self._next()
        if task is None:
            return False
        if isinstance(task, _Call):
            task.run(ledger)
        elif task.advance(ledger):
            self._put_back(task)
        return True

    def _put_back(self, operation: Operation[Any]) -> None:
        with self._wake:
            if self._closing:
                operation.cancel()
            self._operations.append(operation)

    def _next(self) -> _Call[Any] | Operation[Any] | None:
        with self._wake:
            while not self._calls:
                for operation in self._operations:
                    if not operation.wait:
                        self._operations.remove(operation)
                        return operation
                if self._closing and not self._operations:
                    return None
                waits = [operation.wait for operation in self._operations]
                self._wake.wait(min(waits, default=None))
            return self._calls.popleft()
