"""What verifying has found, in words: for the window, the command line and a list."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.verify.verifying import Verdict
from desktop.core.frozen import frozen
from desktop.core.manifest import NAME
from desktop.core.manifest import UNIT
from desktop.core.manifest import UNIT_NAME
from desktop.core.manifest_diff import Kind
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.verify.verifying import Check
    from desktop.core.manifest_diff import Difference
    from desktop.core.words import Words

KINDS: Final[Mapping[Kind, str]] = {
    Kind.ALTERED: "verify.kind-altered",
    Kind.ROW_GONE: "verify.kind-row-gone",
    Kind.ROW_ADDED: "verify.kind-row-added",
    Kind.COLUMN_GONE: "verify.kind-column-gone",
    Kind.HEAD_GONE: "verify.kind-head-gone",
    Kind.TABLE_GONE: "verify.kind-table-gone",
    Kind.TABLE_ADDED: "verify.kind-table-added",
    Kind.NIL: "verify.kind-nil",
}
VERDICTS: Final[Mapping[Verdict, str]] = {
    Verdict.AGREES: "verify.verdict-agrees",
    Verdict.OLDER: "verify.verdict-older",
    Verdict.UNKNOWN: "verify.verdict-unknown",
    Verdict.DIFFERS: "verify.verdict-differs",
}
"""In words, the worst last."""
_MARKS: Final[Mapping[str, str]] = {
    NAME: "verify.mark-name",
    UNIT: "verify.mark-unit",
    UNIT_NAME: "verify.mark-unit-name",
}


@frozen
class Found:
    """One difference in words; `was` and `now` say 空 for a blank that was altered."""

    what: str
    form: str
    record: str
    field: str
    was: str
    now: str
    where: str


def heading(check: Check, say: Words) -> str:
    """Name what was held against what, and how that ended."""
    return f"{'　↔　'.join(check.about)}：{verdict(check.verdict, say)}"


def counted(checks: Sequence[Check], say: Words) -> str:
    """Say how many checks ended how, the worst first."""
    ends = [check.verdict for check in checks]
    counts = ((each, ends.count(each)) for each in reversed(list(VERDICTS)))
    said = (f"{verdict(each, say)} {count}" for each, count in counts if count)
    return "　".join(said)


def verdict(found: Verdict, say: Words) -> str:
    """Say how a check ended."""
    return say.message(message(VERDICTS[found]))


def worst_first(checks: Sequence[Check]) -> list[Check]:
    """Put what needs a person before what agrees."""
    order = list(VERDICTS)
    return sorted(checks, key=lambda check: order.index(check.verdict), reverse=True)


def in_words(difference: Difference, say: Words) -> Found:
    """Put one difference into words."""
    was, now = difference.was, difference.now
    if difference.kind is Kind.ALTERED:
        blank = say.message(message("verify.blank"))
        was, now = was or blank, now or blank
    mark = _MARKS.get(difference.field)
    return Found(
        what=say.message(message(KINDS[difference.kind])),
        form=difference.form,
        record=difference.record,
        field=say.message(message(mark)) if mark else difference.field,
        was=was,
        now=now,
        where=difference.where,
    )


def sentence(found: Found) -> str:
    """Write a difference as one line."""
    names = "　".join(name for name in (found.form, found.record, found.field) if name)
    change = f"：{found.was} → {found.now}" if found.was else ""
    if not change and found.now:
        change = f"：{found.now}"
    where = f"（{found.where}）" if found.where else ""
    return f"〔{found.what}〕{names}{change}{where}"


def text_of(checks: Sequence[Check], say: Words) -> str:
    """Write everything as text, to be copied."""
    lines: list[str] = []
    for check in checks:
        lines.append(heading(check, say))
        lines += [f"  {say.message(said)}" for said in check.says]
        lines += [f"  {sentence(in_words(each, say))}" for each in check.differences]
    return "\n".join(lines) + "\n"


def save_list(checks: Sequence[Check], say: Words, path: Path) -> None:
    """Write everything that was found as a CSV table.

    Raises:
        ExportError: The file could not be written; what stood there is as it was.
    """
    from desktop.export.data_tables import Column  # noqa: PLC0415 - seldom asked for
    from desktop.export.data_tables import DataTable  # noqa: PLC0415 - same
    from desktop.export.data_tables import write_csv  # noqa: PLC0415 - same

    codes = ("about", "verdict", "says", "what", "form", "record", "field")
    names = (*codes, "was", "now", "where")
    heads = [say.message(message(f"verify.head-{name}")) for name in names]
    columns = tuple(Column(*pair) for pair in zip(names, heads, strict=True))
    rows: list[tuple[str, ...]] = []
    for check in checks:
        said = " ".join(say.message(each) for each in check.says)
        about = " ↔ ".join(check.about)
        rows.append((about, verdict(check.verdict, say), said, *("",) * 7))
        for each in check.differences:
            found = in_words(each, say)
            cells = (found.form, found.record, found.field, found.was, found.now)
            own = (about, "", "", found.what, *cells, found.where)
            rows.append(own)
    write_csv(DataTable("verify", "verify", columns, rows), path)
