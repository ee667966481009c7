"""One open ledger as a window or a command sees it.

A session carries out what people do, keeps what can be undone, has changed records
audited in the same breath as they are saved, and tells its listeners what changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import TypeVar

from desktop.app.audit.looking import ASKED_SINGLY
from desktop.app.audit.looking import Look
from desktop.app.audit.looking import records_of
from desktop.app.audit.looking import touched
from desktop.app.events import ChoicesChanged
from desktop.app.events import NotSaved
from desktop.app.events import PackReplaced
from desktop.app.events import PeriodChanged
from desktop.app.events import RecordsChanged
from desktop.app.events import Saved
from desktop.app.events import UndoChanged
from desktop.app.events import UnitsChanged
from desktop.app.outlook import Outlook
from desktop.app.refreshing import Refreshing
from desktop.app.undo import UndoStack
from desktop.core.changes import CellChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordMoved
from desktop.core.changes import RecordRemoved
from desktop.core.messages import message
from desktop.forms.model import UnitForm
from desktop.store.errors import StoreError
from desktop.store.records import Applied
from desktop.store.records import Stale

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from concurrent.futures import Future
    from pathlib import Path

    from desktop.app.person import Person
    from desktop.app.store_thread import StoreThread
    from desktop.core.changes import Action
    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.forms.model import Pack
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer

T = TypeVar("T")


class Session(Outlook):
    """An open ledger in somebody's hands: what they do, and how it is taken back."""

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
        super().__init__(thread, path, person, period)
        self._undo = UndoStack()
        self._refreshing = Refreshing(self)

    def choose_period(self, period: Period) -> None:
        """Look at another period of the ledger."""
        self.thread.call(lambda ledger: self._turn(ledger, period)).result()

    def add_period(
        self, period: Period, source: Period | None = None
    ) -> Future[Answer]:
        """Begin a period, taking rosters over from another, and look at it."""
        return self.thread.call(lambda ledger: self._begin(ledger, period, source))

    def extend(self, work: Callable[[Ledger], Iterable[Action]]) -> Future[None]:
        """Do what adds other periods; it gives what was done, each a step to undo."""

        def do(ledger: Ledger) -> None:
            for action in work(ledger):
                self._undo.push(action)
                self.tell(Saved(ledger.head().revision, action.title))
            self.periods = ledger.periods()
            self.tell(UndoChanged(self._undo.undo_title, self._undo.redo_title))
            # What stands a period earlier is another by now: all is read anew.
            self._turn(ledger, self.period)

        return self.thread.call(do)

    def carry_out(self, title: Message, work: Callable[[Ledger], T]) -> Future[T]:
        """Do what keeps its own book of steps, such as receiving; all is read anew."""

        def do(ledger: Ledger) -> T:
            before = ledger.head().revision
            done = work(ledger)
            if (now := ledger.head().revision) != before:
                self.tell(Saved(now, title))
                self._turn(ledger, self.period)
            return done

        return self.thread.call(do)

    def apply(self, action: Action) -> Future[Answer]:
        """Do what a person did: one transaction, one step to undo."""
        return self.thread.call(
            lambda ledger: self._apply(ledger, action, lambda: self._undo.push(action))
        )

    def note_fact(self, work: Callable[[Ledger], Action]) -> Future[Answer]:
        """Note something about the hand-over: it is saved, and no step to undo."""
        return self.thread.call(
            lambda ledger: self._apply(ledger, work(ledger), lambda: None)
        )

    def undo(self) -> Future[Answer | None]:
        """Take the last action back; nothing happens where there is none."""
        return self.thread.call(self._go_back)

    def redo(self) -> Future[Answer | None]:
        """Do the action again that was taken back last."""
        return self.thread.call(self._go_forth)

    def upgrade(self, pack: Pack, period: Period) -> Future[PackReplaced]:
        """Go on under a newer pack from a period on; the session is to be left then."""

        def work(ledger: Ledger) -> PackReplaced:
            from desktop.app.ledgers.going_on import go_on_under  # noqa: PLC0415 - few sessions do it

            done = PackReplaced(period, pack.version, go_on_under(ledger, pack, period))
            self._refreshing.give_up()
            self.tell(done)
            return done

        return self.thread.call(work)

    def refresh(self) -> None:
        """Audit the whole period anew and compute its indicators, in the background."""
        self.thread.call(lambda _: self._refreshing.outdate(self.forms()))

    def stop_refreshing(self) -> None:
        """Stop the audit in the background; what it has not come to waits for more."""
        self.thread.call(lambda _: self._refreshing.stop())

    def close(self) -> None:
        """Finish what is being saved and close the ledger."""
        self.thread.close()

    def _turn(self, ledger: Ledger, period: Period) -> None:
        before = self.kept
        self.period = period
        self._settle(ledger)
        self.board.clear()
        self.tell(PeriodChanged(period.code, other_pack=self.kept is not before))
        self._refreshing.outdate(self.forms())

    def _settle_anew(self, ledger: Ledger) -> None:
        """Go by what is chosen now; a deadline changes nothing of the pack."""
        before = self.choices
        self._settle(ledger)
        if self.choices is not before:
            self.tell(ChoicesChanged(self.period.code))
            self._refreshing.outdate(self.forms())

    def _begin(self, ledger: Ledger, period: Period, source: Period | None) -> Answer:
        answer = ledger.add_period(period, source)
        self.periods = ledger.periods()
        title = message("store.action.period", period=period.code)
        self.tell(Saved(ledger.head().revision, title))
        self._turn(ledger, period)
        return answer

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
        look = Look(self)
        try:
            answer = look.write(ledger, action)
        except StoreError as error:
            self.tell(NotSaved(action.title, error.message))
            raise
        if isinstance(answer, Stale):
            self.tell(NotSaved(action.title, answer.conflicts[0].message))
            return answer
        remember()
        told = look.late(ledger, answer)
        self.tell(Saved(answer.revision, action.title))
        self.tell(UndoChanged(self._undo.undo_title, self._undo.redo_title))
        if self.period.code in answer.choices:
            self._settle_anew(ledger)
        if answer.units:
            self._take_units(ledger)
        self._look_again(ledger, answer, action, told)
        return answer

    def _take_units(self, ledger: Ledger) -> None:
        """Go on with another tree: lists, names and sums may all have changed."""
        self.units = ledger.units()
        self.tell(UnitsChanged())
        for form in self.forms():
            self.tell(RecordsChanged(form, None, listed=True))
        self._refreshing.outdate(self.forms())

    def _look_again(
        self, ledger: Ledger, answer: Applied, action: Action, told: AbstractSet[str]
    ) -> None:
        """Tell what changed, and leave what depends on it for later."""
        listed, stale = _coming_and_going(action), dict[str, None]()
        fields = _changed_fields(action)
        forms = touched(answer, self.period.code)
        for form, keys in forms.items():
            few = len(keys) <= ASKED_SINGLY
            here = records_of(ledger, keys) if few else None
            self.tell(RecordsChanged(form, here, listed=form in listed))
            if form in listed or form not in told:
                stale[form] = None
            stale |= self._turned(
                form, None if form in listed else fields.get(form, ())
            )
        if any(key.period != self.period.code for key in answer.records):
            stale = dict.fromkeys(self.forms())  # rules may compare with them
        above = (form.id for form in self.pack.forms if isinstance(form, UnitForm))
        stale |= dict.fromkeys((*forms, *above))
        self._refreshing.outdate(stale, rest=True)

    def _turned(self, form: str, fields: Iterable[str] | None) -> dict[str, None]:
        """Name the forms with rules that look at what changed in a form's records."""
        if fields is None:
            return self.compiled.audit.turned(form, None)
        follow = (
            field.id
            for field in self.pack.form_by_id[form].fields
            if field.computed is not None or field.visible_when is not None
        )
        return self.compiled.audit.turned(form, (*fields, *follow))


def _changed_fields(action: Action) -> dict[str, set[str]]:
    """Name the fields that an action sets one by one, form by form."""
    found: dict[str, set[str]] = {}
    for change in action.changes:
        if isinstance(change, CellChange):
            found.setdefault(change.record.form, set()).add(change.field)
    return found


def _coming_and_going(action: Action) -> frozenset[str]:
    """Name the forms whose list of records an action changes."""
    return frozenset(
        change.record.form
        for change in action.changes
        if isinstance(change, RecordAdded | RecordRemoved | RecordMoved)
    )
