"""Drawing on a page: text, rules, boxes, links; nothing about what is said.

What is drawn are operators of the page's stream. A page is written when it ends, what
makes the document an archive when it is saved.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.export.layout import PAPER
from desktop.export.pdf.archive import MAKER
from desktop.export.pdf.archive import Kept
from desktop.export.pdf.archive import archived
from desktop.export.pdf.archive_words import Description
from desktop.export.pdf.file import PdfFile
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.glyphs import Lettering
from desktop.export.pdf.leading import Leading
from desktop.export.pdf.values import Name
from desktop.export.pdf.values import numbers

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence
    from pathlib import Path

    from reportlab.graphics.shapes import Drawing

    from desktop.export.pdf.fonts import Fonts
    from desktop.export.pdf.glyphs import Codes
    from desktop.export.pdf.leading import Box

BODY: Final = 10.5
"""五号."""
SMALL: Final = 9.0
"""小五."""
THICK: Final = 1.2
THIN: Final = 0.35
ROUND: Final = 0.5523
"""How far the handles of a curve stand off that makes a quarter of a circle of 1."""

Place = tuple[int, int]
Matrix = tuple[float, float, float, float, float, float]

UPRIGHT: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Pen:
    """Draws one document; `y` grows upwards and text stands on it."""

    def __init__(self, path: Path, fonts: Fonts, kept: Kept | None = None) -> None:
        """Begin a document in a file, with what is kept in it besides its pages."""
        self.fonts = fonts
        self._kept = kept or Kept()
        self._file = PdfFile(path, self._kept.archiving.conformance.value[2])
        self._leading = Leading(self._file)
        self._lettering = Lettering(fonts)
        self._said = ("", "", "", "")
        self._size = PAPER
        self._code: list[str] = []
        self._matrix = UPRIGHT

    def describe(self, title: str, author: str, subject: str, keywords: str) -> None:
        """Set what the file says of itself."""
        self._said = (title, author, subject, keywords)

    def page_size(self, size: tuple[float, float]) -> None:
        """Choose width and height of the next page."""
        self._size = size

    def begin_frame(self, matrix: Matrix) -> None:
        """Draw what follows in a frame that lies somewhere on the page."""
        self._matrix = matrix
        self.put(f"q {numbers(matrix)} cm")

    def end_frame(self) -> None:
        """Draw on the page itself again."""
        self._matrix = UPRIGHT
        self.put("Q")

    def end_page(self) -> None:
        """Finish the page: it goes into the file."""
        leading = self._leading
        page = self._file.add_page("\n".join(self._code), self._size, leading.links)
        leading.end_page(page)
        self._code.clear()

    def save(self) -> None:
        """Write what belongs to the document as a whole, and close the file.

        Raises:
            KeyError: A link leads nowhere.
        """
        leads = self._leading.finish()
        tree, digests = self._file.finish(self._lettering.add_to(self._file))
        said = Description(*self._said, MAKER, MAKER, self._kept.when)
        own = archived(self._file, said, self._kept, digests)
        root = {"Type": Name("Catalog"), "Pages": tree, **leads, **own}
        self._file.end(root, said.info())

    def close(self) -> None:
        """Let go of the file, saved or not."""
        self._file.close()

    def codes(self, face: Face, size: float) -> Codes:
        """Tell how texts are written in a face and size, for `rows`."""
        return self._lettering.codes(face, size)

    def rows(self, codes: Iterable[str]) -> None:
        """Set many texts at once, as operators between BT and ET."""
        self.put("\n".join(("BT", *codes, "ET")))

    def text(self, x: float, y: float, text: str, face: Face, size: float) -> None:
        """Set a line of text from its left end."""
        codes = self._lettering.codes(face, size)
        place = f"1 0 0 1 {x:.2f} {y:.2f} Tm"
        self.put(f"BT {place} {codes.begin} {codes.show(text)} ET")

    def centred(self, x: float, y: float, text: str, face: Face, size: float) -> None:
        """Set a line of text around its middle."""
        self.text(x - self.fonts.width(text, face, size) / 2, y, text, face, size)

    def to_right(self, x: float, y: float, text: str, face: Face, size: float) -> None:
        """Set a line of text up to its right end."""
        self.text(x - self.fonts.width(text, face, size), y, text, face, size)

    def begin_described(self, text: str) -> None:
        """Say in words what is drawn next, for those who cannot see it."""
        code = text.encode("utf-16-be", "replace").hex().upper()
        self.put(f"/Span <</Alt <FEFF{code}>>> BDC")

    def end_described(self) -> None:
        """End what `begin_described` began."""
        self.put("EMC")

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], w: float
    ) -> None:
        """Draw a straight rule of a width."""
        self.rules([(*start, *end)], w)

    def rules(
        self, lines: Iterable[tuple[float, float, float, float]], w: float
    ) -> None:
        """Draw straight rules of one width, each from a place to a place."""
        paths = [f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l" for a, b, c, d in lines]
        if paths:
            self.put(" ".join((f"{w:g} w", *paths, "S")))

    def put(self, operators: str) -> None:
        """Put operators into the page as they are."""
        self._code.append(operators)

    def recorded(self, draw: Callable[[], None]) -> str:
        """Draw something, and give its operators, to `put` on other pages too."""
        start = len(self._code)
        draw()
        return "\n".join(self._code[start:])

    def dots(self, start: tuple[float, float], end: float) -> None:
        """Draw a dotted leader to the right as far as `end`."""
        self.put("[0.6 3] 0 d")
        self.rule(start, (end, start[1]), 0.6)
        self.put("[] 0 d")

    def squares(
        self, corner: tuple[float, float], size: float, places: Iterable[Place]
    ) -> None:
        """Fill squares of a size; places count right and up from a corner."""
        left, low = corner
        end = f"{size:.3f} {size:.3f} re"
        shapes = [
            f"{left + column * size:.3f} {low + row * size:.3f} {end}"
            for column, row in places
        ]
        self.put(" ".join((*shapes, "f")))

    def drawing(self, drawing: Drawing, x: float, y: float) -> None:
        """Draw a chart with its lower left corner at a place.

        reportlab's own renderer would name Times and not embed it.
        """
        self.put(f"q 1 0 0 1 {numbers((x, y))} cm")
        shapes: Any = drawing.contents
        for shape in shapes:
            self._shape(shape)
        self.put("Q")

    def _shape(self, shape: Any) -> None:  # noqa: ANN401 - one of reportlab's shapes
        from reportlab.graphics import shapes

        fill = getattr(shape, "fillColor", None)
        if fill is not None:
            self.put(f"{numbers(fill.rgb())} rg")
        if isinstance(shape, shapes.String):
            self._words(shape)
            return
        ink = shape.strokeColor
        if ink is not None:
            dash = numbers(shape.strokeDashArray or ())
            how = f"{numbers([shape.strokeWidth])} w [{dash}] 0 d"
            self.put(f"{numbers(ink.rgb())} RG {how}")
        paint = {(True, True): "B*", (True, False): "f*"}.get(
            (fill is not None, ink is not None), "S"
        )
        self.put(f"{_path(shape)} {paint}")

    def _words(self, words: Any) -> None:  # noqa: ANN401 - a String of reportlab's
        face = Face(f"{words.fontName}.ttf")
        write = {"end": self.to_right, "middle": self.centred}.get(
            words.textAnchor, self.text
        )
        write(words.x, words.y, words.text, face, words.fontSize)

    def bookmark(self, key: str, title: str, level: int, top: float) -> None:
        """Put a place into the outline and make it a target of links."""
        self._leading.bookmark(key, title, level, top)

    def link(self, key: str, box: Box) -> None:
        """Make a box lead to a bookmark."""
        a, b, c, d, e, f = self._matrix
        left, low, right, high = box
        corners = [
            (a * x + c * y + e, b * x + d * y + f)
            for x, y in product((left, right), (low, high))
        ]
        across, up = zip(*corners, strict=True)
        self._leading.link(key, (min(across), min(up), max(across), max(up)))


def _path(shape: Any) -> str:  # noqa: ANN401 - one of reportlab's shapes
    """Write a shape's outline."""
    from reportlab.graphics import shapes

    match shape:
        case shapes.Rect():
            return f"{numbers((shape.x, shape.y, shape.width, shape.height))} re"
        case shapes.Circle():
            return _round(shape.cx, shape.cy, shape.r)
        case shapes.Line():
            return _line((shape.x1, shape.y1, shape.x2, shape.y2))
        case _:
            return f"{_line(shape.points)} h"


def _line(points: Sequence[float]) -> str:
    """Go from the first place to the others; x and y in turn."""
    places = [numbers(points[at : at + 2]) for at in range(0, len(points), 2)]
    return f"{places[0]} m {' l '.join(places[1:])} l"


def _round(x: float, y: float, r: float) -> str:
    """Go round a middle, in four curves from the right on."""
    k = ROUND * r
    curves = (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    )
    drawn = " ".join(f"{numbers(curve)} c" for curve in curves)
    return f"{numbers((x + r, y))} m {drawn} h"
