"""Findings with what a reader knows of them: names, and the person's explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.edits import rule_topic
from desktop.core.findings import RecordId
from desktop.core.frozen import frozen
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.changes import RecordKey
    from desktop.core.findings import Finding
    from desktop.forms.model import Form
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record


@frozen
class ExplainedFinding:
    """A finding, its record (None where it speaks of a unit), names and 情况说明."""

    finding: Finding
    record: Record | None
    unit_name: str
    name: str
    explanation: str


def explained(
    ledger: Ledger,
    findings: Sequence[Finding],
    records: Mapping[str, Sequence[Record]] | None = None,
) -> tuple[ExplainedFinding, ...]:
    """Tell findings in full; `records` by form spare reading them again."""
    known = records if records is not None else _records(ledger, findings)
    by_id = {(form, record.id): record for form in known for record in known[form]}
    units = {str(unit.code): unit.name for unit in ledger.units()}
    notes: dict[str, Mapping[RecordKey, Mapping[str, str]]] = {}
    told = []
    for finding in findings:
        if finding.form not in notes:
            notes[finding.form] = ledger.notes_of(finding.form, finding.period)
        record = by_id.get((finding.form, finding.record or RecordId(-1)))
        unit, name, said = units.get(finding.unit, finding.unit), "", ""
        if record is not None:
            form = ledger.pack(finding.period).form_by_id[finding.form]
            name = record_name(form, record.cells, unit)
            topics = notes[finding.form].get(record.key, {})
            said = topics.get(rule_topic(finding.rule), "")
        told.append(ExplainedFinding(finding, record, unit, name or unit, said))
    return tuple(told)


def record_name(form: Form, cells: Mapping[str, object], unit_name: str) -> str:
    """Name a record to a person: by the facility's name, else by its unit."""
    if isinstance(form, Roster):
        name = cells.get(form.name)
        return name if isinstance(name, str) else unit_name
    return unit_name


def _records(
    ledger: Ledger, findings: Sequence[Finding]
) -> Mapping[str, Sequence[Record]]:
    wanted: dict[str, dict[RecordId, None]] = {}
    for finding in findings:
        if finding.record is not None:
            wanted.setdefault(finding.form, {})[finding.record] = None
    return {form: ledger.rows(form, list(ids)) for form, ids in wanted.items()}
