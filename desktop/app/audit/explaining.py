"""Writing explanations (情况说明): what will not do is refused, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.audit.explained import record_name
from desktop.app.audit.standing import basis_of
from desktop.app.audit.standing import basis_topic
from desktop.app.audit.standing import names_figure
from desktop.app.audit.standing import speaks_of_figures
from desktop.app.audit.standing import wanting
from desktop.app.entry.edits import rule_topic
from desktop.core.changes import Action
from desktop.core.changes import NoteChange
from desktop.core.frozen import frozen
from desktop.core.likeness import Worded
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.changes import RecordKey
    from desktop.core.findings import Finding
    from desktop.core.messages import Message
    from desktop.forms.model import Explanations
    from desktop.store.ledger import Ledger
    from desktop.store.note_rows import NotedRecord
    from desktop.store.records import Record


@frozen
class Explaining:
    """A finding to explain, its record, and the record's notes."""

    finding: Finding
    record: Record
    notes: Mapping[str, str]


def judge(
    ledger: Ledger, demands: Explanations | None, told: Sequence[Explaining], text: str
) -> Message | None:
    """Say why a text cannot explain findings of one form; None where it can.

    Several records of one unit may have one cause: the text then names a figure. What
    was written for another unit or period, or nearly that, explains nothing here.
    """
    figure = any(speaks_of_figures(each.finding) for each in told)
    lacks = wanting(text, demands, figure=figure)
    if lacks is not None or demands is None:
        return lacks
    records = {each.record.key: each.record for each in told}
    if demands.figure and len(records) > 1 and not names_figure(text):
        return message("app.explain.figures")
    if len({each.unit for each in records.values()}) > 1:
        return message("app.explain.several-units")
    return _copied(ledger, records, text) if demands.own_words else None


def _copied(
    ledger: Ledger, records: Mapping[RecordKey, Record], text: str
) -> Message | None:
    """Find the same words, or nearly, where they may not stand a second time."""
    first = next(iter(records.values()))
    form, mine, named = first.key.form, Worded(text), names_figure(text)
    alike: dict[str, bool] = {}
    for period in ledger.periods():
        if form not in ledger.pack(period.code).form_by_id:
            continue
        here = period.code == first.key.period
        for there in ledger.noted_records(form, period.code).values():
            neighbour = here and there.unit == first.unit
            if there.key in records or (neighbour and named):
                continue
            for words in _explanations(there):
                if words not in alike:
                    alike[words] = mine.is_like(Worded(words))
                if alike[words]:
                    return _says_the_same(ledger, there, first)
    return None


def _explanations(there: NotedRecord) -> Iterator[str]:
    prefix = rule_topic("")
    return (text for topic, text in there.notes.items() if topic.startswith(prefix))


def _says_the_same(ledger: Ledger, there: NotedRecord, mine: Record) -> Message:
    units = {str(unit.code): unit.name for unit in ledger.units()}
    unit = units.get(there.unit, there.unit)
    if there.key.period != mine.key.period:
        return message("app.explain.copied-period", period=there.key.period, unit=unit)
    if there.unit != mine.unit:
        return message("app.explain.copied-unit", unit=unit)
    [record] = ledger.rows(there.key.form, [there.id])
    form = ledger.pack(there.key.period).form_by_id[there.key.form]
    name = record_name(form, record.cells, unit)
    return message("app.explain.same-cause", name=name)


# --- Writing --------------------------------------------------------------------------


def attempt(
    ledger: Ledger, demands: Explanations | None, findings: Sequence[Finding], text: str
) -> Action | Message:
    """Make the action that explains findings of one form, or say why the text will not.

    The action of an empty text takes explanations back; of what is there already it
    has no changes. A record that went meanwhile is left out.
    """
    form = findings[0].form
    ids = [each.record for each in findings if each.record is not None]
    rows = {row.id: row for row in ledger.rows(form, ids)}
    told = [
        Explaining(each, rows[each.record], ledger.notes(rows[each.record].key))
        for each in findings
        if each.record in rows
    ]
    words = text.strip()
    refused = judge(ledger, demands, told, words) if words and told else None
    return refused or explain(told, words)


def explain(told: Sequence[Explaining], after: str) -> Action:
    """Write one explanation for several findings; an empty one takes theirs back."""
    changes = tuple(change for each in told for change in _changes(each, after))
    if len(told) == 1:
        return Action(message("app.explain"), changes)
    return Action(message("app.explain-several", count=len(told)), changes)


def _changes(told: Explaining, after: str) -> Iterator[NoteChange]:
    rule, record = told.finding.rule, told.record
    basis = basis_of(told.finding, record) if after else ""
    for topic, text in ((rule_topic(rule), after), (basis_topic(rule), basis)):
        before = told.notes.get(topic, "")
        if before != text:
            yield NoteChange(record.key, topic, before, text)
