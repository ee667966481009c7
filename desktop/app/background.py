"""Long work beside the ledger's thread: reading foreign files, writing workbooks."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING
from typing import Generic
from typing import TypeVar

from desktop.app.progress import CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.app.progress import Progress

T = TypeVar("T")


class Stage:
    """What background work tells of itself, and asks: whether to go on."""

    def __init__(self, watch: Callable[[Progress], None] | None = None) -> None:
        """Remember who wants to hear of progress."""
        self._watch = watch
        self._stop = threading.Event()

    @property
    def stopped(self) -> bool:
        """Whether somebody has asked the work to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the work to stop."""
        self._stop.set()

    def tell(self, progress: Progress) -> None:
        """Tell how far the work is.

        Raises:
            CancelledError: Somebody has asked the work to stop.
        """
        if self.stopped:
            raise CancelledError
        if self._watch is not None:
            self._watch(progress)


class Task(Generic[T]):
    """Work on a thread of its own: its result to come, and a way to stop it."""

    def __init__(
        self,
        work: Callable[[Stage], T],
        watch: Callable[[Progress], None] | None = None,
    ) -> None:
        """Start the work; `watch` is called on its thread."""
        self.result: Future[T] = Future()
        self._work = work
        self._stage = Stage(watch)
        threading.Thread(target=self._run, name="background", daemon=True).start()

    def cancel(self) -> None:
        """Ask the work to stop; it cleans up and ends with `CancelledError`."""
        self._stage.stop()

    def _run(self) -> None:
        try:
            self.result.set_result(self._work(self._stage))
        except BaseException as error:  # noqa: BLE001 - carried to whoever waits
            self.result.set_exception(error)
