"""The one object between a session and the widgets.

The session calls its listeners on the ledger's thread; the bridge takes what it hears
to the main thread and says it again as Qt signals, which drop receivers that are gone.
No widget subscribes to the session, and no widget connects to another widget.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import TypeVar
from typing import assert_never

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal

from desktop.app.audit.findings_board import FindingsBoard
from desktop.app.events import ChoicesChanged
from desktop.app.events import FiguresChanged
from desktop.app.events import FindingsChanged
from desktop.app.events import NotSaved
from desktop.app.events import PackReplaced
from desktop.app.events import PeriodChanged
from desktop.app.events import RecordsChanged
from desktop.app.events import RefreshFailed
from desktop.app.events import Saved
from desktop.app.events import UndoChanged
from desktop.app.events import UnitsChanged
from desktop.app.packs.visibility import Visibility
from desktop.app.progress import CancelledError
from desktop.store.errors import StoreError
from desktop.ui.courier import Courier

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from desktop.app.events import Event
    from desktop.app.session import Session
    from desktop.core.changes import Action
    from desktop.indicators.figures import Figure
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer

MOMENT: Final = 0.005
"""Seconds that nobody notices, and in which an entry is mostly audited."""

T = TypeVar("T")


class Bridge(QObject):
    """Re-emits a session's events and keeps what views ask for again and again."""

    saved = Signal(object)
    not_saved = Signal(object)
    records_changed = Signal(object)
    findings_changed = Signal(object)
    figures_changed = Signal()
    undo_changed = Signal(object)
    period_changed = Signal()
    other_pack = Signal()
    """The period goes by another version of the pack: its window is another one."""
    pack_replaced = Signal(object)
    """The ledger was upgraded: its window is to be built anew."""
    choices_changed = Signal()
    """Other definitions or parameters are in force for the period."""
    units_changed = Signal()
    refresh_failed = Signal()
    """The audit in the background has ended before its time; why is told apart."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Listen to a session."""
        super().__init__(parent)
        self.session = session
        self.closed = False
        """Whether the ledger can be asked nothing any more."""
        self.board = FindingsBoard()
        self.figures: tuple[Figure, ...] | None = None
        """None until they have been computed for the period."""
        self.courier = Courier(self)
        self.visibility = Visibility(session)
        """Belongs to the ledger's thread."""
        self._news = threading.Event()
        """Something has been told since a person did the last thing."""
        self._stop = session.subscribe(self._hear)

    def _hear(self, event: Event) -> None:
        """Take what is told on the ledger's thread to the main one."""
        self.courier.post(self, lambda: self._say_again(event))
        self._news.set()

    def ask(
        self,
        work: Callable[[Ledger], T],
        owner: QObject,
        slot: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Read something on the ledger's thread and hand it to a live receiver.

        Of a closed ledger nothing is asked: its window is on the way out, and what a
        timer of it still wants is of no use.
        """
        if self.closed:
            return
        self.when(self.session.thread.call(work), owner, slot, failed)

    def when(
        self,
        future: Future[T],
        owner: QObject,
        slot: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Call a slot with a result to come, unless its owner is gone by then."""
        self.courier.when(future, owner, slot, failed)

    def apply(self, action: Action) -> Future[Answer]:
        """Do what a person did, and wait a moment for what the audit says of it.

        It comes right after the disk has answered, mostly within the moment; then the
        cells are painted once with all that is new, and nobody waits for two pictures.
        """
        self._news.clear()
        future = self.session.apply(action)
        self._news.wait(MOMENT)
        return future

    def close(self) -> None:
        """Finish what is being saved, close the ledger, and fall silent."""
        self.closed = True
        self._stop()
        self.courier.close()
        self.session.close()

    def watch(self, future: Future[Any]) -> None:
        """Let nothing that goes wrong with an action of a person be silent."""
        self.when(future, self, self.pass_on, self.pass_on)

    def pass_on(self, answer: object) -> None:
        """Raise what an action ended with, if it is a bug.

        What the disk refused is told by the session itself, as `not_saved`.
        """
        if isinstance(answer, BaseException) and not isinstance(
            answer, StoreError | CancelledError
        ):
            raise answer

    def _refused(self, error: BaseException) -> None:
        """Say what the disk refused; a bug goes to the handler of the unexpected."""
        if not isinstance(error, StoreError):
            raise error
        self.courier.trouble.emit(error.message)

    def _say_again(self, event: Event) -> None:
        match event:
            case Saved():
                self.saved.emit(event)
            case NotSaved():
                self.not_saved.emit(event)
            case RecordsChanged():
                self.records_changed.emit(event)
            case FindingsChanged():
                self.board.take(event)
                self.findings_changed.emit(event)
            case FiguresChanged():
                self.figures = event.figures
                self.figures_changed.emit()
            case UndoChanged():
                self.undo_changed.emit(event)
            case PeriodChanged(other_pack=True):
                self.other_pack.emit()
            case PeriodChanged():
                self.board.clear()
                self.figures = None
                self.period_changed.emit()
            case PackReplaced():
                self.pack_replaced.emit(event)
            case UnitsChanged():
                self.units_changed.emit()
            case ChoicesChanged():
                self.choices_changed.emit()
            case RefreshFailed():
                self.refresh_failed.emit()
                self._refused(event.error)
            case _:
                assert_never(event)
