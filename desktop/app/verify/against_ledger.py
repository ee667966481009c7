"""Hold a file of ours against the ledger it says it was made from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.app.compiled import compiled_for
from desktop.app.progress import Progress
from desktop.app.reports.stamping import told_head
from desktop.app.reports.unit_report import Wish
from desktop.app.reports.unit_report import report_of_unit
from desktop.app.reports.unit_report import whole_of
from desktop.app.verify.verifying import Check
from desktop.app.verify.verifying import Verdict
from desktop.core.cell_text import canonical
from desktop.core.manifest import TableKind
from desktop.core.manifest_diff import Difference
from desktop.core.manifest_diff import Kind
from desktop.core.manifest_diff import differences
from desktop.core.manifest_diff import in_rows
from desktop.core.manifest_read import read_data
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export.manifest.words import shown
from desktop.store.records import EntryKind
from desktop.store.records import View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.progress import Steps
    from desktop.app.verify.verifying import Examined
    from desktop.core.cells import Cell
    from desktop.core.manifest import Manifest
    from desktop.core.manifest import Stamp
    from desktop.core.manifest import Table
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.store.ledger import Ledger
    from desktop.store.records import Entry

SLICE: Final = 500
"""Records or entries of the log read between two looks at who else waits."""
_HASH: Final = "SELECT hash FROM _log WHERE seq = :seq"

Rows: TypeAlias = "dict[str, dict[str, str | None]]"
"""Cells as canonical text by facility and field."""


def against_ledger(ledger: Ledger, file: Examined) -> Steps[list[Check]]:
    """Say whether a file shows what a ledger held at the file's revision.

    If the ledger has gone on since, what has changed is said apart.
    """
    manifest = file.manifest
    if manifest is None:
        return []
    about = (file.name, ledger.path.name)
    refused = _another(ledger, manifest.stamp)
    if refused is not None:
        return [Check(about, Verdict.DIFFERS, (refused,))]
    stamp = manifest.stamp
    periods = {each.code: each for each in ledger.periods()}
    units = {str(each.code): each for each in ledger.units()}
    period, unit = periods.get(stamp.period), units.get(stamp.unit)
    if period is None or unit is None:
        said = message("verify.not-in-ledger", unit=stamp.unit_name)
        return [Check(about, Verdict.DIFFERS, (said,))]
    if all(table.kind is TableKind.UNITS for table in manifest.tables):
        return [Check(about, Verdict.UNKNOWN, (message("verify.no-rollups"),))]
    if told_head(ledger).seq == stamp.seq:
        checks = [(yield from _same(ledger, manifest, (period, unit), about))]
    else:
        checks = yield from _gone_on(ledger, manifest, unit, about)
    if file.altered:
        return [_of_what_it_carries(check, file.name) for check in checks]
    return checks


def _of_what_it_carries(check: Check, name: str) -> Check:
    """Say that it is the file that was altered, and not that the two agree."""
    verdict = check.verdict
    if verdict is Verdict.AGREES:
        verdict = Verdict.DIFFERS
    says = (message("verify.carried", file=name), *check.says)
    return replace(check, verdict=verdict, says=says)


def _another(ledger: Ledger, stamp: Stamp) -> Message | None:
    """Say why a ledger cannot speak for a file."""
    if ledger.identity().ledger != stamp.ledger:
        return message("verify.other-ledger", unit=ledger.units()[0].name)
    head = ledger.head()
    if head.seq < stamp.seq:
        there, file = head.revision, stamp.revision
        return message("verify.ledger-behind", there=there, revision=file)
    hashes = [row[0] for row in ledger.query(_HASH, {"seq": stamp.seq})]
    known = [each.hex() for each in hashes if isinstance(each, bytes)]
    return None if known == [stamp.head] else message("verify.forked")


def _sides(ledger: Ledger, revision: int) -> tuple[Message, Message]:
    there = message("verify.side-ledger", ledger=ledger.path.name, revision=revision)
    return message("verify.side-in-file"), there


# --- At the same revision ----------------------------------------------------------


def _same(
    ledger: Ledger,
    manifest: Manifest,
    wanted: tuple[Period, Unit],
    about: tuple[str, ...],
) -> Steps[Check]:
    """Make the report again and hold the file against it, figures and all."""
    period, unit = wanted
    whole = yield from whole_of(ledger, compiled_for(ledger, period), period)
    forms = [table.id for table in manifest.tables if table.kind is TableKind.FORM]
    wish = Wish(forms=tuple(forms))
    report = yield from report_of_unit(ledger, whole, unit, wish)
    anew = read_data(report.data)
    if isinstance(anew, Message):  # pragma: no cover - we have just written it
        raise TypeError(anew.code)
    kept = [table.id for table in manifest.tables if table.kind is not TableKind.UNITS]
    found = tuple(differences(_only(manifest, kept), _only(anew, kept), shown))
    sides = _sides(ledger, manifest.stamp.revision)
    if found:
        said = message("verify.ledger-differs", count=len(found))
        return Check(about, Verdict.DIFFERS, (said,), found, sides)
    says = [message("verify.ledger-agrees", revision=manifest.stamp.revision)]
    if len(kept) < len(manifest.tables):
        says.append(message("verify.no-rollups"))
    return Check(about, Verdict.AGREES, tuple(says), (), sides)


def _only(manifest: Manifest, tables: list[str]) -> Manifest:
    kept = tuple(table for table in manifest.tables if table.id in tables)
    return replace(manifest, tables=kept)


# --- The ledger has gone on ----------------------------------------------------------


def _gone_on(
    ledger: Ledger, manifest: Manifest, unit: Unit, about: tuple[str, ...]
) -> Steps[list[Check]]:
    """Wind the records back to the file's revision, and say what came after."""
    then: list[Difference] = []
    since: list[Difference] = []
    entries = yield from _entries(ledger, manifest.stamp)
    pack = ledger.pack(manifest.stamp.period)
    for table in manifest.tables:
        form = pack.form_by_id.get(table.id)
        if table.kind is not TableKind.FORM or form is None:
            continue
        now = yield from _rows(ledger, table.id, manifest.stamp.period, unit)
        since += _held(table, now)
        touched = [each for each in entries if each.record.form == table.id]
        stored = [field.id for field in form.stored]
        then += _held(table, _wound_back(now, touched, stored))
    revision, head = manifest.stamp.revision, ledger.head().revision
    if then:
        said = message("verify.ledger-differs", count=len(then))
        first = Check(
            about, Verdict.DIFFERS, (said,), tuple(then), _sides(ledger, revision)
        )
    else:
        told = message("verify.records-agree", revision=revision)
        says = (told, message("verify.not-figures"))
        first = Check(about, Verdict.AGREES, says, (), _sides(ledger, revision))
    if not since:
        said = message("verify.gone-on-elsewhere", revision=head)
        return [first, Check(about, Verdict.AGREES, (said,))]
    said = message("verify.changed-since", revision=head, count=len(since))
    second = Check(about, Verdict.OLDER, (said,), tuple(since), _sides(ledger, head))
    return [first, second]


def _entries(ledger: Ledger, stamp: Stamp) -> Steps[list[Entry]]:
    """Read what the log says of the period's records since a stamp."""
    found: list[Entry] = []
    after, last = stamp.seq, ledger.head().seq
    while after < last:
        yield Progress(after - stamp.seq, last - stamp.seq, message("verify.log"))
        read = ledger.log(after=after, limit=SLICE)
        after = read[-1].seq
        found += [
            each
            for each in read
            if each.kind is EntryKind.RECORD and each.record.period == stamp.period
        ]
    return found


def _rows(ledger: Ledger, form: str, period: str, unit: Unit) -> Steps[Rows]:
    """Read the records of a form as they are now."""
    found: Rows = {}
    ids = ledger.ids(form, period, View(unit=unit.code))
    for start in range(0, len(ids), SLICE):
        yield Progress(start, len(ids), message("app.reading"))
        for record in ledger.rows(form, ids[start : start + SLICE]):
            cells = {**record.cells, **record.derived}
            found[record.key.facility] = _canonical(cells)
    return found


def _canonical(cells: Mapping[str, Cell]) -> dict[str, str | None]:
    return {field: canonical(cell) for field, cell in cells.items()}


def _wound_back(now: Rows, entries: Sequence[Entry], stored: Sequence[str]) -> Rows:
    """Undo what the log says was done, the latest first.

    Of a record that was changed only what is stored is compared: what is computed from
    it was another value then.
    """
    then = {key: dict(cells) for key, cells in now.items()}
    for entry in reversed(entries):
        key = entry.record.facility
        if entry.unit_before is None and entry.unit_after is not None:
            then.pop(key, None)
            continue
        cells = then.setdefault(key, {})
        cells.update(_canonical(entry.before))
    for entry in entries:
        key = entry.record.facility
        if key in then:
            then[key] = {field: then[key].get(field) for field in stored}
    return then


def _held(table: Table, rows: Rows) -> Iterator[Difference]:
    """Hold a table of a file against the records of a ledger."""
    for row in table.rows:
        cells = rows.get(row.key)
        if cells is None:
            yield Difference(Kind.ROW_GONE, table.title, row.name)
        else:
            yield from in_rows(table, row, cells, shown)
    known = {row.key for row in table.rows}
    for key, cells in rows.items():
        if key not in known:
            names = [shown(cell) for cell in cells.values() if cell]
            yield Difference(Kind.ROW_ADDED, table.title, names[0] if names else key)
