"""The chapter of findings: how many, each rule with its records, then 情况说明."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING
from typing import Final

from desktop.export import wording
from desktop.export.pdf.columns import Head
from desktop.export.pdf.columns import Table
from desktop.export.pdf.columns import listed
from desktop.export.pdf.headings import SECOND
from desktop.export.pdf.headings import SMALL_TEXT
from desktop.export.pdf.headings import TEXT
from desktop.export.pdf.headings import head_on
from desktop.export.pdf.headings import head_part
from desktop.export.pdf.page import Composer
from desktop.export.pdf.table import set_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.core.findings import Level
    from desktop.core.findings import Outcome
    from desktop.export.pdf.fonts import Fonts
    from desktop.export.pdf.page import Page
    from desktop.export.report import FindingLine
    from desktop.export.report import Report

NAMED: Final = 40
"""Records told one by one below a rule; the workbook tells them all."""
FEW: Final = 6
"""More records than this are told by their lines in the printed form."""
LONG: Final = 240
"""Characters of a rule; one that names every indicator of a plan fills a page."""
CHUNK: Final = 260
"""Characters of a cell before it goes on in a line of its own, which a page holds."""


def finding_pages(report: Report, fonts: Fonts) -> list[Page]:
    """Set the findings by rule, and what was said about them."""
    composer = Composer(fonts, "findings")
    head_part(composer, wording.FINDINGS)
    head_on(composer, wording.FINDINGS)
    lines = report.findings
    if not lines:
        composer.paragraph(wording.NO_FINDINGS, TEXT)
        return composer.pages
    composer.paragraph(_summary(lines), TEXT)
    composer.skip(6.0)
    _set_counts(composer, lines)
    composer.skip(6.0)
    for place, group in enumerate(_groups(lines), 1):
        _set_group(composer, place, group)
    explained = [line for line in lines if line.explanation]
    if explained:
        _set_explanations(composer, explained)
    return composer.pages


def _summary(lines: Sequence[FindingLine]) -> str:
    said = sum(bool(line.explanation) for line in lines)
    return f"共 {len(lines)} 条，已有情况说明 {said} 条。{wording.BY_RULE}"


def _set_counts(composer: Composer, lines: Sequence[FindingLine]) -> None:
    """Set how many there are of each level and outcome, form by form."""
    kinds = sorted({_kind(line) for line in lines}, key=_rank)
    found = Counter((line.form, _kind(line)) for line in lines)
    forms = list(dict.fromkeys(line.form for line in lines))
    rows = [(form, *(str(found[form, kind] or "") for kind in kinds)) for form in forms]
    sums = Counter(_kind(line) for line in lines)
    rows.append((wording.TOTAL, *(str(sums[kind]) for kind in kinds)))
    heads = (
        Head("报表", widest=178.0),
        *(
            Head(f"{wording.LEVELS[level]}\n{wording.OUTCOMES[outcome]}", align=1)
            for level, outcome in kinds
        ),
    )
    last = len(rows) - 1
    table = Table(heads, 1, len(rows), listed(rows), lambda place: place == last)
    set_table(table, composer)


def _kind(line: FindingLine) -> tuple[Level, Outcome]:
    return line.level, line.outcome


def _rank(kind: tuple[Level, Outcome]) -> tuple[int, int]:
    """Put the graver levels first."""
    level, outcome = kind
    levels, outcomes = list(wording.LEVELS), list(wording.OUTCOMES)
    return levels.index(level), outcomes.index(outcome)


def _groups(lines: Sequence[FindingLine]) -> list[list[FindingLine]]:
    """Put together what one rule found, in the order in which it was first met."""
    found: dict[object, list[FindingLine]] = {}
    for line in lines:
        words = line.rule_id or line.rule or line.text
        key = (line.form, words, line.level, line.outcome, line.fields)
        found.setdefault(key, []).append(line)
    return list(found.values())


def _set_group(composer: Composer, place: int, lines: Sequence[FindingLine]) -> None:
    """Set one rule: what it asks, what was found, and in which records."""
    first = lines[0]
    alike = len({line.text for line in lines}) == 1
    kind = f"{wording.LEVELS[first.level]}·{wording.OUTCOMES[first.outcome]}"
    title = f"{place}．〔{kind}〕{first.form}　{first.fields}"
    composer.paragraph(title, SECOND)
    if first.rule:
        rule = wording.shortened(first.rule, LONG)
        composer.paragraph(f"{wording.RULES}{rule}", SMALL_TEXT)
    if alike:
        text = wording.shortened(first.text, LONG)
        composer.paragraph(f"审核结果：{text}", SMALL_TEXT)
    said = sum(bool(line.explanation) for line in lines)
    count = f"{len(lines)} 条" + (f"，已说明 {said} 条" if said else "")
    places = _places(lines) if alike else _sentences(lines)
    composer.paragraph(f"对象（{count}）：{places}", SMALL_TEXT)


def _places(lines: Sequence[FindingLine]) -> str:
    """Say where a finding was made: few records by name, many by their lines."""
    if len(lines) > FEW and all(line.number for line in lines):
        return f"{wording.lines_of(line.number for line in lines)}。"
    return _cut(_records(lines[:NAMED]), len(lines))


def _records(lines: Sequence[FindingLine]) -> list[str]:
    """Name records below their unit; a unit's own record is the unit's name."""
    parts: list[str] = []
    for unit, found in groupby(lines, key=lambda line: line.unit):
        names = [line.record for line in found]
        own = [name for name in names if name != unit]
        parts.append(f"{unit}：{'、'.join(own)}" if own else unit)
    return parts


def _sentences(lines: Sequence[FindingLine]) -> str:
    """Tell each record's own sentence, with its numbers."""
    said = [
        f"{line.record}{wording.in_row(line.number)}："
        + wording.shortened(line.text.removesuffix("。"), LONG)
        for line in lines[:NAMED]
    ]
    return _cut(said, len(lines))


def _cut(parts: list[str], count: int) -> str:
    """Join a list; where it was cut, say how many there are."""
    more = wording.and_more(count) if count > NAMED else "。"
    return "；".join(parts) + more


def _set_explanations(composer: Composer, lines: Sequence[FindingLine]) -> None:
    """Set what was said about findings, one by one."""
    composer.need(110.0)
    composer.skip(8.0)
    composer.bookmark(wording.EXPLAINED, 1)
    composer.paragraph(wording.EXPLAINED, SECOND)
    composer.skip(4.0)
    heads = (
        Head("序号", align=0),
        Head("级别", align=0, narrowest=30.0),
        Head("报表", widest=64.0),
        Head("填报单位和对象", widest=86.0),
        Head("审核结果", widest=98.0),
        Head("情况说明", narrowest=90.0, widest=98.0),
    )
    rows = [
        row for place, line in enumerate(lines, 1) for row in _explanation(place, line)
    ]
    set_table(Table(heads, 2, len(rows), listed(rows)), composer)


def _explanation(place: int, line: FindingLine) -> Iterator[tuple[str, ...]]:
    """Give the rows of one explanation: a long one goes on in rows of its own."""
    first, *others = chunks(line.explanation)
    level = wording.LEVELS[line.level]
    unit = f"{line.unit}\n" if line.unit != line.record else ""
    record = f"{unit}{line.record}{wording.in_row(line.number)}"
    yield (str(place), level, line.form, record, line.text, first)
    for piece in others:
        yield (str(place), "", "", "", "", piece)


def chunks(text: str) -> list[str]:
    """Cut a text into cells that a page holds; at least one."""
    return [text[at : at + CHUNK] for at in range(0, max(len(text), 1), CHUNK)]
