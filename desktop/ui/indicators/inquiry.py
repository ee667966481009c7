"""One question at a time to the ledger's thread, with progress and a way to stop."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QWidget

from desktop.app.progress import CancelledError
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.app.progress import Progress
    from desktop.app.progress import Steps
    from desktop.app.store_thread import Operation
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace

T = TypeVar("T")


class Inquiry(QWidget):
    """A line with a bar and 停止, seen only while something is being computed."""

    def __init__(self, work: Workplace, name: str) -> None:
        """Ask nothing yet."""
        super().__init__()
        self._work = work
        self._run: Operation[Any] | None = None
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(work.say("Computing…"))
        self._stopped: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(parts.label(work.say("Computing…"), "muted", wrap=False))
        row.addWidget(self._bar, 1)
        row.addWidget(parts.button(work.say("Stop"), self._stop, name=f"{name}.stop"))
        self.hide()

    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._run is not None

    def ask(
        self,
        steps: Callable[[Ledger], Steps[T]],
        slot: Callable[[T], None],
        stopped: Callable[[], None],
    ) -> None:
        """Compute something; what was asked before is dropped.

        `stopped` is called where the person stops it.
        """
        self.drop()
        bridge = self._work.bridge
        if bridge.closed:
            return
        self._stopped = stopped
        self._bar.setRange(0, 0)
        self.show()
        post = bridge.courier.post
        run: Operation[T] = self._work.session.thread.start(
            steps, lambda progress: post(self, partial(self._moved, progress))
        )
        self._run = run
        bridge.when(
            run.result, self, partial(self._done, run, slot), partial(self._failed, run)
        )

    def drop(self) -> None:
        """Ask no longer, and say nothing."""
        if self._run is not None:
            self._run.cancel()
            self._run = None
        self.hide()

    def _stop(self) -> None:
        self.drop()
        if self._stopped is not None:
            self._stopped()

    def _moved(self, progress: Progress) -> None:
        if self._run is not None:
            self._bar.setRange(0, progress.total)
            self._bar.setValue(progress.done)

    def _done(self, run: Operation[T], slot: Callable[[T], None], answer: T) -> None:
        if run is self._run:
            self._run = None
            self.hide()
            slot(answer)

    def _failed(self, run: Operation[Any], error: BaseException) -> None:
        if run is self._run:
            self._run = None
            self.hide()
        if not isinstance(error, CancelledError):
            self._work.bridge.courier.give_up(error)
