"""What tests ask of an open ledger, on its own thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.session import Session
    from desktop.core.changes import RecordKey
    from desktop.core.findings import RecordId
    from desktop.store.records import Record

PATIENCE = 10


def ids(session: Session, form: str) -> list[RecordId]:
    """List the records of a form in the period looked at."""
    period = session.period.code
    asked = session.thread.call(lambda ledger: ledger.ids(form, period))
    return asked.result(PATIENCE)


def rows(session: Session, form: str, records: Sequence[RecordId]) -> list[Record]:
    """Read records in the order asked for."""
    asked = session.thread.call(lambda ledger: ledger.rows(form, records))
    return asked.result(PATIENCE)


def every(session: Session, form: str) -> list[Record]:
    """Read all records of a form."""
    return rows(session, form, ids(session, form))


def notes(session: Session, key: RecordKey) -> dict[str, str]:
    """Read a record's notes by topic."""
    return session.thread.call(lambda ledger: ledger.notes(key)).result(PATIENCE)
