"""The parts of the PDF that prove it: notes to each indicator, and the data version."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.export import wording
from desktop.export.pdf.code import SIDE
from desktop.export.pdf.code import draw_code
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.headings import HEADING
from desktop.export.pdf.headings import SECOND
from desktop.export.pdf.headings import SMALL_TEXT
from desktop.export.pdf.headings import head_part
from desktop.export.pdf.page import Composer
from desktop.export.pdf.page import Style
from desktop.export.pdf.parts_figures import note_key
from desktop.export.pdf.parts_figures import quantity_words
from desktop.export.pdf.pen import BODY
from desktop.export.pdf.pen import SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.export.pdf.fonts import Fonts
    from desktop.export.pdf.page import Page
    from desktop.export.pdf.pen import Pen
    from desktop.export.report import IndicatorLine
    from desktop.export.report import Report
    from desktop.export.report import Rests

SAID: Final = 12
"""Explanations repeated in one indicator's note; the rest are counted."""


def definition_pages(report: Report, fonts: Fonts) -> list[Page]:
    """Set a note for each indicator, with its source, and what fields mean."""
    composer = Composer(fonts, "definitions")
    head_part(composer, wording.DEFINITIONS)
    for place, line in enumerate(report.indicators, 1):
        _note(composer, report, place, line)
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


def _note(composer: Composer, report: Report, place: int, line: IndicatorLine) -> None:
    """Lead from an indicator to its terms, their records, and the plan's sentence."""
    composer.need(6 * BODY)
    composer.bookmark(line.title, 1, listed=False, key=note_key(line))
    composer.paragraph(f"{place}．{line.title}", SECOND)
    _parts(composer, (("计算方法", line.formula),))
    terms = (("分子", line.numerator), ("分母", line.denominator))
    for label, term in terms:
        if term is not None and term.asked:
            _parts(composer, ((label, quantity_words(term)),))
        for rests in line.rests:
            if rests.term == label:
                _rests(composer, report, rests)
    for rests in line.rests:
        if rests.term not in dict(terms):
            _rests(composer, report, rests)
    _parts(
        composer,
        (
            *(("情况说明", words) for words in _said(report, line)),
            ("口径", "；".join(line.definitions)),
            ("目标", "；".join(line.targets)),
            ("进度", f"{line.path}。{wording.LINE}" if line.path else ""),
            ("评定", line.judgement),
            ("起点", line.baseline),
            ("责任部门", line.departments),
            ("原文", f"“{line.quote}”" if line.quote else ""),
            ("出处", line.source),
            ("说明", line.note),
        ),
    )


def _parts(composer: Composer, parts: tuple[tuple[str, str], ...]) -> None:
    for label, words in parts:
        if words:
            composer.paragraph(f"{label}：{words}", SMALL_TEXT)


def _rests(composer: Composer, report: Report, rests: Rests) -> None:
    """Name the lines of a printed form that a term rests on, and lead there."""
    form = next((one for one in report.forms if one.id == rests.form), None)
    if form is None:
        return
    words = wording.rests_words(form, rests)
    composer.paragraph(words, SMALL_TEXT, link=f"form-{form.id}-1")


def _said(report: Report, line: IndicatorLine) -> Iterator[str]:
    """Give what was said about findings on the records an indicator rests on."""
    there = {
        (rests.form, number)
        for rests in line.rests
        for number in (*rests.records, *rests.blank, *rests.undecided)
    }
    said = [
        one
        for one in report.findings
        if one.explanation and (one.form_id, one.number) in there
    ]
    for one in said[:SAID]:
        row = wording.in_row(one.number)
        yield f"{one.form}{row}{one.record}：{one.text}——{one.explanation}"
    if len(said) > SAID:
        yield wording.and_more(len(said))


def version_pages(report: Report, fonts: Fonts, pages: int = 0) -> list[Page]:
    """Set what the figures stand on, so that they can be proved later.

    `pages` is how many pages the whole report has; 0 while that is not known.
    """
    composer = Composer(fonts, "version")
    head_part(composer, wording.VERSION)
    lines = [*wording.version_lines(report), ("页数", str(pages or ""))]
    for label, words in lines:
        composer.paragraph(f"{label}：{words}", Style(hanging=BODY, above=2.0))
    code = report.code()
    if code:
        _code(composer, code)
    return composer.pages


def _code(composer: Composer, code: str) -> None:
    """Set the report's code with its words beside it."""
    words = (code, *wording.CODE_NOTES)
    left = composer.left + SIDE + 12.0

    def draw(pen: Pen, top: float) -> None:
        draw_code(pen, code, composer.left, top)
        y = top - 16.0
        for line in words:
            pen.text(left, y, line, Face.SONG, SMALL)
            y -= SMALL * 1.6

    composer.skip(12.0)
    composer.need(SIDE)
    composer.place(SIDE, draw)
