"""Where each form of a period stands: not begun, wrong, being filled in, done.

The sources have no word on this; the reading is ours (`Progressed`).
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from desktop.app.audit.findings_board import is_about_a_blank
from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from concurrent.futures import Future

    from desktop.app.events import FormTally
    from desktop.app.session import Session
    from desktop.store.ledger import Ledger


class Progressed(Enum):
    """How far a form is. The first that is true holds, in the order told here.

    Nothing is called done before the audit has asked every record.
    """

    EMPTY = "empty"
    """未开始: there is no record, or nobody has written to one since the period began
    and something is still asked for."""
    WRONG = "wrong"
    """有错: a 强制性 finding is open that says more than that a cell is blank."""
    FILLING = "filling"
    """填报中: a cell that must be answered is blank and not explained."""
    TO_EXPLAIN = "to_explain"
    """待说明: 核实性 findings have no explanation yet."""
    DONE = "done"
    """完成: everything passes or is explained, or there is nothing to report."""


@frozen
class FormState:
    """Where a form stands in a period; `blanks` are answers that are still asked for.

    `errors` and `warnings` count them too. `begun` tells whether somebody has written
    to the form since the period began, or declared that there is nothing to report.
    """

    form: str
    records: int
    nil: bool
    errors: int
    warnings: int
    explained: int
    progressed: Progressed
    blanks: int = 0
    audited: bool = True
    begun: bool = True

    @property
    def unexplained(self) -> int:
        """核实性 findings that have no explanation yet."""
        return self.warnings - self.explained


@frozen
class _Explained:
    """Findings of a form that have an explanation; `blanks` ask for an answer."""

    all: int = 0
    blanks: int = 0


def form_states(session: Session) -> Future[tuple[FormState, ...]]:
    """Tell where each form stands, as the audit knows it at the moment."""
    return session.thread.call(lambda ledger: states(session, ledger))


def states(session: Session, ledger: Ledger) -> tuple[FormState, ...]:
    """Tell where each form stands; runs on the ledger's thread.

    It costs the counting of records by an index and the reading of notes: findings
    are counted when the audit brings them, not here.
    """
    nils = ledger.nils(session.period.code)
    forms = (form.id for form in session.pack.forms)
    return tuple(_state(session, ledger, form, nils) for form in forms)


def _state(
    session: Session, ledger: Ledger, form: str, nils: frozenset[tuple[str, str]]
) -> FormState:
    period, tally = session.period.code, session.board.tally(form)
    records = ledger.count(form, period)
    nil = (form, session.root.code) in nils
    explained = _Explained()
    if tally.warnings:
        explained = _explained(session, ledger, form)
    blanks = tally.blank_errors + tally.blank_warnings - explained.blanks
    begun = nil or (bool(records) and ledger.touched(form, period))
    progressed = _progressed(
        tally, begun=begun, blanks=blanks, unexplained=tally.warnings - explained.all
    )
    if not records:
        progressed = Progressed.DONE if nil else Progressed.EMPTY
    return FormState(
        form=form,
        records=records,
        nil=nil,
        errors=tally.errors,
        warnings=tally.warnings,
        explained=explained.all,
        progressed=progressed,
        blanks=blanks,
        audited=tally.audited,
        begun=begun,
    )


def _explained(session: Session, ledger: Ledger, form: str) -> _Explained:
    """Count the findings whose explanation holds, and is one."""
    # Opening need not wait for what judges words.
    from desktop.app.audit.standing import Standing  # noqa: PLC0415 - see above
    from desktop.app.audit.standing import said_in  # noqa: PLC0415 - see above

    place, board = (form, session.period.code), session.board
    said = said_in(
        ledger, place, session.pack.explanations, lambda record: board.of(form, record)
    )
    rules = [
        rule for (_, _, rule), one in said.items() if one.standing is Standing.STANDS
    ]
    return _Explained(len(rules), sum(map(is_about_a_blank, rules)))


def _progressed(
    tally: FormTally, *, begun: bool, blanks: int, unexplained: int
) -> Progressed:
    still = tally.errors + unexplained > 0 or not tally.audited
    if not begun and still:
        return Progressed.EMPTY
    if tally.errors > tally.blank_errors:
        return Progressed.WRONG
    if blanks or not tally.audited:
        return Progressed.FILLING
    return Progressed.TO_EXPLAIN if unexplained else Progressed.DONE
