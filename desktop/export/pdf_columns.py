"""Columns of a printed table: how wide they are, and how they share out the page.

A table too wide for the page is cut into panels that stand on pages of their own; each
of them repeats the first columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.export.pdf_fonts import Face
from desktop.export.pdf_pen import SMALL
from desktop.export.report import Bar

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from desktop.export.pdf_fonts import Fonts

PAD: Final = 3.0
"""White around a cell's text, in points."""
STRETCH: Final = 1.6
"""How much wider than its natural width a column may be made to fill the page."""

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

    `strong` tells which rows are set in bold type.
    """

    heads: tuple[Head, ...]
    frozen: int
    count: int
    row: Callable[[int], Sequence[Content]]
    strong: Callable[[int], bool] = lambda _: False


@dataclass(frozen=True, slots=True)
class Panel:
    """Some columns of a table that stand side by side, with their widths."""

    columns: tuple[int, ...]
    widths: tuple[float, ...]

    @property
    def width(self) -> float:
        """Width of all columns."""
        return sum(self.widths)


def natural_widths(table: Table, fonts: Fonts) -> tuple[float, ...]:
    """Measure how wide each column wants to be, by its head and longest cell."""
    longest = [""] * len(table.heads)
    weights = [0] * len(table.heads)
    for place in range(table.count):
        for column, content in enumerate(table.row(place)):
            weight = _weight(content)
            if isinstance(content, str) and weight > weights[column]:
                longest[column] = content
                weights[column] = weight
    return tuple(
        _natural(head, text, fonts)
        for head, text in zip(table.heads, longest, strict=True)
    )


def _weight(content: Content) -> int:
    """Guess a width without looking at glyphs: Chinese counts for more than digits."""
    return len(content.encode("utf-8", "replace")) if isinstance(content, str) else 0


def _natural(head: Head, text: str, fonts: Fonts) -> float:
    cell = fonts.width(text, Face.SONG, SMALL)
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
