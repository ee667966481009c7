"""The list of findings as a table for others to read: copied, or as a CSV file."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.audit.standing import Standing
from desktop.app.entry import reading
from desktop.app.progress import Progress
from desktop.core.findings import Level
from desktop.core.messages import message
from desktop.export.safe_file import write_safely
from desktop.export.wording import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path
    from typing import TypeAlias

    from desktop.app.audit.finding_list import FindingList
    from desktop.app.audit.standing import Said
    from desktop.app.progress import Steps
    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.core.messages import Message
    from desktop.core.words import Words
    from desktop.forms.model import Pack
    from desktop.store.ledger import Ledger

    Row: TypeAlias = tuple[str, ...]

SLICE: Final = 500
"""Names that are read at once."""
_STANDING: Final[Mapping[Standing, str]] = {
    Standing.OPEN: "待说明",
    Standing.POOR: "说明不合要求",
    Standing.LAPSED: "待重新说明",
    Standing.STANDS: "已说明",
}
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def finding_table(
    ledger: Ledger, pack: Pack, say: Words, found: FindingList
) -> Steps[tuple[Row, ...]]:
    """Write the findings of a list as rows, a head first, in the list's order."""
    findings = [each for group in found.groups for each in group.findings]
    names: dict[tuple[str, RecordId], str] = {}
    units = {str(unit.code): unit.name for unit in ledger.units()}
    rows: list[Row] = [_head(say)]
    for start in range(0, len(findings), SLICE):
        yield Progress(start, len(findings), message("app.reading"))
        some = findings[start : start + SLICE]
        names = _names(ledger, pack, some)
        for each in some:
            unit = units.get(each.unit, each.unit)
            name = unit if each.record is None else names[each.form, each.record]
            rows.append(_row(say, pack, each, (unit, name), found.said_of(each)))
    return tuple(rows)


def _names(
    ledger: Ledger, pack: Pack, findings: Sequence[Finding]
) -> dict[tuple[str, RecordId], str]:
    """Read what the records of some findings are called."""
    wanted: dict[str, dict[RecordId, None]] = {}
    for each in findings:
        if each.record is not None:
            wanted.setdefault(each.form, {})[each.record] = None
    found: dict[tuple[str, RecordId], str] = {}
    for form, ids in wanted.items():
        names = reading.names(ledger, pack.form_by_id[form], list(ids))
        found |= {(form, record): names.get(record, "") for record in ids}
    return found


def _head(say: Words) -> Row:
    return (
        say("Level"),
        say("Form"),
        say("Unit"),
        say("Record"),
        say("Fields"),
        say("Finding"),
        say("State"),
        say("Explanation"),
        say("Rule"),
    )


def _row(
    say: Words, pack: Pack, finding: Finding, where: tuple[str, str], said: Said
) -> Row:
    form = pack.form_by_id[finding.form]
    titles = (form.by_id[name].title for name in finding.fields if name in form.by_id)
    text = finding.text if finding.problem is None else say.message(finding.problem)
    asks = finding.level is Level.WARNING
    return (
        LEVELS[finding.level],
        form.title,
        *where,
        "、".join(titles),
        text,
        _STANDING[said.standing] if asks else "",
        said.text,
        finding.rule,
    )


def tab_text(rows: Sequence[Row]) -> str:
    """Write rows as Excel and WPS take them from the clipboard."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)


def csv_text(rows: Sequence[Row]) -> str:
    """Write rows as a CSV file's text; no cell is taken for a formula."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def write_csv(path: Path, rows: Sequence[Row]) -> None:
    """Write a CSV file in UTF-8 with the mark by which Excel knows it.

    Raises:
        ExportError: Nothing was written; a file of that name is as it was.
    """
    data = csv_text(rows).encode("utf-8-sig")

    def verify(written: Path) -> Message | None:
        if written.read_bytes() == data:
            return None
        return message("export.damaged", name=path.name)

    write_safely(path, lambda part: _write(part, data), verify)


def _write(part: Path, data: bytes) -> None:
    part.write_bytes(data)
