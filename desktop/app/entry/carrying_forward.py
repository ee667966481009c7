"""上期结转: facilities of the last period that this one does not have yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.entry.facilities import gone_facilities
from desktop.app.entry.facilities import reopen_facilities
from desktop.core.messages import message
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.entry.facilities import Gone
    from desktop.core.changes import Action
    from desktop.core.period import Period
    from desktop.forms.model import Form
    from desktop.store.ledger import Ledger


def missing(
    ledger: Ledger, form: Form, source: Period, period: Period
) -> tuple[Gone, ...]:
    """List the facilities that the period before has, and this one has not.

    Those that were closed in this period are left out: somebody meant it.
    """
    if not isinstance(form, Roster):
        return ()
    gone = gone_facilities(ledger, form, period.code)
    return tuple(one for one in gone if one.last == source.code)


def carry_forward(
    ledger: Ledger, form: Form, period: Period, chosen: Sequence[Gone]
) -> Action:
    """Bring facilities over into this period with their identity, as one action.

    Of their cells comes what stands still, as when a period begins with a roster.
    """
    title = message("app.carry", count=len(chosen), form=form.title)
    return replace(reopen_facilities(ledger, form, period, chosen), title=title)
