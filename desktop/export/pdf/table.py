"""Setting a table onto pages, with rows of known height.

Heads are repeated on every page. Rows are asked for when they are measured and again
when they are drawn, so that a long table costs no memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from typing import Final

from desktop.export.chart.drawing import bar_drawing
from desktop.export.pdf.columns import PAD
from desktop.export.pdf.columns import measure
from desktop.export.pdf.columns import panels
from desktop.export.pdf.columns import wider
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.pen import SMALL
from desktop.export.pdf.pen import THICK
from desktop.export.pdf.pen import THIN
from desktop.export.pdf.rows import LINE
from desktop.export.pdf.rows import ONE_LINE
from desktop.export.pdf.rows import RowSetter
from desktop.export.report import Bar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from desktop.export.pdf.columns import Content
    from desktop.export.pdf.columns import Measures
    from desktop.export.pdf.columns import Panel
    from desktop.export.pdf.columns import Table
    from desktop.export.pdf.page import Composer
    from desktop.export.pdf.pen import Pen

BAR_HEIGHT: Final = 9.0


def set_table(
    table: Table,
    composer: Composer,
    tail: float = 0.0,
    measures: Measures | None = None,
) -> None:
    """Set a whole table; `tail` points of room stay free below its last row.

    `measures` are the columns' if they are known.
    """
    known = measures or measure(table, composer.fonts)
    parts = panels(known.natural, table.frozen, composer.width)
    for place, panel in enumerate(parts):
        if place:
            composer.begin_page()
        last = place == len(parts) - 1
        PanelSetter(table, panel, composer, known).set(tail if last else 0.0)


class PanelSetter:
    """Sets one panel of a table onto the pages of a composer."""

    def __init__(
        self, table: Table, panel: Panel, composer: Composer, measures: Measures
    ) -> None:
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
        self._drawn_heads: dict[float, str] = {}
        self._more = measures.barred or table.link is not None
        self._plain = self._setter(Face.SONG, wider(panel, measures))
        self._strong = self._setter(Face.SONG_BOLD, frozenset(panel.columns))

    def _setter(self, face: Face, wide: AbstractSet[int]) -> RowSetter:
        return RowSetter(self._panel, self._table.heads, self._fonts, face, wide)

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
        while self._ends_badly(start, place):
            place -= 1
            height -= self._height(place)
        return place, height

    def _ends_badly(self, start: int, end: int) -> bool:
        """Whether a page would end with a line that names the lines after it.

        Or whether it would leave the last line, often that of totals, alone.
        """
        more = start + 1 < end < self._table.count
        return more and (self._table.strong(end - 1) or end == self._table.count - 1)

    def _height(self, place: int) -> float:
        setter = self._rows(place)
        if setter.even:
            return ONE_LINE
        return setter.height(*self._table.rows(place, place + 1))

    def _rows(self, place: int) -> RowSetter:
        return self._strong if self._table.strong(place) else self._plain

    def _place(self, start: int, end: int, height: float) -> None:
        self._composer.place(self.head_height + height, _Part(self, start, end))

    def draw(self, pen: Pen, top: float, start: int, end: int) -> None:
        """Draw some rows under their heads."""
        left, right = self._left, self._left + self._panel.width
        pen.rule((left, top), (right, top), THICK)
        if top in self._drawn_heads:
            pen.put(self._drawn_heads[top])
        else:
            self._drawn_heads[top] = pen.recorded(lambda: self._draw_head(pen, top))
        bounds = self._draw_rows(pen, top - self.head_height, start, end)
        pen.rules([(left, y, right, y) for y in bounds[:-1]], THIN)
        pen.rule((left, bounds[-1]), (right, bounds[-1]), THICK)
        self._draw_verticals(pen, top, bounds[-1])

    def _draw_rows(self, pen: Pen, top: float, start: int, end: int) -> list[float]:
        """Draw some rows; give their edges, from the upper one of the first on."""
        bounds = [top]
        operators: list[str] = []
        rows = self._table.rows(start, end)
        for setter, run in groupby(range(start, end), key=self._rows):
            places = list(run)
            some = rows[places[0] - start : places[-1] - start + 1]
            codes = pen.codes(setter.face, SMALL)
            operators.append(codes.begin)
            for row, cells in zip(some, setter.operators(some, codes), strict=True):
                bounds.append(bounds[-1] - setter.height(row))
                y = (bounds[-1] + bounds[-2] + LINE) / 2 - SMALL
                operators.append(f"1 0 0 1 {self._left:.2f} {y:.2f} Tm {cells}")
        pen.rows(operators)
        if self._more:
            for place, row in enumerate(rows):
                ends = (bounds[place], bounds[place + 1])
                self._draw_more(pen, row, start + place, ends)
        return bounds

    def _edges(self) -> list[float]:
        edges = [self._left]
        for width in self._panel.widths:
            edges.append(edges[-1] + width)
        return edges

    def _draw_verticals(self, pen: Pen, top: float, bottom: float) -> None:
        """Rules between columns; not inside a group's head; the sides stay open."""
        below = top - ONE_LINE * self._grouped
        rules = []
        for place, x in enumerate(self._edges()[1:-1]):
            here, after = self._heads[place], self._heads[place + 1]
            inside = here.group is not None and here.group == after.group
            rules.append((x, below if inside else top, x, bottom))
        pen.rules(rules, THIN)

    def _draw_head(self, pen: Pen, top: float) -> None:
        """Draw group row, titles and marks."""
        edges = self._edges()
        titles_top = top - ONE_LINE * self._grouped
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
            return
        pen.rule((edges[0], bottom), (edges[-1], bottom), THIN)
        for place, head in enumerate(self._heads):
            middle = (edges[place] + edges[place + 1]) / 2
            pen.centred(middle, bottom - PAD - SMALL, head.mark, Face.SONG, SMALL)

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

    def _draw_more(
        self, pen: Pen, row: Sequence[Content], place: int, ends: tuple[float, float]
    ) -> None:
        """Draw what is no text: bars, and the link of a row."""
        top, bottom = ends
        edges = self._edges()
        for index, column in enumerate(self._panel.columns):
            content = row[column]
            if isinstance(content, Bar):
                left = edges[index] + PAD
                width = edges[index + 1] - left - PAD
                drawing = bar_drawing(content, width, BAR_HEIGHT)
                pen.drawing(drawing, left, (top + bottom - BAR_HEIGHT) / 2)
        if self._table.link is not None:
            pen.link(self._table.link(place), (edges[0], bottom, edges[-1], top))


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows of a table that stand on one page."""

    setter: PanelSetter
    start: int
    end: int

    def __call__(self, pen: Pen, top: float) -> None:
        """Draw them below an edge."""
        self.setter.draw(pen, top, self.start, self.end)
