"""Placing things on pages, before anything is drawn.

A `Composer` fills pages from the top down with items that know their height; the pages
are drawn later, when it is known how many there are. A page keeps what it draws as
short calls over values, not as drawn text, so that a long report stays small in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.export.layout import FRAME
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.pen import BODY

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.export.pdf.fonts import Fonts
    from desktop.export.pdf.pen import Pen

LEADING: Final = 1.5
"""Line distance over type size in running text."""
TIGHT: Final = 1.3
"""The same where it saves a page."""
KEEP: Final = 2
"""Lines of text that must follow a heading on its page."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place in the outline; `listed` ones stand in the table of contents too."""

    key: str
    title: str
    level: int
    top: float
    listed: bool


@dataclass(slots=True)
class Page:
    """One page to be drawn."""

    wide: bool
    items: tuple[Callable[[Pen], None], ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    numbered: bool = True

    @property
    def height(self) -> float:
        """Height of its frame."""
        return FRAME[0] if self.wide else FRAME[1]


@dataclass(frozen=True, slots=True)
class Style:
    """How running text is set: face, size, indents and the space above, in points.

    `spread` is the line distance over the size.
    """

    face: Face = Face.SONG
    size: float = BODY
    indent: float = 0.0
    hanging: float = 0.0
    above: float = 0.0
    heading: bool = False
    spread: float = LEADING

    @property
    def leading(self) -> float:
        """Distance from line to line."""
        return self.size * self.spread


_Again: TypeAlias = (
    "tuple[Callable[[], None], tuple[Callable[[Pen], None], ...], float]"
)
"""A running head, what it places, and where that ends."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """An item at its height; there is one for each page of a long table."""

    draw: Callable[[Pen, float], None]
    top: float

    def __call__(self, pen: Pen) -> None:
        """Draw it."""
        self.draw(pen, self.top)


class Composer:
    """Fills the frames of pages of one orientation from the top down."""

    def __init__(self, fonts: Fonts, prefix: str, *, wide: bool = False) -> None:
        """Begin with an empty page; `prefix` begins the keys of bookmarks.

        Measures are those of the frame, whose lower left corner is 0, 0.
        """
        self.fonts = fonts
        self.wide = wide
        self.pages: list[Page] = []
        self.running_head: Callable[[], None] | None = None
        self._again: _Again | None = None
        self._prefix = prefix
        self._marks = 0
        self.left = 0.0
        self.width, self.top = reversed(FRAME) if wide else FRAME
        self.y = self.top
        self.begin_page()

    @property
    def room(self) -> float:
        """Height left on the page."""
        return self.y

    def begin_page(self) -> None:
        """Go on at the top of a new page, under the running head if there is one."""
        head = self.running_head if self.pages else None
        page = Page(self.wide)
        self.pages.append(page)
        self.y = self.top
        if head is None:
            return
        if self._again is None or self._again[0] is not head:
            head()
            self._again = (head, page.items, self.y)
        else:  # the same on every page, and kept once
            _, page.items, self.y = self._again

    def need(self, height: float) -> None:
        """Go to a new page unless so much room is left."""
        if self.room < height and self.y < self.top:
            self.begin_page()

    def skip(self, height: float) -> None:
        """Leave space, which may vanish at a page's end."""
        self.y -= min(height, max(self.room, 0.0))

    def place(self, height: float, draw: Callable[[Pen, float], None]) -> None:
        """Put an item below the last; `draw` is told the item's upper edge."""
        self.pages[-1].items += (_Placed(draw, self.y),)
        self.y -= height

    def bookmark(
        self, title: str, level: int, *, listed: bool = True, key: str = ""
    ) -> None:
        """Make this place findable, under a key of its own or one that links know."""
        self._marks += 1
        key = key or f"{self._prefix}-{self._marks}"
        mark = Bookmark(key, title, level, self.y + 6, listed)
        self.pages[-1].bookmarks += (mark,)

    def paragraph(self, text: str, style: Style, *, link: str = "") -> None:
        """Set running text; `hanging` indents every line but the first.

        With `link` it leads to the bookmark of that key.
        """
        inner = self.width - style.indent - style.hanging
        lines = self.fonts.lines(text, inner, style.face, style.size)
        self.skip(style.above if self.y < self.top else 0.0)
        keep = KEEP + len(lines) if style.heading else 1
        self.need(keep * style.leading)
        for place, line in enumerate(lines):
            self.need(style.leading)
            shift = style.indent + (style.hanging if place else 0.0)
            self._line(line, shift, style, link)

    def _line(self, line: str, shift: float, style: Style, link: str = "") -> None:
        x = self.left + shift
        drop = style.size * 1.15
        right = self.left + self.width

        def draw(pen: Pen, top: float) -> None:
            pen.text(x, top - drop, line, style.face, style.size)
            if link:
                pen.link(link, (x, top - style.leading, right, top))

        self.place(style.leading, draw)

    def centred(self, text: str, style: Style) -> None:
        """Set a title over the page's middle, in as many lines as it needs."""
        self.skip(style.above)
        middle = self.left + self.width / 2
        for line in self.fonts.lines(text, self.width, style.face, style.size):
            self.need(style.leading)
            shift = middle - self.fonts.width(line, style.face, style.size) / 2
            self._line(line, shift - self.left, style)
