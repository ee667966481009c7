"""Writing a report as a workbook: a sheet a form, and sheets about all of them.

The workbook holds values only: no macro, no link to another file, no formula, and so
nothing that Excel, WPS or LibreOffice could compute differently.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.untouched import BLANK
from desktop.export import wording
from desktop.export.manifest.sheet import places_of
from desktop.export.manifest.sheet import put_manifest
from desktop.export.report import CellKind
from desktop.export.report import Shape
from desktop.export.reread import check_xlsx
from desktop.export.safe_file import StoppedError
from desktop.export.safe_file import write_safely
from desktop.export.steady_zip import save_steadily
from desktop.export.xlsx.form import break_pages
from desktop.export.xlsx.form import fill_form
from desktop.export.xlsx.form import page_ends
from desktop.export.xlsx.form import set_up_page
from desktop.export.xlsx.form import set_widths
from desktop.export.xlsx.plan import CHOICES
from desktop.export.xlsx.plan import CONTENTS
from desktop.export.xlsx.plan import FINDINGS
from desktop.export.xlsx.plan import INDICATORS
from desktop.export.xlsx.plan import VERSION
from desktop.export.xlsx.plan import plan_sheets
from desktop.export.xlsx.plan import written
from desktop.export.xlsx.rows import put_lines
from desktop.export.xlsx.style import HEAD
from desktop.export.xlsx.style import LABEL
from desktop.export.xlsx.style import PLAIN
from desktop.export.xlsx.style import TITLE
from desktop.export.xlsx.style import WRAPPED
from desktop.export.xlsx.style import Book
from desktop.export.xlsx.style import Look
from desktop.export.xlsx.style import number_format
from desktop.export.xlsx.style import row_height

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from desktop.core.cells import Cell
    from desktop.core.messages import Message
    from desktop.export.report import FindingLine
    from desktop.export.report import IndicatorLine
    from desktop.export.report import Quantity
    from desktop.export.report import Report
    from desktop.export.xlsx.plan import Written
    from desktop.export.xlsx.rows import Lines

TEXT: Final = Look(ruled=True, wrap=True)
FIGURE: Final = Look(ruled=True, align="right")
LINK: Final = Look(ruled=True)

INDICATOR_HEADS: Final = (
    ("序号", 6),
    ("指标", 28),
    ("计量单位", 9),
    ("目标", 22),
    ("本期值", 11),
    ("状态", 11),
    ("差距", 14),
    ("分子", 24),
    ("分子数值", 12),
    ("分子依据记录数", 10),
    ("其中空白", 8),
    ("分母", 24),
    ("分母数值", 12),
    ("分母依据记录数", 10),
    ("其中空白", 8),
    ("按直线进度本年应达（本系统取法）", 22),
    ("基期或已有成绩", 18),
    ("全部目标", 30),
    ("责任部门", 18),
    ("口径", 24),
    ("计算方法", 40),
    ("原文", 30),
    ("出处", 30),
    ("说明", 30),
)

FINDING_HEADS: Final = (
    ("序号", 5),
    ("级别", 8),
    ("结果", 9),
    ("报表", 14),
    ("填报单位", 12),
    ("对象", 18),
    ("指标项", 14),
    ("审核结果", 28),
    ("审核关系", 24),
    ("情况说明", 24),
)


@dataclass(frozen=True, slots=True)
class WrittenXlsx:
    """What was written; `remarks` tell of texts a workbook cannot hold as they are."""

    sheets: int
    remarks: tuple[Message, ...]


def write_xlsx(
    report: Report,
    path: Path,
    progress: Callable[[int, int], bool] | None = None,
) -> WrittenXlsx | None:
    """Write a report to a workbook; None when `progress` asked to stop.

    `progress` is told how many sheets of how many are done.

    Raises:
        ExportError: The file could not be written; an old one is as it was.
    """
    remarks: list[Message] = []

    def write(part: Path) -> None:
        book, lines = _fill(report, progress)
        _save(book, lines, part, report.stamp.made if report.stamp else "")
        remarks.extend(book.remarks)

    try:
        write_safely(path, write, lambda part: check_xlsx(part, report))
    except StoppedError:
        return None
    return WrittenXlsx(len(report.tables) + 4, tuple(remarks))


def write_tables(report: Report, path: Path) -> WrittenXlsx:
    """Write a workbook of a report's tables alone, with what they stand on.

    Raises:
        ExportError: The file could not be written; an old one is as it was.
    """
    remarks: list[Message] = []

    def write(part: Path) -> None:
        plans = plan_sheets(report)
        book = _book(report, [*(plan.name for plan in plans), VERSION])
        lines = {
            plan.name: fill_form(book, report, plan, book.workbook[plan.name])
            for plan in plans
        }
        _version(book, report)
        put_manifest(book.workbook, report.data, places_of(report, (), ()))
        _save(book, lines, part, report.stamp.made if report.stamp else "")
        remarks.extend(book.remarks)

    write_safely(path, write, lambda part: check_xlsx(part, report))
    return WrittenXlsx(len(report.tables) + 1, tuple(remarks))


def _book(report: Report, names: Sequence[str]) -> Book:
    """Make a workbook with its sheets, and a hidden one for lists of choices."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = f"{report.title}（{report.unit_name}）"
    workbook.properties.creator = report.unit_name
    workbook.properties.identifier = BLANK
    for name in (*names, CHOICES):
        workbook.create_sheet(name)
    workbook[CHOICES].sheet_state = "hidden"
    return Book(workbook)


def _save(book: Book, lines: Mapping[str, Lines], part: Path, made: str) -> None:
    """Save a workbook with the lines of its forms, by the sheets' names."""
    saved = BytesIO()
    save_steadily(book.workbook, saved, made)
    names = book.workbook.sheetnames
    parts = {
        f"xl/worksheets/sheet{names.index(name) + 1}.xml": found
        for name, found in lines.items()
    }
    with part.open("w+b") as target:
        put_lines(saved, target, parts)


def _fill(
    report: Report, progress: Callable[[int, int], bool] | None
) -> tuple[Book, dict[str, Lines]]:
    plans = plan_sheets(report)
    names = [CONTENTS, *(plan.name for plan in plans), INDICATORS, FINDINGS, VERSION]
    book = _book(report, names)
    lines = {}
    for done, plan in enumerate(plans):
        if progress is not None and not progress(done, len(plans)):
            raise StoppedError
        lines[plan.name] = fill_form(book, report, plan, book.workbook[plan.name])
    _contents(book, report, [(plan.name, plan.form.title) for plan in plans])
    _indicators(book, report)
    _findings(book, report)
    _version(book, report)
    heads = [[title for title, _ in each] for each in (INDICATOR_HEADS, FINDING_HEADS)]
    places = places_of(report, *heads)
    put_manifest(book.workbook, report.data, places, report.signature)
    if progress is not None:
        progress(len(plans), len(plans))
    return book, lines


def _contents(book: Book, report: Report, forms: Sequence[tuple[str, str]]) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    sheet = book.workbook[CONTENTS]
    _title(book, sheet, report.title, 2)
    lines = (
        f"填报单位：{report.unit_name}（{report.unit_code}）",
        f"报告期：{report.period_title}",
    )
    for row, words in enumerate(lines, 2):
        book.put(sheet, (row, 1), words, PLAIN)
    if report.working_sheet:
        book.put(sheet, (4, 1), wording.WORKING_SHEET, PLAIN)
    others = [(name, name) for name in (INDICATORS, FINDINGS, VERSION)]
    _heads(book, sheet, 5, (("序号", 8), ("表名", 60)))
    for place, (name, title) in enumerate((*forms, *others), 1):
        row = 5 + place
        book.put(sheet, (row, 1), place, FIGURE)
        book.put(sheet, (row, 2), title, LINK)
        cell = sheet.cell(row, 2)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!A1")
    start = 7 + len(forms) + len(others)
    if report.preface:
        book.put(sheet, (start, 1), f"{wording.PREFACE}：", LABEL)
    for row, words in enumerate(report.preface, start + 1):
        book.put(sheet, (row, 2), words, WRAPPED)
        sheet.row_dimensions[row].height = row_height([(words, 60)])
    set_up_page(sheet, report.unit_name)


def _indicators(book: Book, report: Report) -> None:
    sheet = book.workbook[INDICATORS]
    _title(book, sheet, wording.INDICATORS, len(INDICATOR_HEADS))
    _heads(book, sheet, 2, INDICATOR_HEADS)
    for place, line in enumerate(report.indicators, 1):
        _line(book, sheet, place + 2, _indicator(place, line), INDICATOR_HEADS)
    _close(sheet, report)
    ends = page_ends([width for _, width in INDICATOR_HEADS], 2)
    sheet.print_title_cols = "A:B"
    break_pages(sheet, ends[:-1])


def _indicator(place: int, line: IndicatorLine) -> list[tuple[Written, Look]]:
    return [
        (place, FIGURE),
        (line.title, TEXT),
        (line.measure, TEXT),
        (line.target, TEXT),
        _number(line.value, Shape(CellKind.DECIMAL, line.digits)),
        (line.status, TEXT),
        (line.left, TEXT),
        *_quantity(line.numerator),
        *_quantity(line.denominator),
        (line.path, TEXT),
        (line.baseline, TEXT),
        ("；".join(line.targets), TEXT),
        (line.departments, TEXT),
        ("；".join(line.definitions), TEXT),
        (line.formula, TEXT),
        (line.quote, TEXT),
        (line.source, TEXT),
        (line.note, TEXT),
    ]


def _quantity(quantity: Quantity | None) -> list[tuple[Written, Look]]:
    if quantity is None:
        return [("", TEXT)] * 4
    title = (
        f"{quantity.title}（{quantity.measure}）"
        if quantity.measure
        else (quantity.title)
    )
    if not quantity.asked:
        return [(title, TEXT), *[("", TEXT)] * 3]
    look = Look(ruled=True, align="right", format="General")
    value = written(quantity.value, Shape(CellKind.DECIMAL))
    counts = (quantity.records, quantity.blanks)
    return [(title, TEXT), (value, look), *((count, FIGURE) for count in counts)]


def _number(cell: Cell, shape: Shape) -> tuple[Written, Look]:
    look = Look(ruled=True, align="right", format=number_format(shape))
    return written(cell, shape), look


def _findings(book: Book, report: Report) -> None:
    sheet = book.workbook[FINDINGS]
    _title(book, sheet, wording.FINDINGS, len(FINDING_HEADS))
    _heads(book, sheet, 2, FINDING_HEADS)
    if not report.findings:
        book.put(sheet, (3, 1), wording.NO_FINDINGS, PLAIN)
    for place, line in enumerate(report.findings, 1):
        cells = [(value, TEXT) for value in _finding(place, line)]
        _line(book, sheet, place + 2, cells, FINDING_HEADS)
    _close(sheet, report)


def _finding(place: int, line: FindingLine) -> tuple[Written, ...]:
    return (
        place,
        wording.LEVELS[line.level],
        wording.OUTCOMES[line.outcome],
        line.form,
        line.unit,
        line.record,
        line.fields,
        line.text,
        line.rule,
        line.explanation,
    )


def _version(book: Book, report: Report) -> None:
    sheet = book.workbook[VERSION]
    _title(book, sheet, wording.VERSION, 2)
    lines = wording.version_lines(report)
    for row, (label, words) in enumerate(lines, 2):
        book.put(sheet, (row, 1), label, LABEL)
        book.put(sheet, (row, 2), words, WRAPPED)
    set_widths(sheet, (16, 80))
    set_up_page(sheet, report.unit_name)


def _title(book: Book, sheet: Worksheet, title: str, columns: int) -> None:
    book.put(sheet, (1, 1), title, TITLE)
    sheet.merge_cells(None, 1, 1, 1, columns)
    sheet.row_dimensions[1].height = 28


def _heads(
    book: Book, sheet: Worksheet, row: int, heads: Sequence[tuple[str, int]]
) -> None:
    for column, (title, _) in enumerate(heads, 1):
        book.put(sheet, (row, column), title, HEAD)
    set_widths(sheet, [width for _, width in heads])


def _line(
    book: Book,
    sheet: Worksheet,
    row: int,
    cells: Sequence[tuple[Written, Look]],
    heads: Sequence[tuple[str, int]],
) -> None:
    for column, (value, look) in enumerate(cells, 1):
        book.put(sheet, (row, column), value, look)
    values = zip((value for value, _ in cells), heads, strict=True)
    sheet.row_dimensions[row].height = row_height(
        (value, width) for value, (_, width) in values
    )


def _close(sheet: Worksheet, report: Report) -> None:
    set_up_page(sheet, report.unit_name)
    sheet.freeze_panes = "C3"
    sheet.print_title_rows = "2:2"
