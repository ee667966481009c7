"""Drawing on a page: text, rules, boxes, links; nothing about what is said.

Text goes straight into the page's stream instead of through reportlab's text objects:
those look fonts up in a table of the whole process and take five times as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.export.pdf_fonts import Face
from desktop.export.pdf_fonts import make_searchable

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.graphics.shapes import Drawing

    from desktop.export.pdf_fonts import Fonts

A4: Final = (595.276, 841.890)
MARGIN: Final = 56.7
"""20 mm: room for the binding and for a seal over the edge (骑缝章)."""
FOOT: Final = 34.0
"""Height of the page number above the paper's edge."""

BODY: Final = 10.5
"""五号."""
SMALL: Final = 9.0
"""小五."""
THICK: Final = 1.2
THIN: Final = 0.35


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
            pagesize=A4,
            pageCompression=1,
            invariant=1,
            initialFontName=name,
            lang="zh-CN",
        )

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

    def page_size(self, *, wide: bool) -> None:
        """Choose the way the next page lies."""
        self._canvas.setPageSize((A4[1], A4[0]) if wide else A4)

    def end_page(self) -> None:
        """Finish the page."""
        self._canvas.showPage()

    def save(self) -> None:
        """Close the document and let go of its font."""
        make_searchable(self._canvas._doc)  # noqa: SLF001 - no public way
        self._canvas.save()

    def close(self) -> None:
        """Take the document's font out of reportlab's table."""
        self.fonts.font(Face.SONG).unregister()

    def text(self, x: float, y: float, text: str, face: Face, size: float) -> None:
        """Set a line of text from its left end."""
        canvas = self._canvas
        document = canvas._doc  # noqa: SLF001 - no public way
        parts = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        for font, run in self.fonts.runs(text, face):
            for subset, codes in font.splitString(run, document):
                name = font.getSubsetInternalName(subset, document)
                escaped = canvas._escape(codes)  # noqa: SLF001 - no public way
                parts.append(f"{name} {size:g} Tf ({escaped}) Tj")
        parts.append("ET")
        canvas._code.append(" ".join(parts))  # noqa: SLF001 - no public way

    def centred(self, x: float, y: float, text: str, face: Face, size: float) -> None:
        """Set a line of text around its middle."""
        self.text(x - self.fonts.width(text, face, size) / 2, y, text, face, size)

    def to_right(self, x: float, y: float, text: str, face: Face, size: float) -> None:
        """Set a line of text up to its right end."""
        self.text(x - self.fonts.width(text, face, size), y, text, face, size)

    def begin_whole(self, text: str) -> None:
        """Mark what follows as one text, so that it is found across its lines."""
        code = text.encode("utf-16-be", "replace").hex().upper()
        self._canvas._code.append(  # noqa: SLF001 - no public way
            f"/Span <</ActualText <FEFF{code}>>> BDC"
        )

    def end_whole(self) -> None:
        """End what `begin_whole` began."""
        self._canvas._code.append("EMC")  # noqa: SLF001 - no public way

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], w: float
    ) -> None:
        """Draw a straight rule of a width."""
        self._canvas.setLineWidth(w)
        self._canvas.line(*start, *end)

    def dots(self, start: tuple[float, float], end: float) -> None:
        """Draw a dotted leader to the right as far as `end`."""
        canvas = self._canvas
        canvas.setDash(0.6, 3)
        self.rule(start, (end, start[1]), 0.6)
        canvas.setDash()

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
        self._canvas.bookmarkHorizontal(key, 0, top)
        self._canvas.addOutlineEntry(title, key, level, closed=level == 0)

    def link(self, key: str, box: tuple[float, float, float, float]) -> None:
        """Make a box lead to a bookmark."""
        self._canvas.linkRect("", key, box, relative=0, thickness=0)
