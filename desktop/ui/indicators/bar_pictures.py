"""The bars of lists, drawn off the main thread by the drawing code of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QByteArray
from PySide6.QtCore import QObject
from PySide6.QtCore import QRectF
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal
from PySide6.QtSvg import QSvgRenderer

from desktop.app.background import Task
from desktop.export.chart.data import sign_of
from desktop.ui.indicators.palettes import palette_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter

    from desktop.export.chart.data import Palette
    from desktop.export.report import Bar
    from desktop.indicators.figures import Status
    from desktop.ui.workplace import Workplace

SIZE: Final = (240, 18)
"""What bars are drawn at; a view stretches them a little."""
Wanted = tuple["Bar", str, "Palette"]
Drawn = tuple[tuple[Wanted, bytes], ...]


class BarPictures(QObject):
    """Bars by what they show; one that is not there yet is asked for, and comes."""

    drawn = Signal()

    def __init__(self, work: Workplace, parent: QObject) -> None:
        """Begin without any."""
        super().__init__(parent)
        self._work = work
        self._known: dict[Wanted, QSvgRenderer] = {}
        self._asked: dict[Wanted, None] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._draw)

    def paint(self, painter: QPainter, space: QRectF, bar: Bar, status: Status) -> None:
        """Paint a bar, or nothing until it has been drawn."""
        palette = palette_of(self._work.look.colours)
        wanted = (bar, palette.of(sign_of(status)), palette)
        known = self._known.get(wanted)
        if known is not None:
            known.render(painter, space)
        elif wanted not in self._asked:
            self._asked[wanted] = None
            self._soon.start()

    def _draw(self) -> None:
        wanted = tuple(one for one in self._asked if one not in self._known)
        task: Task[Drawn] = Task(lambda _: _pictures(wanted))
        self._work.bridge.when(task.result, self, self._take)

    def _take(self, drawn: Drawn) -> None:
        for wanted, svg in drawn:
            self._asked.pop(wanted, None)
            self._known[wanted] = QSvgRenderer(QByteArray(svg))
        self.drawn.emit()


def _pictures(wanted: Iterable[Wanted]) -> Drawn:
    from desktop.export.chart.svg import bar_picture  # noqa: PLC0415 - brings the drawing library

    return tuple((one, bar_picture(one[0], SIZE, one[2], one[1])) for one in wanted)
