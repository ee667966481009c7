"""The parts of the PDF around the forms: cover to data version."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.export import wording
from desktop.export.pdf_columns import Head
from desktop.export.pdf_columns import Table
from desktop.export.pdf_fonts import Face
from desktop.export.pdf_page import Composer
from desktop.export.pdf_page import Page
from desktop.export.pdf_page import Style
from desktop.export.pdf_pen import BODY
from desktop.export.pdf_pen import SMALL
from desktop.export.pdf_table import set_table
from desktop.export.report import CellKind
from desktop.export.report import Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.export.pdf_columns import Content
    from desktop.export.pdf_fonts import Fonts
    from desktop.export.pdf_page import Bookmark
    from desktop.export.pdf_pen import Pen
    from desktop.export.report import FindingLine
    from desktop.export.report import IndicatorLine
    from desktop.export.report import Quantity
    from desktop.export.report import Report

HEADING: Final = Style(Face.SONG_BOLD, 16.0)
SECOND: Final = Style(Face.HEI_BOLD, BODY, above=8.0, heading=True)
TEXT: Final = Style(Face.SONG, BODY)
FIRST_LINE: Final = Style(Face.SONG, BODY, indent=2 * BODY, hanging=-2 * BODY)
SMALL_TEXT: Final = Style(Face.SONG, SMALL, indent=SMALL)
COVER_TITLE: Final = Style(Face.SONG_BOLD, 22.0)
COVER_LINE: Final = Style(Face.SONG, 14.0, above=8.0)
ENTRY: Final = 18.0
AMOUNT: Final = Shape(CellKind.DECIMAL, 2)


def cover_pages(report: Report, fonts: Fonts) -> list[Page]:
    """Set the cover: what, whose, for when; room for a seal below."""
    composer = Composer(fonts, "cover")
    composer.skip(composer.room * 0.25)
    composer.centred(report.title, COVER_TITLE)
    composer.skip(composer.room * 0.12)
    composer.centred(report.unit_name, COVER_LINE)
    composer.centred(f"行政区划代码　{report.unit_code}", COVER_LINE)
    composer.centred(f"报告期　{report.period_title}", COVER_LINE)
    if report.working_sheet:
        composer.centred(wording.WORKING_SHEET, COVER_LINE)
    composer.skip(composer.room * 0.45)
    composer.centred("填报单位（盖章）：", COVER_LINE)
    composer.centred(f"制表时间　{report.made_at}", COVER_LINE)
    composer.pages[0].numbered = False
    return composer.pages


def preface_pages(report: Report, fonts: Fonts) -> list[Page]:
    """Set the 报送说明."""
    composer = Composer(fonts, "preface")
    _heading(composer, wording.PREFACE)
    for text in report.preface:
        composer.paragraph(text, FIRST_LINE)
    return composer.pages


def contents_pages(entries: Sequence[tuple[Bookmark, int]], fonts: Fonts) -> list[Page]:
    """Set the table of contents from bookmarks and their page numbers."""
    composer = Composer(fonts, "contents")
    _heading(composer, wording.CONTENTS)
    for mark, page in entries:
        _entry(composer, mark, page)
    return composer.pages


def _entry(composer: Composer, mark: Bookmark, page: int) -> None:
    left = composer.left + mark.level * 2 * BODY
    right = composer.left + composer.width
    title = composer.fonts.lines(mark.title, right - left - 60, Face.SONG, BODY)[0]

    def draw(pen: Pen, top: float) -> None:
        y = top - BODY * 1.15
        pen.text(left, y, title, Face.SONG, BODY)
        pen.to_right(right, y, str(page), Face.SONG, BODY)
        start = left + pen.fonts.width(title, Face.SONG, BODY) + 6
        end = right - pen.fonts.width(str(page), Face.SONG, BODY) - 6
        pen.dots((start, y + 2), end)
        pen.link(mark.key, (left, top - ENTRY + 3, right, top))

    composer.need(ENTRY)
    composer.place(ENTRY, draw)


def indicator_pages(report: Report, fonts: Fonts) -> list[Page]:
    """Set the table of indicators, a bar for each that has one."""
    composer = Composer(fonts, "indicators", wide=True)
    _heading(composer, wording.INDICATORS)
    composer.running_head = lambda: _again(composer, wording.INDICATORS)
    if not report.indicators:
        composer.paragraph(wording.NO_INDICATORS, TEXT)
        return composer.pages
    heads = (
        Head("序号", align=0),
        Head("指标", widest=124.0),
        Head("目标", widest=96.0),
        Head("本期值", align=1, widest=62.0),
        Head("本期值与目标", narrowest=84.0),
        Head("状态", align=0, narrowest=40.0),
        Head("差距", widest=66.0),
        Head("分子", widest=98.0),
        Head("分母", widest=98.0),
    )
    lines = report.indicators
    table = Table(heads, 2, len(lines), lambda place: _figure(place, lines[place]))
    set_table(table, composer)
    composer.paragraph(
        "注：横条为本期值，竖线为目标，断开的竖线为按直线进度本年应达的数；"
        "括号内为所依据的记录数和其中的空白数。" + wording.LINE,
        Style(Face.SONG, SMALL, above=4.0),
    )
    return composer.pages


def _figure(place: int, line: IndicatorLine) -> tuple[Content, ...]:
    value = wording.say(line.value, Shape(CellKind.DECIMAL, line.digits))
    return (
        str(place + 1),
        line.title,
        "；".join(filter(None, (line.target or line.baseline, line.path))),
        f"{value} {line.measure}" if value and value != "—" else value,
        line.bar or "",
        line.status,
        line.left,
        _quantity(line.numerator),
        _quantity(line.denominator) if line.denominator else "",
    )


def _quantity(quantity: Quantity) -> str:
    if not quantity.asked:
        return quantity.title
    value = wording.amount(quantity.value) or "缺"
    basis = f"{quantity.records} 条，空白 {quantity.blanks}"
    return f"{quantity.title} {value} {quantity.measure}（{basis}）".replace(
        " （", "（"
    )


def finding_pages(report: Report, fonts: Fonts) -> list[Page]:
    """Set the findings with their rules and explanations."""
    composer = Composer(fonts, "findings", wide=True)
    _heading(composer, wording.FINDINGS)
    composer.running_head = lambda: _again(composer, wording.FINDINGS)
    lines = report.findings
    if not lines:
        composer.paragraph(wording.NO_FINDINGS, TEXT)
        return composer.pages
    heads = (
        Head("序号", align=0),
        Head("级别", align=0, narrowest=30.0),
        Head("结果", align=0, narrowest=38.0),
        Head("报表", widest=72.0),
        Head("填报单位", widest=64.0),
        Head("对象", widest=96.0),
        Head("指标项", widest=72.0),
        Head("审核结果", widest=130.0),
        Head("审核关系", widest=110.0),
        Head("情况说明", narrowest=72.0, widest=110.0),
    )
    table = Table(heads, 2, len(lines), lambda place: _finding(place, lines[place]))
    set_table(table, composer)
    return composer.pages


def _finding(place: int, line: FindingLine) -> tuple[str, ...]:
    return (
        str(place + 1),
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


def definition_pages(report: Report, fonts: Fonts) -> list[Page]:
    """Set how each indicator is defined, with its source, and what fields mean."""
    composer = Composer(fonts, "definitions")
    _heading(composer, wording.DEFINITIONS)
    for place, line in enumerate(report.indicators, 1):
        _definition(composer, place, line)
    if report.explanations:
        composer.need(90.0)
        composer.skip(12.0)
        composer.bookmark(wording.EXPLANATIONS, 0)
        composer.centred(wording.EXPLANATIONS, HEADING)
    form = ""
    for explained in report.explanations:
        if explained.form != form:
            form = explained.form
            composer.paragraph(form, SECOND)
        words = f"{explained.field}：{explained.text}（{explained.source}）"
        composer.paragraph(words, SMALL_TEXT)
    return composer.pages


def _definition(composer: Composer, place: int, line: IndicatorLine) -> None:
    composer.need(6 * BODY)
    composer.bookmark(line.title, 1, listed=False)
    composer.paragraph(f"{place}．{line.title}", SECOND)
    parts = (
        ("计算方法", line.formula),
        ("口径", "；".join(line.definitions)),
        ("目标", "；".join(line.targets)),
        ("进度", f"{line.path}。{wording.LINE}" if line.path else ""),
        ("评定", line.judgement),
        ("起点", line.baseline),
        ("责任部门", line.departments),
        ("原文", f"“{line.quote}”" if line.quote else ""),
        ("出处", line.source),
        ("说明", line.note),
    )
    for label, words in parts:
        if words:
            composer.paragraph(f"{label}：{words}", SMALL_TEXT)


def version_pages(report: Report, fonts: Fonts) -> list[Page]:
    """Set what the figures stand on, so that they can be proved later."""
    composer = Composer(fonts, "version")
    _heading(composer, wording.VERSION)
    for label, words in wording.version_lines(report):
        composer.paragraph(f"{label}：{words}", Style(hanging=BODY, above=2.0))
    return composer.pages


def _heading(composer: Composer, title: str) -> None:
    composer.bookmark(title, 0)
    composer.centred(title, HEADING)
    composer.skip(10.0)


def _again(composer: Composer, title: str) -> None:
    again = Style(Face.SONG_BOLD, 12.0)
    composer.centred(title + wording.CONTINUED, again)
    composer.skip(4.0)
