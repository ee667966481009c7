"""What a report says, as the tables of a manifest.

Made from the report alone, so that the manifest of a file cannot know more, or
anything else, than what is printed in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.core.cell_text import canonical
from desktop.core.manifest import UNIT_NAME
from desktop.core.manifest import Line
from desktop.core.manifest import Manifest
from desktop.core.manifest import Table
from desktop.core.manifest import TableKind
from desktop.export import wording
from desktop.export.report import Chapter
from desktop.export.xlsx.plan import FINDINGS
from desktop.export.xlsx.plan import INDICATORS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from desktop.core.cells import Cell
    from desktop.core.manifest import Stamp
    from desktop.core.manifest import Texts
    from desktop.export.report import FindingLine
    from desktop.export.report import FormTable
    from desktop.export.report import IndicatorLine
    from desktop.export.report import Quantity
    from desktop.export.report import Report
    from desktop.export.report import Row

FIGURES_TABLE: Final = "_figures"
FINDINGS_TABLE: Final = "_findings"

FIGURE_FIELDS: Final = (
    ("measure", "计量单位"),
    ("target", "目标"),
    ("value", "本期值"),
    ("status", "状态"),
    ("left", "差距"),
    ("numerator", "分子数值"),
    ("numerator_records", "分子依据记录数"),
    ("numerator_blanks", "分子依据记录中的空白"),
    ("denominator", "分母数值"),
    ("denominator_records", "分母依据记录数"),
    ("denominator_blanks", "分母依据记录中的空白"),
)
FINDING_FIELDS: Final = (
    ("level", "级别"),
    ("outcome", "结果"),
    ("form", "报表"),
    ("unit", "填报单位"),
    ("record", "对象"),
    ("fields", "指标项"),
    ("text", "审核结果"),
    ("rule", "审核关系"),
    ("explanation", "情况说明"),
)


def manifest_of(report: Report, stamp: Stamp) -> Manifest:
    """Put a report's tables into a manifest."""
    units: dict[str, str] = {report.unit_code: report.unit_name}
    tables = [_form(form, units) for form in report.forms]
    tables += [_by_unit(table) for table in report.rollups]
    if Chapter.INDICATORS not in report.left_out:
        tables.append(_figures(report))
    if Chapter.FINDINGS not in report.left_out:
        tables.append(_findings(report))
    return Manifest(stamp, tuple(tables), tuple(sorted(units.items())))


def _texts(cells: Iterable[Cell]) -> Texts:
    return tuple(map(canonical, cells))


def _form(form: FormTable, units: dict[str, str]) -> Table:
    nil = form.empty == wording.NIL_RETURN
    if form.across:
        return _across(form, units)
    own = enumerate(form.stub)
    named = [(place, c) for place, c in own if c.id and not c.id.startswith("_")]
    fields = (*(c for _, c in named), *(c for c in form.columns if c.id))
    names = [place for place, c in enumerate(form.stub) if c.id == UNIT_NAME]

    def line(row: Row) -> Line:
        stub = tuple(_words(row.stub[place]) for place, _ in named)
        name = row.stub[form.wide_stub]
        return Line(row.key, row.unit, name, (*stub, *_texts(row.cells)))

    units.update((row.unit, row.stub[place]) for row in form.rows for place in names)
    return Table(
        form.id,
        form.title,
        TableKind.FORM,
        tuple((c.id, c.title) for c in fields),
        tuple(map(line, form.rows)),
        None if form.totals is None else line(form.totals),
        nil,
    )


def _across(form: FormTable, units: dict[str, str]) -> Table:
    """Turn a form over whose records stand side by side."""
    asked = [row for row in form.rows if not row.heading]
    columns = zip(*(_texts(row.cells) for row in asked), strict=True)
    units.update((column.id, column.title) for column in form.columns)
    return Table(
        form.id,
        form.title,
        TableKind.FORM,
        tuple((row.key, row.stub[0]) for row in asked),
        tuple(
            Line(column.id, column.id, column.title, cells)
            for column, cells in zip(form.columns, columns, strict=True)
        ),
    )


def _by_unit(table: FormTable) -> Table:
    fields = tuple(
        (column.id or f"_{place}", column.title)
        for place, column in enumerate(table.columns, 1)
    )

    def line(row: Row) -> Line:
        name, code = row.stub
        return Line(code, code, name, _texts(row.cells))

    rows = tuple(map(line, table.rows))
    totals = None if table.totals is None else line(table.totals)
    return Table(table.id, table.title, TableKind.UNITS, fields, rows, totals)


def _figures(report: Report) -> Table:
    rows = (
        Line(line.id, report.unit_code, line.title, tuple(_figure(line)))
        for line in report.indicators
    )
    kind = TableKind.FIGURES
    return Table(FIGURES_TABLE, INDICATORS, kind, FIGURE_FIELDS, tuple(rows))


def _figure(line: IndicatorLine) -> Iterator[str | None]:
    yield _words(line.measure)
    yield _words(line.target)
    yield canonical(line.value)
    yield _words(line.status)
    yield _words(line.left)
    yield from _quantity(line.numerator)
    yield from _quantity(line.denominator)


def _quantity(quantity: Quantity | None) -> Texts:
    if quantity is None or not quantity.asked:
        return None, None, None
    return _texts((quantity.value, quantity.records, quantity.blanks))


def _findings(report: Report) -> Table:
    rows = (
        Line(str(place), report.unit_code, line.record, tuple(_finding(line)))
        for place, line in enumerate(report.findings, 1)
    )
    kind = TableKind.FINDINGS
    return Table(FINDINGS_TABLE, FINDINGS, kind, FINDING_FIELDS, tuple(rows))


def _finding(line: FindingLine) -> Iterator[str | None]:
    yield _words(wording.LEVELS[line.level])
    yield _words(wording.OUTCOMES[line.outcome])
    own = (line.form, line.unit, line.record, line.fields)
    yield from map(_words, (*own, line.text, line.rule, line.explanation))


def _words(text: str) -> str | None:
    return canonical(text) if text else None
