"""What stands beside the cells of a record: earlier periods, notes, comments, flags."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.entry.cell_notes import NO_MARKS
from desktop.app.entry.cell_notes import marks_by_field
from desktop.app.entry.prior_values import priors_of
from desktop.app.entry.returned_cells import sent_back
from desktop.app.entry.returned_cells import slips_of
from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.entry.cell_notes import CellMarks
    from desktop.app.entry.prior_values import Prior
    from desktop.core.findings import RecordId
    from desktop.core.period import Period
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record


@frozen
class Beside:
    """A record with all that is shown beside its cells.

    `priors` are what the facility reported before, the last period first. `notes` are
    all of the record's by topic, `marks` those on cells by field.
    """

    record: Record
    priors: tuple[Prior, ...]
    notes: Mapping[str, str]
    marks: Mapping[str, CellMarks]

    def marks_of(self, field: str) -> CellMarks:
        """Give the marks of a cell."""
        return self.marks.get(field, NO_MARKS)


def beside(
    ledger: Ledger, form: str, ids: Sequence[RecordId], earlier: Sequence[Period]
) -> dict[RecordId, Beside]:
    """Read records with what stands beside them; one that is gone is left out."""
    records = ledger.rows(form, ids)
    priors = priors_of(ledger, form, records, earlier)
    slips = slips_of(ledger, records[0].key.period) if records else ()
    found = {}
    for record in records:
        notes = ledger.notes(record.key)
        marks = marks_by_field(notes)
        for field, back in (sent_back(slips, record, notes) if slips else {}).items():
            marks[field] = replace(marks.get(field, NO_MARKS), back=back)
        found[record.id] = Beside(record, priors[record.id], notes, marks)
    return found
