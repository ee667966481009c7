"""The chapter of indicators: a line for each, and behind it their charts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

from desktop.export import wording
from desktop.export.chart.data import RankChart
from desktop.export.chart.drawing import SMALL
from desktop.export.chart.drawing import chart_drawing
from desktop.export.chart.drawing import chart_height
from desktop.export.chart.sheet import shortened
from desktop.export.pdf.columns import Head
from desktop.export.pdf.columns import Table
from desktop.export.pdf.columns import listed
from desktop.export.pdf.headings import NOTE
from desktop.export.pdf.headings import SECOND
from desktop.export.pdf.headings import SMALL_TEXT
from desktop.export.pdf.headings import TEXT
from desktop.export.pdf.headings import head_on
from desktop.export.pdf.headings import head_part
from desktop.export.pdf.page import Composer
from desktop.export.pdf.table import set_table
from desktop.export.report import CellKind
from desktop.export.report import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.export.chart.data import Chart
    from desktop.export.pdf.columns import Content
    from desktop.export.pdf.fonts import Fonts
    from desktop.export.pdf.page import Page
    from desktop.export.pdf.pen import Pen
    from desktop.export.report import IndicatorLine
    from desktop.export.report import Quantity
    from desktop.export.report import Report

SCALE: Final = 0.75
"""Size on paper over size on screen: 12 points become 小五."""
GAP: Final = 14.0
ROOM: Final = 200.0
"""Height that the name of an indicator leaves free for its first chart."""
BARS: Final = 20
"""Units of a ranking on one page."""
APART: Final = 2400.0
"""Width of a sentence on units that are not ranked, before it is cut: four lines."""


def note_key(line: IndicatorLine) -> str:
    """Name the place where an indicator's note stands."""
    return f"note-{line.id}"


def indicator_pages(report: Report, fonts: Fonts, *, noted: bool = True) -> list[Page]:
    """Set the table of indicators, a bar for each that has one, and what it rests on.

    Where the notes are in the report too (`noted`), each line leads to its own.
    """
    composer = Composer(fonts, "indicators", wide=True)
    head_part(composer, wording.INDICATORS)
    head_on(composer, wording.INDICATORS, wording.CONTINUED)
    if not report.indicators:
        composer.paragraph(wording.NO_INDICATORS, TEXT)
        return composer.pages
    heads = (
        Head("序号", align=0),
        Head("指标", widest=100.0),
        Head("目标", widest=80.0),
        Head("本期值", align=1, widest=54.0),
        Head("本期值与目标", narrowest=70.0),
        Head("状态", align=0, narrowest=38.0),
        Head("差距", widest=60.0),
        Head("分子", widest=80.0),
        Head("分母", widest=76.0),
    )
    lines = report.indicators
    table = Table(
        heads,
        2,
        len(lines),
        listed([_figure(place, line) for place, line in enumerate(lines, 1)]),
        link=(lambda place: note_key(lines[place])) if noted else None,
    )
    notes = (
        wording.FIGURES_NOTE + wording.LINE + (wording.NOTES_BEHIND if noted else "")
    )
    kept = fonts.lines(notes, composer.width, NOTE.face, NOTE.size)
    set_table(table, composer, len(kept) * NOTE.leading + NOTE.above)
    composer.paragraph(notes, NOTE)
    return composer.pages


def _figure(place: int, line: IndicatorLine) -> tuple[Content, ...]:
    value = wording.say(line.value, Shape(CellKind.DECIMAL, line.digits))
    return (
        str(place),
        line.title,
        "；".join(filter(None, (line.target or line.baseline, line.path))),
        f"{value} {line.measure}" if value and value != "—" else value,
        line.bar or "",
        line.status,
        line.left,
        quantity_words(line.numerator),
        quantity_words(line.denominator) if line.denominator else "",
    )


def quantity_words(quantity: Quantity) -> str:
    """Say a numerator or denominator, its value and what it rests on."""
    if not quantity.asked:
        return quantity.title
    value = wording.amount(quantity.value)
    amount = f"{value} {quantity.measure}".rstrip() if value else wording.NO_VALUE
    basis = f"{quantity.records} 条，空白 {quantity.blanks}"
    return f"{quantity.title} {amount}（{basis}）"


def chart_pages(report: Report, fonts: Fonts) -> list[Page]:
    """Set the charts, those of one indicator together."""
    if not report.charts:
        return []
    composer = Composer(fonts, "charts")
    head_part(composer, wording.CHARTS, 1)
    head_on(composer, wording.CHARTS)
    composer.paragraph(wording.CHARTS_NOTE, SMALL_TEXT)
    places = {line.id: place for place, line in enumerate(report.indicators, 1)}
    titles = {line.id: line.title for line in report.indicators}
    for group in report.charts:
        title = f"{places[group.indicator]}．{titles[group.indicator]}"
        composer.need(ROOM)
        composer.paragraph(title, SECOND)
        composer.skip(4.0)
        narrow = [one for one in group.charts if not isinstance(one, RankChart)]
        _row(composer, narrow)
        for chart in group.charts:
            if isinstance(chart, RankChart):
                for part in _parts(chart):
                    _row(composer, [part])
    return composer.pages


def _parts(chart: RankChart) -> Iterator[RankChart]:
    """Cut a ranking into parts that a page holds; reasons stand below the last."""
    apart = tuple(shortened(words, APART, SMALL) for words in chart.apart)
    for start in range(0, max(len(chart.bars), 1), BARS):
        bars = chart.bars[start : start + BARS]
        last = start + BARS >= len(chart.bars)
        title = chart.title + (wording.GOES_ON if start else "")
        below = apart if last else ()
        yield replace(chart, bars=bars, title=title, apart=below)


def _row(composer: Composer, charts: Sequence[Chart]) -> None:
    """Set charts side by side; each says itself to those who cannot see it."""
    if not charts:
        return
    gap = GAP * (len(charts) - 1)
    width = (composer.width - gap) / len(charts)
    wide = int(width / SCALE)
    height = max(chart_height(chart, wide) for chart in charts) * SCALE

    def draw(pen: Pen, top: float) -> None:
        for place, chart in enumerate(charts):
            drawing = chart_drawing(chart, wide)
            left = composer.left + place * (width + GAP)
            low = top - drawing.height * SCALE
            pen.begin_described(chart.sentence)
            pen.begin_frame((SCALE, 0.0, 0.0, SCALE, left, low))
            pen.drawing(drawing, 0.0, 0.0)
            pen.end_frame()
            pen.end_described()

    composer.need(height)
    composer.place(height, draw)
    composer.skip(GAP)
