"""Drawing on a page: text, rules, boxes, links; nothing about what is said.

Text and rules go straight into the page's stream instead of through reportlab's
canvas, and the page straight into the file; the canvas keeps outline and links, and
draws charts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.export.layout import PAPER
from desktop.export.pdf.file import PdfFile
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.glyphs import Lettering

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from pathlib import Path

    from reportlab.graphics.shapes import Drawing

    from desktop.export.pdf.fonts import Fonts
    from desktop.export.pdf.glyphs import Codes

BODY: Final = 10.5
"""五号."""
SMALL: Final = 9.0
"""小五."""
THICK: Final = 1.2
THIN: Final = 0.35

Place = tuple[int, int]


class Pen:
    """Draws one document; `y` grows upwards and text stands on it."""

    def __init__(self, path: Path, fonts: Fonts) -> None:
        """Begin a document in a file."""
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfgen.canvas import Canvas

        self.fonts = fonts
        # The canvas asks reportlab's table for its first font; without one it would
        # name Helvetica and not embed it.
        first = fonts.font(Face.SONG)
        pdfmetrics.registerFont(first)
        name: Any = first.fontName  # the stubs say float
        self._canvas: Any = Canvas(
            str(path),
            pagesize=PAPER,
            pageCompression=1,
            invariant=1,
            initialFontName=name,
            lang="zh-CN",
        )
        self._lettering = Lettering(fonts)
        canvas: Any = self._canvas
        self._file = PdfFile(path, canvas._doc)  # noqa: SLF001 - no public way
        self._marked = False

    def describe(self, title: str, author: str, subject: str, keywords: str) -> None:
        """Set what the file says of itself."""
        canvas = self._canvas
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setSubject(subject)
        canvas.setKeywords(keywords)
        canvas.setCreator("民生台账 taizhang")
        canvas.setProducer("ReportLab")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.showOutline()

    def page_size(self, size: tuple[float, float]) -> None:
        """Choose width and height of the next page."""
        self._canvas._pagesize = size  # noqa: SLF001 - the public way writes text

    def begin_frame(
        self, matrix: tuple[float, float, float, float, float, float]
    ) -> None:
        """Draw what follows in a frame that lies somewhere on the page."""
        self._canvas.saveState()
        self._canvas.transform(*matrix)

    def end_frame(self) -> None:
        """Draw on the page itself again."""
        self._canvas.restoreState()

    def end_page(self) -> None:
        """Finish the page: it goes into the file."""
        canvas = self._canvas
        document = canvas._doc  # noqa: SLF001 - no public way
        name = document.thisPageName() if self._marked else ""
        links = canvas._annotationrefs  # noqa: SLF001 - same
        content = "\n".join(canvas._code)  # noqa: SLF001 - same
        self._file.add_page(content, canvas._pagesize, links, name)  # noqa: SLF001 - same
        document.pageCounter += 1
        document.inObject = None
        self._marked = False
        canvas._startPage()  # noqa: SLF001 - same

    def save(self) -> None:
        """Close the document."""
        canvas = self._canvas
        document = canvas._doc  # noqa: SLF001 - no public way
        document.info.invariant = document.invariant
        document.Outlines.prepare(document, canvas)
        if document.Outlines.ready < 0:
            document.Catalog.Outlines = None
        self._file.finish(self._lettering.add_to(document))

    def close(self) -> None:
        """Let go of the file, and take the font out of reportlab's table."""
        self._file.close()
        self.fonts.font(Face.SONG).unregister()

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
        self._canvas._code.append(operators)  # noqa: SLF001 - no public way

    def recorded(self, draw: Callable[[], None]) -> str:
        """Draw something, and give its operators, to `put` on other pages too."""
        code: list[str] = self._canvas._code  # noqa: SLF001 - no public way
        start = len(code)
        draw()
        return "\n".join(code[start:])

    def dots(self, start: tuple[float, float], end: float) -> None:
        """Draw a dotted leader to the right as far as `end`."""
        canvas = self._canvas
        canvas.setDash(0.6, 3)
        self.rule(start, (end, start[1]), 0.6)
        canvas.setDash()

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
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(x, y)
        shapes: Any = drawing.contents
        for shape in shapes:
            self._shape(shape)
        canvas.restoreState()

    def _shape(self, shape: Any) -> None:  # noqa: ANN401 - one of reportlab's shapes
        from reportlab.graphics import shapes

        canvas = self._canvas
        fill = getattr(shape, "fillColor", None)
        if fill is not None:
            canvas.setFillColor(fill)
        if isinstance(shape, shapes.String):
            self._words(shape)
            return
        how = {"fill": int(fill is not None), "stroke": int(bool(shape.strokeColor))}
        if shape.strokeColor:
            canvas.setStrokeColor(shape.strokeColor)
            canvas.setLineWidth(shape.strokeWidth)
            canvas.setDash(*([shape.strokeDashArray] if shape.strokeDashArray else []))
        if isinstance(shape, shapes.Rect):
            canvas.rect(shape.x, shape.y, shape.width, shape.height, **how)
        elif isinstance(shape, shapes.Circle):
            canvas.circle(shape.cx, shape.cy, shape.r, **how)
        elif isinstance(shape, shapes.Line):
            canvas.line(shape.x1, shape.y1, shape.x2, shape.y2)
        else:
            self._polygon(shape.points, how)

    def _polygon(self, points: Any, how: dict[str, int]) -> None:  # noqa: ANN401 - numbers
        path = self._canvas.beginPath()
        path.moveTo(*points[:2])
        for place in range(2, len(points), 2):
            path.lineTo(*points[place : place + 2])
        path.close()
        self._canvas.drawPath(path, **how)

    def _words(self, words: Any) -> None:  # noqa: ANN401 - a String of reportlab's
        face = Face(f"{words.fontName}.ttf")
        write = {"end": self.to_right, "middle": self.centred}.get(
            words.textAnchor, self.text
        )
        write(words.x, words.y, words.text, face, words.fontSize)

    def bookmark(self, key: str, title: str, level: int, top: float) -> None:
        """Put a place into the outline and make it a target of links."""
        self._marked = True
        self._canvas.bookmarkHorizontal(key, 0, top)
        self._canvas.addOutlineEntry(title, key, level, closed=level == 0)

    def link(self, key: str, box: tuple[float, float, float, float]) -> None:
        """Make a box lead to a bookmark."""
        self._canvas.linkRect("", key, box, relative=1, thickness=0)
