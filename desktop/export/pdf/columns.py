"""Columns of a printed table: how wide they are, and how they share out the page.

A table too wide for the page is cut into panels that stand on pages of their own; each
of them repeats the first columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.export.pdf.fonts import Face
from desktop.export.pdf.pen import SMALL
from desktop.export.report import Bar

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from desktop.export.pdf.fonts import Fonts

PAD: Final = 3.0
"""White around a cell's text, in points."""
STRETCH: Final = 1.6
"""How much wider than its natural width a column may be made to fill the page."""

SOME: Final = 500
"""Rows that are measured together, each text of them once."""

Content: TypeAlias = str | Bar


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its words, its mark in the row 甲 乙 1 2, and how its cells stand.

    `widest` limits the natural width in points; `align` is -1 left, 0 centre, 1 right.
    """

    title: str
    mark: str = ""
    group: str | None = None
    align: int = -1
    narrowest: float = 24.0
    widest: float = 96.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table: columns, how many of them repeat in each panel, and its rows.

    `rows` gives those from one to before another, as often as it is asked; `strong`
    tells which are set in bold type, `link` to which bookmark one leads.
    """

    heads: tuple[Head, ...]
    frozen: int
    count: int
    rows: Callable[[int, int], Sequence[Sequence[Content]]]
    strong: Callable[[int], bool] = lambda _: False
    link: Callable[[int], str] | None = None


def listed(
    rows: Sequence[Sequence[Content]],
) -> Callable[[int, int], Sequence[Sequence[Content]]]:
    """Let a table take its rows from some that are all there."""
    return lambda start, end: rows[start:end]


@dataclass(frozen=True, slots=True)
class Panel:
    """Some columns of a table that stand side by side, with their widths."""

    columns: tuple[int, ...]
    widths: tuple[float, ...]

    @property
    def width(self) -> float:
        """Width of all columns."""
        return sum(self.widths)


@dataclass(frozen=True, slots=True)
class Measures:
    """How wide each column wants to be, and how wide its widest text is.

    `barred` tells whether there are bars among the texts.
    """

    natural: tuple[float, ...]
    widest: tuple[float, ...]
    barred: bool


def measure(table: Table, fonts: Fonts) -> Measures:
    """Measure all columns, in one pass over the rows."""
    widest = [0.0] * len(table.heads)
    barred = False
    for start in range(0, table.count, SOME):
        rows = table.rows(start, min(start + SOME, table.count))
        for column, contents in enumerate(zip(*rows, strict=True)):
            # Not a set: what has no glyph is reported in the order it is met.
            each = dict.fromkeys(contents)
            texts = [content for content in each if isinstance(content, str)]
            widest[column] = max(widest[column], _widest(texts, fonts))
            barred = barred or len(texts) < len(each)
    pairs = zip(table.heads, widest, strict=True)
    natural = tuple(_natural(head, width, fonts) for head, width in pairs)
    return Measures(natural, tuple(widest), barred)


def _widest(texts: Sequence[str], fonts: Fonts) -> float:
    """Measure texts; one that has lines already is wider than any column."""
    if any("\n" in text for text in texts):
        return inf
    return fonts.widest(texts, Face.SONG, SMALL)


def _natural(head: Head, cell: float, fonts: Fonts) -> float:
    first, *others = head.title.split("\n")
    title = SMALL * max(2.0, min(len(first), 4.0), len(first) / 3)
    measure = max((fonts.width(part, Face.HEI, SMALL) for part in others), default=0.0)
    title = max(title, min(measure, 8 * SMALL))
    wanted = min(max(cell, title), head.widest)
    return max(wanted, head.narrowest) + 2 * PAD


def panels(widths: tuple[float, ...], frozen: int, frame: float) -> tuple[Panel, ...]:
    """Cut columns into as few panels as fit the frame, of about equal width."""
    stub = sum(widths[:frozen])
    room = frame - stub
    rest = range(frozen, len(widths))
    parts = _split(widths, rest, room)
    if len(parts) > 1:
        even = sum(widths[frozen:]) / len(parts)
        balanced = _split(widths, rest, min(room, even + max(widths[frozen:])))
        parts = balanced if len(balanced) == len(parts) else parts
    return tuple(_stretched(widths, frozen, part, frame) for part in parts)


def wider(panel: Panel, measures: Measures) -> frozenset[int]:
    """Name the columns of a panel whose widest text is wider than the column."""
    return frozenset(
        column
        for column, width in zip(panel.columns, panel.widths, strict=True)
        if measures.widest[column] > width - 2 * PAD
    )


def _split(
    widths: tuple[float, ...], columns: Sequence[int], room: float
) -> list[tuple[int, ...]]:
    parts: list[list[int]] = [[]]
    used = 0.0
    for column in columns:
        if parts[-1] and used + widths[column] > room:
            parts.append([])
            used = 0.0
        parts[-1].append(column)
        used += widths[column]
    return [tuple(part) for part in parts]


def _stretched(
    widths: tuple[float, ...], frozen: int, part: tuple[int, ...], frame: float
) -> Panel:
    columns = (*range(frozen), *part)
    natural = [widths[column] for column in columns]
    factor = min(frame / sum(natural), STRETCH)
    return Panel(columns, tuple(width * factor for width in natural))
