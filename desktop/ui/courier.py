"""Brings results of work on other threads to the main thread, to live receivers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from shiboken6 import isValid

from desktop.app.progress import CancelledError
from desktop.core.frozen import frozen
from desktop.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

T = TypeVar("T")


@frozen
class _Delivery:
    """What to do on the main thread, as long as the owner lives."""

    owner: QObject
    do: Callable[[], None]


class Courier(QObject):
    """Carries calls from any thread to the main one."""

    trouble = Signal(object)
    """A `Message`: the disk kept something from being read or written."""
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Stand on the thread it is made on."""
        super().__init__(parent)
        self._closed = False
        self._arrived.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def when(
        self,
        future: Future[T],
        owner: QObject,
        slot: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Call a slot with a result to come, unless its owner is gone by then.

        Without `failed`, a fault of the disk goes to `trouble`, a bug to the handler
        of unexpected errors, and work the person stopped is passed over.
        """

        def deliver(done: Future[T]) -> None:
            self._settle(done, slot, failed)

        def arrived(done: Future[T]) -> None:
            self.post(owner, lambda: deliver(done))

        future.add_done_callback(arrived)

    def post(self, owner: QObject, do: Callable[[], None]) -> None:
        """Do something on the main thread soon; may be called from any thread."""
        self._arrived.emit(_Delivery(owner, do))

    def close(self) -> None:
        """Hand over nothing from now on: what results would ask next is gone."""
        self._closed = True

    def _hand_over(self, delivery: _Delivery) -> None:
        if not self._closed and isValid(delivery.owner):
            delivery.do()

    def _settle(
        self,
        done: Future[Any],
        slot: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None,
    ) -> None:
        error = done.exception()
        if error is None:
            slot(done.result())
        elif failed is not None:
            failed(error)
        else:
            self.give_up(error)

    def give_up(self, error: BaseException) -> None:
        """Say what the disk refused; raise a bug for the handler of the unexpected."""
        if isinstance(error, StoreError):
            self.trouble.emit(error.message)
        elif not isinstance(error, CancelledError):
            raise error
