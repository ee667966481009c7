"""What views read of a ledger: each answer is a future from the ledger's thread."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from desktop.app.edits import rule_topic
from desktop.core.findings import Level
from desktop.core.frozen import frozen
from desktop.store.records import View

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from desktop.app.session import Session
    from desktop.core.changes import RecordKey
    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.store.ledger import Ledger
    from desktop.store.records import Entry
    from desktop.store.records import Record


class Progressed(Enum):
    """How far a form is."""

    EMPTY = "empty"
    """未开始."""
    WRONG = "wrong"
    """有错: 强制性 findings are open."""
    TO_EXPLAIN = "to_explain"
    """待说明: 核实性 findings have no explanation yet."""
    DONE = "done"
    """完成: everything passes or is explained, or there is nothing to report."""


@frozen
class FormState:
    """Where a form stands in a period."""

    form: str
    records: int
    nil: bool
    errors: int
    warnings: int
    explained: int
    progressed: Progressed


class Reading:
    """Questions to a session's ledger, for the period it looks at."""

    def __init__(self, session: Session) -> None:
        """Take the session whose ledger is read."""
        self._session = session
        self._call = session.thread.call

    def ids(self, form: str, view: View | None = None) -> Future[list[RecordId]]:
        """List a form's records as a view wants them."""
        period, wanted = self._session.period.code, view or View()
        return self._call(lambda ledger: ledger.ids(form, period, wanted))

    def rows(self, form: str, ids: Sequence[RecordId]) -> Future[list[Record]]:
        """Read records in the order asked for; one that is gone is left out."""
        return self._call(lambda ledger: ledger.rows(form, ids))

    def record(self, key: RecordKey) -> Future[Record | None]:
        """Read one record; None where there is none."""
        return self._call(lambda ledger: ledger.record(key))

    def before(self, key: RecordKey) -> Future[Record | None]:
        """Read the same record one period earlier."""
        earlier = self._session.period.previous().code
        return self.record(type(key)(key.form, earlier, key.facility))

    def notes(self, key: RecordKey) -> Future[dict[str, str]]:
        """Read a record's notes by topic."""
        return self._call(lambda ledger: ledger.notes(key))

    def notes_of(self, form: str) -> Future[dict[RecordKey, dict[str, str]]]:
        """Read the notes of all records of a form."""
        period = self._session.period.code
        return self._call(lambda ledger: ledger.notes_of(form, period))

    def history(self, key: RecordKey, field: str) -> Future[tuple[Entry, ...]]:
        """Read what happened to one cell, earliest first."""
        return self._call(lambda ledger: ledger.history(key, field))

    def states(self) -> Future[tuple[FormState, ...]]:
        """Tell where each form stands, as the audit knows it at the moment."""
        return self._call(self._states)

    def _states(self, ledger: Ledger) -> tuple[FormState, ...]:
        nils = ledger.nils(self._session.period.code)
        forms = (form.id for form in self._session.pack.forms)
        return tuple(self._state(ledger, form, nils) for form in forms)

    def _state(
        self, ledger: Ledger, form: str, nils: frozenset[tuple[str, str]]
    ) -> FormState:
        period, board = self._session.period.code, self._session.board
        records = ledger.count(form, period)
        nil = (form, self._session.root.code) in nils
        errors = board.count(Level.ERROR, form)
        warnings = board.of_level(Level.WARNING, form)
        explained = self._explained(ledger, form, warnings) if warnings else 0
        return FormState(
            form=form,
            records=records,
            nil=nil,
            errors=errors,
            warnings=len(warnings),
            explained=explained,
            progressed=_progressed(
                empty=not records and not nil,
                wrong=errors > 0,
                unexplained=explained < len(warnings),
            ),
        )

    def _explained(self, ledger: Ledger, form: str, warnings: Sequence[Finding]) -> int:
        notes = ledger.notes_of(form, self._session.period.code)
        asked = [
            (each.record, each.rule) for each in warnings if each.record is not None
        ]
        ids = sorted({record for record, _ in asked})
        keys = {record.id: record.key for record in ledger.rows(form, ids)}
        return sum(
            bool(notes.get(keys[record], {}).get(rule_topic(rule)))
            for record, rule in asked
            if record in keys
        )


def _progressed(*, empty: bool, wrong: bool, unexplained: bool) -> Progressed:
    if empty:
        return Progressed.EMPTY
    if wrong:
        return Progressed.WRONG
    return Progressed.TO_EXPLAIN if unexplained else Progressed.DONE
