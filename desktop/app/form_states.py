"""Where each form of a period stands: begun, wrong, to be explained, done."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from desktop.app.edits import rule_topic
from desktop.core.findings import Level
from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from desktop.app.session import Session
    from desktop.core.findings import Finding
    from desktop.store.ledger import Ledger


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


def form_states(session: Session) -> Future[tuple[FormState, ...]]:
    """Tell where each form stands, as the audit knows it at the moment."""
    return session.thread.call(lambda ledger: _states(session, ledger))


def _states(session: Session, ledger: Ledger) -> tuple[FormState, ...]:
    nils = ledger.nils(session.period.code)
    forms = (form.id for form in session.pack.forms)
    return tuple(_state(session, ledger, form, nils) for form in forms)


def _state(
    session: Session, ledger: Ledger, form: str, nils: frozenset[tuple[str, str]]
) -> FormState:
    board = session.board
    records = ledger.count(form, session.period.code)
    nil = (form, session.root.code) in nils
    errors = board.count(Level.ERROR, form)
    warnings = board.of_level(Level.WARNING, form)
    explained = _explained(session, ledger, form, warnings) if warnings else 0
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


def _explained(
    session: Session, ledger: Ledger, form: str, warnings: Sequence[Finding]
) -> int:
    notes = ledger.notes_of(form, session.period.code)
    asked = [(each.record, each.rule) for each in warnings if each.record is not None]
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
