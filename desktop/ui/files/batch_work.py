"""A batch beside the window: read on the ledger's thread, written on one of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import TypeAlias
from typing import TypeVar

from desktop.app.background import Task
from desktop.app.progress import CancelledError
from desktop.app.store_thread import ClosedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.app.background import Stage
    from desktop.app.batch.running import Reading
    from desktop.app.batch.running import Result
    from desktop.app.progress import Progress
    from desktop.app.progress import Steps
    from desktop.app.progress import Watcher
    from desktop.app.session import Session
    from desktop.store.ledger import Ledger

T = TypeVar("T")
Write: TypeAlias = "Callable[[Reading, Watcher], Result]"
"""Writes many files: reads by the first, tells and asks the second."""


def start_batch(
    session: Session, write: Write, watch: Callable[[Progress], None]
) -> Task[Result]:
    """Begin to write; `watch` is called on the thread that writes."""

    def work(stage: Stage) -> Result:
        def go_on(progress: Progress) -> bool:
            if not stage.stopped:
                stage.tell(progress)
            return not stage.stopped

        return write(_Reading(session), go_on)

    return Task(work, watch)


class _Reading:
    """Reads on the ledger's thread, where edits go first, and waits for it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(self, work: Callable[[Ledger], Steps[T]], watch: Watcher) -> T:
        """Read; whoever stops the batch stops what is being read."""

        def look(progress: Progress) -> None:
            if not watch(progress):
                raise CancelledError

        try:
            return self._session.thread.start(work, look).result.result()
        except ClosedError as closed:
            # The window is on its way out; what is written is whole.
            raise CancelledError from closed
