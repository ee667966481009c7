"""Fills cells with last period's: reads them, makes one action, says what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.entry import same_as_last
from desktop.app.entry.beside import beside
from desktop.app.entry.prior_values import earlier_periods

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from desktop.app.entry.beside import Beside
    from desktop.app.entry.same_as_last import Taken
    from desktop.core.findings import RecordId
    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace

    Tell = Callable[[str], None]


def same_cells(
    work: Workplace,
    form: Form,
    cells: Sequence[tuple[RecordId, Field]],
    tell: Tell,
) -> None:
    """Set cells to what they held last period, as one step."""

    def make(found: dict[RecordId, Beside]) -> Taken:
        there = [
            (found[record].record, field) for record, field in cells if record in found
        ]
        priors = {record: one.priors for record, one in found.items()}
        return same_as_last.same_cells(there, priors)

    ids = tuple(dict.fromkeys(record for record, _ in cells))
    _take(work, form, ids, make, tell)


def same_record(work: Workplace, form: Form, record: RecordId, tell: Tell) -> None:
    """Fill what a record has still empty with last period's, as one step."""

    def make(found: dict[RecordId, Beside]) -> Taken:
        if record not in found:
            return same_as_last.Taken(None, 0)
        one = found[record]
        return same_as_last.same_record(form, one.record, one.priors)

    _take(work, form, (record,), make, tell)


def _take(
    work: Workplace,
    form: Form,
    ids: Sequence[RecordId],
    make: Callable[[dict[RecordId, Beside]], Taken],
    tell: Tell,
) -> None:
    session = work.session
    last = earlier_periods(session.periods, session.period)[:1]
    if not last:
        tell(work.say("There is no earlier period in this ledger."))
        return

    def read(ledger: Ledger) -> Taken:
        return make(beside(ledger, form.id, ids, last))

    def arrived(taken: Taken) -> None:
        if taken.action is not None:
            work.bridge.watch(session.apply(taken.action))
        if taken.without:
            tell(
                work.say(
                    "{count} cells have nothing in {period}; they stay as they were.",
                    count=taken.without,
                    period=last[0].title,
                )
            )
        elif taken.action is None:
            tell(work.say("Nothing to take over: it is the same already."))

    work.bridge.ask(read, work.bridge, arrived)
