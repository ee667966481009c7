"""Brings results of work on other threads to the main thread, to live receivers."""

from __future__ import annotations

from collections import deque
from itertools import count
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtCore import Slot
from shiboken6 import isValid

from desktop.app.progress import CancelledError
from desktop.core.frozen import frozen
from desktop.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

T = TypeVar("T")


@frozen
class _Receiver:
    """Who waits for a result, and what to do with it or with what went wrong."""

    owner: QObject
    slot: Callable[[Any], None]
    failed: Callable[[BaseException], None] | None


@frozen
class _Delivery:
    """What to do on the main thread, as long as the owner lives."""

    owner: QObject
    do: Callable[[], None]


@frozen
class _Listener:
    """Who hears how far the work is that it asked for last."""

    owner: QObject
    number: int
    slot: Callable[[Any], None]


@frozen
class _Told:
    """Something of one piece of work, for whoever listens."""

    owner: int
    number: int
    what: object


class Courier(QObject):
    """Carries calls from any thread to the main one."""

    trouble = Signal(object)
    """A `Message`: the disk kept something from being read or written."""
    _arrived = Signal()
    """Something lies in the queue; it carries nothing: what crosses from thread to
    thread stays Python's own."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Stand on the thread it is made on."""
        super().__init__(parent)
        self._closed = False
        self._waiting: deque[_Delivery | _Told | tuple[int, Future[Any]]] = deque()
        self._receivers: dict[int, _Receiver] = {}
        """By the number a result comes back under. No other thread holds a receiver:
        the last to let go of a widget would destroy it there."""
        self._listeners: dict[int, _Listener] = {}
        """By owner, as long as it lives."""
        self._numbers = count()
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
        number = next(self._numbers)
        self._receivers[number] = _Receiver(owner, slot, failed)
        future.add_done_callback(lambda done: self._send((number, done)))

    def post(self, owner: QObject, do: Callable[[], None]) -> None:
        """Do something on the main thread soon; may be called from any thread."""
        self._send(_Delivery(owner, do))

    def teller(self, owner: QObject, slot: Callable[[T], None]) -> Callable[[T], None]:
        """Give what another thread may call to tell of progress, and hold for long.

        It knows the owner by a number only, so that no widget ends on that thread. An
        owner hears of the work it began last.
        """
        key, number = id(owner), next(self._numbers)
        if key not in self._listeners:
            owner.destroyed.connect(lambda: self._listeners.pop(key, None))
        self._listeners[key] = _Listener(owner, number, slot)
        return lambda told: self._send(_Told(key, number, told))

    def _send(self, sent: _Delivery | _Told | tuple[int, Future[Any]]) -> None:
        self._waiting.append(sent)
        try:
            self._arrived.emit()
        except RuntimeError:
            # The window went, and its courier with it, while somebody still worked.
            if isValid(self):
                raise

    def close(self) -> None:
        """Hand over nothing from now on: what results would ask next is gone."""
        self._closed = True

    @Slot()
    def _hand_over(self) -> None:
        sent = self._waiting.popleft()
        if isinstance(sent, _Delivery):
            if not self._closed and isValid(sent.owner):
                sent.do()
            return
        if isinstance(sent, _Told):
            there = self._listeners.get(sent.owner)
            if not self._closed and there is not None and there.number == sent.number:
                there.slot(sent.what)
            return
        number, done = sent
        receiver = self._receivers.pop(number)
        if not self._closed and isValid(receiver.owner):
            self._settle(done, receiver)

    def _settle(self, done: Future[Any], receiver: _Receiver) -> None:
        error = done.exception()
        if error is None:
            receiver.slot(done.result())
        elif receiver.failed is not None:
            receiver.failed(error)
        else:
            self.give_up(error)

    def give_up(self, error: BaseException) -> None:
        """Say what the disk refused; raise a bug for the handler of the unexpected."""
        if isinstance(error, StoreError):
            self.trouble.emit(error.message)
        elif not isinstance(error, CancelledError):
            raise error
