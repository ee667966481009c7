"""Writes an action, and tells what the audit says of it before the disk has answered.

A disk takes its time to promise that it has something; the rules need none of that.
They are asked inside the transaction, on the very records that will be on the disk.
Where they are not there in the end, what was told is taken back.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.audit.auditing import audit_near
from desktop.app.events import FindingsChanged
from desktop.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.audit.auditing import Found
    from desktop.app.outlook import Outlook
    from desktop.core.changes import Action
    from desktop.core.changes import RecordKey
    from desktop.core.findings import RecordId
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer
    from desktop.store.records import Applied

ASKED_SINGLY: Final = 20
"""Changed records up to this many are audited one by one, more with their form."""


class Look:
    """A look at the records that one action changes."""

    def __init__(self, outlook: Outlook) -> None:
        """Look at nothing yet."""
        self._outlook = outlook
        self._before: dict[str, Found] = {}
        """What was found in the records before, by forms that have been told of."""

    def write(self, ledger: Ledger, action: Action) -> Answer:
        """Do all of an action, and tell what it comes to if it is done.

        Raises:
            StoreError: The disk did not take it; what was told has been taken back.
        """
        try:
            return ledger.apply(action, partial(self._early, ledger))
        except BaseException:
            for form, before in self._before.items():
                self._outlook.tell(FindingsChanged(form, before, all_records=False))
            raise

    def late(self, ledger: Ledger, answer: Applied) -> frozenset[str]:
        """Tell what has not been told yet; gives the forms that have been told of."""
        self._ask(ledger, answer)
        return frozenset(self._before)

    def _early(self, ledger: Ledger, answer: Applied) -> None:
        if self._outlook.compiled.has_audit:
            # Nothing may keep an entry from the disk; `late` meets it again.
            with suppress(Exception):
                self._ask(ledger, answer)

    def _ask(self, ledger: Ledger, answer: Applied) -> None:
        """Audit the changed records, if they are few."""
        outlook = self._outlook
        for form, keys in touched(answer, outlook.period.code).items():
            if form in self._before or answer.units or len(keys) > ASKED_SINGLY:
                continue  # The ledger knows new units once they are on the disk.
            audit, known = (
                outlook.compiled.audit.of(form),
                partial(outlook.board.of, form),
            )
            # Whatever cannot be asked is told of by the audit of the whole form.
            with suppress(StoreError):
                here = records_of(ledger, keys)
                found = audit_near(ledger, audit, here, outlook.parameters, known)
                before = {record: known(record) for record in found}
                outlook.tell(FindingsChanged(form, found, all_records=False))
                self._before[form] = before


def touched(answer: Applied, period: str) -> dict[str, list[RecordKey]]:
    """Give the records of a period that changed, or whose notes did, by form."""
    found: dict[str, list[RecordKey]] = {}
    for key in dict.fromkeys((*answer.records, *answer.notes)):
        if key.period == period:
            found.setdefault(key.form, []).append(key)
    return found


def records_of(ledger: Ledger, keys: Sequence[RecordKey]) -> frozenset[RecordId]:
    """Give the records there are, of those named in one form and period."""
    form, period, _ = keys[0]
    return frozenset(ledger.ids_of(form, period, (key.facility for key in keys)))
