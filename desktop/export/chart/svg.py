"""Charts as SVG for a window: the same drawings the PDF has, in the window's font."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING
from typing import Any

from desktop.export.chart.drawing import bar_drawing
from desktop.export.chart.drawing import chart_drawing
from desktop.export.chart.sheet import Anchor
from desktop.export.pdf.fonts import Face

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

    from desktop.export.chart.data import Chart
    from desktop.export.chart.data import Palette
    from desktop.export.report import Bar


@dataclass(frozen=True, slots=True)
class Screen:
    """How a chart is wanted: its width, its colours, the family of the letters."""

    width: int
    palette: Palette
    family: str
    titled: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as SVG, its size in points, and what it says in one sentence."""

    svg: bytes
    width: int
    height: int
    sentence: str


def chart_picture(chart: Chart, screen: Screen) -> Picture:
    """Draw a chart for a window; the first takes a third of a second, then little."""
    drawing: Any = chart_drawing(
        chart, screen.width, screen.palette, titled=screen.titled
    )
    svg = _svg(drawing, screen.family, (chart.title, chart.sentence))
    return Picture(svg, int(drawing.width), int(drawing.height), chart.sentence)


def bar_picture(bar: Bar, size: tuple[int, int], palette: Palette, fill: str) -> bytes:
    """Draw a bar without words for a list."""
    return _svg(bar_drawing(bar, *size, palette, fill), "", ("", ""))


def _svg(drawing: Drawing, family: str, words: tuple[str, str]) -> bytes:
    """Write a drawing as SVG.

    reportlab would measure text to anchor it, in fonts it does not know here: the
    anchors are left to whoever shows the picture.
    """
    from reportlab.graphics.renderSVG import SVGCanvas
    from reportlab.graphics.renderSVG import draw

    contents: Any = drawing.contents
    for shape in contents:
        if hasattr(shape, "textAnchor"):
            shape._svgAttrs = {"text-anchor": shape.textAnchor}  # noqa: SLF001 - reportlab's way
            shape.textAnchor = Anchor.START.value
    regular, bold = (_name(face) for face in (Face.HEI, Face.HEI_BOLD))
    size: Any = drawing
    canvas: Any = SVGCanvas(
        (size.width, size.height),
        useClip=True,  # Qt would paint reportlab's other clip as a black box
        fontHacks={
            regular: {"family": family},
            bold: {"family": family, "weight": "bold"},
        },
    )
    for tag, text in zip(("title", "desc"), words, strict=True):
        (node,) = canvas.doc.getElementsByTagName(tag)
        node.firstChild.data = text
    draw(drawing, canvas)
    out = StringIO()
    canvas.save(out)
    return out.getvalue().encode()


def _name(face: Face) -> str:
    return face.value.removesuffix(".ttf")
