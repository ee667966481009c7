"""The audit in the background: what is out of date is audited when there is time."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.audit.auditing import audit_form
from desktop.app.audit.findings_board import tally_of
from desktop.app.events import FiguresChanged
from desktop.app.events import FindingsChanged
from desktop.app.events import RefreshFailed
from desktop.app.figures.figuring import computed
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable
    from concurrent.futures import Future

    from desktop.app.audit.auditing import Found
    from desktop.app.events import Event
    from desktop.app.outlook import Outlook
    from desktop.app.progress import Steps
    from desktop.app.store_thread import Operation
    from desktop.store.ledger import Ledger

QUIET: Final = 0.5
"""Seconds without a change before all that depends on it is looked at."""


class Refreshing:
    """Keeps findings and figures in step; lives on the ledger's thread."""

    def __init__(self, outlook: Outlook) -> None:
        """Listen from now on; nothing is out of date yet."""
        self._outlook = outlook
        self._stale: dict[str, None] = {}
        """Forms whose findings are out of date, in the order they became so."""
        self._work: Operation[None] | None = None
        """The work under way, unless it has been told to stop."""
        self._due = False
        """Whether the indicators are out of date."""
        self._rest = False
        """Whether somebody is at work, and they had better wait."""
        self._at = ""
        """The form whose audit is under way."""
        self._since: Found = {}
        """What was found in single records since that audit began."""
        outlook.subscribe(self._hear)

    def outdate(self, forms: Iterable[str], *, rest: bool = False) -> None:
        """Have forms audited when there is time, and the indicators computed.

        With `rest` both wait until nothing has changed for a moment: whoever types
        on does not share the machine with what the next entry makes obsolete.
        """
        self._stale.update(dict.fromkeys(forms))
        self._due, self._rest = True, rest
        if self._work is None:
            work = self._work = self._outlook.thread.start(self._catch_up)
            work.result.add_done_callback(lambda result: self._done(work, result))

    def stop(self) -> None:
        """Stop; what has not been come to waits for the next change."""
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def give_up(self) -> None:
        """Stop, and forget what was out of date: the ledger is to be left."""
        self._stale.clear()
        self.stop()

    def _hear(self, event: Event) -> None:
        """Keep what single records say now: an audit under way may have passed them."""
        if isinstance(event, FindingsChanged) and event.form == self._at:
            self._since.update({} if event.all_records else event.findings)

    def _done(self, work: Operation[None], result: Future[None]) -> None:
        if self._work is work:
            self._work = None
        error = result.exception()
        if error is not None and not isinstance(error, CancelledError):
            self._outlook.tell(RefreshFailed(error))

    def _catch_up(self, ledger: Ledger) -> Steps[None]:
        """Audit what is out of date until nothing is, then compute the indicators.

        An edit between two slices puts its forms back on the list. So does whoever
        stops the audit with the form it is at.
        """
        form = ""
        try:
            while self._stale or self._due:
                form = ""
                if self._rest:
                    self._rest = False
                    yield Progress(0, 0, message("app.auditing"), pause=QUIET)
                    continue
                form = next(iter(self._stale), "")
                if form:
                    del self._stale[form]
                    yield from self._audit(ledger, form)
                else:
                    yield from self._compute(ledger)
        except GeneratorExit:
            self._due = True
            if form:
                self._stale[form] = None
            raise

    def _audit(self, ledger: Ledger, form: str) -> Steps[None]:
        outlook = self._outlook
        period, audit = outlook.period, outlook.compiled.audit.of(form)
        self._at, self._since = form, {}
        known = partial(outlook.board.of, form)
        result = yield from audit_form(ledger, audit, outlook.parameters, known)
        self._at = ""
        if period == outlook.period:
            found, broken = _up_to_date(result.findings, self._since), result.broken
            event = FindingsChanged(form, found, all_records=True, broken=broken)
            outlook.tell(replace(event, tally=tally_of(event)))

    def _compute(self, ledger: Ledger) -> Steps[None]:
        """Compute the indicators; an edit in between has them computed again."""
        self._due = False
        outlook = self._outlook
        plan, period, unit = outlook.compiled.figures, outlook.period, outlook.root.code
        figures = yield from computed(ledger, outlook.pack, plan, period, unit)
        if period == outlook.period and not self._stale and not self._due:
            outlook.tell(FiguresChanged(figures))


def _up_to_date(found: Found, since: Found) -> Found:
    """Put what single records have said since into what an audit of all found."""
    if not since:
        return found
    merged = {**found, **since}
    return {record: merged[record] for record in sorted(merged) if merged[record]}
