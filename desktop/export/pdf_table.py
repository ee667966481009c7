"""Setting a table onto pages, with rows of known height.

Heads are repeated on every page. Rows are asked for when they are measured and again
when they are drawn, so that a long table costs no memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from typing import Final

from desktop.export.charts import bar_drawing
from desktop.export.pdf_columns import PAD
from desktop.export.pdf_columns import natural_widths
from desktop.export.pdf_columns import panels
from desktop.export.pdf_fonts import Face
from desktop.export.pdf_pen import SMALL
from desktop.export.pdf_pen import THICK
from desktop.export.pdf_pen import THIN
from desktop.export.report import Bar

if TYPE_CHECKING:
    from desktop.export.pdf_columns import Content
    from desktop.export.pdf_columns import Panel
    from desktop.export.pdf_columns import Table
    from desktop.export.pdf_page import Composer
    from desktop.export.pdf_pen import Pen

LINE: Final = 11.5
ONE_LINE: Final = LINE + 2 * PAD
BAR_HEIGHT: Final = 9.0


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a cell stands."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half way across."""
        return (self.left + self.right) / 2


def set_table(table: Table, composer: Composer, tail: float = 0.0) -> None:
    """Set a whole table; `tail` points of room stay free below its last row."""
    widths = natural_widths(table, composer.fonts)
    parts = panels(widths, table.frozen, composer.width)
    for place, panel in enumerate(parts):
        if place:
            composer.begin_page()
        last = place == len(parts) - 1
        PanelSetter(table, panel, composer).set(tail if last else 0.0)


class PanelSetter:
    """Sets one panel of a table onto the pages of a composer."""

    def __init__(self, table: Table, panel: Panel, composer: Composer) -> None:
        self._table = table
        self._panel = panel
        self._composer = composer
        self._fonts = composer.fonts
        self._left = composer.left + (composer.width - panel.width) / 2
        self._heads = [table.heads[column] for column in panel.columns]
        self._titles = [
            self._fonts.lines(head.title, width - 2 * PAD, Face.HEI, SMALL)
            for head, width in zip(self._heads, panel.widths, strict=True)
        ]
        self._grouped = any(head.group for head in self._heads)
        self._marked = any(head.mark for head in self._heads)

    @property
    def head_height(self) -> float:
        """Height of group row, titles and marks."""
        titles = max(len(lines) for lines in self._titles) * LINE + 2 * PAD
        extra = ONE_LINE
        return titles + extra * self._grouped + extra * self._marked

    def set(self, tail: float = 0.0) -> None:
        """Place all rows; the last shares its page with `tail` points of room."""
        composer = self._composer
        start = 0
        first = self._height(0) if self._table.count else LINE
        composer.need(self.head_height + first + (0 if self._table.count > 1 else tail))
        while True:
            end, height = self._fitting(start, tail)
            self._place(start, end, height)
            start = end
            if start >= self._table.count:
                return
            composer.begin_page()

    def _fitting(self, start: int, tail: float) -> tuple[int, float]:
        """Find how many rows fit the page, at least one, and how high they are."""
        room = self._composer.room - self.head_height
        height = 0.0
        place = start
        while place < self._table.count:
            row = self._height(place)
            last = tail if place == self._table.count - 1 else 0.0
            if place > start and height + row + last > room:
                break
            height += row
            place += 1
        while self._heads_nothing(start, place):
            place -= 1
            height -= self._height(place)
        return place, height

    def _heads_nothing(self, start: int, end: int) -> bool:
        """Whether a page would end with a line that names the lines after it."""
        more = start + 1 < end < self._table.count
        return more and self._table.strong(end - 1)

    def _height(self, place: int) -> float:
        lines = max(len(cell) for cell in self._cells(place))
        return lines * LINE + 2 * PAD

    def _cells(self, place: int) -> list[tuple[str, ...]]:
        row = self._table.row(place)
        face = self._face(place)
        return [
            self._broken(row[column], width, face)
            for column, width in zip(
                self._panel.columns, self._panel.widths, strict=True
            )
        ]

    def _broken(self, content: Content, width: float, face: Face) -> tuple[str, ...]:
        if isinstance(content, Bar):
            return ("",)
        return self._fonts.lines(content, width - 2 * PAD, face, SMALL)

    def _face(self, place: int) -> Face:
        return Face.SONG_BOLD if self._table.strong(place) else Face.SONG

    def _place(self, start: int, end: int, height: float) -> None:
        self._composer.place(
            self.head_height + height,
            lambda pen, top: self._draw(pen, top, start, end),
        )

    def _draw(self, pen: Pen, top: float, start: int, end: int) -> None:
        right = self._left + self._panel.width
        pen.rule((self._left, top), (right, top), THICK)
        y = self._draw_head(pen, top)
        for place in range(start, end):
            pen.rule((self._left, y), (right, y), THIN)
            y = self._draw_row(pen, y, place)
        pen.rule((self._left, y), (right, y), THICK)
        self._draw_verticals(pen, top, y)

    def _edges(self) -> list[float]:
        edges = [self._left]
        for width in self._panel.widths:
            edges.append(edges[-1] + width)
        return edges

    def _draw_verticals(self, pen: Pen, top: float, bottom: float) -> None:
        """Rules between columns; not inside a group's head; the sides stay open."""
        below = top - ONE_LINE * self._grouped
        for place, x in enumerate(self._edges()[1:-1]):
            here, after = self._heads[place], self._heads[place + 1]
            inside = here.group is not None and here.group == after.group
            pen.rule((x, below if inside else top), (x, bottom), THIN)

    def _draw_head(self, pen: Pen, top: float) -> float:
        """Draw group row, titles and marks; give the lower edge."""
        edges = self._edges()
        extra = ONE_LINE
        titles_top = top - extra * self._grouped
        height = max(len(lines) for lines in self._titles) * LINE + 2 * PAD
        self._draw_groups(pen, top, titles_top)
        for place, lines in enumerate(self._titles):
            lone = self._heads[place].group is None
            upper = top if lone else titles_top
            middle = (edges[place] + edges[place + 1]) / 2
            y = (upper + titles_top - height) / 2 + len(lines) * LINE / 2 - SMALL
            for line in lines:
                pen.centred(middle, y, line, Face.HEI, SMALL)
                y -= LINE
        bottom = titles_top - height
        if not self._marked:
            return bottom
        pen.rule((edges[0], bottom), (edges[-1], bottom), THIN)
        for place, head in enumerate(self._heads):
            middle = (edges[place] + edges[place + 1]) / 2
            pen.centred(middle, bottom - PAD - SMALL, head.mark, Face.SONG, SMALL)
        return bottom - extra

    def _draw_groups(self, pen: Pen, top: float, bottom: float) -> None:
        edges = self._edges()
        numbered = enumerate(self._heads)
        for group, run in groupby(numbered, key=lambda pair: pair[1].group):
            places = [place for place, _ in run]
            if group is None:
                continue
            left, right = edges[places[0]], edges[places[-1] + 1]
            shown = self._cut(group, right - left - 2 * PAD)
            pen.centred((left + right) / 2, top - PAD - SMALL, shown, Face.HEI, SMALL)
            pen.rule((left, bottom), (right, bottom), THIN)

    def _cut(self, text: str, width: float) -> str:
        """Shorten a group's name that is wider than its columns."""
        if self._fonts.width(text, Face.HEI, SMALL) <= width:
            return text
        return self._fonts.lines(text, width - SMALL, Face.HEI, SMALL)[0] + "…"

    def _draw_row(self, pen: Pen, top: float, place: int) -> float:
        row = self._table.row(place)
        face = self._face(place)
        cells = self._cells(place)
        bottom = top - max(len(lines) for lines in cells) * LINE - 2 * PAD
        edges = self._edges()
        for index, column in enumerate(self._panel.columns):
            box = _Box(edges[index], edges[index + 1], top, bottom)
            content = row[column]
            if isinstance(content, Bar):
                _draw_bar(pen, content, box)
            elif content:
                align = self._heads[index].align
                _draw_text(pen, cells[index], box, (face, align))
        return bottom


def _draw_bar(pen: Pen, bar: Bar, box: _Box) -> None:
    drawing = bar_drawing(bar, box.right - box.left - 2 * PAD, BAR_HEIGHT)
    pen.drawing(drawing, box.left + PAD, box.middle - BAR_HEIGHT / 2)


def _draw_text(
    pen: Pen, lines: tuple[str, ...], box: _Box, style: tuple[Face, int]
) -> None:
    """Draw a cell's lines about its middle; several lines are found as one text."""
    face, align = style
    y = box.middle + len(lines) * LINE / 2 - SMALL
    if len(lines) > 1:
        pen.begin_whole("".join(lines))
    for line in lines:
        if align < 0:
            pen.text(box.left + PAD, y, line, face, SMALL)
        elif align:
            pen.to_right(box.right - PAD, y, line, face, SMALL)
        else:
            pen.centred(box.centre, y, line, face, SMALL)
        y -= LINE
    if len(lines) > 1:
        pen.end_whole()
