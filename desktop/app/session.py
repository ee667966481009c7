"""One open ledger as a window or a command sees it.

The ledger lives on its own thread (`desktop.app.store_thread`). A session asks it,
keeps what can be undone, has changed records audited in the same breath as they are
saved, and tells its listeners what changed. Listeners are called on the ledger's
thread; a view re-reads what it shows.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from desktop.app.auditing import audit_form
from desktop.app.auditing import audit_record
from desktop.app.compiled import CompiledPack
from desktop.app.events import ChoicesChanged
from desktop.app.events import FiguresChanged
from desktop.app.events import FindingsChanged
from desktop.app.events import NotSaved
from desktop.app.events import PeriodChanged
from desktop.app.events import RecordsChanged
from desktop.app.events import RefreshFailed
from desktop.app.events import Saved
from desktop.app.events import UndoChanged
from desktop.app.events import UnitsChanged
from desktop.app.figuring import computed
from desktop.app.findings_board import FindingsBoard
from desktop.app.progress import CancelledError
from desktop.app.undo import UndoStack
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordMoved
from desktop.core.changes import RecordRemoved
from desktop.core.messages import message
from desktop.forms.model import UnitForm
from desktop.indicators.periods import period_parameters
from desktop.store.errors import QueryError
from desktop.store.errors import StoreError
from desktop.store.records import Applied
from desktop.store.records import Stale

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from concurrent.futures import Future
    from pathlib import Path

    from desktop.app.events import Event
    from desktop.app.events import Listener
    from desktop.app.person import Person
    from desktop.app.progress import Steps
    from desktop.app.store_thread import StoreThread
    from desktop.core.changes import Action
    from desktop.core.changes import RecordKey
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer

ASKED_SINGLY = 20
"""Changed records up to this many are audited one by one, more with their form."""


class Session:
    """An open ledger, the period looked at, and what can be undone."""

    def __init__(
        self,
        thread: StoreThread,
        path: Path,
        person: Person,
        period: Period | None = None,
    ) -> None:
        """Take the thread a ledger has been opened on, and who works.

        Without a period that the ledger has, its latest is looked at.
        """
        self.path = path
        self.thread = thread
        self.person = person
        facts = thread.call(
            lambda ledger: (ledger.pack(), ledger.units(), ledger.periods())
        )
        self.kept, self.units, self.periods = facts.result()
        known = period is not None and period in self.periods
        self.period: Period = period if period and known else self.periods[-1]
        self.choices: dict[str, str] = {}
        """What was chosen for the period."""
        self.pack = self.kept
        """The pack of the period as it is kept, with what was chosen in force."""
        self.compiled = CompiledPack(self.pack)
        thread.call(self._settle).result()
        self.board = FindingsBoard()
        """Findings as the ledger's thread knows them; views keep their own."""
        self._undo = UndoStack()
        self._listeners: list[Listener] = []
        self._stale: dict[str, None] = {}
        """Forms whose findings are out of date, in the order they became so."""
        self._refreshing = False

    @property
    def root(self) -> Unit:
        """The unit the ledger was made for."""
        return self.units[0]

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell a listener of every change from now on; call the answer to stop.

        Stopping twice does no harm.
        """
        self._listeners.append(listener)

        def stop() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return stop

    def choose_period(self, period: Period) -> None:
        """Look at another period of the ledger."""
        self.thread.call(lambda ledger: self._turn(ledger, period)).result()

    def add_period(
        self, period: Period, source: Period | None = None
    ) -> Future[Answer]:
        """Begin a period, taking rosters over from another, and look at it."""
        return self.thread.call(lambda ledger: self._begin(ledger, period, source))

    def apply(self, action: Action) -> Future[Answer]:
        """Do what a person did: one transaction, one step to undo."""
        return self.thread.call(
            lambda ledger: self._apply(ledger, action, lambda: self._undo.push(action))
        )

    def undo(self) -> Future[Answer | None]:
        """Take the last action back; nothing happens where there is none."""
        return self.thread.call(self._go_back)

    def redo(self) -> Future[Answer | None]:
        """Do the action again that was taken back last."""
        return self.thread.call(self._go_forth)

    def refresh(self) -> None:
        """Audit the whole period anew and compute its indicators, in the background."""
        self.thread.call(lambda _: self._outdate(self._all_forms()))

    def close(self) -> None:
        """Finish what is being saved and close the ledger."""
        self.thread.close()

    @property
    def parameters(self) -> dict[str, str]:
        """What compiled statements take for the period looked at."""
        return period_parameters(self.pack, self.period)

    def tell(self, event: Event) -> None:
        """Tell every listener of a change; runs on the ledger's thread."""
        if isinstance(event, FindingsChanged):
            self.board.take(event)
        for listener in tuple(self._listeners):
            listener(event)

    def _turn(self, ledger: Ledger, period: Period) -> None:
        before = self.kept
        self.period = period
        self._settle(ledger)
        self.board.clear()
        other = self.kept is not before
        self.tell(PeriodChanged(period.code, other_pack=other))
        self._outdate(self._all_forms())

    def _settle(self, ledger: Ledger) -> None:
        """Put the period's pack in force, and what was chosen for the period."""
        kept = ledger.pack(self.period.code)
        choices = ledger.choices(self.period.code)
        if kept is not self.kept or choices != self.choices:
            self.kept, self.choices = kept, choices
            self.pack = kept
            if choices:
                from desktop.forms.settle import settle  # noqa: PLC0415 - few ledgers choose, and it brings the parser

                self.pack = settle(kept, choices)
            self.compiled = CompiledPack(self.pack)

    def _begin(self, ledger: Ledger, period: Period, source: Period | None) -> Answer:
        answer = ledger.add_period(period, source)
        self.periods = ledger.periods()
        title = message("store.action.period", period=period.code)
        self.tell(Saved(ledger.head().revision, title))
        self._turn(ledger, period)
        return answer

    def _all_forms(self) -> tuple[str, ...]:
        return tuple(form.id for form in self.pack.forms)

    def _go_back(self, ledger: Ledger) -> Answer | None:
        action = self._undo.back()
        if action is None:
            return None
        return self._apply(ledger, action, self._undo.went_back)

    def _go_forth(self, ledger: Ledger) -> Answer | None:
        action = self._undo.forth()
        if action is None:
            return None
        return self._apply(ledger, action, self._undo.went_forth)

    def _apply(
        self, ledger: Ledger, action: Action, remember: Callable[[], None]
    ) -> Answer:
        try:
            answer = ledger.apply(action)
        except StoreError as error:
            self.tell(NotSaved(action.title, error.message))
            raise
        if isinstance(answer, Stale):
            self.tell(NotSaved(action.title, answer.conflicts[0].message))
            return answer
        remember()
        self.tell(Saved(answer.revision, action.title))
        self.tell(UndoChanged(self._undo.undo_title, self._undo.redo_title))
        if self.period.code in answer.choices:
            self._settle(ledger)
            self.tell(ChoicesChanged(self.period.code))
            self._outdate(self._all_forms())
        if answer.units:
            self._take_units(ledger)
        self._look_again(ledger, answer, _coming_and_going(action))
        return answer

    def _take_units(self, ledger: Ledger) -> None:
        """Go on with another tree: lists, names and sums may all have changed."""
        self.units = ledger.units()
        self.tell(UnitsChanged())
        for form in self._all_forms():
            self.tell(RecordsChanged(form, None, listed=True))
        self._outdate(self._all_forms())

    def _look_again(
        self, ledger: Ledger, answer: Applied, listed: frozenset[str]
    ) -> None:
        """Tell what changed, audit it, and leave what depends on it for later."""
        touched: dict[str, list[RecordKey]] = {}
        for key in (*answer.records, *answer.notes):
            if key.period == self.period.code:
                touched.setdefault(key.form, []).append(key)
        for form, keys in touched.items():
            self._look_at(ledger, form, keys, listed=form in listed)
        above = (form.id for form in self.pack.forms if isinstance(form, UnitForm))
        self._outdate((*touched, *above))

    def _look_at(
        self, ledger: Ledger, form: str, keys: list[RecordKey], *, listed: bool
    ) -> None:
        found = [ledger.record(key) for key in keys[: ASKED_SINGLY + 1]]
        here = frozenset(record.id for record in found if record is not None)
        few = len(keys) <= ASKED_SINGLY
        self.tell(RecordsChanged(form, here if few else None, listed=listed))
        if not few:
            return
        audit = self.compiled.audit.of(form)
        # A rule that cannot run is told of by the audit of the whole form.
        with suppress(QueryError):
            findings = audit_record(ledger, audit, here, self.parameters)
            self.tell(FindingsChanged(form, findings, all_records=False))

    def _outdate(self, forms: Iterable[str]) -> None:
        """Have forms audited when there is time; runs on the ledger's thread."""
        self._stale.update(dict.fromkeys(forms))
        if not self._refreshing:
            self._refreshing = True
            refreshing = self.thread.start(self._catch_up)
            refreshing.result.add_done_callback(self._refreshed)

    def _refreshed(self, result: Future[None]) -> None:
        error = result.exception()
        if error is not None and not isinstance(error, CancelledError):
            self.tell(RefreshFailed(error))

    def _catch_up(self, ledger: Ledger) -> Steps[None]:
        """Audit what is out of date until nothing is, then compute the indicators.

        An edit between two slices puts its forms back on the list.
        """
        try:
            while self._stale:
                form = next(iter(self._stale))
                del self._stale[form]
                yield from self._audit(ledger, form)
                if not self._stale:
                    yield from self._compute(ledger)
        finally:
            self._refreshing = False

    def _audit(self, ledger: Ledger, form: str) -> Steps[None]:
        period = self.period
        audit = self.compiled.audit.of(form)
        result = yield from audit_form(ledger, audit, self.parameters)
        if period == self.period:
            found, broken = result.findings, result.broken
            self.tell(FindingsChanged(form, found, all_records=True, broken=broken))

    def _compute(self, ledger: Ledger) -> Steps[None]:
        """Compute the indicators; an edit in between has them computed again."""
        plan, period = self.compiled.figures, self.period
        figures = yield from computed(ledger, self.pack, plan, period, self.root.code)
        if period == self.period and not self._stale:
            self.tell(FiguresChanged(figures))


def _coming_and_going(action: Action) -> frozenset[str]:
    """Name the forms whose list of records an action changes."""
    return frozenset(
        change.record.form
        for change in action.changes
        if isinstance(change, RecordAdded | RecordRemoved | RecordMoved)
    )
