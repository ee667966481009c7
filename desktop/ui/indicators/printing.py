"""Prints the page 指标: the table of indicators and the charts of one of them.

Loaded when somebody prints. What is printed is drawn, not photographed, and so sharp on
any paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QByteArray
from PySide6.QtCore import QMarginsF
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSizeF
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont
from PySide6.QtGui import QPageLayout
from PySide6.QtGui import QPageSize
from PySide6.QtGui import QPainter
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.export.chart.svg import Picture

POINTS: Final = 72.0
MARGIN: Final = 15.0
"""Millimetres."""
GAP: Final = 18.0
"""Points between two charts."""
FOOT: Final = 22.0
STYLE: Final = """
h1 { font-size: 15px; color: #212121; } p { font-size: 9px; color: #444444; }
th { background-color: #eeeeee; color: #212121; font-size: 9px; text-align: left; }
td { font-size: 9px; color: #212121; }
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed: a table, and charts below it.

    `lines` say whose and when; `family` is that of the letters.
    """

    title: str
    lines: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    pictures: tuple[Picture, ...]
    family: str


def new_printer() -> QPrinter:
    """Give a printer set for A4 with margins that fit a seal."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    printer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    return printer


def preview(sheet: Sheet, parent: QWidget) -> QPrintPreviewDialog:
    """Open the preview, from which a person prints."""
    printer = new_printer()
    dialog = QPrintPreviewDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setObjectName("indicators.preview")
    dialog.setWindowTitle(sheet.title)
    dialog.resize(980, 560)
    dialog.paintRequested.connect(lambda on: print_sheet(on, sheet))
    # The dialog does not own the printer, and Python would let it go too soon.
    dialog.finished.connect(partial(_let_go, printer))
    dialog.open()
    return dialog


def _let_go(printer: QPrinter, _result: int) -> None:
    """Hold the printer until the dialog has ended."""
    del printer


def print_sheet(printer: QPrinter, sheet: Sheet) -> int:
    """Print a sheet; give the number of pages."""
    painter = QPainter(printer)
    scale = printer.resolution() / POINTS
    painter.scale(scale, scale)
    paper = printer.pageLayout().paintRect(QPageLayout.Unit.Point)
    size = QSizeF(paper.width(), paper.height())
    pages = _Pages(printer, painter, size, sheet)
    pages.draw_table()
    for picture in sheet.pictures:
        pages.draw_picture(picture)
    pages.draw_foot()
    painter.end()
    return pages.number


class _Pages:
    """Where on which page the next thing stands, in points."""

    def __init__(
        self, printer: QPrinter, painter: QPainter, size: QSizeF, sheet: Sheet
    ) -> None:
        self._printer, self._painter = printer, painter
        self._size, self._sheet = size, sheet
        self.number = 1
        self._top = 0.0
        self._room = size.height() - FOOT

    def draw_table(self) -> None:
        """Draw the table page by page; rows are not cut."""
        document = self._document(_html(self._sheet))
        document.setPageSize(QSizeF(self._size.width(), self._room))
        count = document.pageCount()
        for page in range(count):
            if page:
                self._next_page()
            self._painter.save()
            self._painter.translate(0, -page * self._room)
            clip = QRectF(0, page * self._room, self._size.width(), self._room)
            document.drawContents(self._painter, clip)
            self._painter.restore()
        used = document.documentLayout().documentSize().height()
        last = document.lastBlock()
        bottom = document.documentLayout().blockBoundingRect(last).bottom()
        self._top = min(bottom, used) - (count - 1) * self._room + GAP

    def draw_picture(self, picture: Picture) -> None:
        """Draw a chart as wide as the paper; a new page where there is no room.

        Qt draws the letters of SVG as outlines: the sentence below keeps what the
        chart says findable, and readable for those who cannot see it.
        """
        width, words = self._size.width(), self._sentence(picture)
        room = self._room - words.size().height()
        height = picture.height * width / picture.width
        if height > room:
            width, height = width * room / height, room
        if self._top + height > room:
            self._next_page()
        space = QRectF(0, self._top, width, height)
        QSvgRenderer(QByteArray(picture.svg)).render(self._painter, space)
        self._painter.save()
        self._painter.translate(0, self._top + height)
        words.drawContents(self._painter)
        self._painter.restore()
        self._top += height + words.size().height() + GAP

    def _sentence(self, picture: Picture) -> QTextDocument:
        made = self._document(f"<p>{escape(picture.sentence)}</p>")
        made.setTextWidth(self._size.width())
        return made

    def _document(self, html: str) -> QTextDocument:
        """Set a text in points, which are our pixels: the painter is scaled to them."""
        document = QTextDocument()
        document.setDocumentMargin(0)
        font = QFont(self._sheet.family)
        font.setPixelSize(9)
        document.setDefaultFont(font)
        document.setDefaultStyleSheet(STYLE)
        document.setHtml(html)
        return document

    def draw_foot(self) -> None:
        """Write title and number below the page."""
        font = QFont(self._sheet.family)
        font.setPixelSize(8)
        self._painter.setFont(font)
        self._painter.setPen(QColor("#444444"))
        space = QRectF(0, self._size.height() - FOOT, self._size.width(), FOOT)
        words = f"{self._sheet.title}　{self.number}"
        self._painter.drawText(space, Qt.AlignmentFlag.AlignCenter, words)

    def _next_page(self) -> None:
        self.draw_foot()
        self._printer.newPage()
        self.number += 1
        self._top = 0.0


def _html(sheet: Sheet) -> str:
    """Write title and table; every text is escaped."""
    heads = "".join(f"<th>{escape(head)}</th>" for head in sheet.heads)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in sheet.rows
    )
    lines = "".join(f"<p>{escape(line)}</p>" for line in sheet.lines)
    return (
        f"<h1>{escape(sheet.title)}</h1>{lines}"
        '<table border="0.5" cellspacing="0" cellpadding="3" width="100%">'
        f"<thead><tr>{heads}</tr></thead>{rows}</table><p></p>"
    )
