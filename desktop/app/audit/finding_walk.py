"""From one open finding to the next, in the order of forms, records and fields."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.audit.finding_list import needs_work
from desktop.app.audit.finding_list import said_of_form
from desktop.app.audit.finding_list import which
from desktop.app.audit.standing import NOTHING_SAID
from desktop.app.progress import Progress
from desktop.core.frozen import frozen
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from desktop.app.audit.finding_list import Which
    from desktop.app.audit.standing import Said
    from desktop.app.progress import Steps
    from desktop.app.session import Session
    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.forms.model import Form
    from desktop.store.ledger import Ledger

    Rank: TypeAlias = tuple[int, int]
    """Where a cell stands in a form: by record, then by field."""

SLICE: Final = 1000
"""Records between two looks at who else waits."""


@frozen
class Stop:
    """A cell on the walk; without a record, a form nobody has chosen a cell of."""

    form: str
    record: RecordId | None
    field: str | None


def next_open(
    session: Session, ledger: Ledger, here: Stop, step: int
) -> Steps[Stop | None]:
    """Find the next cell with an open finding, or with step -1 the one before.

    Behind the last form comes the first again. None where nothing is open.
    """
    forms = session.pack.forms
    first = [form.id for form in forms].index(here.form)
    bound = None if here.record is None else _rank(forms[first], here)
    for far in range(len(forms) + 1):
        walk = _Walk(session, forms[(first + step * far) % len(forms)], step)
        found = yield from walk.nearest(ledger, bound)
        if found is not None:
            return found
        bound = None
    return None


def _rank(form: Form, stop: Stop) -> Rank:
    """Tell where a stop stands; a record as a whole comes before its first field."""
    fields = [field.id for field in form.fields]
    place = fields.index(stop.field) if stop.field in fields else -1
    return stop.record or 0, place


class _Walk:
    """The way through one form."""

    def __init__(self, session: Session, form: Form, step: int) -> None:
        self._session, self._form, self._step = session, form, step
        self._places = {field.id: n for n, field in enumerate(form.fields)}

    def nearest(self, ledger: Ledger, bound: Rank | None) -> Steps[Stop | None]:
        """Find the first cell behind a bound, or before it on the way back."""
        said = self._said(ledger)
        best: tuple[Rank, Stop] | None = None
        for place, findings in enumerate(self._session.board.records(self._form.id)):
            if place % SLICE == 0:
                yield Progress(0, 0, message("app.reading"))
            for finding in findings:
                if finding.record is None:
                    continue
                field = finding.fields[0] if finding.fields else ""
                rank = (finding.record, self._places.get(field, -1))
                if bound is not None and not self._is_behind(rank, bound):
                    continue
                if best is not None and not self._is_behind(best[0], rank):
                    continue
                if _is_open(finding, said):
                    best = rank, Stop(finding.form, finding.record, field or None)
        return None if best is None else best[1]

    def _is_behind(self, rank: Rank, other: Rank) -> bool:
        return rank > other if self._step > 0 else rank < other

    def _said(self, ledger: Ledger) -> Mapping[Which, Said]:
        return said_of_form(self._session, ledger, self._form.id)


def _is_open(finding: Finding, said: Mapping[Which, Said]) -> bool:
    return needs_work(finding, said.get(which(finding), NOTHING_SAID).standing)
