"""One drawing code for charts, on paper and on screen (decision 16).

Drawings are `reportlab.graphics` values: `pdf_pen` draws their shapes into the PDF,
`chart_svg` writes them for a window. Nothing is said by colour alone: each state has
its shape and its word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from desktop.export.chart.data import PRINT
from desktop.export.chart.data import RankChart
from desktop.export.chart.data import Sign
from desktop.export.chart.data import TargetChart
from desktop.export.chart.data import TrendChart
from desktop.export.chart.sheet import Anchor
from desktop.export.chart.sheet import Sheet
from desktop.export.chart.sheet import shortened
from desktop.export.chart.sheet import text_width
from desktop.export.chart.sheet import wrapped
from desktop.export.chart.trend_drawing import draw_trend
from desktop.export.chart.trend_drawing import trend_height

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

    from desktop.export.chart.data import Chart
    from desktop.export.chart.data import Mark
    from desktop.export.chart.data import Palette
    from desktop.export.chart.data import RankBar
    from desktop.export.report import Bar

TICK: Final = 1.4
"""Width of a bar's tick in points; paper of the same width sets it off."""
SMALL: Final = 11
BODY: Final = 12
TITLE_HEIGHT: Final = 24
TRACK_HEIGHT: Final = 18
LINE: Final = 16
"""Height of a line of words about a bar."""
ROW: Final = 24
NAME_WIDTH: Final = 168
STATUS_WIDTH: Final = 138
"""Room right of the bars: value, sign and word."""


def bar_drawing(
    bar: Bar, width: float, height: float, palette: Palette = PRINT, fill: str = ""
) -> Drawing:
    """Draw a value as a bar on its scale, with a tick at the target and no words.

    Sizes are in points. A second tick stands for a target with two bounds, a broken
    one for where the straight line to the target stands.
    """
    sheet = Sheet(width, height)
    inset = height * 0.2
    within = height - 2 * inset
    sheet.rect((0, inset, width, within), palette.track)
    if bar.value is not None:
        filled = bar.share(bar.value) * width
        sheet.rect((0, inset, filled, within), fill or palette.accent)
    if bar.path is not None:
        middle = _inside(bar.share(bar.path) * width, width)
        _tick(sheet, middle, (0, height), palette.ink)
        _tick(sheet, middle, (inset, within), palette.paper)
    for bound in (bar.target, bar.upper):
        if bound is not None:
            middle = _inside(bar.share(bound) * width, width)
            box = (middle - 1.5 * TICK, inset, 3 * TICK, within)
            sheet.rect(box, palette.paper)
            _tick(sheet, middle, (0, height), palette.ink)
    return sheet.drawing


def _inside(place: float, width: float) -> float:
    return min(max(place, 1.5 * TICK), width - 1.5 * TICK)


def _tick(sheet: Sheet, middle: float, span: tuple[float, float], ink: str) -> None:
    low, tall = span
    sheet.rect((middle - TICK / 2, low, TICK, tall), ink)


def chart_drawing(
    chart: Chart, width: int, palette: Palette = PRINT, *, titled: bool = True
) -> Drawing:
    """Draw a chart in a width of points; its height follows from what it shows."""
    head = TITLE_HEIGHT if titled else 0
    sheet = Sheet(width, chart_height(chart, width) + head - TITLE_HEIGHT)
    if titled:
        _draw_title(sheet, chart, palette)
    match chart:
        case TargetChart():
            _draw_target(sheet, chart, palette)
        case TrendChart():
            draw_trend(sheet, chart, palette, sheet.height - head)
        case RankChart():
            _draw_rank(sheet, chart, palette, sheet.height - head)
        case _:
            assert_never(chart)
    return sheet.drawing


def chart_height(chart: Chart, width: int) -> int:
    """Tell how high a chart with its title will be, without drawing it."""
    return _height(chart, width) + TITLE_HEIGHT


def _draw_title(sheet: Sheet, chart: Chart, palette: Palette) -> None:
    """Write what is shown; at the right how a value stands."""
    top, width = sheet.height - 17, sheet.width
    if isinstance(chart, TargetChart):
        said = f"{chart.value.words}　{chart.status}" if chart.value else chart.status
        width -= text_width(said, BODY + 1) + 24
        colour, end = palette.of(chart.sign), (sheet.width, top)
        sheet.text(end, said, BODY + 1, colour, anchor=Anchor.END, bold=True)
        draw_sign(sheet, chart.sign, (width + 14, top + 5), palette)
    title = shortened(chart.title, width, BODY + 1)
    sheet.text((0, top), title, BODY + 1, palette.ink, bold=True)


def _height(chart: Chart, width: int) -> int:
    match chart:
        case TargetChart():
            return _lines_below(chart) * LINE + TRACK_HEIGHT + LINE + 20
        case TrendChart():
            return trend_height(width)
        case RankChart():
            return ROW * (len(chart.bars) + 1) + 18 * len(_apart(chart, width)) + 8
        case _:
            assert_never(chart)


def _lines_below(chart: TargetChart) -> int:
    return (chart.start is not None) + (chart.path is not None)


def _draw_target(sheet: Sheet, chart: TargetChart, palette: Palette) -> None:
    """Draw the bar; the target is named above it, baseline and path below."""
    low, right = _lines_below(chart) * LINE + 8, sheet.width - 8
    scale = right / float(chart.full)

    def place(mark: Mark) -> float:
        return min(max(float(mark.number) * scale, 0), right)

    sheet.rect((0, low, right, TRACK_HEIGHT), palette.track)
    if chart.value is not None:
        filled = max(place(chart.value), 2)
        sheet.rect((0, low, filled, TRACK_HEIGHT), palette.of(chart.sign))
    for mark in chart.targets:
        at = max(place(mark), 2)
        sheet.rect((at - 3, low - 4, 6, TRACK_HEIGHT + 8), palette.paper)
        sheet.rect((at - 1, low - 6, 2, TRACK_HEIGHT + 12), palette.ink)
        sheet.clamped(at, low + TRACK_HEIGHT + 12, mark.words, SMALL, palette.ink)
    if chart.path is not None:
        at = max(place(chart.path), 1)
        sheet.line((at, low - 6), (at, low + TRACK_HEIGHT + 6), palette.paper, 4)
        sheet.dashed((at, low - 6), (at, low + TRACK_HEIGHT + 6), palette.ink, 2)
        sheet.clamped(at, 4, chart.path.words, SMALL, palette.muted)
    if chart.start is not None:
        at = max(place(chart.start), 5)
        points = (at - 5, low - 9, at + 5, low - 9, at, low - 1)
        sheet.polygon(points, palette.ink, palette.paper)
        sheet.clamped(at, low - 21, chart.start.words, SMALL, palette.muted)


def _apart(chart: RankChart, width: int) -> tuple[str, ...]:
    return tuple(line for text in chart.apart for line in wrapped(text, width, SMALL))


def _draw_rank(sheet: Sheet, chart: RankChart, palette: Palette, top: float) -> None:
    left = NAME_WIDTH + 30
    span = max(sheet.width - left - STATUS_WIDTH, 40)
    scale = span / float(chart.full)
    lines = _apart(chart, int(sheet.width))
    y = top - ROW
    for bar in chart.bars:
        y -= ROW
        _draw_row(sheet, bar, palette, (left, y, scale))
    if chart.target is not None and chart.bars:
        at = left + min(float(chart.target.number) * scale, span)
        sheet.line((at, y), (at, top - ROW + 2), palette.paper, 4)
        sheet.line((at, y), (at, top - ROW + 2), palette.ink, 1.5)
        sheet.clamped(at, top - ROW + 7, chart.target.words, SMALL, palette.ink)
    for number, line in enumerate(reversed(lines)):
        sheet.text((0, 6 + number * 18), line, SMALL, palette.muted)


def _draw_row(
    sheet: Sheet, bar: RankBar, palette: Palette, at: tuple[float, float, float]
) -> None:
    left, y, scale = at
    colour, middle = palette.of(bar.sign), y + 7
    sheet.text((22, middle), str(bar.place), SMALL, palette.muted, anchor=Anchor.END)
    name = shortened(bar.name, NAME_WIDTH - 6, BODY)
    sheet.text((30, middle), name, BODY, palette.ink)
    long = max(float(bar.value.number) * scale, 1)
    sheet.rect((left, y + 4, long, ROW - 9), colour)
    right = sheet.width - STATUS_WIDTH
    words = (right + 58, middle)
    sheet.text(words, bar.value.words, BODY, palette.ink, anchor=Anchor.END, bold=True)
    draw_sign(sheet, bar.sign, (right + 70, y + 11), palette)
    sheet.text((right + 79, middle), bar.status, SMALL, colour)


def draw_sign(
    sheet: Sheet, sign: Sign, at: tuple[float, float], palette: Palette
) -> None:
    """Draw the shape of a sign: dot, cross, triangle, square, ring."""
    x, y = at
    colour, r = palette.of(sign), 4.5
    match sign:
        case Sign.GOOD:
            sheet.circle(at, r, colour)
        case Sign.BAD:
            sheet.line((x - r, y - r), (x + r, y + r), colour, 2.5)
            sheet.line((x - r, y + r), (x + r, y - r), colour, 2.5)
        case Sign.WARNING:
            sheet.polygon((x - r, y - r, x + r, y - r, x, y + r), colour, colour)
        case Sign.INFO:
            sheet.rect((x - r, y - r, 2 * r, 2 * r), colour)
        case Sign.QUIET:
            sheet.circle(at, r - 1, palette.paper, colour)
        case _:
            assert_never(sign)
