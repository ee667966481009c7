"""Findings with what a reader knows of them: names, and the person's explanation."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desktop.app.audit.standing import NOTHING_SAID
from desktop.app.audit.standing import Said
from desktop.app.audit.standing import said_in
from desktop.core.findings import RecordId
from desktop.core.frozen import frozen
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.audit.standing import Spot
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
    said: Said = NOTHING_SAID

    @property
    def explanation(self) -> str:
        """What was written, whether it holds or not."""
        return self.said.text


def explained(
    ledger: Ledger,
    findings: Sequence[Finding],
    records: Mapping[str, Sequence[Record]] | None = None,
) -> tuple[ExplainedFinding, ...]:
    """Tell findings in full; `records` by form spare reading them again."""
    known = records if records is not None else _records(ledger, findings)
    by_id = {(form, record.id): record for form in known for record in known[form]}
    units = {str(unit.code): unit.name for unit in ledger.units()}
    said = _said(ledger, findings)
    told = []
    for finding in findings:
        record = by_id.get((finding.form, finding.record or RecordId(-1)))
        unit, name, words = units.get(finding.unit, finding.unit), "", NOTHING_SAID
        if record is not None:
            form = ledger.pack(finding.period).form_by_id[finding.form]
            name = record_name(form, record.cells, unit)
            spot = (finding.form, record.id, finding.rule)
            words = said.get(spot, NOTHING_SAID)
        told.append(ExplainedFinding(finding, record, unit, name or unit, words))
    return tuple(told)


def record_name(form: Form, cells: Mapping[str, object], unit_name: str) -> str:
    """Name a record to a person: by the facility's name, else by its unit."""
    if isinstance(form, Roster):
        name = cells.get(form.name)
        return name if isinstance(name, str) else unit_name
    return unit_name


def _said(ledger: Ledger, findings: Sequence[Finding]) -> dict[Spot, Said]:
    """Judge what was written about findings, form by form."""
    found: dict[tuple[str, str], dict[RecordId, list[Finding]]] = {}
    for each in findings:
        if each.record is not None:
            records = found.setdefault((each.form, each.period), {})
            records.setdefault(each.record, []).append(each)
    said: dict[Spot, Said] = {}
    for (form, period), of in found.items():
        demands = ledger.pack(period).explanations
        said |= said_in(ledger, (form, period), demands, partial(_of, of))
    return said


def _of(
    found: Mapping[RecordId, Sequence[Finding]], record: RecordId
) -> Sequence[Finding]:
    return found.get(record, ())


def _records(
    ledger: Ledger, findings: Sequence[Finding]
) -> Mapping[str, Sequence[Record]]:
    wanted: dict[str, dict[RecordId, None]] = {}
    for finding in findings:
        if finding.record is not None:
            wanted.setdefault(finding.form, {})[finding.record] = None
    return {form: ledger.rows(form, list(ids)) for form, ids in wanted.items()}
